/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The record of one execution: what each task did, in order.
 *
 * The engine appends while it runs, the observer adds what changed, reports read
 * a finished trace and change nothing.  Texts belong to the trace and hold
 * neither addresses nor times: the same execution gives the same bytes.
 */
#ifndef PFNSIM_ENGINE_TRACE_H
#define PFNSIM_ENGINE_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "border.h"

enum trace_kind {
	TRACE_BEGIN,	 /* an operation starts; text: "gpc.refresh(clock)"   */
	TRACE_END,	 /* it returns; ret; text: "ret 0", "ret -EFAULT"     */
	TRACE_CALL,	 /* a shim call took effect; call, obj, point or NULL */
	TRACE_BLOCK,	 /* the task cannot go on; text: "gpc->lock (vcpu0)"  */
	TRACE_RESUME,	 /* it can go on after a block                        */
	TRACE_NOTE,	 /* the machine did something; text: "free P3"        */
	TRACE_LOG,	 /* a line of the kernel's log                        */
	TRACE_VIOLATION, /* text: the sentence                                */
};

/* A line of the code under test; paths are the tree's own. */
struct place {
	const char *path;     /* "virt/kvm/pfncache.c" */
	unsigned int line;    /* from 1 */
	const char *function; /* inlined ones apart, or NULL */
	const char *source;   /* the line's text, or NULL */
};

struct trace_event {
	enum trace_kind kind;
	unsigned int task; /* index, or HOST_SETUP_TASK */
	unsigned int step; /* scenario step of the task, from 0 */
	enum shim_call call;
	const char *obj;   /* name of the call's object, or NULL */
	const char *point; /* named point that this call passes, or NULL */
	unsigned int nth;  /* how often the point, else the call on this
				   object, was passed in this operation */
	long ret;
	enum host_note note;
	unsigned long pfn; /* page concerned, or HOST_NO_PFN */
	enum violation violation;
	const char *text;    /* may be NULL */
	const char *changed; /* "P3 g0/1 -> free", lines joined by '\n' */
	const char *path;    /* "kvm_gmem_release() <- ____fput()", or NULL */
	const uintptr_t *stack; /* return addresses, for place_find() */
	unsigned int nr_stack;
	const struct place *place; /* NULL: none, or not looked for yet */
	bool cause;		   /* the failing step depends on it */
	bool failing;		   /* the failing step itself */
	bool switched;		   /* another task ran right before */
};

struct trace {
	struct trace_event *events;
	size_t nr, size;
	size_t setup_end;	  /* events before this index belong to setup */
	bool truncated;		  /* events were dropped at the limit */
	struct trace_text *texts; /* storage of the texts */
};

/* Starts empty; trace_deinit() frees all events and texts. */
void trace_init(struct trace *trace);
void trace_deinit(struct trace *trace);

/* Drops the events from index @nr on; texts stay until trace_deinit(). */
void trace_rewind(struct trace *trace, size_t nr);

/*
 * Appends a zeroed event and returns it, valid until the next append; NULL at
 * the limit of events, where truncated is set.
 */
struct trace_event *trace_append(struct trace *trace, enum trace_kind kind,
				 unsigned int task);

/* Zeroed storage of the trace for @size bytes, aligned for pointers, or NULL. */
void *trace_space(struct trace *trace, size_t size);

/* Copies a formatted text into the trace's storage and returns it. */
__attribute__((format(printf, 2, 3))) const char *
trace_text(struct trace *trace, const char *fmt, ...);

#endif /* PFNSIM_ENGINE_TRACE_H */
