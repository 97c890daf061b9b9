// SPDX-License-Identifier: GPL-2.0-only
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "names.h"

#define MAX_NAMES 4096
#define NAME_SIZE 64

struct shim_name {
	char name[NAME_SIZE], where[NAME_SIZE];
	bool taken, tested;
};

struct excuse {
	char of[NAME_SIZE];    /* a function or a file            */
	char other[NAME_SIZE]; /* the other name, "" without one  */
};

static struct shim_name names[MAX_NAMES];
static struct excuse excuses[MAX_NAMES];
static unsigned int nr_names, nr_excuses;
/* Of each excuse, by all kernels that were read. */
static bool met[MAX_NAMES], needed[MAX_NAMES];

static struct shim_name *find(const char *name)
{
	for (unsigned int i = 0; i < nr_names; i++)
		if (!strcmp(names[i].name, name))
			return &names[i];
	return NULL;
}

static void read_name(const char *line)
{
	struct shim_name *name = &names[nr_names];
	char kind[NAME_SIZE];

	if (sscanf(line, "%63s %63s %63s", kind, name->name, name->where) != 3)
		return;
	name->taken = !strcmp(kind, "taken");
	name->tested = false;
	nr_names++;
}

static void read_excuse(const char *line)
{
	struct excuse *excuse = &excuses[nr_excuses];
	char first[NAME_SIZE] = "";
	int words;

	if (*line == '#')
		return;
	excuse->other[0] = '\0';
	words = sscanf(line, "%63s %63s %63s", excuse->of, first,
		       excuse->other);
	if (words <= 0)
		return;
	cr_assert_gt(words, 1, "untested.txt: no reason for %s", excuse->of);
	if (strcmp(first, "is"))
		excuse->other[0] = '\0';
	nr_excuses++;
}

static void each_line(const char *path, void (*each)(const char *line),
		      unsigned int *nr)
{
	FILE *file = fopen(path, "r");
	char line[512];

	cr_assert(file, "cannot read %s", path);
	for (*nr = 0; fgets(line, sizeof(line), file);) {
		cr_assert_lt(*nr, MAX_NAMES, "%s: too many lines", path);
		each(line);
	}
	fclose(file);
}

void names_read(const char *kernel, const char *path)
{
	char taken[512];

	snprintf(taken, sizeof(taken), "%.*s.taken", (int)strlen(kernel) - 3,
		 kernel);
	each_line(taken, read_name, &nr_names);
	each_line(path, read_excuse, &nr_excuses);
	cr_assert_gt(nr_names, 0U, "%s is empty", taken);
}

void names_mark_tested(const char *name)
{
	struct shim_name *found = find(name);

	if (found)
		found->tested = true;
	/* Of a name that a macro makes, a test can only say what it is. */
	for (unsigned int i = 0; i < nr_excuses && !found; i++)
		if (*excuses[i].other && !strcmp(excuses[i].of, name))
			met[i] = needed[i] = true;
}

bool names_are_offered(const char *name)
{
	for (unsigned int i = 0; i < nr_excuses; i++)
		if (!strcmp(excuses[i].of, name))
			return true;
	return find(name);
}

static bool is_of(const struct excuse *excuse, const struct shim_name *name)
{
	return !strcmp(excuse->of, name->name) ||
	       !strcmp(excuse->of, name->where);
}

static bool is_excused(const struct shim_name *name)
{
	for (unsigned int i = 0; i < nr_excuses; i++) {
		const struct excuse *excuse = &excuses[i];
		const struct shim_name *other;

		if (!is_of(excuse, name))
			continue;
		other = *excuse->other ? find(excuse->other) : NULL;
		if (!*excuse->other || (other && other->tested))
			return true;
	}
	return false;
}

unsigned int names_report(char *report, size_t size)
{
	unsigned int nr = 0;
	size_t len = 0;

	*report = '\0';
	for (unsigned int i = 0; i < nr_names; i++) {
		const struct shim_name *name = &names[i];

		if (!name->taken || name->tested || is_excused(name))
			continue;
		nr++;
		if (len < size)
			len += snprintf(report + len, size - len, "  %s (%s)\n",
					name->name, name->where);
	}
	return nr;
}

void names_note_excuses(void)
{
	for (unsigned int i = 0; i < nr_excuses; i++)
		for (unsigned int n = 0; n < nr_names; n++)
			if (is_of(&excuses[i], &names[n])) {
				met[i] = true;
				needed[i] |= !names[n].tested;
			}
}

/* A file, or a word in what other kernels may take from the shim. */
static bool exists(const char *sources, const char *of)
{
	char command[1024];

	snprintf(command, sizeof(command),
		 strchr(of, '/') ?
			 "test -e '%s/%s'" :
			 "cd '%s' && grep -rqw '%s' include sim/kernel",
		 sources, of);
	return !system(command);
}

unsigned int names_report_excuses(const char *sources, char *report,
				  size_t size)
{
	unsigned int nr = 0;
	size_t len = 0;

	*report = '\0';
	for (unsigned int i = 0; i < nr_excuses; i++) {
		const char *of = excuses[i].of;

		if (met[i] ? needed[i] : exists(sources, of))
			continue;
		nr++;
		if (len < size)
			len += snprintf(report + len, size - len, "  %s, %s\n",
					of,
					met[i] ? "which has tests" :
						 "which is nowhere");
	}
	return nr;
}
