// SPDX-License-Identifier: GPL-2.0-only
#include "text.h"

#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define TAB_WIDTH 8
/* Cells that are shown of a line. */
#define MAX_CELLS 100
/* Cells that are shown before the mark of a longer line. */
#define CELLS_BEFORE 40

void *text_alloc(size_t size)
{
	void *mem = calloc(1, size);

	if (!mem)
		abort();
	return mem;
}

char *text_copy(const char *text, size_t len)
{
	char *copy = text_alloc(len + 1);

	memcpy(copy, text, len);
	return copy;
}

static bool continues(const char *text, size_t len, size_t nr)
{
	if (len < nr)
		return false;
	for (size_t i = 1; i < nr; i++)
		if ((text[i] & 0xc0) != 0x80)
			return false;
	return true;
}

size_t text_decode(const char *text, size_t len, uint32_t *out)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char first = text[0];
	uint32_t value;
	size_t nr;

	*out = first;
	if (first < 0x80)
		return 1;
	nr = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
	*out = 0xfffd;
	if (first < 0xc0 || first >= 0xf8 || !continues(text, len, nr))
		return 1;
	value = first & (0x7f >> nr);
	for (size_t i = 1; i < nr; i++)
		value = value << 6 | (text[i] & 0x3f);
	if (value < smallest[nr] || value > 0x10ffff ||
	    (value >= 0xd800 && value < 0xe000))
		return 1;
	*out = value;
	return nr;
}

static bool is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 ||
	       c == 0x2029 || c == 0xfffd;
}

char *text_printable(const char *text)
{
	size_t len = strlen(text);
	char *copy = text_alloc(len + 1), *to = copy;

	for (size_t i = 0; i < len;) {
		uint32_t c;
		size_t nr = text_decode(text + i, len - i, &c);

		if (is_control(c)) {
			*to++ = '?';
		} else {
			memcpy(to, text + i, nr);
			to += nr;
		}
		i += nr;
	}
	return copy;
}

size_t text_chars(const char *text, size_t len)
{
	size_t nr = 0;
	uint32_t c;

	for (size_t i = 0; i < len; nr++)
		i += text_decode(text + i, len - i, &c);
	return nr;
}

/* Bytes of the line end at @text, 0 where there is none. */
static size_t line_end(const char *text, size_t len)
{
	uint32_t c;
	size_t nr = text_decode(text, len, &c);

	if (c == '\r' && len > 1 && text[1] == '\n')
		return 2;
	if (c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029)
		return nr;
	return 0;
}

struct text_line text_find_line(const char *text, size_t len,
				unsigned int number)
{
	struct text_line line = { .start = text };
	size_t start = 0;
	uint32_t c;

	for (size_t i = 0; i < len;) {
		size_t end = line_end(text + i, len - i);

		if (!end) {
			i += text_decode(text + i, len - i, &c);
			continue;
		}
		if (!--number) {
			line.len = i - start;
			return line;
		}
		i += end;
		start = i;
		line.start = text + start;
	}
	line.len = len - start;
	return number == 1 ? line : (struct text_line){ 0 };
}

struct pos text_locate(const char *text, size_t len, size_t offset)
{
	struct pos pos = { .line = 1, .col = 1, .len = 1 };
	uint32_t c;

	if (offset > len)
		offset = len;
	for (size_t i = 0; i < offset;) {
		size_t end = line_end(text + i, len - i);

		if (end) {
			i += end;
			pos.line++;
			pos.col = 1;
		} else {
			i += text_decode(text + i, len - i, &c);
			pos.col++;
		}
	}
	return pos;
}

/* Cells of @c when it starts at cell @at. */
static unsigned int cells_of(uint32_t c, unsigned int at)
{
	int width;

	if (c == '\t')
		return TAB_WIDTH - at % TAB_WIDTH;
	if (is_control(c))
		return 1;
	width = wcwidth((wchar_t)c);
	return width < 0 ? 1 : width;
}

/* First and past-the-end cell of the marked characters. */
static void mark_cells(struct text_line line, const struct pos *pos,
		       unsigned int *from, unsigned int *to)
{
	unsigned int col = 1, cell = 0;
	bool found = false;
	size_t i = 0;

	while (i < line.len && col < pos->col + pos->len) {
		uint32_t c;

		if (col == pos->col) {
			*from = cell;
			found = true;
		}
		i += text_decode(line.start + i, line.len - i, &c);
		cell += cells_of(c, cell);
		col++;
	}
	/* A mark behind the last character: the end of the line. */
	if (!found)
		*from = cell;
	*to = cell > *from ? cell : *from + 1;
}

static void print_cells(FILE *out, struct text_line line, unsigned int first,
			unsigned int last)
{
	unsigned int cell = 0;
	size_t i = 0, nr;

	for (; i < line.len && cell < last; i += nr) {
		unsigned int width;
		uint32_t c;

		nr = text_decode(line.start + i, line.len - i, &c);
		width = cells_of(c, cell);
		if (cell + width <= first && first) {
			cell += width;
			continue;
		}
		if (c == '\t' || cell < first)
			for (unsigned int n = cell < first ? first : cell;
			     n < cell + width; n++)
				fputc(' ', out);
		else if (is_control(c))
			fputc('?', out);
		else
			fwrite(line.start + i, 1, nr, out);
		cell += width;
	}
	if (i < line.len)
		fputs("...", out);
}

static void print_marked(FILE *out, struct text_line line,
			 const struct pos *pos)
{
	unsigned int from = 0, to = 0, first = 0;

	mark_cells(line, pos, &from, &to);
	if (to > MAX_CELLS && from > CELLS_BEFORE)
		first = from - CELLS_BEFORE;
	if (to > first + MAX_CELLS)
		to = first + MAX_CELLS;
	fprintf(out, "%5u | ", pos->line);
	print_cells(out, line, first, first + MAX_CELLS);
	fprintf(out, "\n      | ");
	for (unsigned int i = first; i < from; i++)
		fputc(' ', out);
	for (unsigned int i = from; i < to; i++)
		fputc('^', out);
	fputc('\n', out);
}

void text_print_caret(FILE *out, struct text_line line, const struct pos *pos)
{
	/* wcwidth() knows wide characters in a UTF-8 locale only. */
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	locale_t old = utf8 ? uselocale(utf8) : (locale_t)0;

	print_marked(out, line, pos);
	if (utf8) {
		uselocale(old);
		freelocale(utf8);
	}
}
