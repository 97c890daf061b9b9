// SPDX-License-Identifier: GPL-2.0-only
/*
 * The locks that each task holds, and the assertions about them.
 *
 * Fidelity: EMULATED - a task's list is exact; more than MAX_HELD locks at once
 * stop the run.
 */
#include <linux/lockdep.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <border.h>
#include <kernel.h>
#include "state.h"
#include "sync.h"

struct sync_task sync_tasks[HOST_MAX_TASKS];

const char *const sync_call_name[] = {
#define X(id, name) name,
	PFNSIM_CALLS(X)
#undef X
};

void sync_held_add(struct lockdep_map *map, unsigned int mode)
{
	struct sync_task *t = sync_me();

	if (unlikely(t->nr_held == MAX_HELD))
		host_trap("more locks held by one task than are tracked");
	t->held[t->nr_held++] = (struct held_lock){ map, mode, map->class };
	t->classes |= 1ULL << map->class;
}

static u64 classes_of(const struct sync_task *t)
{
	u64 classes = 0;

	for (unsigned int i = 0; i < t->nr_held; i++)
		classes |= 1ULL << t->held[i].class;
	return classes;
}

void sync_held_set_class(const struct lockdep_map *map, unsigned int class)
{
	struct sync_task *t = sync_me();

	for (unsigned int i = 0; i < t->nr_held; i++)
		if (t->held[i].map == map)
			t->held[i].class = class;
	t->classes = classes_of(t);
}

bool sync_held_drop(struct lockdep_map *map, unsigned int mode)
{
	struct sync_task *t = sync_me();

	for (unsigned int i = t->nr_held; i-- > 0;) {
		if (t->held[i].map != map || !(t->held[i].mode & mode))
			continue;
		for (t->nr_held--; i < t->nr_held; i++)
			t->held[i] = t->held[i + 1];
		t->classes = classes_of(t);
		return true;
	}
	return false;
}

void sync_report_unlock(struct lockdep_map *map, enum shim_call call,
			bool others)
{
	host_report(V_CONTRACT, HOST_NO_PFN, "%s() of %s, which %s",
		    sync_call_name[call], map->name,
		    others ? "another task holds" : "is not held");
}

bool sim_lock_held(const struct lockdep_map *map, int how)
{
	const struct sync_task *t = sync_me();
	unsigned int mode = how == LOCKDEP_WRITE ? HELD_WRITE :
			    how == LOCKDEP_READ	 ? HELD_READ :
						   HELD_MODE;

	for (unsigned int i = 0; i < t->nr_held; i++)
		if (t->held[i].map == map && t->held[i].mode & mode)
			return true;
	return false;
}

static const char *name_of(const struct lockdep_map *map, const char *text)
{
	if (map->magic == __LOCKDEP_MAGIC && map->name)
		return map->name;
	return *text == '&' ? text + 1 : text;
}

void sim_assert_held(const struct lockdep_map *map, int how, const char *text)
{
	static const char *const how_text[] = { "", " for write", " for read" };

	if (unlikely(!sim_lock_held(map, how)))
		host_report(V_CONTRACT, HOST_NO_PFN, "%s is not held%s",
			    name_of(map, text), how_text[how]);
}

void sim_assert_not_held(const struct lockdep_map *map, const char *text)
{
	if (unlikely(sim_lock_held(map, LOCKDEP_ANY)))
		host_report(V_CONTRACT, HOST_NO_PFN, "%s is held",
			    name_of(map, text));
}

void sim_assert_none_held(const char *func)
{
	const struct sync_task *t = sync_me();

	if (unlikely(t->nr_held))
		host_report(V_CONTRACT, HOST_NO_PFN, "%s is held in %s()",
			    t->held[t->nr_held - 1].map->name, func);
}

void sim_assert(bool cond, const char *text)
{
	if (unlikely(!cond))
		host_report(V_CONTRACT, HOST_NO_PFN,
			    "lockdep_assert(%s) does not hold", text);
}

void lock_map_acquire(struct lockdep_map *map)
{
	sync_will_lock(map, CALL_MUTEX_LOCK, false);
	sync_held_add(map, HELD_WRITE);
}

void lock_map_release(struct lockdep_map *map)
{
	if (!sync_held_drop(map, HELD_WRITE))
		sync_report_unlock(map, CALL_MUTEX_UNLOCK, false);
}

void sync_held(unsigned int task, struct held_view *out)
{
	const struct sync_task *t = &sync_tasks[task];

	out->nr = t->nr_held;
	for (unsigned int i = 0; i < t->nr_held; i++) {
		out->name[i] = t->held[i].map->name;
		out->lock[i] = t->held[i].map;
	}
}

/* Every lock starts with its lockdep_map. */
const char *sync_lock_name(const void *lock)
{
	return ((const struct lockdep_map *)lock)->name;
}
