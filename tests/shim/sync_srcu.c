// SPDX-License-Identifier: GPL-2.0-only
/*
 * SRCU: sections may sleep, and grace periods wait for older ones only.
 */
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/srcu.h>
#include "../../sim/kernel/sync/sync.h"
#include "shim_test.h"

static struct srcu_struct srcu, other;
static struct mutex mutex;
static int value, left, ran;
static int __rcu *shared = &value;
static struct rcu_head head;

static void init(void)
{
	init_srcu_struct(&srcu);
	init_srcu_struct(&other);
	mutex_init(&mutex);
	left = ran = 0;
}

static void reader(void)
{
	int idx = srcu_read_lock(&srcu);

	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	shim_step(0);
	shim_wait_step(2);
	left++;
	srcu_read_unlock(&srcu, idx);
}

static void writer(void)
{
	shim_wait_step(1);
	shim_step(1);
	synchronize_srcu(&srcu);
	CHECK(left == 1);
}

/* Readers of another srcu_struct are not waited for. */
static void writer_of_other(void)
{
	shim_wait_step(1);
	synchronize_srcu_expedited(&other);
	CHECK(!left);
	shim_step(1);
}

static void early_reader(void)
{
	int idx = srcu_read_lock(&srcu);

	shim_step(0);
	shim_wait_step(2);
	srcu_read_unlock(&srcu, idx);
}

static void waiter(void)
{
	shim_wait_step(1);
	synchronize_srcu(&srcu);
	shim_step(2);
}

static void late_reader(void)
{
	int idx;

	shim_wait_step(1);
	shim_wait_blocked(1, CALL_SYNCHRONIZE_SRCU);
	idx = srcu_read_lock(&srcu);
	shim_step(1);
	shim_wait_step(3);
	srcu_read_unlock(&srcu, idx);
}

/* Sections of one task may overlap without nesting. */
static void overlap_reader(void)
{
	int one = srcu_read_lock(&srcu), two;

	shim_step(0);
	shim_wait_blocked(1, CALL_SYNCHRONIZE_SRCU);
	two = srcu_read_lock(&srcu);
	srcu_read_unlock(&srcu, one);
	CHECK(srcu_read_lock_held(&srcu));
	shim_wait_step(2);
	srcu_read_unlock(&srcu, two);
	CHECK(!srcu_read_lock_held(&srcu));
}

static void overlap_waiter(void)
{
	shim_wait_step(1);
	synchronize_srcu(&srcu);
	shim_step(1);
}

static void count_run(struct rcu_head *head)
{
	ran++;
}

static void callback_user(void)
{
	shim_wait_step(1);
	call_srcu(&srcu, &head, count_run);
	CHECK(!ran && sync_callbacks_pending() == 1);
	shim_step(1);
	srcu_barrier(&srcu);
	CHECK(left == 1 && ran == 1);
	call_srcu(&srcu, &head, count_run);
	rcu_run_callbacks();
	CHECK(ran == 2);
	cleanup_srcu_struct(&srcu);
}

static void dereferences_hold(void)
{
	scoped_guard(srcu, &srcu)
		CHECK(srcu_dereference(shared, &srcu) == &value);
	mutex_lock(&mutex);
	CHECK(srcu_dereference_check(shared, &srcu, lockdep_is_held(&mutex)) ==
	      &value);
	mutex_unlock(&mutex);
}

static void dereference_outside(void)
{
	CHECK(srcu_dereference_check(shared, &srcu, lockdep_is_held(&mutex)));
}

static void dereference_in_other(void)
{
	int idx = srcu_read_lock(&other);

	CHECK(srcu_dereference(shared, &srcu) == &value);
	srcu_read_unlock(&other, idx);
}

static void wrong_index(void)
{
	int idx = srcu_read_lock(&srcu);

	srcu_read_unlock(&srcu, idx + 1);
	srcu_read_unlock(&srcu, idx);
}

static void unlock_twice(void)
{
	int idx = srcu_read_lock(&srcu);

	srcu_read_unlock(&srcu, idx);
	srcu_read_unlock(&srcu, idx);
}

static void cleanup_with_reader(void)
{
	CHECK(srcu_read_lock(&srcu) >= 0);
	cleanup_srcu_struct(&srcu);
}

static void use_after_cleanup(void)
{
	cleanup_srcu_struct(&srcu);
	srcu_read_unlock(&srcu, srcu_read_lock(&srcu));
}

