// SPDX-License-Identifier: GPL-2.0-only
#include "pairs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"
#include "points.h"

/* ---- Texts --------------------------------------------------------------- */

struct text {
	FILE *out;
	char *bytes;
	size_t len;
};

static void text_open(struct text *text)
{
	text->out = open_memstream(&text->bytes, &text->len);
	if (!text->out)
		abort();
}

static char *text_close(struct text *text)
{
	if (fclose(text->out))
		abort();
	return text->bytes;
}

struct word {
	const char *name, *value;
};

/* Prints the value of the word at @at, behind its `$`; returns what follows. */
static const char *put_word(FILE *out, const char *at,
			    const struct pair_machine *machine)
{
	const struct word words[] = {
		{ "page", machine->page }, { "region", machine->region },
		{ "over", machine->over }, { "elsewhere", machine->elsewhere },
		{ "kind", machine->kind }, { "slot", machine->slot },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t len = strlen(words[i].name);

		if (!strncmp(at, words[i].name, len)) {
			fputs(words[i].value, out);
			return at + len;
		}
	}
	abort();
}

static void put_lines(FILE *out, const char *lines, int indent,
		      const struct pair_machine *machine)
{
	bool fresh = true;

	for (const char *at = lines; *at;) {
		if (fresh)
			fprintf(out, "%*s", indent, "");
		fresh = *at == '\n';
		if (*at == '$')
			at = put_word(out, at + 1, machine);
		else
			fputc(*at++, out);
	}
}

/* ---- Scenarios ----------------------------------------------------------- */

static const struct pair_operation *operation(const struct combination *what,
					      unsigned int task)
{
	return &pair_operations[what->op[task]];
}

static void put_names(FILE *out, const struct combination *what,
		      const char *between)
{
	for (unsigned int i = 0; i < what->nr; i++)
		fprintf(out, "%s%s", i ? between : "",
			operation(what, i)->name);
}

static void put_needs(FILE *out, const struct combination *what)
{
	static const char *const caps[] = {
#define X(id, name) [id] = (name),
		PFNSIM_CAPS(X)
#undef X
	};
	unsigned long needs = pair_machines[what->machine].needs;
	const char *before = "needs: [";

	for (unsigned int i = 0; i < what->nr; i++)
		needs |= operation(what, i)->needs;
	if (!needs)
		return;
	for (size_t i = 0; i < sizeof(caps) / sizeof(caps[0]); i++) {
		if (!(needs >> i & 1))
			continue;
		fprintf(out, "%s%s", before, caps[i]);
		before = ", ";
	}
	fputs("]\n", out);
}

static void put_setup(FILE *out, const struct combination *what)
{
	const struct pair_machine *machine = &pair_machines[what->machine];
	bool of_gmem = machine->needs >> CAP_GPC_GMEM & 1 ||
		       machine->needs >> CAP_GMEM_MMAP & 1;
	bool any_of_cache = false;
	unsigned int wants = 0;

	for (unsigned int i = 0; i < what->nr; i++) {
		wants |= operation(what, i)->wants;
		any_of_cache |= operation(what, i)->of_cache;
	}
	/* What the others do to a cache is seen where there is one. */
	if (!any_of_cache)
		wants |= WANT_ACTIVE;
	if (!wants)
		return;
	fputs("\nsetup:\n", out);
	if (wants & WANT_ACTIVE)
		fputs("  - gpc.activate: clock\n", out);
	if (wants & WANT_GONE)
		put_lines(out,
			  of_gmem ? "- gmem.punch_hole: g0/1\n" :
				    "- mm.dontneed: $page\n",
			  2, machine);
	else if (wants & WANT_INVALID)
		put_lines(out, "- mm.invalidate: $page\n", 2, machine);
}

/* Who does the same as an earlier task has a name of its own. */
static void put_tasks(FILE *out, const struct combination *what)
{
	unsigned int same = 1;

	fputs("\ntasks:\n", out);
	for (unsigned int i = 0; i < what->nr; i++) {
		same = i && what->op[i] == what->op[i - 1] ? same + 1 : 1;
		fprintf(out, "  %s", operation(what, i)->name);
		if (same > 1)
			fprintf(out, "-%u", same);
		fputs(":\n", out);
		put_lines(out, operation(what, i)->steps, 4,
			  &pair_machines[what->machine]);
	}
}

