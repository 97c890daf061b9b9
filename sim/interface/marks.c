// SPDX-License-Identifier: GPL-2.0-only
#include "marks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"

static const char *const names[NR_MARKS] = { "REAL", "EMULATED", "STUB",
					     "TRAP" };

const char *mark_name(enum mark mark)
{
	return names[mark];
}

static enum mark mark_in(const char *line)
{
	static const char key[] = "Fidelity: ";
	const char *at = strstr(line, key);

	for (int i = 0; at && i < NR_MARKS; i++)
		if (!strncmp(at + sizeof(key) - 1, names[i], strlen(names[i])))
			return i;
	return NR_MARKS;
}

enum mark mark_of_file(const char *sources, const char *file)
{
	char *path = text_of("%s/%s", sources, file);
	FILE *stream = fopen(path, "re");
	enum mark mark = NR_MARKS;
	char *line = NULL;
	size_t size = 0;

	while (stream && mark == NR_MARKS && getline(&line, &size, stream) > 0)
		mark = mark_in(line);
	if (stream)
		fclose(stream);
	free(line);
	free(path);
	return mark == NR_MARKS ? MARK_REAL : mark;
}
