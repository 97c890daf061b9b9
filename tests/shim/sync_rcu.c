// SPDX-License-Identifier: GPL-2.0-only
/*
 * RCU: grace periods wait for the readers that exist, and for no others.
 */
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include "../../sim/kernel/sync/sync.h"
#include "shim_test.h"

struct item {
	int value;
	struct rcu_head rcu;
};

static struct item __rcu *shared;
static struct item first, second;
static int left, ran;
static spinlock_t spin;

static void init(void)
{
	spin_lock_init(&spin);
	RCU_INIT_POINTER(shared, &first);
	left = ran = 0;
}

static void reader(void)
{
	rcu_read_lock();
	shim_step(0);
	rcu_read_lock();
	rcu_read_unlock();
	shim_wait_step(2);
	left++;
	rcu_read_unlock();
}

/* Step 1 is taken before the wait, so that the reader can only leave then. */
static void writer(void)
{
	shim_wait_step(1);
	rcu_assign_pointer(shared, &second);
	shim_step(1);
	synchronize_rcu();
	CHECK(left == 1);
}

static void reader_without_preemption(void)
{
	spin_lock(&spin);
	shim_step(0);
	shim_wait_step(2);
	left++;
	spin_unlock(&spin);
}

/* A section that begins after the call does not prolong the grace period. */
static void early_reader(void)
{
	rcu_read_lock();
	shim_step(0);
	shim_wait_step(2);
	rcu_read_unlock();
}

static void waiter(void)
{
	shim_wait_step(1);
	synchronize_rcu();
	shim_step(2);
}

static void late_reader(void)
{
	shim_wait_step(1);
	shim_wait_blocked(1, CALL_SYNCHRONIZE_RCU);
	rcu_read_lock();
	shim_step(1);
	shim_wait_step(3);
	rcu_read_unlock();
}

static void count_run(struct rcu_head *head)
{
	CHECK(in_softirq());
	ran++;
}

static void callbacks_wait_for_readers(void)
{
	shim_wait_step(1);
	call_rcu(&first.rcu, count_run);
	CHECK(sync_callbacks_pending() == 1);
	CHECK(!ran);
	shim_step(1);
	rcu_run_callbacks();
	CHECK(left == 1 && ran == 1);
	CHECK(!sync_callbacks_pending());
}

static void kfree_rcu_frees_later(void)
{
	struct item *item = kmalloc(sizeof(*item), GFP_KERNEL);

	item->value = 5;
	kfree_rcu(item, rcu);
	CHECK(item->value == 5);
	rcu_run_callbacks();
}

static void kfree_rcu_twice(void)
{
	struct item *item = kmalloc(sizeof(*item), GFP_KERNEL);

	kfree_rcu(item, rcu);
	kfree_rcu(item, rcu);
	rcu_run_callbacks();
}

static void sleep_in_callback(struct rcu_head *head)
{
	might_sleep();
}

static void callback_may_not_sleep(void)
{
	call_rcu(&first.rcu, sleep_in_callback);
	rcu_barrier();
}

static void dereferences_hold(void)
{
	rcu_read_lock();
	CHECK(rcu_dereference(shared) == &first);
	rcu_read_unlock();
	CHECK(rcu_access_pointer(shared) == &first);
	spin_lock(&spin);
	CHECK(rcu_dereference_protected(shared, lockdep_is_held(&spin)) ==
	      &first);
	CHECK(rcu_replace_pointer(shared, &second, lockdep_is_held(&spin)) ==
	      &first);
	spin_unlock(&spin);
	CHECK(rcu_dereference_check(shared, true) == &second);
}

static void dereference_outside(void)
{
	CHECK(rcu_dereference(shared) == &first);
}

static void unprotected(void)
{
	CHECK(rcu_dereference_protected(shared, lockdep_is_held(&spin)));
}

static void unlock_too_often(void)
{
	rcu_read_unlock();
}

static void synchronize_in_section(void)
{
	rcu_read_lock();
	synchronize_rcu();
	rcu_read_unlock();
}

