// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>
#include <wchar.h>

#include "escape.h"
#include "text.h"

#define REPLACEMENT 0xfffdu
#define ARROW 0x2192u
#define ARROW_BYTES "\xe2\x86\x92"

size_t utf8_decode(const char *s, unsigned int *code)
{
	uint32_t decoded;
	size_t len = text_decode(s, strnlen(s, 4), &decoded);

	if (decoded == REPLACEMENT && len == 1)
		return 0;
	if (decoded >= 0xd800 && decoded <= 0xdfff) /* half a surrogate pair */
		return 0;
	*code = decoded;
	return len;
}

size_t display_width(const char *s, size_t len)
{
	size_t width = 0, used;

	for (size_t i = 0; i < len; i += used) {
		unsigned int code;
		int cells;

		used = utf8_decode(s + i, &code);
		cells = used ? wcwidth((wchar_t)code) : 1;
		if (!used)
			used = 1;
		width += cells < 0 ? 1 : (size_t)cells;
	}
	return width;
}

static bool is_control(unsigned int code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

/*
 * Characters that a terminal obeys rather than shows, as they reorder the text
 * around them or have no width, and the two that XML does not know.
 */
static bool is_invisible(unsigned int code)
{
	return (code >= 0x200b && code <= 0x200f) ||
	       (code >= 0x2028 && code <= 0x202e) ||
	       (code >= 0x2060 && code <= 0x206f) || code == 0xfeff ||
	       code == 0xfffe || code == 0xffff;
}

static void escape_bytes(struct buf *out, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		buf_printf(out, "\\x%02x", (unsigned char)s[i]);
}

/* Appends the character at @s, made safe, and returns its length in bytes. */
static size_t escape_one(struct buf *out, const char *s, bool utf8)
{
	unsigned int code;
	size_t len = utf8_decode(s, &code);

	if (!len) {
		escape_bytes(out, s, 1);
		return 1;
	}
	if (code == '\t')
		buf_add(out, " ", 1);
	else if (is_control(code) && code != '\n')
		escape_bytes(out, s, len);
	else if (code < 0x80 || (utf8 && !is_invisible(code)))
		buf_add(out, s, len);
	else if (code == ARROW)
		buf_puts(out, "->");
	else
		escape_bytes(out, s, len);
	return len;
}

void escape_terminal(struct buf *out, const char *s, bool utf8)
{
	while (*s)
		s += escape_one(out, s, utf8);
}

void escape_change(struct buf *out, const char *s, bool utf8)
{
	while (*s) {
		if (utf8 && !strncmp(s, " -> ", 4)) {
			buf_puts(out, " " ARROW_BYTES " ");
			s += 4;
		} else {
			s += escape_one(out, s, utf8);
		}
	}
}

void escape_ktap(struct buf *out, const char *s)
{
	while (*s) {
		if (*s == '\n') {
			buf_add(out, " ", 1);
			s++;
		} else if (*s == '#') {
			buf_puts(out, "\\#");
			s++;
		} else {
			s += escape_one(out, s, true);
		}
	}
}

static size_t escape_json_one(struct buf *out, const char *s)
{
	unsigned int code;
	size_t len = utf8_decode(s, &code);

	if (!len) {
		buf_puts(out, "\\ufffd");
		return 1;
	}
	if (code == '"' || code == '\\')
		buf_printf(out, "\\%c", (char)code);
	else if (code == '\n')
		buf_puts(out, "\\n");
	else if (code == '\t')
		buf_puts(out, "\\t");
	else if (is_control(code) || code == 0xfeff || code == 0xfffe ||
		 code == 0xffff) /* no text, to readers of YAML */
		buf_printf(out, "\\u%04x", code);
	else
		buf_add(out, s, len);
	return len;
}

void escape_json(struct buf *out, const char *s)
{
	buf_add(out, "\"", 1);
	while (*s)
		s += escape_json_one(out, s);
	buf_add(out, "\"", 1);
}

void escape_html_bytes(struct buf *out, const char *s, size_t len)
{
	const char *end = s + len;

	while (s < end) {
		if (*s == '\n') {
			buf_add(out, " ", 1);
			s++;
		} else if (!*s) {
			escape_bytes(out, s++, 1);
		} else if (strchr("<>&\"'", *s)) {
			buf_printf(out, "&#%d;", *s++);
		} else {
			s += escape_one(out, s, true);
		}
	}
}

void escape_html(struct buf *out, const char *s)
{
	escape_html_bytes(out, s, strlen(s));
}

static bool shell_plain(const char *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_-+=./:,@%";

	return *s && s[strspn(s, plain)] == '\0';
}

void escape_shell(struct buf *out, const char *s)
{
	if (shell_plain(s)) {
		buf_puts(out, s);
		return;
	}
	buf_add(out, "'", 1);
	for (; *s; s++) {
		if (*s == '\'')
			buf_puts(out, "'\\''");
		else
			buf_add(out, s, 1);
	}
	buf_add(out, "'", 1);
}
