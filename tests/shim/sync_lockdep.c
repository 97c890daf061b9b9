// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lock checker: order between classes, assertions, names.
 */
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <kernel.h>
#include "../../sim/kernel/sync/sync.h"
#include "shim_test.h"

struct owner {
	struct mutex lock;
	rwlock_t mmu_lock;
};

static struct owner owners[2];
static struct mutex a, b, c;
static struct rw_semaphore sem;

static void init_owner(struct owner *kvm)
{
	mutex_init(&kvm->lock);
	rwlock_init(&(kvm)->mmu_lock);
}

static void init_locks(void)
{
	init_owner(&owners[0]);
	init_owner(&owners[1]);
	mutex_init(&a);
	mutex_init(&b);
	mutex_init(&c);
	init_rwsem(&sem);
}

static void nest(struct mutex *outer, struct mutex *inner)
{
	mutex_lock(outer);
	mutex_lock(inner);
	mutex_unlock(inner);
	mutex_unlock(outer);
}

static void same_order(void)
{
	nest(&a, &b);
	nest(&a, &b);
	nest(&b, &c);
	nest(&a, &c);
}

static void reverse_order(void)
{
	nest(&a, &b);
	nest(&b, &a);
}

static void cycle_of_three(void)
{
	nest(&a, &b);
	nest(&b, &c);
	nest(&c, &a);
}

static void trylock_makes_no_order(void)
{
	nest(&a, &b);
	mutex_lock(&b);
	CHECK(mutex_trylock(&a));
	mutex_unlock(&a);
	mutex_unlock(&b);
}

static void two_of_one_class(void)
{
	nest(&owners[0].lock, &owners[1].lock);
}

static void two_nested(void)
{
	mutex_lock(&owners[0].lock);
	mutex_lock_nested(&owners[1].lock, SINGLE_DEPTH_NESTING);
	mutex_unlock(&owners[1].lock);
	mutex_unlock(&owners[0].lock);
}

static void read_recursion(void)
{
	down_read(&sem);
	down_read(&sem);
	up_read(&sem);
	lockdep_assert_held(&sem);
	up_read(&sem);
}

static void assertions_hold(void)
{
	rwlock_t *lock = &owners[0].mmu_lock;

	lockdep_assert_not_held(lock);
	CHECK(!lockdep_is_held(lock));
	read_lock(lock);
	lockdep_assert_held(lock);
	lockdep_assert_held_read(lock);
	CHECK(lockdep_is_held(lock));
	read_unlock(lock);
	write_lock(lock);
	lockdep_assert_held(lock);
	lockdep_assert_held_write(lock);
	lockdep_assert_held_once(lock);
	lockdep_assert(lockdep_is_held(lock));
	write_unlock(lock);
}

static void assert_unheld(void)
{
	lockdep_assert_held(&a);
}

static void assert_write_of_reader(void)
{
	read_lock(&owners[0].mmu_lock);
	lockdep_assert_held_write(&owners[0].mmu_lock);
	read_unlock(&owners[0].mmu_lock);
}

static void assert_not_held(void)
{
	mutex_lock(&a);
	lockdep_assert_not_held(&a);
	mutex_unlock(&a);
}

static void hold_a(void)
{
	mutex_lock(&a);
	shim_step(0);
	shim_wait_step(2);
	mutex_unlock(&a);
}

/* A lock that another task holds is not held. */
static void assert_others(void)
{
	shim_wait_step(1);
	lockdep_assert_held(&a);
	shim_step(1);
}

static void names_are_normal(void)
{
	struct held_view held;

	CHECK(!strcmp(sync_lock_name(&owners[0].lock), "kvm->lock"));
	CHECK(!strcmp(sync_lock_name(&owners[0].mmu_lock), "kvm->mmu_lock"));
	CHECK(!strcmp(sync_lock_name(&a), "a"));
	mutex_lock(&a);
	read_lock(&owners[0].mmu_lock);
	sync_held(host_task, &held);
	CHECK(held.nr == 2);
	CHECK(held.lock[0] == &a);
	CHECK(!strcmp(held.name[1], "kvm->mmu_lock"));
	read_unlock(&owners[0].mmu_lock);
	mutex_unlock(&a);
	sync_held(host_task, &held);
	CHECK(held.nr == 0);
}

/* As runstate areas do: the first of two becomes a class of its own. */
static void two_with_a_subclass(void)
{
	read_lock(&owners[0].mmu_lock);
	lock_set_subclass(&owners[0].mmu_lock.dep_map, 1, 0);
	read_lock(&owners[1].mmu_lock);
	read_unlock(&owners[1].mmu_lock);
	read_unlock(&owners[0].mmu_lock);
}

static void subclass_is_held_alone(void)
{
	two_with_a_subclass();
	/* Back in its class: the order is unknown again. */
	read_lock(&owners[0].mmu_lock);
	read_lock(&owners[1].mmu_lock);
	read_unlock(&owners[1].mmu_lock);
	read_unlock(&owners[0].mmu_lock);
}

static void subclass_of_unheld(void)
{
	lock_set_subclass(&owners[0].mmu_lock.dep_map, 1, 0);
}

