/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The border between the two worlds.
 *
 * Kernel-side objects (a tree's virt/kvm, src/, sim/kernel/) call the host
 * through the functions below and know nothing else of it.  Host-side objects
 * reach a kernel through struct kernel_desc (kernel.h) and know nothing else of
 * that.  This header includes no header of either world; both are LP64.
 *
 * Every function here runs on the calling task's own stack.  Only
 * host_enter(), host_leave(), host_lock(), host_try(), host_block() and
 * host_access() may switch to another task;
 * host_fatal() and host_trap() never return.
 */
#ifndef PFNSIM_BORDER_H
#define PFNSIM_BORDER_H

#include "calls.h"
#ifdef PFNSIM_NATIVE
#include "native.h"
#endif

/* ---- Scheduling ------------------------------------------------------- */

/* Index of the running task, 0 .. HOST_MAX_TASKS - 1. Set by the engine. */
#ifdef PFNSIM_NATIVE
extern __thread unsigned int host_task
	__attribute__((tls_model("initial-exec")));
#else
extern unsigned int host_task;
#define HOST_MAX_TASKS 32
#endif
/* The task that runs boot and setup; never one of a scenario's own tasks. */
#define HOST_SETUP_TASK (HOST_MAX_TASKS - 1)

/*
 * host_enter() comes right before @call takes effect on @obj, host_leave()
 * right after.  @name names the object for a person ("gpc->lock"), NULL where
 * the call has none; it must live as long as the kernel is loaded.
 * A task that cannot go on calls host_block() between the two.
 */
void host_enter(enum shim_call call, const void *obj, const char *name);
void host_leave(enum shim_call call, const void *obj, const char *name);

/*
 * What a blocked task waits for.  ready() is evaluated by the scheduler, on
 * any stack; it must only read kernel-side state.  owner() returns the index of
 * a task that can end the wait, or -1 where nobody in particular can.
 */
struct host_wait {
	enum shim_call call;
	const void *obj;
	const char *name;
	_Bool (*ready)(const void *arg);
	int (*owner)(const void *arg);
	const void *arg;
	const struct host_lock *lock; /* in place of the three above, of obj */
};

/* Returns once ready() holds and the scheduler chose the task again. */
void host_block(const struct host_wait *wait);

/*
 * A kind of lock: whether a call that takes @obj could do so now, and who holds
 * it; @task is who asks.  Both only read kernel-side state.
 */
struct host_lock {
	_Bool (*ready)(const void *obj);
	int (*owner)(const void *obj, unsigned int task);
	_Bool shared; /* several may have it */
};

/*
 * In place of host_enter() for calls that take a lock: returns once ready(@obj)
 * holds.  host_try() is for those that do not wait, and returns ready(@obj).
 */
void host_lock(enum shim_call call, const void *obj, const char *name,
	       const struct host_lock *lock);
_Bool host_try(enum shim_call call, const void *obj, const char *name,
	       const struct host_lock *lock);

/* ---- Accesses --------------------------------------------------------- */

/*
 * A kernel that was built with hooks announces every load and store right
 * before it, but those of the tasks' own stacks, as far as host_hooks says.
 */
enum host_listening {
	HOOKS_NONE = 0,
	HOOKS_CODE = 1,	  /* those of code under test */
	HOOKS_SHIM = 2,	  /* those of the emulation */
	HOOKS_ALL = 3,	  /* both */
	HOOKS_SILENT = 4, /* those of the emulation go to host_silence() */
};
enum host_access {
	ACCESS_READ,
	ACCESS_WRITE,
	ACCESS_MARKED = 2, /* READ_ONCE(), WRITE_ONCE() and the like */
	ACCESS_SHIM = 4,   /* by the emulation, which is no code under test */
};
extern unsigned char host_hooks;
/* By task: above zero while its plain accesses are meant to race: data_race(). */
extern unsigned char host_racy[HOST_MAX_TASKS];
void host_access(const volatile void *addr, unsigned long size,
		 unsigned int how, const void *pc);

/*
 * A call of @hook that returns to @after came to nothing, and so will all later
 * ones until the host listens again: it may take the call out.
 */
void host_silence(const void *hook, const void *after);

/* Where the tasks' stacks lie. */
#define HOST_STACKS_BASE 0x230000000000UL
#define HOST_STACKS_SIZE 0x2000000UL

/* ---- Findings --------------------------------------------------------- */

#define PFNSIM_VIOLATIONS(X)                                                   \
	X(V_USE_AFTER_FREE, "use-after-free")                                  \
	X(V_STALE_PAGE, "stale-page")                                          \
	X(V_UNMAPPED_ACCESS, "unmapped-access")                                \
	X(V_LEAK, "leak")                                                      \
	X(V_DOUBLE_FREE, "double-free")                                        \
	X(V_REFCOUNT, "refcount")                                              \
	X(V_DEADLOCK, "deadlock")                                              \
	X(V_LIVELOCK, "livelock")                                              \
	X(V_STARVATION, "starvation")                                          \
	X(V_LOCK_ORDER, "lock-order")                                          \
	X(V_SLEEP_IN_ATOMIC, "sleep-in-atomic")                                \
	X(V_RCU, "rcu")                                                        \
	X(V_DATA_RACE, "data-race")                                            \
	X(V_IMBALANCE, "imbalance")                                            \
	X(V_WARN, "warn")                                                      \
	X(V_CONTRACT, "contract")

enum violation {
#define X(id, name) id,
	PFNSIM_VIOLATIONS(X)
#undef X
		NR_VIOLATIONS
};

/*
 * host_report() records a violation and returns: a kernel's misbehaviour is a
 * result, and the execution goes on.  host_fatal() records one after which the
 * kernel cannot go on (BUG, a wild pointer) and ends the execution.
 * host_trap() ends it because @function was reached and is not emulated.
 * @pfn is the page concerned, or HOST_NO_PFN.
 */
#define HOST_NO_PFN (~0UL)
__attribute__((format(printf, 3, 4))) void
host_report(enum violation kind, unsigned long pfn, const char *fmt, ...);
__attribute__((noreturn, format(printf, 3, 4))) void
host_fatal(enum violation kind, unsigned long pfn, const char *fmt, ...);
__attribute__((noreturn)) void host_trap(const char *function);

/* ---- Memory of the emulated machine ----------------------------------- */

/*
 * A region is memory that the host resets to the same bytes before every
 * execution.  Bytes at and above used read as zero until the kernel side raises
 * used; it only ever grows within an execution, and never beyond size.
 */
struct host_region {
	char *base;
	unsigned long size;
	unsigned long used;
};

/* Slab objects and everything else that is allocated. */
extern struct host_region host_heap;
/* The struct page array, indexed by page frame. */
extern struct host_region host_memmap;
/*
 * Contents of the page frames, 4096 bytes each.  The host restores only frames
 * that were announced by host_frame_dirty() before they were written.
 */
extern struct host_region host_frames;
void host_frame_dirty(unsigned long frame);

/*
 * Where kernels may map pages; nothing of the host lies there, so that every
 * access by a kernel's own instructions faults and is looked at.
 */
#ifdef PFNSIM_NATIVE
/* Where a race detector follows accesses, too. */
#define HOST_KHVA_START 0x7e8000000000UL
#define HOST_KHVA_END 0x7ec000000000UL
#else
#define HOST_KHVA_START 0x300000000000UL
#define HOST_KHVA_END 0x500000000000UL
#endif

/*
 * Called by every allocation that may fail, before it happens.  Returns true
 * where the scenario wants this one to fail.
 */
_Bool host_should_fail(const char *what);

/* ---- Observation ------------------------------------------------------ */

/*
 * What the emulated machine just did, for object histories and the trace.
 * Meaning of @a and @b by kind; @text may be NULL.
 */
enum host_note {
	NOTE_PAGE_ALLOC,     /* a: pfn                                       */
	NOTE_PAGE_FREE,	     /* a: pfn                                       */
	NOTE_CACHE_ADD,	     /* a: pfn, b: index, text: name of the inode    */
	NOTE_CACHE_REMOVE,   /* a: pfn, b: index, text: name of the inode    */
	NOTE_MAP,	     /* a: pfn, b: address, text: kmap, vmap, ...    */
	NOTE_UNMAP,	     /* a: pfn, b: address, text: kmap, vmap, ...    */
	NOTE_PTE_SET,	     /* a: pfn, b: user address                      */
	NOTE_PTE_CLEAR,	     /* a: pfn, b: user address                      */
	NOTE_ZAP_DIRECT,     /* a: pfn                                       */
	NOTE_RESTORE_DIRECT, /* a: pfn                                     */
	NOTE_ACCESS,	     /* a: pfn, b: kernel address, text: read, write */
	NOTE_SPTE_SET,	     /* a: pfn, b: gfn                               */
	NOTE_SPTE_CLEAR,     /* a: pfn, b: gfn                               */
	NOTE_FREE_DEFERRED,  /* a: address of an object, text: its type      */
	NOTE_FREE,	     /* a: address of an object, text: its type      */
	NR_HOST_NOTES
};
void host_note(enum host_note kind, unsigned long a, unsigned long b,
	       const char *text);

/* A line of the kernel's log, without its newline. */
void host_log(const char *text);

/* vsnprintf() of the host's C library; returns what that returns. */
int host_vformat(char *buf, unsigned long size, const char *fmt,
		 __builtin_va_list args);

#endif /* PFNSIM_BORDER_H */