#define ONE(text, names, source, user, violation)                              \
	{                                                                      \
		.name = text, .of = names, .follows = source, .tasks = 1,      \
		.setup = init, .task = { user }, .expect = violation           \
	}

DEFINE_SHIM_TESTS(
	rcu,
	{ .name = "rcu/waits-for-readers",
	  .of = "synchronize_rcu rcu_read_lock rcu_read_unlock rcu_assign_pointer sim_rcu_read_lock sim_rcu_read_unlock",
	  .follows =
		  "Documentation/RCU/whatisRCU.rst, synchronize_rcu(): waits for all read sections that exist when it is called; they nest",
	  .tasks = 2,
	  .setup = init,
	  .task = { reader, writer },
	  .expect = NO_VIOLATION },
	{ .name = "rcu/waits-for-spinlock-holders",
	  .of = "synchronize_rcu",
	  .follows =
		  "Documentation/RCU/Design/Requirements/Requirements.rst: regions without preemption are read sections too",
	  .tasks = 2,
	  .setup = init,
	  .task = { reader_without_preemption, writer },
	  .expect = NO_VIOLATION },
	{ .name = "rcu/later-readers-do-not-prolong",
	  .of = "synchronize_rcu",
	  .follows =
		  "Documentation/RCU/whatisRCU.rst, synchronize_rcu(): need not wait for sections that begin later",
	  .tasks = 3,
	  .setup = init,
	  .task = { early_reader, waiter, late_reader },
	  .expect = NO_VIOLATION },
	{ .name = "rcu/callbacks-wait-for-readers",
	  .of = "call_rcu",
	  .follows =
		  "Documentation/RCU/whatisRCU.rst, call_rcu(): the function is invoked after a grace period, in softirq context",
	  .tasks = 2,
	  .setup = init,
	  .task = { reader, callbacks_wait_for_readers },
	  .expect = NO_VIOLATION },
	ONE("rcu/kfree-frees-later", "kfree_rcu",
	    "include/linux/rcupdate.h, kfree_rcu(): the object is freed after a grace period",
	    kfree_rcu_frees_later, NO_VIOLATION),
	ONE("rcu/kfree-twice", "kfree_rcu",
	    "lib/debugobjects.c with CONFIG_DEBUG_OBJECTS_RCU_HEAD: a head must not be queued twice",
	    kfree_rcu_twice, V_DOUBLE_FREE),
	ONE("rcu/callback-sleeps", "rcu_barrier call_rcu",
	    "Documentation/RCU/checklist.rst: callbacks run in softirq context and may not block",
	    callback_may_not_sleep, V_SLEEP_IN_ATOMIC),
	ONE("rcu/dereferences",
	    "rcu_dereference rcu_access_pointer rcu_dereference_protected rcu_dereference_check rcu_read_lock_held RCU_INIT_POINTER",
	    "Documentation/RCU/lockdep.rst: the variants, and what each of them checks",
	    dereferences_hold, NO_VIOLATION),
	ONE("rcu/dereference-outside", "rcu_dereference sim_rcu_suspicious",
	    "Documentation/RCU/lockdep.rst, rcu_dereference(): reported outside of a section",
	    dereference_outside, V_RCU),
	ONE("rcu/dereference-unprotected", "rcu_dereference_protected",
	    "Documentation/RCU/lockdep.rst, rcu_dereference_protected(): the caller's condition must hold",
	    unprotected, V_RCU),
	ONE("rcu/unlock-too-often", "rcu_read_unlock",
	    "kernel/rcu/tree_plugin.h, __rcu_read_unlock(): the nesting must not become negative",
	    unlock_too_often, V_RCU),
	{ .name = "rcu/synchronize-in-section",
	  .of = "synchronize_rcu",
	  .follows =
		  "Documentation/RCU/checklist.rst: synchronize_rcu() is illegal within a read section",
	  .tasks = 1,
	  .setup = init,
	  .task = { synchronize_in_section },
	  .expect = V_RCU,
	  .expect_deadlock = true });
