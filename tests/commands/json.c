// SPDX-License-Identifier: GPL-2.0-only
/* A recogniser of JSON: says whether a text is valid, and keeps nothing. */
#include <stdbool.h>
#include <string.h>

#include "fixture.h"

#define MAX_DEPTH 64

static bool value(const char **s, int depth);

static void blanks(const char **s)
{
	*s += strspn(*s, " \t\r\n");
}

static bool take(const char **s, char c)
{
	blanks(s);
	if (**s != c)
		return false;
	++*s;
	return true;
}

static bool escape(const char **s)
{
	char c = *(*s)++;

	if (c != 'u')
		return c && strchr("\"\\/bfnrt", c);
	for (int i = 0; i < 4; i++, ++*s)
		if (!**s || !strchr("0123456789abcdefABCDEF", **s))
			return false;
	return true;
}

static bool string(const char **s)
{
	if (!take(s, '"'))
		return false;
	while (**s != '"') {
		unsigned char c = *(*s)++;

		if (c < 0x20 || (c == '\\' && !escape(s)))
			return false;
	}
	++*s;
	return true;
}

static bool digits(const char **s)
{
	size_t nr = strspn(*s, "0123456789");

	*s += nr;
	return nr;
}

static bool number(const char **s)
{
	*s += **s == '-';
	if (**s == '0')
		++*s;
	else if (!digits(s))
		return false;
	if (**s == '.' && (++*s, !digits(s)))
		return false;
	if (**s != 'e' && **s != 'E')
		return true;
	++*s;
	*s += **s == '-' || **s == '+';
	return digits(s);
}

static bool word(const char **s, const char *which)
{
	size_t len = strlen(which);

	if (strncmp(*s, which, len))
		return false;
	*s += len;
	return true;
}

/* The members behind `{` or `[`, up to and with @end. */
static bool members(const char **s, char end, int depth)
{
	if (take(s, end))
		return true;
	do {
		if (end == '}' && (!string(s) || !take(s, ':')))
			return false;
		if (!value(s, depth + 1))
			return false;
	} while (take(s, ','));
	return take(s, end);
}

static bool value(const char **s, int depth)
{
	if (depth > MAX_DEPTH)
		return false;
	if (take(s, '{'))
		return members(s, '}', depth);
	if (take(s, '['))
		return members(s, ']', depth);
	if (**s == '"')
		return string(s);
	return word(s, "true") || word(s, "false") || word(s, "null") ||
	       number(s);
}

bool json_is_valid(const char *text)
{
	if (!value(&text, 0))
		return false;
	blanks(&text);
	return !*text;
}
