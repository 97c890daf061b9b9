/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * State of a task as the emulated locks and RCU see it, and the steps that they
 * share.  Private to sim/kernel/sync and the backends, see backend.h.
 *
 * Each entry of sync_tasks is written by its own task only.
 *
 * Fidelity: EMULATED - see lockdep.h of include/linux.
 */
#ifndef PFNSIM_SYNC_STATE_H
#define PFNSIM_SYNC_STATE_H

#include <linux/compiler.h>
#include <linux/lockdep.h>
#include <linux/types.h>
#include <border.h>

#define MAX_HELD 12
#define MAX_SECTIONS 8

enum held_mode { HELD_WRITE = 1, HELD_READ = 2, HELD_MODE = 3, HELD_SPIN = 4 };

struct held_lock {
	struct lockdep_map *map;
	unsigned char mode; /* HELD_* */
	unsigned char class;
};

struct sync_task {
	u64 classes; /* of the locks held, a bit each */
	int preempt;
	unsigned int reader_since; /* value of sync_periods */
	unsigned char irqs_off;
	unsigned char rcu;
	unsigned char srcu;
	unsigned char nr_held;
	struct held_lock held[MAX_HELD];
#ifdef PFNSIM_NATIVE
	struct {
		const void *domain;
		unsigned int index;
	} section[MAX_SECTIONS]; /* of SRCU */
#endif
};

extern struct sync_task sync_tasks[HOST_MAX_TASKS];
extern const char *const sync_call_name[];

#define sync_me() (&sync_tasks[host_task])

static inline bool sync_is_atomic(const struct sync_task *t)
{
	return t->preempt || t->irqs_off || t->rcu;
}

__cold void sync_report_sleep(const char *call, const char *name);
__cold void sync_bad_lock(struct lockdep_map *map, enum shim_call call);
__cold void sync_new_order(struct sync_task *t, struct lockdep_map *map,
			   bool nested);
void sync_register_class(struct lockdep_map *map);
/* From now on every use of @map is a violation. */
void sync_destroy_map(struct lockdep_map *map);
extern u64 sync_class_before[];

static inline void sync_check_lock(struct lockdep_map *map, enum shim_call call)
{
	if (unlikely(map->magic != __LOCKDEP_MAGIC))
		sync_bad_lock(map, call);
	if (unlikely(!map->class))
		sync_register_class(map);
}

/* Before a lock is waited for: is it alive, does it fit into the order? */
static inline void sync_will_lock(struct lockdep_map *map, enum shim_call call,
				  bool nested)
{
	struct sync_task *t = sync_me();

	sync_check_lock(map, call);
	if (unlikely(t->classes & ~sync_class_before[map->class]))
		sync_new_order(t, map, nested);
}

/* As sync_will_lock(), for locks that sleep. */
static inline void sync_will_sleep_lock(struct lockdep_map *map,
					enum shim_call call, bool nested)
{
	sync_will_lock(map, call, nested);
	if (unlikely(sync_is_atomic(sync_me())))
		sync_report_sleep(sync_call_name[call], map->name);
}

void sync_held_add(struct lockdep_map *map, unsigned int mode);
/* Lets the running task hold @map as a lock of @class. */
void sync_held_set_class(const struct lockdep_map *map, unsigned int class);
/* False where the running task does not hold @map in @mode. */
bool sync_held_drop(struct lockdep_map *map, unsigned int mode);
/* Reports that @call released a lock that the task does not hold. */
__cold void sync_report_unlock(struct lockdep_map *map, enum shim_call call,
			       bool others);

static inline int sync_first_task(unsigned int tasks)
{
	return tasks ? __builtin_ctz(tasks) : -1;
}

/* One of @tasks that a wait is for; the waiter itself first: a deadlock. */
static inline int sync_blocker(unsigned int tasks, unsigned int waiter)
{
	return tasks >> waiter & 1 ? (int)waiter : sync_first_task(tasks);
}

#endif /* PFNSIM_SYNC_STATE_H */
