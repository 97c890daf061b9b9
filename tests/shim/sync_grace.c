// SPDX-License-Identifier: GPL-2.0-only
/*
 * What grace periods and barriers wait for, in which order callbacks run, and
 * how sections of one task relate.
 */
#include <linux/atomic.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>
#include <linux/string.h>
#include "../../sim/kernel/sync/sync.h"
#include "shim_test.h"

struct item {
	int value;
	struct rcu_head rcu;
};

static struct srcu_struct srcu, other;
static struct rcu_head heads[3], srcu_heads[3];
static struct item *item, __rcu *shared;
static spinlock_t spin;
static int left, ran, index_of_other;
static char order[8];
static atomic_t ran_of[3];

static void init(void)
{
	init_srcu_struct(&srcu);
	init_srcu_struct(&other);
	spin_lock_init(&spin);
	item = kzalloc(sizeof(*item), GFP_KERNEL);
	item->value = 5;
	rcu_assign_pointer(shared, item);
	left = ran = 0;
	memset(order, 0, sizeof(order));
	memset(ran_of, 0, sizeof(ran_of));
}

/* Callbacks of different domains may run at a time. */
static void log_callback(struct rcu_head *head)
{
	CHECK(in_softirq());
	spin_lock(&spin);
	order[strlen(order)] = '0' + (head - heads);
	ran++;
	spin_unlock(&spin);
}

static void count_own(struct rcu_head *head)
{
	unsigned long at = head - heads;

	atomic_inc(&ran_of[at < ARRAY_SIZE(heads) ? at : head - srcu_heads]);
}

/* ---- Callbacks ----------------------------------------------------------- */

static void callbacks_in_order(void)
{
	call_rcu(&heads[0], log_callback);
	call_rcu(&heads[1], log_callback);
	call_rcu(&heads[2], log_callback);
	rcu_barrier();
	CHECK(!strcmp(order, "012"));
}

static void srcu_callbacks_in_order(void)
{
	call_srcu(&srcu, &heads[2], log_callback);
	call_srcu(&srcu, &heads[0], log_callback);
	call_srcu(&other, &heads[1], log_callback);
	srcu_barrier(&srcu);
	CHECK(!strcmp(order, "20"));
	srcu_barrier(&other);
	CHECK(!strcmp(order, "201"));
}

static void queue_again(struct rcu_head *head)
{
	if (!ran++)
		call_rcu(head, queue_again);
}

static void callback_queues_itself(void)
{
	call_rcu(&heads[0], queue_again);
	rcu_barrier();
	CHECK(ran == 1 && sync_callbacks_pending() == 1);
	rcu_barrier();
	CHECK(ran == 2 && !sync_callbacks_pending());
}

static void init_and_queue(void)
{
	init();
	call_rcu(&heads[0], log_callback);
	call_srcu(&srcu, &heads[1], log_callback);
}

static void barrier_of_rcu(void)
{
	rcu_barrier();
	CHECK(strchr(order, '0'));
}

static void barrier_of_srcu(void)
{
	srcu_barrier(&srcu);
	CHECK(strchr(order, '1'));
}

/* Waiting for readers would never end: the reader waits for this task. */
static void barrier_without_callbacks(void)
{
	shim_wait_step(1);
	rcu_barrier();
	srcu_barrier(&srcu);
	shim_step(1);
}

static void reader_of_both(void)
{
	int idx = srcu_read_lock(&srcu);

	rcu_read_lock();
	shim_step(0);
	shim_wait_step(2);
	rcu_read_unlock();
	srcu_read_unlock(&srcu, idx);
}

/* Its own head, so that it is its own callback that each task waits for. */
static void queue_and_wait(void)
{
	for (int i = 1; i <= 4; i++) {
		call_rcu(&heads[host_task], count_own);
		call_srcu(&srcu, &srcu_heads[host_task], count_own);
		rcu_barrier();
		srcu_barrier(&srcu);
		CHECK(atomic_read(&ran_of[host_task]) == 2 * i);
	}
}

static void nothing_is_left(void)
{
	CHECK(!sync_callbacks_pending());
	cleanup_srcu_struct(&srcu);
}