/* Locks need not be released in the reverse order. */
static void hand_over_hand(void)
{
	mutex_lock(&a);
	mutex_lock(&b);
	mutex_unlock(&a);
	mutex_lock(&c);
	mutex_unlock(&b);
	lockdep_assert_held(&c);
	mutex_unlock(&c);
	/* a before b before c: though a and c were never held together. */
	nest(&c, &a);
}

static void return_with_lock(void)
{
	mutex_lock(&a);
	sync_op_end_check();
}

#define ONE(text, names, source, user, violation)                              \
	{                                                                      \
		.name = text, .of = names, .follows = source, .tasks = 1,      \
		.setup = init_locks, .task = { user }, .expect = violation     \
	}

DEFINE_SHIM_TESTS(
	lockdep,
	ONE("lockdep/same-order",
	    "mutex_lock mutex_unlock mutex_init __mutex_init",
	    "Documentation/locking/lockdep-design.rst: an order between classes that is always the same is fine",
	    same_order, NO_VIOLATION),
	ONE("lockdep/reverse-order", "mutex_lock",
	    "Documentation/locking/lockdep-design.rst: two classes in both orders are a possible deadlock, even where none happened",
	    reverse_order, V_LOCK_ORDER),
	ONE("lockdep/cycle-of-three", "mutex_lock",
	    "Documentation/locking/lockdep-design.rst: dependencies are followed through other classes",
	    cycle_of_three, V_LOCK_ORDER),
	ONE("lockdep/trylock-makes-no-order", "mutex_trylock",
	    "kernel/locking/lockdep.c, __lock_acquire(): a trylock cannot deadlock, so that it adds no dependency",
	    trylock_makes_no_order, NO_VIOLATION),
	ONE("lockdep/two-of-one-class", "mutex_lock",
	    "Documentation/locking/lockdep-design.rst: two locks of one class need an annotation",
	    two_of_one_class, V_LOCK_ORDER),
	ONE("lockdep/two-nested", "mutex_lock_nested",
	    "Documentation/locking/lockdep-design.rst, nested data dependencies: the subclass tells the levels apart",
	    two_nested, NO_VIOLATION),
	ONE("lockdep/two-with-a-subclass", "lock_set_subclass sim_set_subclass",
	    "include/linux/lockdep.h, lock_set_subclass(): a held lock becomes one of the subclass",
	    two_with_a_subclass, NO_VIOLATION),
	ONE("lockdep/subclass-is-held-alone", "lock_set_subclass",
	    "kernel/locking/lockdep.c, __lock_set_class(): it is the holder's entry that changes, not the lock",
	    subclass_is_held_alone, V_LOCK_ORDER),
	ONE("lockdep/subclass-of-unheld", "lock_set_subclass",
	    "kernel/locking/lockdep.c, __lock_set_class(): an imbalance where it is not held",
	    subclass_of_unheld, V_CONTRACT),
	ONE("lockdep/read-recursion", "down_read",
	    "Documentation/locking/lockdep-design.rst, recursive read locks: a non-recursive reader may not nest, a writer may wait in between",
	    read_recursion, V_LOCK_ORDER),
	ONE("lockdep/hand-over-hand", "mutex_unlock",
	    "Documentation/locking/lockdep-design.rst: locks may be released in any order; dependencies stay",
	    hand_over_hand, V_LOCK_ORDER),
	ONE("lockdep/assertions-hold",
	    "lockdep_is_held lockdep_assert_held lockdep_assert_held_write lockdep_assert_not_held lockdep_assert_once read_lock read_unlock write_lock write_unlock sim_assert_held sim_lock_held",
	    "Documentation/locking/lockdep-design.rst, annotations: each checks that the lock is held in that way",
	    assertions_hold, NO_VIOLATION),
	ONE("lockdep/assert-unheld", "lockdep_assert_held",
	    "include/linux/lockdep.h, lockdep_assert_held(): a WARN where it is not held",
	    assert_unheld, V_CONTRACT),
	ONE("lockdep/assert-write-of-reader", "lockdep_assert_held_write",
	    "include/linux/lockdep.h, lockdep_assert_held_write(): a reader does not do",
	    assert_write_of_reader, V_CONTRACT),
	ONE("lockdep/assert-not-held", "lockdep_assert_not_held",
	    "include/linux/lockdep.h, lockdep_assert_not_held(): a WARN where it is held",
	    assert_not_held, V_CONTRACT),
	{ .name = "lockdep/assert-of-another-task",
	  .of = "lockdep_assert_held",
	  .follows =
		  "kernel/locking/lockdep.c, lock_is_held_type(): what counts are the current task's locks",
	  .tasks = 2,
	  .setup = init_locks,
	  .task = { hold_a, assert_others },
	  .expect = V_CONTRACT },
	ONE("lockdep/names", "mutex_init rwlock_init",
	    "include/linux/mutex.h, mutex_init(): the class is named by the text of the argument",
	    names_are_normal, NO_VIOLATION),
	ONE("lockdep/return-with-lock", "mutex_lock",
	    "kernel/locking/lockdep.c, lockdep_sys_exit(): a lock held when returning to user space",
	    return_with_lock, V_CONTRACT));
