/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tasks that are threads: what the files of this folder share.
 *
 * A thread becomes a task by native_begin() and stops being one by native_end().
 * What others read of a task (its call, its wait) is written by itself alone and
 * read as it is: a watchdog looks, it does not decide.
 */
#ifndef PFNSIM_NATIVE_NATIVE_H
#define PFNSIM_NATIVE_NATIVE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "border.h"
#include "engine.h"
#include "kernel.h"

#define NATIVE_FRAMES 20
/* Exit status of a process whose kernel cannot go on, or hangs. */
#define NATIVE_FATAL 70
#define NATIVE_HANG 71
#define NATIVE_CROSSINGS 48

/* The task that runs grace periods and their callbacks. */
#define NATIVE_RCU_TASK (HOST_SETUP_TASK - 1)

/* Return addresses, the innermost first. */
struct native_stack {
	unsigned int nr;
	uintptr_t pc[NATIVE_FRAMES];
	/* Where calls from one world to the other return to, the last first. */
	unsigned int nr_crossings;
	uintptr_t crossing[NATIVE_CROSSINGS];
};

struct native_task {
	bool used;
	unsigned int index;
	pthread_t thread;
	uintptr_t stack_low, stack_high;
	unsigned int depth; /* how often it entered the machine */
	unsigned int nr_crossings;
	struct {
		uintptr_t ret;
		unsigned int depth;
	} crossing[NATIVE_CROSSINGS];
	/* What it does, for people. */
	const char *op;	   /* NULL between operations */
	uint64_t op_since; /* in ns, of native_now() */
	uint64_t points;   /* calls of primitives so far */
	bool waiting;
	bool idle; /* it leaves the machine as it found it */
	enum shim_call call;
	const void *obj;
	const char *name;
	/*
	 * One call of a primitive in @yield gives the processor away, one of
	 * @pause of these sleeps; @noise is the state of its own random numbers,
	 * 0: none does.
	 */
	uint64_t noise;
	unsigned int yield, pause;
	/* Captured on demand, see native_capture(). */
	volatile bool captured;
	struct native_stack stack;
	struct engine_task points_of;
	uint64_t retries;
};

extern struct native_task native_tasks[HOST_MAX_TASKS];
extern __thread struct native_task *native_me; /* NULL: no task */

/* Makes the calling thread task @index. */
void native_begin(unsigned int index);
void native_end(void);

/* Monotonic time in nanoseconds. */
uint64_t native_now(void);

/* A step of a generator of random numbers; @state is never 0. */
uint64_t native_random(uint64_t *state);

/* Regions, signal handlers. Returns 0 or -errno. */
int native_init(void);
/* Whose kernel the tasks run: for faults and checks of accesses. */
void native_use(const struct kernel_desc *kernel);

/* How much of the fullest region is used, in percent. */
unsigned int native_used(void);

/* ---- Stacks ------------------------------------------------------------ */

/* The stack of the caller. */
void native_stack_here(struct native_stack *stack);
/* That of another task, which is interrupted for it; false where it is gone. */
bool native_capture(struct native_task *task, struct native_stack *stack);
/* "kvm_gpc_refresh() <- gpc_user_refresh()"; the innermost first. */
void native_stack_text(const struct native_stack *stack, char *text,
		       size_t size);

/* Called after a checked access through @khva, within the machine. */
extern void (*native_on_access)(const void *khva);
/* The same, for what publishes a change: rcu_assign_pointer(), xa_store(). */
extern void (*native_on_publish)(enum shim_call call, const char *name);
/* Called where the running task passes a named point of its operation. */
extern void (*native_on_point)(const struct op_points *points, int point);

/* Called with a violation, within the machine. */
struct native_violation {
	enum violation kind;
	unsigned long pfn;
	bool fatal;
	const char *text;
	const struct native_stack *here;
	const struct native_stack *other; /* who freed or unmapped, or NULL */
	const char *other_text;		  /* "freed by vmm in mm.dontneed" */
};
extern void (*native_on_violation)(const struct native_violation *violation);

/* The name of a task, for people. */
extern const char *(*native_task_name)(unsigned int task);

#endif /* PFNSIM_NATIVE_NATIVE_H */
