// SPDX-License-Identifier: GPL-2.0-only
#include "shipped.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "places.h"
#include "session.h"
#include "suggest.h"
#include "text.h"

static const char ending[] = ".yaml";

static bool is_yaml(const char *name)
{
	size_t len = strlen(name), end = sizeof(ending) - 1;

	return len > end && !strcmp(name + len - end, ending);
}

char *shipped_scenario(const char *name)
{
	char *path;

	if (strchr(name, '/'))
		return NULL;
	path = text_of("%s/%s%s", place_of_scenarios(), name,
		       is_yaml(name) ? "" : ending);
	if (!access(path, R_OK))
		return path;
	free(path);
	return NULL;
}

static bool is_folder(const char *folder, const char *name)
{
	char *path = text_of("%s/%s", folder, name);
	struct stat st;
	bool found = !stat(path, &st) && S_ISDIR(st.st_mode);

	free(path);
	return found;
}

/*
 * Offers the scenarios in @folder, with @strip without their endings, and its
 * folders.  What is nearest so far is kept in @best.
 */
static void offer_folder(struct suggestion *suggestion, char **best,
			 const char *folder, bool strip)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		bool yaml = is_yaml(entry->d_name);
		size_t len = strlen(entry->d_name);
		char *name;

		if (entry->d_name[0] == '.' ||
		    (!yaml && (strip || !is_folder(folder, entry->d_name))))
			continue;
		name = text_copy(entry->d_name,
				 strip ? len - (sizeof(ending) - 1) : len);
		suggest_offer(suggestion, name);
		if (suggestion->best == name) {
			free(*best);
			*best = name;
		} else {
			free(name);
		}
	}
	if (dir)
		closedir(dir);
}

char *nearest_scenario(const char *path)
{
	const char *slash = strrchr(path, '/'),
		   *name = slash ? slash + 1 : path;
	char *folder = slash ? text_of("%.*s/", (int)(slash - path), path) :
			       text_of("./");
	struct suggestion suggestion;
	char *best = NULL, *whole = NULL;

	suggest_init(&suggestion, name, strlen(name));
	offer_folder(&suggestion, &best, folder, false);
	if (!slash)
		offer_folder(&suggestion, &best, place_of_scenarios(),
			     !is_yaml(name));
	if (best)
		whole = text_of("%s%s", slash ? folder : "", best);
	free(best);
	free(folder);
	return whole;
}
