/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The lock checker: who holds what, and in which order.
 *
 * Lock names are the text that an initialiser was given.  It is collected in a
 * section of its own so that sync_init() can normalise all of it in place once.
 *
 * Fidelity: EMULATED - held locks, order between classes and all assertions are
 * live.  Weaker than the kernel's: interrupt safety of lock classes and
 * subclasses other than "nested" are not tracked.
 */
#ifndef PFNSIM_LINUX_LOCKDEP_H
#define PFNSIM_LINUX_LOCKDEP_H

#include <linux/bug.h>
#include <linux/lockdep_types.h>
#include <linux/types.h>

#define __LOCK_NAME(text)                                                      \
	({                                                                     \
		static char __lock_name[] __section("lock_names") = text;      \
		__lock_name;                                                   \
	})

void lockdep_init_map(struct lockdep_map *map, const char *name,
		      struct lock_class_key *key, int subclass);
void lockdep_register_key(struct lock_class_key *key);
void lockdep_unregister_key(struct lock_class_key *key);
void lockdep_set_map_class(struct lockdep_map *map, const char *name,
			   struct lock_class_key *key);
#define lockdep_set_class(lock, key)                                           \
	lockdep_set_map_class(&(lock)->dep_map, NULL, key)
#define lockdep_set_class_and_name(lock, key, name)                            \
	lockdep_set_map_class(&(lock)->dep_map, name, key)
#define lockdep_set_subclass(lock, sub) ((void)(lock))
/* A held lock becomes another class than the rest of its own, for its holder. */
void sim_set_subclass(struct lockdep_map *map, unsigned int subclass);
#define lock_set_subclass(map, sub, ip) sim_set_subclass(map, sub)
#define lockdep_set_novalidate_class(lock) ((void)(lock))

/* How a task may hold a lock: any way, as a writer, as a reader. */
enum { LOCKDEP_ANY, LOCKDEP_WRITE, LOCKDEP_READ };
bool sim_lock_held(const struct lockdep_map *map, int how);
void sim_assert_held(const struct lockdep_map *map, int how, const char *text);
void sim_assert_not_held(const struct lockdep_map *map, const char *text);
void sim_assert_none_held(const char *func);
void sim_assert(bool cond, const char *text);
void sim_assert_irqs(bool enabled, const char *func);
void sim_assert_preemption(bool enabled, const char *func);

#define lock_is_held(map) sim_lock_held(map, LOCKDEP_ANY)
#define lock_is_held_type(map, r)                                              \
	sim_lock_held(map, (r) ? LOCKDEP_READ : LOCKDEP_WRITE)
#define lockdep_is_held(lock) sim_lock_held(&(lock)->dep_map, LOCKDEP_ANY)
#define lockdep_is_held_type(lock, r) lock_is_held_type(&(lock)->dep_map, r)

#define lockdep_assert_held(lock)                                              \
	sim_assert_held(&(lock)->dep_map, LOCKDEP_ANY, #lock)
#define lockdep_assert_held_once(lock) lockdep_assert_held(lock)
#define lockdep_assert_held_write(lock)                                        \
	sim_assert_held(&(lock)->dep_map, LOCKDEP_WRITE, #lock)
#define lockdep_assert_held_read(lock)                                         \
	sim_assert_held(&(lock)->dep_map, LOCKDEP_READ, #lock)
#define lockdep_assert_not_held(lock)                                          \
	sim_assert_not_held(&(lock)->dep_map, #lock)
#define lockdep_assert_none_held_once() sim_assert_none_held(__func__)
#define lockdep_assert(cond) sim_assert(!!(cond), #cond)
#define lockdep_assert_once(cond) lockdep_assert(cond)
#define lockdep_assert_irqs_enabled() sim_assert_irqs(true, __func__)
#define lockdep_assert_irqs_disabled() sim_assert_irqs(false, __func__)
#define lockdep_assert_preemption_enabled()                                    \
	sim_assert_preemption(true, __func__)
#define lockdep_assert_preemption_disabled()                                   \
	sim_assert_preemption(false, __func__)

/* STUB: nothing below pins a lock or switches the checker off. */
#define lockdep_pin_lock(lock) ((void)(lock))
#define lockdep_unpin_lock(lock, c) ((void)(lock))
#define lockdep_off() ((void)0)
#define lockdep_on() ((void)0)
#define might_lock(lock) ((void)(lock))
#define might_lock_nested(lock, sub) ((void)(lock))
#define might_lock_read(lock) ((void)(lock))
#define lockdep_recursing(task) false
#define SINGLE_DEPTH_NESTING 1

/* Annotations of things that are not locks themselves. */
void lock_map_acquire(struct lockdep_map *map);
void lock_map_release(struct lockdep_map *map);
#define lock_map_acquire_read(map) lock_map_acquire(map)

#endif /* PFNSIM_LINUX_LOCKDEP_H */