static void wait_for_myself(void)
{
	int idx = srcu_read_lock(&srcu);

	synchronize_srcu(&srcu);
	srcu_read_unlock(&srcu, idx);
}

_Static_assert(sizeof(struct srcu_struct) <= 128,
	       "each VM embeds two of these");

#define ONE(text, names, source, user, violation)                              \
	{                                                                      \
		.name = text, .of = names, .follows = source, .tasks = 1,      \
		.setup = init, .task = { user }, .expect = violation           \
	}

DEFINE_SHIM_TESTS(
	srcu,
	{ .name = "srcu/waits-for-readers",
	  .of = "synchronize_srcu srcu_read_lock srcu_read_unlock init_srcu_struct __init_srcu_struct",
	  .follows =
		  "kernel/rcu/srcutree.c, synchronize_srcu(): waits for prior sections of that domain; they may sleep",
	  .tasks = 2,
	  .setup = init,
	  .task = { reader, writer },
	  .expect = NO_VIOLATION },
	{ .name = "srcu/others-do-not-count",
	  .of = "synchronize_srcu_expedited synchronize_srcu",
	  .follows =
		  "Documentation/RCU/whatisRCU.rst: sections of another srcu_struct are not waited for",
	  .tasks = 2,
	  .setup = init,
	  .task = { reader, writer_of_other },
	  .expect = NO_VIOLATION },
	{ .name = "srcu/later-readers-do-not-prolong",
	  .of = "synchronize_srcu",
	  .follows =
		  "Documentation/RCU/Design/Requirements/Requirements.rst, Sleepable RCU: later readers do not hold up a grace period",
	  .tasks = 3,
	  .setup = init,
	  .task = { early_reader, waiter, late_reader },
	  .expect = NO_VIOLATION },
	{ .name = "srcu/sections-overlap",
	  .of = "srcu_read_lock srcu_read_unlock srcu_read_lock_held",
	  .follows =
		  "include/linux/srcu.h, srcu_read_lock(): sections may nest and overlap, the index pairs lock and unlock",
	  .tasks = 2,
	  .setup = init,
	  .task = { overlap_reader, overlap_waiter },
	  .expect = NO_VIOLATION },
	{ .name = "srcu/callbacks-wait-for-readers",
	  .of = "call_srcu srcu_barrier",
	  .follows =
		  "kernel/rcu/srcutree.c, call_srcu() and srcu_barrier(): after a grace period; waits for the callbacks queued before",
	  .tasks = 2,
	  .setup = init,
	  .task = { reader, callback_user },
	  .expect = NO_VIOLATION },
	ONE("srcu/dereferences", "srcu_dereference srcu_dereference_check",
	    "include/linux/srcu.h, srcu_dereference_check(): fine within a section, or where the condition holds",
	    dereferences_hold, NO_VIOLATION),
	ONE("srcu/dereference-outside", "srcu_dereference_check",
	    "Documentation/RCU/lockdep.rst: reported outside of a section of the domain",
	    dereference_outside, V_RCU),
	ONE("srcu/dereference-in-another", "srcu_dereference",
	    "include/linux/srcu.h, srcu_read_lock_held(): sections are told apart by domain",
	    dereference_in_other, V_RCU),
	ONE("srcu/wrong-index", "srcu_read_unlock",
	    "include/linux/srcu.h, srcu_read_unlock(): takes the index that srcu_read_lock() returned",
	    wrong_index, V_RCU),
	ONE("srcu/unlock-twice", "srcu_read_unlock",
	    "include/linux/srcu.h, srcu_read_unlock(): one for each srcu_read_lock()",
	    unlock_twice, V_RCU),
	ONE("srcu/cleanup-with-reader", "cleanup_srcu_struct",
	    "kernel/rcu/srcutree.c, cleanup_srcu_struct(): a WARN where there are readers, memory leaks then",
	    cleanup_with_reader, V_RCU),
	ONE("srcu/use-after-cleanup", "cleanup_srcu_struct",
	    "kernel/rcu/srcutree.c, cleanup_srcu_struct(): must be the last use",
	    use_after_cleanup, V_USE_AFTER_FREE),
	{ .name = "srcu/wait-for-myself",
	  .of = "synchronize_srcu",
	  .follows =
		  "kernel/rcu/srcutree.c, synchronize_srcu(): illegal from a section of the same domain, a deadlock",
	  .tasks = 1,
	  .setup = init,
	  .task = { wait_for_myself },
	  .expect = V_DEADLOCK,
	  .expect_deadlock = true });
