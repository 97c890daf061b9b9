// SPDX-License-Identifier: GPL-2.0-only
#include "ends.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define HASH_DIGITS 16

static void *grow(void *list, size_t nr, size_t size)
{
	list = realloc(list, (nr + 1) * size);
	if (!list)
		abort();
	return list;
}

static int add_file(struct ends *ends, const char *path)
{
	if (!*path)
		return -EINVAL;
	ends->file = grow(ends->file, ends->nr, sizeof(*ends->file));
	ends->file[ends->nr++] = (struct known_ends){ .path = strdup(path) };
	return 0;
}

/* "HASH TEXT"; what is there already is not added again. */
static int add_end(struct known_end **list, size_t *nr, const char *line)
{
	char *rest;
	uint64_t hash = strtoull(line, &rest, 16);

	if (rest != line + HASH_DIGITS || *rest != ' ')
		return -EINVAL;
	*list = grow(*list, *nr, sizeof(**list));
	(*list)[(*nr)++] = (struct known_end){
		.hash = hash,
		.text = strdup(rest + 1),
	};
	return 0;
}

static int add_state(struct known_ends *file, const char *line)
{
	size_t nr = file->nr_states;
	int err = add_end(&file->state, &file->nr_states, line);

	for (size_t i = 0; !err && i < nr; i++) {
		if (file->state[i].hash != file->state[nr].hash)
			continue;
		free(file->state[nr].text);
		file->nr_states--;
		break;
	}
	return err;
}

static int read_line(struct ends *ends, const char *line)
{
	struct known_ends *file = ends->nr ? &ends->file[ends->nr - 1] : NULL;

	if (!strncmp(line, "file ", 5))
		return add_file(ends, line + 5);
	if (!file)
		return -EINVAL;
	if (!strncmp(line, "state ", 6))
		return add_state(file, line + 6);
	if (!strncmp(line, "order ", 6))
		return add_end(&file->order, &file->nr_orders, line + 6);
	if (strcmp(line, "all"))
		return -EINVAL;
	file->all = true;
	return 0;
}

int ends_read(FILE *in, struct ends *ends)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t len;
	int err = 0;

	*ends = (struct ends){ 0 };
	while (!err && (len = getline(&line, &size, in)) > 0) {
		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		err = read_line(ends, line);
	}
	free(line);
	return err ? err : ferror(in) ? -EINVAL : 0;
}

static void free_ends(struct known_end *list, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		free(list[i].text);
	free(list);
}

void ends_deinit(struct ends *ends)
{
	for (size_t i = 0; i < ends->nr; i++) {
		struct known_ends *file = &ends->file[i];

		free_ends(file->state, file->nr_states);
		free_ends(file->order, file->nr_orders);
		free(file->path);
	}
	free(ends->file);
	*ends = (struct ends){ 0 };
}

const struct known_ends *ends_of(const struct ends *ends, const char *path)
{
	for (size_t i = 0; i < ends->nr; i++)
		if (!strcmp(ends->file[i].path, path))
			return &ends->file[i];
	return NULL;
}

bool ends_know(const struct known_ends *ends, uint64_t hash)
{
	for (size_t i = 0; i < ends->nr_states; i++)
		if (ends->state[i].hash == hash)
			return true;
	return false;
}
