// SPDX-License-Identifier: GPL-2.0-only
/*
 * `pfnsim kernel diff A B`: what of their code that matters differs between two
 * kernels, or trees that none was made of.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "facts.h"
#include "inputs.h"
#include "kernel.h"
#include "kernelcode.h"
#include "loader.h"
#include "session.h"

enum change { ADDED, REMOVED, CHANGED, NR_CHANGES };

static const char *const change_names[] = { "added", "removed", "changed" };
static const char change_marks[] = "+-~";

/* NULL: the fact is not there on that side. */
struct difference {
	const struct fact *a, *b;
	enum change change;
};

struct diff {
	const struct cli_options *options;
	struct code code[2];
	struct facts facts[2];
	size_t nr[NR_CHANGES];
	size_t printed; /* of JSON's differences */
	int kind;	/* that was printed last */
};

/* ---- Lines --------------------------------------------------------------- */

#define MAX_LINES 512

struct lines {
	const char *at[MAX_LINES];
	size_t len[MAX_LINES], nr;
};

static void split(const char *text, struct lines *lines)
{
	for (lines->nr = 0; *text && lines->nr < MAX_LINES; lines->nr++) {
		size_t len = strcspn(text, "\n");

		lines->at[lines->nr] = text;
		lines->len[lines->nr] = len;
		text += len + (text[len] == '\n');
	}
}

static bool same_line(const struct lines *a, size_t i, const struct lines *b,
		      size_t j)
{
	return a->len[i] == b->len[j] && !memcmp(a->at[i], b->at[j], a->len[i]);
}

static void print_line(char mark, const struct lines *lines, size_t i)
{
	char *line = text_of("%.*s", (int)lines->len[i], lines->at[i]);
	char *at = line + strspn(line, "\t");
	struct buf safe = { 0 };

	escape_terminal(&safe, at, false);
	printf("      %c %*s%s\n", mark, 2 * (int)(at - line), "",
	       buf_get(&safe));
	buf_deinit(&safe);
	free(line);
}

/* common[i][j]: lines that a from i on and b from j on have in common. */
static void print_changed_lines(const char *a_text, const char *b_text)
{
	static unsigned short common[MAX_LINES + 1][MAX_LINES + 1];
	static struct lines a, b;
	size_t i, j;

	split(a_text, &a);
	split(b_text, &b);
	memset(common, 0, sizeof(common));
	for (i = a.nr; i--;)
		for (j = b.nr; j--;)
			common[i][j] = same_line(&a, i, &b, j) ?
					       common[i + 1][j + 1] + 1 :
				       common[i + 1][j] > common[i][j + 1] ?
					       common[i + 1][j] :
					       common[i][j + 1];
	for (i = j = 0; i < a.nr || j < b.nr;) {
		if (i < a.nr && j < b.nr && same_line(&a, i, &b, j)) {
			i++;
			j++;
		} else if (j == b.nr ||
			   (i < a.nr && common[i + 1][j] >= common[i][j + 1])) {
			print_line('-', &a, i++);
		} else {
			print_line('+', &b, j++);
		}
	}
}

/* ---- Text ---------------------------------------------------------------- */

static const char *const headings[NR_FACT_KINDS] = {
	[FACT_CAPABILITY] = "Capabilities",
	[FACT_FEATURE] = "Features that probes find",
	[FACT_SOURCE] = "Files under test that do not compile",
	[FACT_CALL] = "Functions that the code under test uses",
	[FACT_TYPE] = "Types of the tree that it uses",
	[FACT_DECLARED] = "Functions that the tree's headers declare besides",
	[FACT_MACRO] = "Macros of the tree's headers",
	[FACT_BODY] = "Functions of the code under test and its headers",
};

