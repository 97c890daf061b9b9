// SPDX-License-Identifier: GPL-2.0-only
/*
 * `pfnsim kernel show NAME`: what the code under test uses of the rest of its
 * kernel, and how true to the tree each of that is.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "kernelbuild.h"
#include "kernelcode.h"
#include "marks.h"
#include "object.h"
#include "places.h"
#include "text.h"

struct used {
	enum mark mark;
	const char *name, *prototype;
	char *file; /* that defines it */
	char *by;   /* the functions that use it, separated by commas */
};

struct show {
	const struct cli_options *options;
	struct code code;
	struct used *used;
	size_t nr;
};

static int by_mark(const void *a, const void *b)
{
	const struct used *x = a, *y = b;
	int order = (int)x->mark - (int)y->mark;

	if (!order)
		order = strcmp(x->file, y->file);
	return order ? order : strcmp(x->name, y->name);
}

/* What defines it; a function of the C library, the header that declares it. */
static const struct code_function *definer(const struct code *code,
					   const char *name)
{
	const struct code_function *f = code_definition(code, name, SET_CODE);

	return f ? f : code_seen(code, name);
}

static bool has_word(const char *list, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = list; (at = strstr(at, word)); at++)
		if ((at == list || at[-1] == ' ') &&
		    (at[len] == ',' || !at[len]))
			return true;
	return false;
}

/* The users of what stands at @first; uses are sorted by name. */
static char *users_of(const struct code *code, size_t first)
{
	const struct code_use *use = &code->uses[first];
	const struct code_use *end = code->uses + code->nr_uses;
	const char *name = use->name;
	struct buf list = { 0 };
	char *copy;

	for (; use < end && !strcmp(use->name, name); use++) {
		const char *user = code_user(code, use);

		if (use->linked && !has_word(buf_get(&list), user))
			buf_printf(&list, "%s%s", list.len ? ", " : "", user);
	}
	copy = text_copy(buf_get(&list), list.len);
	buf_deinit(&list);
	return copy;
}

static void add(struct show *show, size_t i)
{
	const struct code *code = &show->code;
	const char *name = code->uses[i].name;
	const struct code_function *f = definer(code, name);
	struct used *used;
	char *by = users_of(code, i);

	if (!f || !*by) {
		free(by);
		return;
	}
	used = ARRAY_ADD(show->used, show->nr);
	used->name = name;
	used->prototype = f->prototype;
	used->file = text_copy(f->place, strcspn(f->place, ":"));
	used->mark = f->in_tree ? MARK_REAL :
				  mark_of_file(place_of_sources(), used->file);
	used->by = by;
}

static void collect(struct show *show)
{
	const struct code *code = &show->code;
	const char *last = "";

	for (size_t i = 0; i < code->nr_uses; i++) {
		const char *name = code->uses[i].name;
		const struct code_function *f;

		if (!strcmp(name, last))
			continue;
		last = name;
		f = code_definition(code, name, SET_SHIM);
		if (!f || f->set != SET_CODE)
			add(show, i);
	}
	if (show->nr)
		qsort(show->used, show->nr, sizeof(*show->used), by_mark);
}

static void print_text(const struct show *show)
{
	printf("%-8s  %-34s  %-34s  %s\n", "FIDELITY", "FILE", "FUNCTION",
	       "USED BY");
	for (size_t i = 0; i < show->nr; i++) {
		const struct used *used = &show->used[i];

		printf("%-8s  %-34s  %-34s  %s\n", mark_name(used->mark),
		       used->file, used->name, used->by);
	}
}

static void add_member(struct buf *out, const char *key, const char *value)
{
	buf_printf(out, ", \"%s\": ", key);
	escape_json(out, value);
}

static void print_json(const struct show *show)
{
	printf("{\"version\": 1, \"functions\": [");
	for (size_t i = 0; i < show->nr; i++) {
		const struct used *used = &show->used[i];
		struct buf out = { 0 };

		buf_puts(&out, "{\"name\": ");
		escape_json(&out, used->name);
		add_member(&out, "fidelity", mark_name(used->mark));
		add_member(&out, "file", used->file);
		add_member(&out, "prototype", used->prototype);
		add_member(&out, "used_by", used->by);
		printf("%s\n %s}", i ? "," : "", buf_get(&out));
		buf_deinit(&out);
	}
	printf("\n]}\n");
}

int kernel_show(const struct cli_options *options)
{
	struct show show = { .options = options };
	int status;

	if (options->nr_operands != 2 || options->git) {
		fprintf(stderr, "pfnsim: kernel show needs a name only\n");
		return 2;
	}
	status = kernel_code_load(options, options->operands[1], &show.code);
	if (status)
		return status;
	collect(&show);
	if (options->format == FORMAT_JSON)
		print_json(&show);
	else
		print_text(&show);
	for (size_t i = 0; i < show.nr; i++) {
		free(show.used[i].file);
		free(show.used[i].by);
	}
	free(show.used);
	code_deinit(&show.code);
	return 0;
}
