// SPDX-License-Identifier: GPL-2.0-only
#include "trace.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A trace beyond this is of no use to a person; it is cut and says so. */
#define TRACE_MAX_EVENTS (1UL << 17)
#define TEXT_CHUNK 16384

struct trace_text {
	struct trace_text *next;
	size_t used, size;
	char bytes[];
};

void trace_init(struct trace *trace)
{
	*trace = (struct trace){ 0 };
}

void trace_deinit(struct trace *trace)
{
	while (trace->texts) {
		struct trace_text *next = trace->texts->next;

		free(trace->texts);
		trace->texts = next;
	}
	free(trace->events);
	trace_init(trace);
}

void trace_rewind(struct trace *trace, size_t nr)
{
	if (nr < trace->nr)
		trace->nr = nr;
	trace->truncated = false;
}

static bool grow(struct trace *trace)
{
	size_t size = trace->size ? trace->size * 2 : 256;
	struct trace_event *events;

	if (trace->size >= TRACE_MAX_EVENTS)
		return false;
	events = realloc(trace->events, size * sizeof(*events));
	if (!events)
		return false;
	trace->events = events;
	trace->size = size;
	return true;
}

struct trace_event *trace_append(struct trace *trace, enum trace_kind kind,
				 unsigned int task)
{
	struct trace_event *event;

	if (trace->nr == trace->size && !grow(trace)) {
		trace->truncated = true;
		return NULL;
	}
	event = &trace->events[trace->nr++];
	*event = (struct trace_event){
		.kind = kind,
		.task = task,
		.pfn = HOST_NO_PFN,
	};
	return event;
}

static char *text_space(struct trace *trace, size_t size)
{
	struct trace_text *chunk = trace->texts;

	if (!chunk || chunk->size - chunk->used < size) {
		size_t want = size > TEXT_CHUNK ? size : TEXT_CHUNK;

		chunk = malloc(sizeof(*chunk) + want);
		if (!chunk)
			return NULL;
		chunk->next = trace->texts;
		chunk->used = 0;
		chunk->size = want;
		trace->texts = chunk;
	}
	chunk->used += size;
	return chunk->bytes + chunk->used - size;
}

void *trace_space(struct trace *trace, size_t size)
{
	size_t align = _Alignof(max_align_t);
	char *space = text_space(trace, size + align - 1);

	if (!space)
		return NULL;
	space += -(uintptr_t)space % align;
	return memset(space, 0, size);
}

const char *trace_text(struct trace *trace, const char *fmt, ...)
{
	va_list args, again;
	char *text;
	int len;

	va_start(args, fmt);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, fmt, args);
	text = len < 0 ? NULL : text_space(trace, len + 1);
	if (text)
		vsnprintf(text, len + 1, fmt, again);
	va_end(again);
	va_end(args);
	return text ? text : "";
}