static void print_text(struct diff *diff, const struct difference *d)
{
	const struct fact *fact = d->b ? d->b : d->a;
	bool prototype = fact->kind == FACT_CALL || fact->kind == FACT_DECLARED;
	const char *title = d->change != CHANGED && prototype && *fact->text ?
				    fact->text :
				    fact->name;
	struct buf safe = { 0 };

	if (diff->kind != (int)fact->kind)
		printf("%s%s\n", diff->kind < 0 ? "" : "\n",
		       headings[fact->kind]);
	diff->kind = fact->kind;
	escape_terminal(&safe, title, false);
	printf("  %c %s", change_marks[d->change], buf_get(&safe));
	if (*fact->place)
		printf("%*s%s", safe.len < 50 ? 52 - (int)safe.len : 2, "",
		       fact->place);
	putchar('\n');
	buf_deinit(&safe);
	if (d->change == CHANGED && fact->kind != FACT_BODY)
		print_changed_lines(d->a->text, d->b->text);
}

static void print_summary(const struct diff *diff)
{
	const char *const *operands = diff->options->operands;

	printf("%s%s and %s: %zu added, %zu removed, %zu changed\n",
	       diff->kind < 0 ? "" : "\n", operands[1], operands[2],
	       diff->nr[ADDED], diff->nr[REMOVED], diff->nr[CHANGED]);
}

/* ---- JSON ---------------------------------------------------------------- */

static void print_side(const char *side, const struct fact *fact)
{
	struct buf out = { 0 };

	if (fact) {
		buf_puts(&out, "{\"text\": ");
		escape_json(&out, fact->text);
		buf_puts(&out, ", \"place\": ");
		escape_json(&out, fact->place);
		buf_puts(&out, "}");
	} else {
		buf_puts(&out, "null");
	}
	printf(", \"%s\": %s", side, buf_get(&out));
	buf_deinit(&out);
}

static void print_json(struct diff *diff, const struct difference *d)
{
	const struct fact *fact = d->b ? d->b : d->a;
	struct buf name = { 0 };

	escape_json(&name, fact->name);
	printf("%s\n {\"kind\": \"%s\", \"name\": %s, \"change\": \"%s\"",
	       diff->printed++ ? "," : "", fact_kind_name(fact->kind),
	       buf_get(&name), change_names[d->change]);
	print_side("a", d->a);
	print_side("b", d->b);
	putchar('}');
	buf_deinit(&name);
}

static void print_json_head(const struct diff *diff)
{
	struct buf names = { 0 };

	buf_puts(&names, "\"a\": ");
	escape_json(&names, diff->options->operands[1]);
	buf_puts(&names, ", \"b\": ");
	escape_json(&names, diff->options->operands[2]);
	printf("{\"version\": 1, %s, \"differences\": [", buf_get(&names));
	buf_deinit(&names);
}

static void print_json_end(const struct diff *diff)
{
	printf("\n], \"added\": %zu, \"removed\": %zu, \"changed\": %zu}\n",
	       diff->nr[ADDED], diff->nr[REMOVED], diff->nr[CHANGED]);
}

/* -------------------------------------------------------------------------- */

static int order_of(const struct fact *a, const struct fact *b)
{
	return a->kind != b->kind ? (int)a->kind - (int)b->kind :
				    strcmp(a->name, b->name);
}

/* Whether a fact of another kind on the same name differs in the same way. */
static bool told_as(const struct diff *diff, enum fact_kind kind,
		    const struct difference *d)
{
	const char *name = d->a ? d->a->name : d->b->name;

	return !facts_find(&diff->facts[0], kind, name) == !d->a &&
	       !facts_find(&diff->facts[1], kind, name) == !d->b;
}

/*
 * Whether the fact may be there on the side where it seems to be missing, or be
 * there only because the object that defines the function is missing.
 */
static bool is_in_doubt(const struct diff *diff, const struct difference *d)
{
	int there = d->a ? 0 : 1;
	const struct fact *fact = d->a ? d->a : d->b;

	if (d->change == CHANGED)
		return false;
	return diff->code[!there].nr_missing ||
	       (diff->code[there].nr_missing &&
		facts_find(&diff->facts[there], FACT_BODY, fact->name));
}

/*
 * A function that is new is told once: as used, else as declared.  Where
 * objects are missing, what only they tell is in doubt.
 */
