// SPDX-License-Identifier: GPL-2.0-only
#include "check.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "declared.h"
#include "marks.h"
#include "object.h"
#include "session.h"
#include "source.h"
#include "text.h"

struct check {
	const struct code *code;
	const char *sources;
	bool wide;
	char *known; /* cmake/declarations.txt, or "" */
	char *lists; /* cmake/tree-sources.txt, or "" */
	struct declared declared;
	struct disagreements *found;
};

static char *read_text(const char *sources, const char *file)
{
	char *path = text_of("%s/%s", sources, file);
	FILE *stream = fopen(path, "re");
	char *text = NULL;
	size_t size = 0;

	if (!stream || getdelim(&text, &size, '\0', stream) < 0) {
		free(text);
		text = text_of("%s", "");
	}
	if (stream)
		fclose(stream);
	free(path);
	return text;
}

/* Takes a field of a line up to " | ". */
static char *next_field(char **at)
{
	char *field = *at, *bar = field ? strstr(field, " | ") : NULL;

	if (bar)
		*bar = '\0';
	*at = bar ? bar + 3 : NULL;
	return field;
}

/* A line NAME | PROTOTYPE | REASON that is about @name as it is in the tree. */
static bool line_knows(const char *text, const char *name, const char *tree)
{
	char *line = text_copy(text, strcspn(text, "\n"));
	char *at = line, *pattern = next_field(&at);
	char *prototype = next_field(&at);
	bool knows = *line != '#' && at && !fnmatch(pattern, name, 0) &&
		     !strcmp(prototype, tree);

	free(line);
	return knows;
}

static bool is_known(struct check *check, const char *name, const char *tree)
{
	for (const char *at = check->known; *at;) {
		size_t len = strcspn(at, "\n");

		if (line_knows(at, name, tree)) {
			check->found->nr_known++;
			return true;
		}
		at += len + (at[len] == '\n');
	}
	return false;
}

static struct disagreement *add(struct check *check, enum check_kind kind,
				const struct code_use *use,
				const struct code_function *ours)
{
	struct disagreement *d = ARRAY_ADD(check->found->list,
					   check->found->nr);

	d->kind = kind;
	d->name = text_of("%s", use->name);
	d->caller = text_of("%s", use->place);
	d->ours = source_prototype(ours->prototype, ours->name);
	d->ours_place = text_of("%s", ours->place);
	return d;
}

static void check_definition(struct check *check, const struct code_use *use,
			     const struct code_function *seen)
{
	const struct code_function *ours = code_definition(check->code,
							   use->name, SET_CODE);
	struct disagreement *d;
	char *tree, *defined, *file;

	if (!ours || ours->set != SET_SHIM || seen->defined)
		return;
	tree = source_prototype(seen->prototype, seen->name);
	defined = source_prototype(ours->prototype, ours->name);
	file = text_copy(ours->place, strcspn(ours->place, ":"));
	if (strcmp(tree, defined) &&
	    mark_of_file(check->sources, file) != MARK_TRAP) {
		d = add(check, CHECK_DEFINITION, use, ours);
		d->tree = text_of("%s", tree);
		d->tree_place = text_of("%s", seen->place);
	}
	free(tree);
	free(defined);
	free(file);
}

static void compare(struct check *check, const struct code_use *use,
		    const struct code_function *seen,
		    const struct declaration *there)
{
	char *tree = source_prototype(there->text, use->name);
	char *ours = source_prototype(seen->prototype, seen->name);
	struct disagreement *d;

	if (strcmp(tree, ours) && !is_known(check, use->name, tree)) {
		d = add(check, CHECK_DECLARED, use, seen);
		d->tree = text_of("%s", tree);
		d->tree_place = text_of("%s:%u", there->path, there->line);
	}
	free(tree);
	free(ours);
}

/* Looks into the headers that the lines `declares PATH` name. */
static bool find_elsewhere(struct check *check, const char *name,
			   struct declaration *found)
{
	static const char key[] = "\ndeclares ";
	bool there = false;

	for (const char *at = check->lists; !there && (at = strstr(at, key));) {
		char *header;

		at += sizeof(key) - 1;
		header = text_copy(at, strcspn(at, " \n"));
		there = !declared_find_in(&check->declared, header, name,
					  found);
		free(header);
	}
	return there;
}

static void check_declaration(struct check *check, const struct code_use *use,
			      const struct code_function *seen)
{
	char *header = text_copy(seen->place, strcspn(seen->place, ":"));
	struct declaration there;
	struct disagreement *d;
	bool found = !declared_find(&check->declared, header, use->name,
				    &there) ||
		     find_elsewhere(check, use->name, &there);

	free(header);
	/* To read all headers for what is known to be in none takes its time. */
	if (!found && (!check->wide || is_known(check, use->name, "-")))
		return;
	if (!found)
		found = !declared_search(&check->declared, use->name, &there);
	if (found) {
		check->found->nr_checked++;
		compare(check, use, seen, &there);
	} else {
		d = add(check, CHECK_UNFOUND, use, seen);
		d->tree = text_of("%s", "");
		d->tree_place = text_of("%s", "");
	}
}

void check_prototypes(const struct code *code, const char *sources, bool wide,
		      struct disagreements *found)
{
	struct check check = {
		.code = code, .sources = sources, .wide = wide, .found = found
	};
	const char *last = "";

	*found = (struct disagreements){ 0 };
	check.known = read_text(sources, "cmake/declarations.txt");
	check.lists = read_text(sources, "cmake/tree-sources.txt");
	declared_init(&check.declared, code->root);
	for (size_t i = 0; i < code->nr_uses; i++) {
		const struct code_use *use = &code->uses[i];
		const struct code_function *seen;

		if (!strcmp(use->name, last))
			continue;
		last = use->name;
		seen = code_seen(code, use->name);
		if (!seen)
			continue;
		check_definition(&check, use, seen);
		if (!seen->in_tree)
			check_declaration(&check, use, seen);
	}
	declared_deinit(&check.declared);
	free(check.known);
	free(check.lists);
}

void disagreements_deinit(struct disagreements *found)
{
	for (size_t i = 0; i < found->nr; i++) {
		free(found->list[i].name);
		free(found->list[i].tree);
		free(found->list[i].tree_place);
		free(found->list[i].ours);
		free(found->list[i].ours_place);
		free(found->list[i].caller);
	}
	free(found->list);
	*found = (struct disagreements){ 0 };
}