static void come_and_go(void)
{
	for (int i = 0; i < SHIM_TIMES; i++)
		srcu_read_unlock(&srcu, srcu_read_lock(&srcu));
}

static void queue_twice(void)
{
	call_rcu(&heads[0], log_callback);
	call_rcu(&heads[0], log_callback);
	rcu_barrier();
}

static void sleep_in_callback(struct rcu_head *head)
{
	might_sleep();
}

static void srcu_callback_sleeps(void)
{
	call_srcu(&srcu, &heads[0], sleep_in_callback);
	srcu_barrier(&srcu);
}

/* ---- Objects ------------------------------------------------------------- */

static void item_reader(void)
{
	const struct item *mine;

	rcu_read_lock();
	mine = rcu_dereference(shared);
	shim_step(0);
	shim_wait_step(2);
	CHECK(mine->value == 5);
	rcu_read_unlock();
}

static void item_freer(void)
{
	shim_wait_step(1);
	RCU_INIT_POINTER(shared, NULL);
	kfree_rcu(item, rcu);
	CHECK(sync_callbacks_pending() == 1);
	shim_step(1);
	rcu_run_callbacks();
	CHECK(item->value == 0x6b6b6b6b);
}

static void item_freer_now(void)
{
	shim_wait_step(1);
	RCU_INIT_POINTER(shared, NULL);
	shim_step(1);
	kfree_rcu_mightsleep(item);
	CHECK(item->value == 0x6b6b6b6b);
}

/* ---- Sections ------------------------------------------------------------ */

static void nested_reader(void)
{
	int outer = srcu_read_lock(&srcu);
	int inner = srcu_read_lock(&srcu);

	srcu_read_unlock(&srcu, inner);
	CHECK(srcu_read_lock_held(&srcu));
	shim_step(0);
	shim_wait_step(2);
	left++;
	srcu_read_unlock(&srcu, outer);
}

static void second_reader(void)
{
	int idx = srcu_read_lock(&srcu);

	shim_step(1);
	shim_wait_step(3);
	left++;
	srcu_read_unlock(&srcu, idx);
}

static void synchronizer(void)
{
	shim_wait_step(1);
	shim_step(1);
	synchronize_srcu(&srcu);
	CHECK(left == 1);
}

static void synchronizer_expedited(void)
{
	shim_wait_step(1);
	shim_step(1);
	synchronize_srcu_expedited(&srcu);
	CHECK(left == 1);
}

static void synchronizer_of_two(void)
{
	shim_wait_step(2);
	shim_step(2);
	synchronize_srcu(&srcu);
	CHECK(left == 2);
}

static void domains_nest(void)
{
	int idx = srcu_read_lock(&srcu);
	int idx2 = srcu_read_lock(&other);

	CHECK(srcu_read_lock_held(&srcu) && srcu_read_lock_held(&other));
	srcu_read_unlock(&srcu, idx);
	CHECK(!srcu_read_lock_held(&srcu) && srcu_read_lock_held(&other));
	synchronize_srcu(&srcu);
	srcu_read_unlock(&other, idx2);
	synchronize_rcu();
}

static void lock_for_other(void)
{
	index_of_other = srcu_read_lock(&srcu);
	shim_step(0);
	shim_wait_step(2);
}

static void unlock_for_other(void)
{
	shim_wait_step(1);
	CHECK(!srcu_read_lock_held(&srcu));
	srcu_read_unlock(&srcu, index_of_other);
	shim_step(1);
}

static void srcu_reader_sleeps(void)
{
	int idx = srcu_read_lock(&srcu);

	might_sleep();
	CHECK(!rcu_read_lock_held());
	srcu_read_unlock(&srcu, idx);
}

static void srcu_in_atomic(void)
{
	int idx;

	spin_lock(&spin);
	idx = srcu_read_lock(&srcu);
	smp_mb__after_srcu_read_lock();
	srcu_read_unlock(&srcu, idx);
	spin_unlock(&spin);
}

static void synchronize_rcu_in_atomic(void)
{
	spin_lock(&spin);
	synchronize_rcu();
	spin_unlock(&spin);
}