static bool is_told(const struct diff *diff, const struct difference *d)
{
	switch (d->a ? d->a->kind : d->b->kind) {
	case FACT_CALL:
	case FACT_TYPE:
		return is_in_doubt(diff, d);
	case FACT_DECLARED:
		return told_as(diff, FACT_CALL, d);
	case FACT_BODY:
		return d->change != CHANGED && told_as(diff, FACT_DECLARED, d);
	default:
		return false;
	}
}

static void print_difference(struct diff *diff, const struct fact *a,
			     const struct fact *b)
{
	struct difference d = { a, b, !a ? ADDED : !b ? REMOVED : CHANGED };

	if (is_told(diff, &d))
		return;
	diff->nr[d.change]++;
	if (diff->options->format == FORMAT_JSON)
		print_json(diff, &d);
	else
		print_text(diff, &d);
}

static void compare(struct diff *diff)
{
	const struct fact *a = diff->facts[0].facts, *b = diff->facts[1].facts;
	const struct fact *a_end = a + diff->facts[0].nr;
	const struct fact *b_end = b + diff->facts[1].nr;

	while (a < a_end || b < b_end) {
		int order = a == a_end ? 1 : b == b_end ? -1 : order_of(a, b);

		if (order < 0)
			print_difference(diff, a++, NULL);
		else if (order > 0)
			print_difference(diff, NULL, b++);
		else if (strcmp(a->text, b->text))
			print_difference(diff, a++, b++);
		else
			a++, b++;
	}
}

static bool add_capabilities(const struct cli_options *options,
			     const char *name, struct facts *facts)
{
	static const char *const names[] = {
#define X(id, name) name,
		PFNSIM_CAPS(X)
#undef X
	};
	char *file = text_of("%s.so", name), *path = kernel_path(options, file);
	struct loaded_kernel kernel;
	char why[512];
	bool loaded = !strchr(name, '/') &&
		      !loader_open(path, &kernel, why, sizeof(why));

	for (int i = 0; loaded && i < NR_KERNEL_CAPS; i++)
		if (kernel.desc->caps >> i & 1)
			facts_add(facts, FACT_CAPABILITY, names[i], "", "");
	if (loaded)
		loader_close(&kernel);
	free(file);
	free(path);
	return loaded;
}

/* Known only of kernels; where one side is a tree, they say nothing. */
static void compare_capabilities(struct diff *diff)
{
	const char *const *operands = diff->options->operands;
	struct facts a = { 0 }, b = { 0 };

	if (add_capabilities(diff->options, operands[1], &a) &&
	    add_capabilities(diff->options, operands[2], &b)) {
		struct facts kept[2] = { diff->facts[0], diff->facts[1] };

		facts_sort(&a);
		facts_sort(&b);
		diff->facts[0] = a;
		diff->facts[1] = b;
		compare(diff);
		diff->facts[0] = kept[0];
		diff->facts[1] = kept[1];
	}
	facts_deinit(&a);
	facts_deinit(&b);
}

static void print_all(struct diff *diff)
{
	bool json = diff->options->format == FORMAT_JSON;

	if (json)
		print_json_head(diff);
	compare_capabilities(diff);
	compare(diff);
	if (json)
		print_json_end(diff);
	else
		print_summary(diff);
}

int kernel_diff(const struct cli_options *options)
{
	struct diff diff = { .options = options, .kind = -1 };
	int status = 0;

	if (options->nr_operands != 3 || options->git) {
		fprintf(stderr, "pfnsim: kernel diff needs two kernels\n");
		return 2;
	}
	for (int i = 0; i < 2 && !status; i++) {
		status = kernel_code_load_any(options, options->operands[i + 1],
					      &diff.code[i]);
		if (status == 1)
			status = 2;
	}
	for (int i = 0; i < 2 && !status; i++)
		facts_collect(&diff.code[i], &diff.code[!i], &diff.facts[i]);
	if (!status) {
		print_all(&diff);
		status = diff.nr[ADDED] || diff.nr[REMOVED] || diff.nr[CHANGED];
	}
	for (int i = 0; i < 2; i++) {
		facts_deinit(&diff.facts[i]);
		code_deinit(&diff.code[i]);
	}
	return status;
}
