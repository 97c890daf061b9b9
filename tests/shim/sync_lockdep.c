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

#define ONE(text, user, violation)                                             \
	{                                                                      \
		.name = text, .tasks = 1, .setup = init_locks,                 \
		.task = { user }, .expect = violation                          \
	}

DEFINE_SHIM_TESTS(lockdep, ONE("lockdep/same-order", same_order, NO_VIOLATION),
		  ONE("lockdep/reverse-order", reverse_order, V_LOCK_ORDER),
		  ONE("lockdep/cycle-of-three", cycle_of_three, V_LOCK_ORDER),
		  ONE("lockdep/trylock-makes-no-order", trylock_makes_no_order,
		      NO_VIOLATION),
		  ONE("lockdep/two-of-one-class", two_of_one_class,
		      V_LOCK_ORDER),
		  ONE("lockdep/two-nested", two_nested, NO_VIOLATION),
		  ONE("lockdep/read-recursion", read_recursion, V_LOCK_ORDER),
		  ONE("lockdep/hand-over-hand", hand_over_hand, V_LOCK_ORDER),
		  ONE("lockdep/assertions-hold", assertions_hold, NO_VIOLATION),
		  ONE("lockdep/assert-unheld", assert_unheld, V_CONTRACT),
		  ONE("lockdep/assert-write-of-reader", assert_write_of_reader,
		      V_CONTRACT),
		  ONE("lockdep/assert-not-held", assert_not_held, V_CONTRACT),
		  { .name = "lockdep/assert-of-another-task",
		    .tasks = 2,
		    .setup = init_locks,
		    .task = { hold_a, assert_others },
		    .expect = V_CONTRACT },
		  ONE("lockdep/names", names_are_normal, NO_VIOLATION),
		  ONE("lockdep/return-with-lock", return_with_lock,
		      V_CONTRACT));
