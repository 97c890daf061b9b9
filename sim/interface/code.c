// SPDX-License-Identifier: GPL-2.0-only
#include "code.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "object.h"
#include "session.h"
#include "source.h"
#include "text.h"

char *code_find(const char *dir, const char *name)
{
	char *built = text_of("%s/%s/objects.txt", dir, name);
	char *added = text_of("%s/%s.build/kernels/%s/objects.txt", dir, name,
			      name);
	bool is_built = !access(built, R_OK);

	if (!is_built && access(added, R_OK)) {
		free(built);
		free(added);
		return NULL;
	}
	free(is_built ? added : built);
	return is_built ? built : added;
}

/* ---- Reading ------------------------------------------------------------- */

static void read_features(struct code *code, const char *path)
{
	static const char prefix[] = "PFNSIM_HAVE_";
	struct source source;

	if (source_read(path, &source))
		return;
	for (size_t i = 0; i < source.nr; i++) {
		const char *name = source.items[i].name;
		char *feature;

		if (strncmp(name, prefix, sizeof(prefix) - 1))
			continue;
		feature = text_of("%s", name + sizeof(prefix) - 1);
		for (char *c = feature; *c; c++)
			*c = tolower((unsigned char)*c);
		*ARRAY_ADD(code->features, code->nr_features) = feature;
	}
	source_deinit(&source);
}

static void take_object(struct code *code, const char *path, enum code_set set)
{
	if (!access(path, R_OK) && !object_read(code, path, set))
		return;
	if (set == SET_CODE)
		*ARRAY_ADD(code->missing, code->nr_missing) = text_of("%s",
								      path);
}

static void take_line(struct code *code, char *line)
{
	char *path = strchr(line, ' ');

	if (!path)
		return;
	*path++ = '\0';
	if (!strcmp(line, "root"))
		code->root = text_of("%s", path);
	else if (!strcmp(line, "probes"))
		read_features(code, path);
	else if (!strcmp(line, "code"))
		take_object(code, path, SET_CODE);
	else if (!strcmp(line, "lib"))
		take_object(code, path, SET_LIB);
	else if (!strcmp(line, "shim"))
		take_object(code, path, SET_SHIM);
}

static int read_description(const char *description, struct code *code)
{
	FILE *file = fopen(description, "re");
	char *line = NULL;
	size_t size = 0;

	if (!file)
		return -errno;
	code->folder = text_copy(description,
				 strrchr(description, '/') - description);
	while (getline(&line, &size, file) >= 0) {
		line[strcspn(line, "\n")] = '\0';
		take_line(code, line);
	}
	free(line);
	fclose(file);
	return code->root ? 0 : -EINVAL;
}

/* ---- Order --------------------------------------------------------------- */

static int by_function(const void *a, const void *b)
{
	const struct code_function *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	if (!order)
		order = y->defined - x->defined;
	if (!order)
		order = (int)x->set - (int)y->set;
	return order ? order : strcmp(x->place, y->place);
}

static int by_use(const void *a, const void *b)
{
	const struct code_use *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	if (!order)
		order = strcmp(x->file, y->file);
	if (!order)
		order = strcmp(x->by, y->by);
	return order ? order : strcmp(x->place, y->place);
}