static void srcu_is_no_rcu(void)
{
	int idx = srcu_read_lock(&srcu);

	CHECK(rcu_dereference(shared) == item);
	srcu_read_unlock(&srcu, idx);
}

static void raw_checks_nothing(void)
{
	CHECK(rcu_dereference_raw(shared) == item);
	CHECK(rcu_access_pointer(shared) == item);
}

#define GRACE(title, names, source, function)                                  \
	LONE_TEST(title, names, source, init, function)
#define BAD_GRACE(title, names, source, function, violation)                   \
	BAD_TEST(title, names, source, init, function, violation)

DEFINE_SHIM_TESTS(
	grace,
	GRACE("rcu/callbacks-run-in-the-order-of-their-queue",
	      "call_rcu rcu_barrier",
	      "kernel/rcu/rcu_segcblist.c, rcu_segcblist_enqueue(): callbacks are queued at the end and run from the start",
	      callbacks_in_order),
	GRACE("srcu/callbacks-are-the-domain's", "call_srcu srcu_barrier",
	      "kernel/rcu/srcutree.c, srcu_barrier(): waits for the callbacks of one srcu_struct",
	      srcu_callbacks_in_order),
	GRACE("rcu/a-callback-may-queue-itself-again", "call_rcu rcu_barrier",
	      "Documentation/RCU/rcubarrier.rst: what a callback queues itself is not waited for",
	      callback_queues_itself),
	{ .name = "rcu/rcu_barrier-waits-for-callbacks-in-flight",
	  .of = "rcu_barrier",
	  .follows =
		  "Documentation/RCU/rcubarrier.rst: waits until all callbacks are done, not just until a grace period is over",
	  .tasks = 3,
	  .setup = init_and_queue,
	  .task = { rcu_run_callbacks, barrier_of_rcu, barrier_of_rcu },
	  .expect = NO_VIOLATION },
	{ .name = "srcu/srcu_barrier-waits-for-callbacks-in-flight",
	  .of = "srcu_barrier",
	  .follows =
		  "kernel/rcu/srcutree.c, srcu_barrier(): waits until all callbacks in flight are done",
	  .tasks = 3,
	  .setup = init_and_queue,
	  .task = { rcu_run_callbacks, barrier_of_srcu, barrier_of_srcu },
	  .expect = NO_VIOLATION },
	{ .name = "rcu/barriers-of-several-tasks",
	  .of = "rcu_barrier srcu_barrier call_rcu call_srcu",
	  .follows =
		  "Documentation/RCU/rcubarrier.rst: each barrier waits for what was queued before it, whoever runs it",
	  .tasks = 3,
	  .setup = init,
	  .task = { queue_and_wait, queue_and_wait, queue_and_wait },
	  .check = nothing_is_left,
	  .expect = NO_VIOLATION },
	{ .name = "srcu/sections-come-and-go",
	  .of = "srcu_read_lock srcu_read_unlock cleanup_srcu_struct",
	  .follows =
		  "kernel/rcu/srcutree.c, cleanup_srcu_struct(): silent once each section was left",
	  .tasks = 3,
	  .setup = init,
	  .task = { come_and_go, come_and_go, come_and_go },
	  .check = nothing_is_left,
	  .expect = NO_VIOLATION },
	{ .name = "rcu/a-barrier-is-no-grace-period",
	  .of = "rcu_barrier srcu_barrier",
	  .follows =
		  "kernel/rcu/tree.c, rcu_barrier(): where no callback is queued it may return at once",
	  .tasks = 2,
	  .setup = init,
	  .task = { reader_of_both, barrier_without_callbacks },
	  .expect = NO_VIOLATION },
	BAD_GRACE(
		"rcu/call_rcu-of-a-queued-head", "call_rcu",
		"kernel/rcu/tree.c, __call_rcu_common(): a head that is queued twice is a leak and a WARN",
		queue_twice, V_RCU),
	BAD_GRACE(
		"srcu/callback-sleeps", "call_srcu",
		"kernel/rcu/srcutree.c, srcu_invoke_callbacks(): callbacks run with bottom halves off",
		srcu_callback_sleeps, V_SLEEP_IN_ATOMIC),
	{ .name = "rcu/kfree_rcu-waits-for-readers",
	  .of = "kfree_rcu rcu_dereference",
	  .follows =
		  "Documentation/RCU/whatisRCU.rst: readers that hold a reference from before may go on using the object",
	  .tasks = 2,
	  .setup = init,
	  .task = { item_reader, item_freer },
	  .expect = NO_VIOLATION },
	{ .name = "rcu/kfree_rcu_mightsleep-waits-for-readers",
	  .of = "kvfree_rcu_mightsleep",
	  .follows =
		  "include/linux/rcupdate.h, kfree_rcu_mightsleep(): needs no rcu_head, may wait for a grace period itself",
	  .tasks = 2,
	  .setup = init,
	  .task = { item_reader, item_freer_now },
	  .expect = NO_VIOLATION },
	{ .name = "srcu/nested-sections-end-with-the-outermost",
	  .of = "srcu_read_lock srcu_read_unlock synchronize_srcu",
	  .follows =
		  "Documentation/RCU/Design/Requirements/Requirements.rst, Sleepable RCU: sections may nest within a domain",
	  .tasks = 2,
	  .setup = init,
	  .task = { nested_reader, synchronizer },
	  .expect = NO_VIOLATION },
	{ .name = "srcu/expedited-waits-all-the-same",
	  .of = "synchronize_srcu_expedited",
	  .follows =
		  "kernel/rcu/srcutree.c, synchronize_srcu_expedited(): as synchronize_srcu(), only more impatient",
	  .tasks = 2,
	  .setup = init,
	  .task = { nested_reader, synchronizer_expedited },
	  .expect = NO_VIOLATION },
	{ .name = "srcu/waits-for-each-of-several-readers",
	  .of = "synchronize_srcu",
	  .follows =
		  "kernel/rcu/srcutree.c, synchronize_srcu(): the counts of all readers must drain",
	  .tasks = 3,
	  .setup = init,
	  .task = { nested_reader, second_reader, synchronizer_of_two },
	  .expect = NO_VIOLATION },
	GRACE("srcu/domains-are-independent",
	      "srcu_read_lock synchronize_srcu srcu_read_lock_held synchronize_rcu",
	      "Documentation/RCU/checklist.rst: a section delays grace periods of its own srcu_struct only",
	      domains_nest),
	{ .name = "srcu/unlock-by-another-task",
	  .of = "srcu_read_unlock",
	  .follows =
		  "include/linux/srcu.h, srcu_read_lock(): the unlock must be in the context of the lock; srcu_down_read() is for others",
	  .tasks = 2,
	  .setup = init,
	  .task = { lock_for_other, unlock_for_other },
	  .expect = V_RCU },
	GRACE("srcu/readers-may-sleep", "srcu_read_lock rcu_read_lock_held",
	      "Documentation/RCU/whatisRCU.rst: SRCU readers may block",
	      srcu_reader_sleeps),
	GRACE("srcu/readers-in-atomic-context",
	      "srcu_read_lock srcu_read_unlock",
	      "Documentation/RCU/checklist.rst: srcu_read_lock() can be used with preemption or interrupts off",
	      srcu_in_atomic),
	{ .name = "rcu/synchronize-in-atomic-context",
	  .of = "synchronize_rcu",
	  .follows =
		  "Documentation/RCU/checklist.rst: synchronize_rcu() blocks, and may not be called where that is illegal",
	  .tasks = 1,
	  .setup = init,
	  .task = { synchronize_rcu_in_atomic },
	  .expect = V_SLEEP_IN_ATOMIC,
	  .expect_deadlock = true },
	BAD_GRACE(
		"srcu/a-section-is-none-of-rcu", "rcu_dereference",
		"Documentation/RCU/lockdep.rst: rcu_dereference() wants a section of RCU",
		srcu_is_no_rcu, V_RCU),
	GRACE("rcu/raw-accesses-are-not-checked",
	      "rcu_dereference_raw rcu_access_pointer",
	      "Documentation/RCU/lockdep.rst: the raw form and rcu_access_pointer() check nothing",
	      raw_checks_nothing));
