// SPDX-License-Identifier: GPL-2.0-only
#include "sources.h"

#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "session.h"

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* Appends the paths of the files below @path, or its own. */
static void list(struct buf *out, char *path)
{
	char *const paths[] = { path, NULL };
	FTS *fts = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
	FTSENT *entry;

	while (fts && (entry = fts_read(fts)))
		if (entry->fts_info == FTS_F)
			buf_printf(out, "%s\n", entry->fts_path);
	if (fts)
		fts_close(fts);
}

char *sources_hash(const struct repository *repository, const char *folder)
{
	static const char *const parts[] = { "include",	   "sim/border",
					     "sim/kernel", "src/arch/x86/kvm",
					     "cmake",	   "CMakeLists.txt" };
	static const char *const argv[] = { "hash-object", "--no-filters",
					    "--stdin-paths", NULL };
	struct buf paths = { 0 };
	char *hashes, *text, *hash = NULL;

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		char *path = text_of("%s/%s", folder, parts[i]);

		list(&paths, path);
		free(path);
	}
	hashes = git_read(repository, argv, buf_get(&paths), STDERR_FILENO);
	if (hashes) {
		text = text_of("%s\n%s", buf_get(&paths), hashes);
		hash = git_hash(repository, text);
		free(text);
	}
	free(hashes);
	buf_deinit(&paths);
	return hash;
}