static int by_string(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort(void *array, size_t nr, size_t size,
		 int (*order)(const void *, const void *))
{
	if (nr)
		qsort(array, nr, size, order);
}

static void drop_repeated(char **names, size_t *nr)
{
	size_t kept = 0;

	sort(names, *nr, sizeof(*names), by_string);
	for (size_t i = 0; i < *nr; i++) {
		if (kept && !strcmp(names[kept - 1], names[i]))
			free(names[i]);
		else
			names[kept++] = names[i];
	}
	*nr = kept;
}

/* A use counts where what refers to it was linked, or all is unlinked. */
static void mark_linked(struct code *code, const char *kernel)
{
	char **symbols = NULL;
	size_t nr = 0;
	bool all = object_symbols(kernel, &symbols, &nr);

	for (size_t i = 0; i < code->nr_uses; i++) {
		struct code_use *use = &code->uses[i];

		use->linked = all || bsearch(&use->by, symbols, nr,
					     sizeof(*symbols), by_string);
	}
	for (size_t i = 0; i < nr; i++)
		free(symbols[i]);
	free(symbols);
}

int code_load(const char *description, const char *kernel, struct code *code,
	      char *why, size_t size)
{
	int err;

	*code = (struct code){ 0 };
	err = read_description(description, code);
	if (!err && !code->nr_uses)
		err = -ENOENT;
	if (err) {
		snprintf(why, size, "%s: %s", description,
			 err == -ENOENT && code->nr_missing ?
				 "its objects are gone: build it again" :
				 strerror(-err));
		code_deinit(code);
		return err;
	}
	sort(code->functions, code->nr_functions, sizeof(*code->functions),
	     by_function);
	sort(code->uses, code->nr_uses, sizeof(*code->uses), by_use);
	drop_repeated(code->headers, &code->nr_headers);
	drop_repeated(code->features, &code->nr_features);
	mark_linked(code, kernel);
	return 0;
}

/* ---- Look-ups ------------------------------------------------------------ */

/* The first function of that name, or NULL. */
static const struct code_function *first_of(const struct code *code,
					    const char *name)
{
	size_t low = 0, high = code->nr_functions;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(code->functions[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < code->nr_functions &&
			       !strcmp(code->functions[low].name, name) ?
		       &code->functions[low] :
		       NULL;
}

#define for_each_of(code, name, f)                                             \
	for (f = first_of(code, name);                                         \
	     f && f < (code)->functions + (code)->nr_functions &&              \
	     !strcmp(f->name, name);                                           \
	     f++)

const struct code_function *
code_definition(const struct code *code, const char *name, enum code_set except)
{
	const struct code_function *f;

	for_each_of(code, name, f) if (f->defined && f->external &&
				       f->set != except) return f;
	return NULL;
}

const struct code_function *code_seen(const struct code *code, const char *name)
{
	const struct code_function *f, *inlined = NULL;

	for_each_of(code, name, f)
	{
		if (f->set != SET_CODE)
			continue;
		if (!f->defined)
			return f;
		if (!f->external && !inlined)
			inlined = f;
	}
	return inlined;
}

static unsigned long line_of(const char *place)
{
	return strtoul(place + strcspn(place, ":") + (*place != '\0'), NULL,
		       10);
}

const char *code_user(const struct code *code, const struct code_use *use)
{
	size_t len = strcspn(use->place, ":");
	unsigned long line = line_of(use->place), best = 0;
	const char *name = use->by;

	for (size_t i = 0; len && i < code->nr_functions; i++) {
		const struct code_function *f = &code->functions[i];
		unsigned long at;

		if (!f->defined || f->set != SET_CODE ||
		    strncmp(f->place, use->place, len + 1))
			continue;
		at = line_of(f->place);
		if (at <= line && at > best) {
			best = at;
			name = f->name;
		}
	}
	return name;
}

bool code_defines(const struct code *code, const char *name)
{
	const struct code_function *f;

	for_each_of(code, name,
		    f) if (f->defined && f->set == SET_CODE) return true;
	return false;
}

/* -------------------------------------------------------------------------- */

static void free_names(char **names, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		free(names[i]);
	free(names);
}

void code_deinit(struct code *code)
{
	for (size_t i = 0; i < code->nr_functions; i++) {
		free(code->functions[i].name);
		free(code->functions[i].prototype);
		free(code->functions[i].place);
	}
	for (size_t i = 0; i < code->nr_uses; i++) {
		free(code->uses[i].name);
		free(code->uses[i].place);
		free(code->uses[i].by);
		free(code->uses[i].file);
	}
	for (size_t i = 0; i < code->nr_types; i++) {
		free(code->types[i].name);
		free(code->types[i].text);
		free(code->types[i].place);
	}
	free(code->functions);
	free(code->uses);
	free(code->types);
	free_names(code->features, code->nr_features);
	free_names(code->headers, code->nr_headers);
	free_names(code->missing, code->nr_missing);
	free(code->root);
	free(code->folder);
	*code = (struct code){ 0 };
}
