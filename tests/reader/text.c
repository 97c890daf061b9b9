// SPDX-License-Identifier: GPL-2.0-only
#include "text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "errnos.h"
#include "suggest.h"

static unsigned int distance(const char *a, const char *b)
{
	return suggest_distance(a, strlen(a), b, strlen(b));
}

Test(suggest, counts_edits)
{
	cr_assert_eq(distance("", ""), 0);
	cr_assert_eq(distance("", "abc"), 3);
	cr_assert_eq(distance("abc", "abc"), 0);
	cr_assert_eq(distance("abc", "abxc"), 1);
	cr_assert_eq(distance("abc", "ac"), 1);
	cr_assert_eq(distance("abc", "axc"), 1);
	cr_assert_eq(distance("kitten", "sitting"), 3);
}

Test(suggest, counts_a_swap_once)
{
	cr_assert_eq(distance("vcpu0", "vpcu0"), 1);
	cr_assert_eq(distance("refresh", "refersh"), 1);
}

Test(suggest, is_far_from_long_names)
{
	char name[SUGGEST_MAX_LEN + 2];

	memset(name, 'a', sizeof(name));
	cr_assert_gt(suggest_distance(name, SUGGEST_MAX_LEN + 1, name,
				      SUGGEST_MAX_LEN + 1),
		     1000);
	cr_assert_eq(suggest_distance(name, SUGGEST_MAX_LEN, name,
				      SUGGEST_MAX_LEN),
		     0);
}

static const char *best(const char *wanted, const char *a, const char *b)
{
	struct suggestion suggestion;

	suggest_init(&suggestion, wanted, strlen(wanted));
	suggest_offer(&suggestion, a);
	suggest_offer(&suggestion, b);
	return suggestion.best;
}

Test(suggest, cuts_at_a_third_and_one)
{
	cr_assert_str_eq(best("abc", "axy", "zzz"), "axy");
	cr_assert_null(best("abc", "xyz", "zzz"));
	cr_assert_null(best("ab", "xy", "yx"));
}

Test(suggest, prefers_the_nearest_and_first)
{
	cr_assert_str_eq(best("resolvd", "relocked", "resolved"), "resolved");
	cr_assert_str_eq(best("aab", "aac", "aad"), "aac");
}

Test(text, locates_lines_as_yaml_does)
{
	static const char text[] = "a\r\nb\rc\n\xc2\x85"
				   "d\xe2\x80\xa8"
				   "ef";
	struct pos pos = text_locate(text, sizeof(text) - 1, sizeof(text) - 2);
	struct text_line line;

	cr_assert_eq(pos.line, 6);
	cr_assert_eq(pos.col, 2);
	line = text_find_line(text, sizeof(text) - 1, 2);
	cr_assert_eq(line.len, 1);
	cr_assert_eq(*line.start, 'b');
	line = text_find_line(text, sizeof(text) - 1, 4);
	cr_assert_eq(line.len, 0);
	line = text_find_line(text, sizeof(text) - 1, 6);
	cr_assert_eq(line.len, 2);
	line = text_find_line(text, sizeof(text) - 1, 7);
	cr_assert_null(line.start);
	cr_assert_eq(line.len, 0);
}

Test(text, decodes_broken_characters_bytewise)
{
	uint32_t c;

	cr_assert_eq(text_decode("\xe6\x99", 2, &c), 1);
	cr_assert_eq(c, 0xfffd);
	cr_assert_eq(text_decode("\xe6\x99\x82", 3, &c), 3);
	cr_assert_eq(c, 0x6642);
	cr_assert_eq(text_decode("\xc0\x80", 2, &c), 1);
	cr_assert_eq(text_decode("\xf4\x90\x80\x80", 4, &c), 1);
	cr_assert_eq(text_decode("\xf0\x9f\x98\x80", 4, &c), 4);
	cr_assert_eq(c, 0x1f600);
}

static char *caret(const char *text, unsigned int col, unsigned int len)
{
	struct text_line line = { .start = text, .len = strlen(text) };
	struct pos pos = { .line = 1, .col = col, .len = len };
	char *out = NULL;
	size_t size;
	FILE *file = open_memstream(&out, &size);

	text_print_caret(file, line, &pos);
	fclose(file);
	return out;
}

Test(text, draws_the_caret_below_wide_characters)
{
	char *out = caret("\xe6\x99\x82\xe8\xa8\x88 x", 4, 1);

	cr_assert_str_eq(out, "    1 | \xe6\x99\x82\xe8\xa8\x88 x\n"
			      "      |      ^\n");
	free(out);
}

Test(text, draws_the_caret_below_combining_characters)
{
	char *out = caret("e\xcc\x81 x", 4, 1);

	cr_assert_str_eq(out, "    1 | e\xcc\x81 x\n"
			      "      |   ^\n");
	free(out);
}

Test(text, expands_tabs)
{
	char *out = caret("a\tb\tc", 5, 1);

	cr_assert_str_eq(out, "    1 | a       b       c\n"
			      "      |                 ^\n");
	free(out);
}

Test(text, marks_the_end_of_a_line)
{
	char *out = caret("ab", 3, 1);

	cr_assert_str_eq(out, "    1 | ab\n"
			      "      |   ^\n");
	free(out);
}

Test(text, replaces_control_characters)
{
	char *out = caret("a\x1b[31mb", 1, 1);

	cr_assert_str_eq(out, "    1 | a?[31mb\n"
			      "      | ^\n");
	free(out);
}

Test(text, shows_a_part_of_a_long_line)
{
	char text[1001], *out;

	memset(text, 'a', 1000);
	text[1000] = 0;
	text[500] = 'X';
	out = caret(text, 501, 1);
	cr_assert_lt(strlen(out), 250);
	cr_assert_not_null(strstr(out, "aXa"));
	cr_assert_eq(strchr(out, 'X') - out,
		     strrchr(out, '^') - strchr(out, '\n') - 1);
	free(out);
}

Test(errnos, are_found_both_ways)
{
	cr_assert_str_eq(errno_name(-14), "EFAULT");
	cr_assert_str_eq(errno_name(133), "EHWPOISON");
	cr_assert_null(errno_name(0));
	cr_assert_null(errno_name(134));
	cr_assert_eq(errno_find("EAGAIN", 6), 11);
	cr_assert_eq(errno_find("EAGAI", 5), 0);
}
