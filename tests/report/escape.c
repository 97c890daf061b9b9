// SPDX-License-Identifier: GPL-2.0-only
/* What may not leave a terminal line, a KTAP line, a JSON string, a shell word. */
#include <criterion/criterion.h>

#include "escape.h"
#include "fixture.h"
#include "wrap.h"

#define ARROW "\xe2\x86\x92"

static void expect_escaped(void (*escape)(struct buf *out, const char *s),
			   const char *s, const char *want)
{
	struct buf out = { 0 };

	escape(&out, s);
	expect_text(buf_get(&out), want);
	buf_deinit(&out);
}

static void for_ascii(struct buf *out, const char *s)
{
	escape_terminal(out, s, false);
}

static void for_utf8(struct buf *out, const char *s)
{
	escape_terminal(out, s, true);
}

static void change_utf8(struct buf *out, const char *s)
{
	escape_change(out, s, true);
}

Test(report_escape, terminal_obeys_nothing)
{
	expect_escaped(for_utf8, "a\033[1mb\tc\x7f", "a\\x1b[1mb c\\x7f");
	expect_escaped(for_utf8,
		       "\xc2\x9b"
		       "31m",
		       "\\xc2\\x9b31m");
	expect_escaped(for_utf8,
		       "a\xe2\x80\xae"
		       "b",
		       "a\\xe2\\x80\\xaeb");
}

Test(report_escape, terminal_keeps_lines_and_utf8)
{
	expect_escaped(for_utf8, "a\n\xc3\xa4" ARROW, "a\n\xc3\xa4" ARROW);
}

Test(report_escape, terminal_shows_broken_utf8)
{
	expect_escaped(for_utf8, "\xff\xc3", "\\xff\\xc3");
	expect_escaped(for_utf8, "\xed\xa0\x80", "\\xed\\xa0\\x80");
	expect_escaped(for_utf8, "\xc0\xaf", "\\xc0\\xaf");
}

Test(report_escape, plain_terminals_get_ascii)
{
	expect_escaped(for_ascii, "2 " ARROW " 3 \xc3\xa4",
		       "2 -> 3 \\xc3\\xa4");
}

Test(report_escape, changes_have_arrows_but_pointers_do_not)
{
	expect_escaped(change_utf8, "kvm->lock 2 -> 3",
		       "kvm->lock 2 " ARROW " 3");
}

Test(report_escape, ktap_stays_on_its_line)
{
	expect_escaped(escape_ktap, "a # SKIP\nok 2 b", "a \\# SKIP ok 2 b");
}

Test(report_escape, json_is_a_string)
{
	expect_escaped(escape_json, "a\"b\\c\n\t\001\x7f",
		       "\"a\\\"b\\\\c\\n\\t\\u0001\\u007f\"");
	expect_escaped(escape_json, "\xff\xed\xa0\x80" ARROW,
		       "\"\\ufffd\\ufffd\\ufffd\\ufffd" ARROW "\"");
}

Test(report_escape, html_opens_and_ends_nothing)
{
	expect_escaped(escape_html, "</td><script>\"a\" & 'b'",
		       "&#60;/td&#62;&#60;script&#62;&#34;a&#34; &#38; "
		       "&#39;b&#39;");
	expect_escaped(escape_html, "&amp;", "&#38;amp;");
}

/* A NUL, which a page must not have, ends the text. */
Test(report_escape, html_has_no_control_characters)
{
	expect_escaped(escape_html, "a\0<b>", "a");
	expect_escaped(escape_html, "a\n\tb\r\x1b[1m\x7f\x01",
		       "a  b\\x0d\\x1b[1m\\x7f\\x01");
	expect_escaped(escape_html, "\xc2\x85 \xe2\x80\xae",
		       "\\xc2\\x85 \\xe2\\x80\\xae");
}

Test(report_escape, html_is_utf8)
{
	expect_escaped(escape_html, "\xc3\xa4" ARROW "\xff\xc3",
		       "\xc3\xa4" ARROW "\\xff\\xc3");
	expect_escaped(escape_html, "\xed\xa0\x80", "\\xed\\xa0\\x80");
}

Test(report_escape, shell_takes_one_word)
{
	expect_escaped(escape_shell, "a/b-c.yaml", "a/b-c.yaml");
	expect_escaped(escape_shell, "", "''");
	expect_escaped(escape_shell, "a b;$(c)'d'", "'a b;$(c)'\\''d'\\'''");
}

static void expect_lines(const char *s, size_t width, const char *want)
{
	struct buf out = { 0 };

	while (s) {
		size_t len;
		const char *rest = wrap_line(s, width, &len);

		buf_printf(&out, "%.*s|", (int)len, s);
		s = rest;
	}
	expect_text(buf_get(&out), want);
	buf_deinit(&out);
}

Test(report_wrap, breaks_at_blanks)
{
	expect_lines("one two three", 7, "one two|three|");
	expect_lines("one two three", 6, "one|two|three|");
	expect_lines("", 7, "|");
	expect_lines("one   ", 3, "one|");
}

Test(report_wrap, breaks_before_arrows)
{
	expect_lines("life 2 -> 3", 9, "life 2|-> 3|");
	expect_lines("life 2 " ARROW " 3", 8, "life 2|" ARROW " 3|");
}

Test(report_wrap, breaks_names_behind_punctuation)
{
	expect_lines("mutex_lock(kvm->slots_lock)", 12,
		     "mutex_lock(|kvm->slots_|lock)|");
}

Test(report_wrap, breaks_anywhere_where_it_must)
{
	expect_lines("abcdefgh", 3, "abc|def|gh|");
	expect_lines("abc", 0, "a|b|c|");
}

Test(report_wrap, newlines_end_lines)
{
	expect_lines("a\n\nb", 9, "a||b|");
}

Test(report_wrap, counts_characters_not_bytes)
{
	expect_lines("\xc3\xa4\xc3\xa4 \xc3\xa4", 2,
		     "\xc3\xa4\xc3\xa4|\xc3\xa4|");
}
