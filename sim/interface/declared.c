// SPDX-License-Identifier: GPL-2.0-only
#include "declared.h"

#include <errno.h>
#include <fts.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object.h"
#include "session.h"

void declared_init(struct declared *declared, const char *root)
{
	*declared = (struct declared){ .root = root };
}

void declared_deinit(struct declared *declared)
{
	for (size_t i = 0; i < declared->nr; i++) {
		source_deinit(&declared->files[i].source);
		free(declared->files[i].path);
	}
	free(declared->files);
	*declared = (struct declared){ 0 };
}

static const struct declared_file *read_header(struct declared *declared,
					       const char *header)
{
	struct declared_file *file;
	char *path;

	for (size_t i = 0; i < declared->nr; i++)
		if (!strcmp(declared->files[i].path, header))
			return &declared->files[i];
	file = ARRAY_ADD(declared->files, declared->nr);
	file->path = text_of("%s", header);
	path = text_of("%s/%s", declared->root, header);
	source_read(path, &file->source);
	free(path);
	return file;
}

int declared_find_in(struct declared *declared, const char *header,
		     const char *name, struct declaration *found)
{
	const struct declared_file *file = read_header(declared, header);
	const struct source_item *item = source_find(&file->source, name);

	if (!item)
		return -ENOENT;
	*found = (struct declaration){ .text = item->text,
				       .path = file->path,
				       .line = item->line };
	return 0;
}

int declared_find(struct declared *declared, const char *ours, const char *name,
		  struct declaration *found)
{
	const char *base = strrchr(ours, '/') + 1;
	char *places[] = {
		text_of("%s", ours),
		text_of("arch/x86/include/asm/%s", base),
		text_of("include/asm-generic/%s", base),
		text_of("include/linux/%s", base),
		text_of("arch/x86/kvm/%s", base),
	};
	int err = -ENOENT;

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		if (err)
			err = declared_find_in(declared, places[i], name,
					       found);
		free(places[i]);
	}
	return err;
}

/* ---- Everywhere ---------------------------------------------------------- */

static bool mentions(const char *path, const char *name)
{
	FILE *file = fopen(path, "re");
	char *text = NULL;
	size_t size = 0;
	bool found = false;

	if (!file)
		return false;
	if (getdelim(&text, &size, '\0', file) > 0)
		found = strstr(text, name);
	free(text);
	fclose(file);
	return found;
}

static bool is_header(const FTSENT *entry)
{
	return entry->fts_info == FTS_F && entry->fts_namelen > 2 &&
	       !strcmp(entry->fts_name + entry->fts_namelen - 2, ".h");
}

int declared_search(struct declared *declared, const char *name,
		    struct declaration *found)
{
	static const char *const folders[] = { "virt/kvm", "include", "mm",
					       "fs", "arch/x86/include" };
	size_t root = strlen(declared->root) + 1;
	int err = -ENOENT;

	for (size_t i = 0; err && i < sizeof(folders) / sizeof(*folders); i++) {
		char *folder = text_of("%s/%s", declared->root, folders[i]);
		char *paths[] = { folder, NULL };
		FTS *fts = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
		FTSENT *entry;

		while (err && fts && (entry = fts_read(fts)))
			if (is_header(entry) && mentions(entry->fts_path, name))
				err = declared_find_in(declared,
						       entry->fts_path + root,
						       name, found);
		if (fts)
			fts_close(fts);
		free(folder);
	}
	return err;
}
