// SPDX-License-Identifier: GPL-2.0-only
/* Violations, the kernel's log, and what the machine tells about itself. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "engine.h"
#include "faults.h"
#include "place.h"
#include "symbols.h"

static const char *kernel_path(void)
{
	return engine.trace && engine.in_task ?
		       symbols_path(engine.trace, fault_place) :
		       NULL;
}

static void observe(struct trace_event *event)
{
	if (!event)
		return;
	event->switched = event->task != engine.last_task;
	engine.last_task = event->task;
	if (engine.observe)
		engine.observe(engine.observer, event);
}

static struct trace_event *append(enum trace_kind kind, unsigned int task)
{
	struct trace_event *event;

	if (!engine.trace || engine.quiet)
		return NULL;
	event = trace_append(engine.trace, kind, task);
	if (!event)
		return NULL;
	event->step = engine.task[task].step;
	if (engine.in_task)
		place_keep(engine.trace, event, fault_place);
	return event;
}

static bool known(enum violation kind, const char *text)
{
	for (unsigned int i = 0; i < engine.nr_findings; i++)
		if (engine.finding[i].kind == kind &&
		    !strcmp(engine.finding[i].text, text))
			return true;
	return false;
}

static void find(enum violation kind, unsigned int task, unsigned long pfn,
		 const char *fmt, va_list args)
{
	struct engine_finding *finding;
	struct trace_event *event;
	char text[sizeof(finding->text)];

	if (engine.quiet)
		return;
	engine.seen |= 1UL << kind;
	vsnprintf(text, sizeof(text), fmt, args);
	if (engine.nr_findings == MAX_FINDINGS || known(kind, text))
		return;
	finding = &engine.finding[engine.nr_findings++];
	*finding = (struct engine_finding){
		.kind = kind,
		.task = task,
		.pfn = pfn,
		.event = (size_t)-1,
		.path = kernel_path(),
	};
	memcpy(finding->text, text, sizeof(text));
	event = append(TRACE_VIOLATION, task);
	if (!event)
		return;
	finding->event = engine.trace->nr - 1;
	event->violation = kind;
	event->pfn = pfn;
	event->text = trace_text(engine.trace, "%s", finding->text);
	event->path = finding->path;
	event->failing = true;
	observe(event);
}

void engine_find(enum violation kind, unsigned int task, unsigned long pfn,
		 const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	find(kind, task, pfn, fmt, args);
	va_end(args);
}

void engine_find_more(unsigned int index, const char *fmt, ...)
{
	struct engine_finding *finding = &engine.finding[index];
	size_t len = strlen(finding->text);
	struct trace_event *event;
	va_list args;

	va_start(args, fmt);
	vsnprintf(finding->text + len, sizeof(finding->text) - len, fmt, args);
	va_end(args);
	if (!engine.trace || finding->event >= engine.trace->nr)
		return;
	event = &engine.trace->events[finding->event];
	event->text = trace_text(engine.trace, "%s%s", event->text,
				 finding->text + len);
}

void host_report(enum violation kind, unsigned long pfn, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	find(kind, host_task, pfn, fmt, args);
	va_end(args);
}

void host_fatal(enum violation kind, unsigned long pfn, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	find(kind, host_task, pfn, fmt, args);
	va_end(args);
	engine_stop(OUTCOME_FATAL, "the kernel cannot go on");
	__builtin_trap(); /* a fatal violation outside of any task */
}

void host_trap(const char *function)
{
	const char *path = kernel_path();
	size_t len = strlen(function);

	/* The function itself heads the path where it has a frame. */
	if (path && !strncmp(path, function, len) &&
	    !strncmp(path + len, "() <- ", 6))
		path += len + 6;
	engine_stop(OUTCOME_TRAP, "%s() is not emulated%s%s", function,
		    path ? "; called by " : "", path ? path : "");
	__builtin_trap();
}

void host_note(enum host_note kind, unsigned long a, unsigned long b,
	       const char *text)
{
	struct trace_event *event;

	if (!engine.trace || engine.quiet)
		return;
	event = append(TRACE_NOTE, host_task);
	if (!event)
		return;
	event->note = kind;
	event->path = kernel_path();
	if (kind != NOTE_FREE && kind != NOTE_FREE_DEFERRED)
		event->pfn = a;
	if (engine.describe)
		event->text = engine.describe(engine.observer, kind, a, b,
					      text);
	observe(event);
}

void host_log(const char *text)
{
	struct trace_event *event = append(TRACE_LOG, host_task);

	if (!event)
		return;
	event->text = trace_text(engine.trace, "%s", text);
	observe(event);
}

int host_vformat(char *buf, unsigned long size, const char *fmt,
		 __builtin_va_list args)
{
	return vsnprintf(buf, size, fmt, args);
}

/* How often @call on @obj happened in the task's operation, this one counted. */
static unsigned int count_calls(unsigned int task, enum shim_call call,
				const char *obj)
{
	unsigned int nr = 1;

	for (size_t i = engine.trace->nr - 1; i-- > 0;) {
		const struct trace_event *e = &engine.trace->events[i];

		if (e->task != task)
			continue;
		if (e->kind == TRACE_BEGIN)
			break;
		if (e->kind == TRACE_CALL && e->call == call &&
		    (e->obj == obj || (e->obj && obj && !strcmp(e->obj, obj))))
			return e->nth + 1;
	}
	return nr;
}

void trace_call(enum shim_call call, const char *obj, int point)
{
	struct engine_task *task = &engine.task[host_task];
	struct trace_event *event = append(TRACE_CALL, host_task);

	if (!event)
		return;
	event->call = call;
	event->obj = obj ? trace_text(engine.trace, "%s", obj) : NULL;
	if (point >= 0) {
		event->point = task->points->points[point];
		event->nth = task->passed[point];
	} else {
		event->nth = count_calls(host_task, call, event->obj);
	}
	observe(event);
}

void trace_block(const struct host_wait *wait)
{
	struct trace_event *event = append(TRACE_BLOCK, host_task);

	if (!event)
		return;
	event->call = wait->call;
	event->obj = wait->name;
	/* The observer knows the tasks' names; leave it the owner. */
	event->ret = engine_blocker(event->task);
	observe(event);
}

void trace_resume(void)
{
	observe(append(TRACE_RESUME, host_task));
}

void trace_fail(const char *what)
{
	struct trace_event *event = append(TRACE_NOTE, host_task);

	if (!event)
		return;
	event->note = NR_HOST_NOTES;
	event->text = trace_text(engine.trace, "%s fails here", what);
	observe(event);
}

static char deadlock_text[256];
static unsigned int deadlock_task;

void deadlock_add(unsigned int task, const struct host_wait *wait, int owner)
{
	static const char *const names[] = {
#define X(id, name) [id] = name,
		PFNSIM_CALLS(X)
#undef X
	};
	size_t len = strlen(deadlock_text);

	if (!len)
		deadlock_task = task;
	/* @N stands for the name of task N, which only the runner knows. */
	len += snprintf(deadlock_text + len, sizeof(deadlock_text) - len,
			"%s@%u waits in %s(%s)", len ? "; " : "", task,
			names[wait->call], wait->name ? wait->name : "");
	if (owner >= 0 && len < sizeof(deadlock_text))
		snprintf(deadlock_text + len, sizeof(deadlock_text) - len,
			 ", held by @%d", owner);
}

void deadlock_report(void)
{
	engine_find(V_DEADLOCK, deadlock_task, HOST_NO_PFN, "%s",
		    deadlock_text);
	deadlock_text[0] = '\0';
}
