// SPDX-License-Identifier: GPL-2.0-only
/* A kernel of the cache is used only where all that made it is as it was. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "fixture.h"
#include "sources.h"

static char *hash(void)
{
	struct repository repository = { .path = "." };
	char *text = sources_hash(&repository, "p");

	cr_assert_not_null(text);
	cr_assert_eq(strlen(text), 16);
	return text;
}

static void enter(void)
{
	static const char *const folders[] = {
		"p",	  "p/include",	  "p/include/linux",
		"p/sim",  "p/sim/border", "p/sim/kernel",
		"p/cmake"
	};

	folder_enter();
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		cr_assert_eq(mkdir(folders[i], 0777), 0);
	write_file("p/include/linux/a.h", "1");
	write_file("p/sim/border/a.h", "1");
	write_file("p/sim/kernel/a.c", "1");
	write_file("p/cmake/a.cmake", "1");
	write_file("p/CMakeLists.txt", "1");
}

TestSuite(sources, .init = enter, .fini = folder_leave);

Test(sources, any_change_makes_another_hash)
{
	static const char *const files[] = {
		"p/include/linux/a.h", "p/sim/border/a.h",
		"p/sim/kernel/a.c",    "p/cmake/a.cmake",
		"p/CMakeLists.txt",    "p/include/linux/new.h"
	};
	char *before = hash(), *after;

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		write_file(files[i], "2");
		after = hash();
		cr_assert_str_neq(after, before, "%s", files[i]);
		free(before);
		before = after;
	}
	cr_assert_eq(rename("p/sim/kernel/a.c", "p/sim/kernel/b.c"), 0);
	after = hash();
	cr_assert_str_neq(after, before);
	free(before);
	free(after);
}

Test(sources, nothing_else_does)
{
	char *before = hash(), *after;

	write_file("p/sim/a.c", "1");
	write_file("p/README", "1");
	write_file("p/sim/kernel/a.c", "1");
	after = hash();
	cr_assert_str_eq(after, before);
	free(before);
	free(after);
}
