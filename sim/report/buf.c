// SPDX-License-Identifier: GPL-2.0-only
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"

void buf_deinit(struct buf *buf)
{
	free(buf->bytes);
	memset(buf, 0, sizeof(*buf));
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
	if (buf->bytes)
		buf->bytes[0] = '\0';
}

const char *buf_get(const struct buf *buf)
{
	return buf->bytes ? buf->bytes : "";
}

/* Room for @more bytes and a NUL. */
static bool reserve(struct buf *buf, size_t more)
{
	size_t size = buf->size ? buf->size : 64;
	char *bytes;

	if (buf->failed)
		return false;
	while (size < buf->len + more + 1)
		size *= 2;
	if (size == buf->size)
		return true;
	bytes = realloc(buf->bytes, size);
	if (!bytes) {
		buf->failed = true;
		return false;
	}
	buf->bytes = bytes;
	buf->size = size;
	return true;
}

void buf_add(struct buf *buf, const char *bytes, size_t len)
{
	if (!reserve(buf, len))
		return;
	memcpy(buf->bytes + buf->len, bytes, len);
	buf->len += len;
	buf->bytes[buf->len] = '\0';
}

void buf_puts(struct buf *buf, const char *string)
{
	buf_add(buf, string, strlen(string));
}

void buf_pad(struct buf *buf, size_t spaces)
{
	while (spaces--)
		buf_add(buf, " ", 1);
}

void buf_printf(struct buf *buf, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (len < 0 || !reserve(buf, len))
		return;
	va_start(args, fmt);
	vsnprintf(buf->bytes + buf->len, len + 1, fmt, args);
	va_end(args);
	buf->len += len;
}
