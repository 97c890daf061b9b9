// SPDX-License-Identifier: GPL-2.0-only
#include "fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static char *print_messages(struct scenario *s, struct diags *diags)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	cr_assert_not_null(out);
	if (s)
		scenario_lint(s, diags);
	diags_print(diags, out);
	fclose(out);
	scenario_destroy(s);
	diags_deinit(diags);
	return text;
}

char *messages_of(const char *path)
{
	struct diags diags;

	diags_init(&diags);
	return print_messages(scenario_read(path, &diags), &diags);
}

char *messages_of_text(const char *name, const char *text, size_t len)
{
	struct diags diags;

	diags_init(&diags);
	return print_messages(scenario_read_text(name, text, len, &diags),
			      &diags);
}

struct scenario *read_valid(const char *path)
{
	struct scenario *s;
	struct diags diags;

	diags_init(&diags);
	s = scenario_read(path, &diags);
	diags_print(&diags, stderr);
	diags_deinit(&diags);
	cr_assert_not_null(s, "%s is not valid", path);
	return s;
}

char *contents_of(const char *path, size_t *len)
{
	FILE *in = fopen(path, "rb");
	char *text = NULL, buf[4096];
	FILE *out;
	size_t nr;

	if (!in)
		return NULL;
	out = open_memstream(&text, len);
	while ((nr = fread(buf, 1, sizeof(buf), in)))
		fwrite(buf, 1, nr, out);
	fclose(out);
	fclose(in);
	return text;
}
