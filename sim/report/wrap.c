// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "escape.h"
#include "wrap.h"

static size_t char_len(const char *s)
{
	unsigned int code;
	size_t len = utf8_decode(s, &code);

	return len ? len : 1;
}

/* Bytes of @s, up to a newline, that fit into @width columns; at least one. */
static size_t fitting(const char *s, size_t width)
{
	size_t used = 0, cells = 0;

	while (s[used] && s[used] != '\n') {
		size_t len = char_len(s + used);

		cells += display_width(s + used, len);
		if (cells > width && used)
			break;
		used += len;
	}
	return used;
}

/* An arrow starts a line; it never ends one. */
static bool ends_with_arrow(const char *s, size_t len)
{
	return (len > 2 && !memcmp(s + len - 3, " ->", 3)) ||
	       (len > 3 && !memcmp(s + len - 4, " \xe2\x86\x92", 4));
}

/* Where to break a line of @fit bytes that goes on; @fit where nowhere better. */
static size_t break_before(const char *s, size_t fit)
{
	for (size_t i = fit; i > 0; i--)
		if (s[i] == ' ' && !ends_with_arrow(s, i))
			return i;
	for (size_t i = fit; i-- > fit / 2;)
		if (strchr("(,/_.>", s[i]))
			return i + 1;
	return fit;
}

const char *wrap_line(const char *s, size_t width, size_t *len)
{
	size_t used = fitting(s, width ? width : 1);
	const char *rest;

	if (s[used] && s[used] != '\n')
		used = break_before(s, used);
	rest = s + used;
	while (used && s[used - 1] == ' ')
		used--;
	*len = used;
	if (*rest == '\n')
		return rest + 1;
	rest += strspn(rest, " ");
	return *rest ? rest : NULL;
}

void wrap_paragraph(struct buf *out, const char *s, size_t start, size_t indent,
		    size_t columns)
{
	size_t at = start;

	while (s) {
		size_t width = columns > at + 16 ? columns - at : 16;
		size_t len;
		const char *rest = wrap_line(s, width, &len);

		buf_add(out, s, len);
		buf_add(out, "\n", 1);
		if (rest)
			buf_pad(out, indent);
		at = indent;
		s = rest;
	}
}
