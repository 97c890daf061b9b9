// SPDX-License-Identifier: GPL-2.0-only
/* The border's calls on native threads, but for waiting. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "native.h"
#include "stacks.h"

unsigned char host_hooks;
unsigned char host_racy[HOST_MAX_TASKS];
struct engine engine;

void (*native_on_access)(const void *khva);
void (*native_on_publish)(enum shim_call call, const char *name);
void (*native_on_point)(const struct op_points *points, int point);
void (*native_on_violation)(const struct native_violation *violation);
const char *(*native_task_name)(unsigned int task);

/* ---- Calls --------------------------------------------------------------- */

#define PAUSE_NS 20000

/* Makes room for others where a kernel would be interrupted at times. */
static void make_noise(struct native_task *me)
{
	struct timespec pause = { .tv_nsec = PAUSE_NS };
	uint64_t dice = native_random(&me->noise);
	unsigned int depth;

	if (dice % me->yield)
		return;
	depth = host_machine_leave();
	if (dice / me->yield % me->pause)
		host_relax();
	else
		nanosleep(&pause, NULL);
	host_machine_resume(depth);
}

void host_enter(enum shim_call call, const void *obj, const char *name)
{
	struct native_task *me = native_me;

	me->points++;
	me->call = call;
	me->obj = obj;
	me->name = name;
	if (me->noise && !(me->depth && engine.quiet))
		make_noise(me);
}

static void pass_point(struct native_task *me, enum shim_call call,
		       const char *name)
{
	const struct op_points *points = me->points_of.points;
	int point = engine_pass_point(&me->points_of, call, name);

	if (point < 0)
		return;
	if (!strcmp(points->points[point], "retry"))
		me->retries++;
	if (native_on_point)
		native_on_point(points, point);
}

void host_leave(enum shim_call call, const void *obj, const char *name)
{
	struct native_task *me = native_me;

	if ((call == CALL_KHVA_READ || call == CALL_KHVA_WRITE) &&
	    native_on_access)
		native_on_access(obj);
	if ((call == CALL_RCU_ASSIGN_POINTER || call == CALL_XA_STORE) &&
	    native_on_publish) {
		host_machine_enter();
		native_on_publish(call, name);
		host_machine_exit();
	}
	if (me->points_of.points && me->points_of.points->watch[call])
		pass_point(me, call, name);
}

void host_lock(enum shim_call call, const void *obj, const char *name,
	       const struct host_lock *lock)
{
	(void)call;
	(void)obj;
	(void)name;
	(void)lock;
	abort(); /* the locks of native threads wait by themselves */
}

_Bool host_try(enum shim_call call, const void *obj, const char *name,
	       const struct host_lock *lock)
{
	host_lock(call, obj, name, lock);
	return false;
}

void host_access(const volatile void *addr, unsigned long size,
		 unsigned int how, const void *pc)
{
	(void)addr;
	(void)size;
	(void)how;
	(void)pc;
}

_Bool host_should_fail(const char *what)
{
	struct engine_task *points = &native_me->points_of;

	(void)what;
	return points->fail_at && !engine.quiet &&
	       ++points->fail_seen == points->fail_at;
}

/* ---- What became of a page ------------------------------------------------ */

#define FIRST_PFN 0x1000UL
#define NR_PAGES 32768

static struct past {
	unsigned int task;
	const char *op, *what;
	struct native_stack stack;
} * pasts[NR_PAGES];

static void remember(unsigned long pfn, const char *what)
{
	unsigned long page = pfn - FIRST_PFN;

	if (page >= NR_PAGES)
		return;
	if (!pasts[page])
		pasts[page] = calloc(1, sizeof(*pasts[page]));
	if (!pasts[page])
		abort();
	pasts[page]->task = host_task;
	pasts[page]->op = native_me->op;
	pasts[page]->what = what;
	native_stack_here(&pasts[page]->stack);
}

void host_note(enum host_note kind, unsigned long a, unsigned long b,
	       const char *text)
{
	(void)b;
	(void)text;
	if (kind == NOTE_PAGE_FREE)
		remember(a, "freed");
	else if (kind == NOTE_UNMAP)
		remember(a, "unmapped");
	else if (kind == NOTE_ZAP_DIRECT)
		remember(a, "taken out of the direct map");
}

void host_log(const char *text)
{
	(void)text;
}

int host_vformat(char *buf, unsigned long size, const char *fmt,
		 __builtin_va_list args)
{
	return vsnprintf(buf, size, fmt, args);
}

/* ---- Violations ----------------------------------------------------------- */

static const struct past *past_of(unsigned long pfn)
{
	unsigned long page = pfn - FIRST_PFN;
	const struct past *past = page < NR_PAGES ? pasts[page] : NULL;

	return past && past->what ? past : NULL;
}

static void found(enum violation kind, unsigned long pfn, bool fatal,
		  const struct native_stack *here, const char *fmt,
		  va_list args)
{
	const struct past *past = past_of(pfn);
	char text[256], other[128] = "";

	vsnprintf(text, sizeof(text), fmt, args);
	if (past)
		snprintf(other, sizeof(other), "%s by %s%s%s", past->what,
			 native_task_name ? native_task_name(past->task) : "?",
			 past->op ? " in " : "", past->op ? past->op : "");
	native_on_violation(&(struct native_violation){
		.kind = kind,
		.pfn = pfn,
		.fatal = fatal,
		.text = text,
		.here = here,
		.other = past ? &past->stack : NULL,
		.other_text = other,
	});
}

static void find_here(enum violation kind, unsigned long pfn, bool fatal,
		      const char *fmt, va_list args)
{
	struct native_stack here;

	host_machine_enter();
	if (!engine.quiet && native_on_violation) {
		native_stack_here(&here);
		found(kind, pfn, fatal, &here, fmt, args);
	}
	host_machine_exit();
}

void host_report(enum violation kind, unsigned long pfn, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	find_here(kind, pfn, false, fmt, args);
	va_end(args);
}

void engine_find(enum violation kind, unsigned int task, unsigned long pfn,
		 const char *fmt, ...)
{
	va_list args;

	(void)task;
	va_start(args, fmt);
	find_here(kind, pfn, false, fmt, args);
	va_end(args);
}

/* Nothing here can go on without it: others may wait for its locks. */
void host_fatal(enum violation kind, unsigned long pfn, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	find_here(kind, pfn, true, fmt, args);
	va_end(args);
	_Exit(NATIVE_FATAL);
}

void host_trap(const char *function)
{
	host_fatal(NR_VIOLATIONS, HOST_NO_PFN, "%s() is not emulated",
		   function);
}
