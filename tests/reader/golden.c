// SPDX-License-Identifier: GPL-2.0-only
/*
 * Each tests/bad/NAME.yaml is read, and linted where it is valid; all that is
 * printed must equal NAME.expected.  With PFNSIM_UPDATE_EXPECTED in the
 * environment the expected messages are written instead: review the diff.
 */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fixture.h"

struct bad_file {
	char path[128];
};

static void expected_path(const char *path, char *out, size_t size)
{
	int len = strlen(path) - strlen("yaml");

	snprintf(out, size, "%.*sexpected", len, path);
}

static void write_expected(const char *path, const char *messages)
{
	FILE *out = fopen(path, "w");

	cr_assert_not_null(out, "%s cannot be written", path);
	fputs(messages, out);
	fclose(out);
}

ParameterizedTestParameters(reader, messages)
{
	struct bad_file *files;
	glob_t found;
	size_t nr;

	cr_assert_eq(glob(TESTS_DIR "/bad/*.yaml", 0, NULL, &found), 0,
		     "no bad files");
	nr = found.gl_pathc;
	files = cr_malloc(nr * sizeof(*files));
	for (size_t i = 0; i < nr; i++)
		snprintf(files[i].path, sizeof(files[i].path), "%s",
			 strrchr(found.gl_pathv[i], '/') + 1);
	globfree(&found);
	return cr_make_param_array(struct bad_file, files, nr, NULL);
}

ParameterizedTest(struct bad_file *file, reader, messages)
{
	char expected_file[160], *messages, *expected;
	size_t len;

	cr_assert_eq(chdir(TESTS_DIR "/bad"), 0);
	expected_path(file->path, expected_file, sizeof(expected_file));
	messages = messages_of(file->path);
	if (getenv("PFNSIM_UPDATE_EXPECTED")) {
		write_expected(expected_file, messages);
	} else {
		expected = contents_of(expected_file, &len);
		cr_assert_not_null(expected, "%s is missing", expected_file);
		cr_assert_str_eq(messages, expected, "%s prints\n%s",
				 file->path, messages);
		free(expected);
	}
	cr_assert_str_not_empty(messages, "%s is not bad", file->path);
	free(messages);
}