static void put_case(FILE *out, unsigned long preemptions)
{
	fprintf(out,
		"\ncases:\n"
		"  - name: any-order\n"
		"    explore: {preemptions: %lu}\n"
		"    expect:\n"
		"      never: [",
		preemptions);
	for (int i = 0; i < NR_VIOLATIONS; i++)
		fprintf(out, "%s%s", violation_name(i),
			i == NR_VIOLATIONS - 1 ? "]\n" :
			i % 4 == 3	       ? ",\n              " :
						 ", ");
}

char *pairs_name(const struct combination *what)
{
	struct text text;

	text_open(&text);
	fprintf(text.out, "%s-", pair_machines[what->machine].name);
	put_names(text.out, what, "-");
	return text_close(&text);
}

char *pairs_text(const struct combination *what, unsigned long preemptions)
{
	const struct pair_machine *machine = &pair_machines[what->machine];
	char *name = pairs_name(what);
	struct text text;

	text_open(&text);
	fprintf(text.out,
		"# SPDX-License-Identifier: GPL-2.0-only\n"
		"scenario: 1\n"
		"name: %s\n"
		"title: ",
		name);
	put_names(text.out, what, " against ");
	fprintf(text.out,
		"\nabout: |\n  %s.  Made by `pfnsim explore --all`.\n"
		"labels: [generated]\n",
		machine->title);
	put_needs(text.out, what);
	fputs("\nvm:\n", text.out);
	put_lines(text.out, machine->vm, 2, machine);
	put_setup(text.out, what);
	put_tasks(text.out, what);
	put_case(text.out, preemptions);
	free(name);
	return text_close(&text);
}

/* ---- Combinations -------------------------------------------------------- */

struct listing {
	unsigned long caps;
	uint64_t only;
	struct combination *list;
	size_t nr;
};

static bool fits(const struct listing *listing, unsigned int machine,
		 unsigned int op)
{
	const struct pair_operation *operation = &pair_operations[op];

	return operation->machines >> machine & 1 && listing->only >> op & 1 &&
	       !(operation->needs & ~listing->caps);
}

static bool is_wanted(const struct combination *what)
{
	unsigned int of_cache = 0, chosen = 0;

	for (unsigned int i = 0; i < what->nr; i++) {
		of_cache += operation(what, i)->of_cache;
		chosen += operation(what, i)->chosen;
	}
	return what->nr < 3 ||
	       (chosen == what->nr && of_cache && of_cache < what->nr);
}

static void add(struct listing *listing, const struct combination *what)
{
	if (!is_wanted(what))
		return;
	listing->list = realloc(listing->list,
				(listing->nr + 1) * sizeof(*listing->list));
	if (!listing->list)
		abort();
	listing->list[listing->nr++] = *what;
}

/* Adds all that begin with the tasks that @what has. */
static void extend(struct listing *listing, const struct combination *what,
		   unsigned int nr_tasks)
{
	struct combination longer = *what;

	if (what->nr == nr_tasks) {
		add(listing, what);
		return;
	}
	longer.nr++;
	for (unsigned int op = what->nr ? what->op[what->nr - 1] : 0;
	     op < nr_pair_operations; op++) {
		if (!fits(listing, what->machine, op))
			continue;
		longer.op[what->nr] = op;
		extend(listing, &longer, nr_tasks);
	}
}

struct combination *pairs_list(unsigned long caps, unsigned int nr_tasks,
			       uint64_t only, size_t *nr)
{
	struct listing listing = { .caps = caps, .only = only };

	for (unsigned int i = 0; i < nr_pair_machines; i++)
		if (!(pair_machines[i].needs & ~caps))
			extend(&listing, &(struct combination){ .machine = i },
			       nr_tasks);
	*nr = listing.nr;
	return listing.list;
}

/* ---- Names --------------------------------------------------------------- */

static int find_operation(const char *name, size_t len)
{
	for (size_t i = 0; i < nr_pair_operations; i++)
		if (strlen(pair_operations[i].name) == len &&
		    !memcmp(pair_operations[i].name, name, len))
			return i;
	return -1;
}

int pairs_parse(const char *names, uint64_t *only, char *wrong, size_t size)
{
	uint64_t bits = 0;

	for (const char *at = names;;) {
		size_t len = strcspn(at, ",");
		int op = find_operation(at, len);

		if (op < 0) {
			snprintf(wrong, size, "%.*s", (int)len, at);
			return -EINVAL;
		}
		bits |= (uint64_t)1 << op;
		at += len;
		if (!*at)
			break;
		at++;
	}
	*only = bits;
	return 0;
}
