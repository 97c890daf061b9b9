// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reference counts at their limits, counts that end in a lock, wake-ups that
 * wake nobody, and barriers.
 */
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/completion.h>
#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/rcuwait.h>
#include <linux/refcount.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include "shim_test.h"

static refcount_t refs;
static atomic_t count;
static struct mutex mutex;
static spinlock_t spin;
static struct rcuwait rcuwait;
static struct completion done;
static unsigned long bits[2];
static int data, flag, released;

static void init(void)
{
	refcount_set(&refs, 1);
	atomic_set(&count, 1);
	mutex_init(&mutex);
	spin_lock_init(&spin);
	rcuwait_init(&rcuwait);
	init_completion(&done);
	data = flag = released = 0;
	bits[0] = bits[1] = 0;
}

/* ---- Limits -------------------------------------------------------------- */

static void saturated_stays(void)
{
	refcount_set(&refs, REFCOUNT_SATURATED);
	refcount_inc(&refs);
	CHECK(refcount_inc_not_zero(&refs));
	CHECK(!refcount_dec_and_test(&refs));
	refcount_dec(&refs);
	CHECK(refcount_read(&refs) == (unsigned int)REFCOUNT_SATURATED);
}

static void not_zero_of_zero(void)
{
	refcount_set(&refs, 0);
	CHECK(!refcount_inc_not_zero(&refs));
	CHECK(!refcount_add_not_zero(3, &refs));
	CHECK(!refcount_read(&refs));
	refcount_set(&refs, 2);
	CHECK(refcount_add_not_zero(3, &refs) && refcount_read(&refs) == 5);
}

static void overflow_not_zero(void)
{
	refcount_set(&refs, REFCOUNT_MAX);
	CHECK(refcount_inc_not_zero(&refs));
	CHECK(refcount_read(&refs) == (unsigned int)REFCOUNT_SATURATED);
}

static void sub_too_many(void)
{
	refcount_set(&refs, 2);
	CHECK(!refcount_sub_and_test(3, &refs));
	CHECK(refcount_read(&refs) == (unsigned int)REFCOUNT_SATURATED);
}

static void dec_if_one(void)
{
	refcount_set(&refs, 2);
	CHECK(!refcount_dec_if_one(&refs) && refcount_read(&refs) == 2);
	CHECK(refcount_dec_not_one(&refs) && refcount_read(&refs) == 1);
	CHECK(!refcount_dec_not_one(&refs) && refcount_read(&refs) == 1);
	CHECK(refcount_dec_if_one(&refs) && !refcount_read(&refs));
}

/* ---- The last one takes the lock ----------------------------------------- */

static void drop_with_mutex(void)
{
	for (int i = 0; i < SHIM_TIMES; i++) {
		refcount_inc(&refs);
		CHECK(!refcount_dec_and_mutex_lock(&refs, &mutex));
	}
	if (refcount_dec_and_mutex_lock(&refs, &mutex)) {
		lockdep_assert_held(&mutex);
		CHECK(!refcount_read(&refs));
		released++;
		mutex_unlock(&mutex);
	}
	lockdep_assert_not_held(&mutex);
}

static void drop_with_spinlock(void)
{
	for (int i = 0; i < SHIM_TIMES; i++) {
		atomic_inc(&count);
		CHECK(!atomic_dec_and_lock(&count, &spin));
	}
	if (atomic_dec_and_lock(&count, &spin)) {
		lockdep_assert_held(&spin);
		released++;
		spin_unlock(&spin);
	}
	lockdep_assert_not_held(&spin);
}

static void drop_atomic_with_mutex(void)
{
	for (int i = 0; i < SHIM_TIMES; i++) {
		atomic_inc(&count);
		CHECK(!atomic_dec_and_mutex_lock(&count, &mutex));
	}
	if (atomic_dec_and_mutex_lock(&count, &mutex)) {
		released++;
		mutex_unlock(&mutex);
	}
}

static void init_three(void)
{
	init();
	refcount_set(&refs, 3);
	atomic_set(&count, 3);
}

static void released_once(void)
{
	CHECK(released == 1);
}

/* Whoever looks up may get the object until the last reference is gone. */
static void get_or_not(void)
{
	for (int i = 0; i < SHIM_TIMES; i++) {
		if (!refcount_inc_not_zero(&refs))
			return;
		CHECK(!READ_ONCE(released));
		if (refcount_dec_and_test(&refs))
			released++;
	}
}

static void put(void)
{
	shim_linger();
	if (refcount_dec_and_test(&refs))
		released++;
}

static struct kref kref;

static void release_kref(struct kref *unused)
{
	released++;
}

static void krefs(void)
{
	kref_init(&kref);
	kref_get(&kref);
	CHECK(!kref_put(&kref, release_kref) && !released);
	CHECK(kref_put(&kref, release_kref) && released == 1);
	CHECK(!kref_get_unless_zero(&kref));
}

/* ---- Mutexes ------------------------------------------------------------- */

static void killable(void)
{
	CHECK(!mutex_lock_killable(&mutex));
	CHECK(mutex_is_locked(&mutex));
	CHECK(!mutex_trylock(&mutex));
	mutex_unlock(&mutex);
	CHECK(!mutex_is_locked(&mutex));
}

static void nest_lock(void)
{
	struct mutex many[3];

	mutex_lock(&mutex);
	for (int i = 0; i < 3; i++) {
		mutex_init(&many[i]);
		CHECK(!mutex_lock_killable_nest_lock(&many[i], &mutex));
	}
	for (int i = 0; i < 3; i++) {
		CHECK(!mutex_trylock_nest_lock(&many[i], &mutex));
		mutex_unlock(&many[i]);
	}
	CHECK(mutex_trylock_nest_lock(&many[0], &mutex));
	mutex_unlock(&many[0]);
	mutex_unlock(&mutex);
}

/* ---- Wake-ups ------------------------------------------------------------ */

static void wakes_nobody(void)
{
	CHECK(!rcuwait_wake_up(&rcuwait) && !rcuwait_active(&rcuwait));
	CHECK(!wake_up_process(current));
	prepare_to_rcuwait(&rcuwait);
	CHECK(rcuwait_active(&rcuwait));
	CHECK(!rcuwait_wake_up(&rcuwait));
	set_current_state(TASK_UNINTERRUPTIBLE);
	CHECK(rcuwait_wake_up(&rcuwait));
	CHECK(task_is_running(current) && task_is_runnable(current));
	/* Woken before it slept: it does not sleep. */
	schedule();
	finish_rcuwait(&rcuwait);
	CHECK(!rcuwait_active(&rcuwait) && task_is_running(current));
}

static void wrong_state(void)
{
	set_current_state(TASK_UNINTERRUPTIBLE);
	CHECK(!wake_up_state(current, TASK_INTERRUPTIBLE));
	CHECK(!task_is_running(current));
	CHECK(wake_up_state(current, TASK_NORMAL));
}

static void completions_are_counted(void)
{
	CHECK(!completion_done(&done) && !try_wait_for_completion(&done));
	complete(&done);
	complete(&done);
	CHECK(completion_done(&done) && try_wait_for_completion(&done));
	wait_for_completion(&done);
	CHECK(!try_wait_for_completion(&done));
	complete_all(&done);
	wait_for_completion(&done);
	wait_for_completion(&done);
	CHECK(completion_done(&done));
	reinit_completion(&done);
	CHECK(!completion_done(&done));
}

static void wait_for_all(void)
{
	wait_for_completion(&done);
	atomic_inc(&count);
}

static void complete_for_all(void)
{
	shim_linger();
	complete_all(&done);
}

static void two_released(void)
{
	CHECK(atomic_read(&count) == 3);
}

/* ---- Order --------------------------------------------------------------- */

static void producer(void)
{
	for (int i = 1; i <= SHIM_TIMES; i++) {
		WRITE_ONCE(data, i);
		smp_wmb();
		WRITE_ONCE(flag, i);
	}
}

static void consumer(void)
{
	for (int i = 0; i < SHIM_TIMES; i++) {
		int seen = READ_ONCE(flag);

		smp_rmb();
		CHECK(READ_ONCE(data) >= seen);
	}
}

static void release_producer(void)
{
	for (int i = 1; i <= SHIM_TIMES; i++) {
		WRITE_ONCE(data, i);
		smp_store_release(&flag, i);
	}
}

static void acquire_consumer(void)
{
	for (int i = 0; i < SHIM_TIMES; i++) {
		int seen = smp_load_acquire(&flag);

		CHECK(READ_ONCE(data) >= seen);
	}
}

/* Dekker's: not both may miss the other's store. */
static int stored[2];
static atomic_t counted, arrived;
static bool missed[2][SHIM_TIMES];

static void init_stores(void)
{
	init();
	stored[0] = stored[1] = 0;
	atomic_set(&counted, 0);
	atomic_set(&arrived, 0);
}

/* Both tasks begin round @i together. */
static void meet(int i)
{
	atomic_inc(&arrived);
	while (atomic_read(&arrived) < 2 * (i + 1))
		yield();
}

static void store_and_look(unsigned int self)
{
	for (int i = 0; i < SHIM_TIMES; i++) {
		meet(i);
		WRITE_ONCE(stored[self], i + 1);
		smp_mb();
		missed[self][i] = READ_ONCE(stored[!self]) <= i;
	}
}

static void storer_0(void)
{
	store_and_look(0);
}

static void storer_1(void)
{
	store_and_look(1);
}

static void storer_before_atomic(void)
{
	for (int i = 0; i < SHIM_TIMES; i++) {
		meet(i);
		WRITE_ONCE(stored[0], i + 1);
		smp_mb__before_atomic();
		atomic_inc(&count);
		missed[0][i] = atomic_read(&counted) <= i;
	}
}

static void storer_after_atomic(void)
{
	for (int i = 0; i < SHIM_TIMES; i++) {
		meet(i);
		atomic_inc(&counted);
		smp_mb__after_atomic();
		missed[1][i] = READ_ONCE(stored[0]) <= i;
	}
}

static void one_saw_the_other(void)
{
	for (int i = 0; i < SHIM_TIMES; i++)
		CHECK(!missed[0][i] || !missed[1][i]);
}

static void atomic_bits(void)
{
	set_bit(65, bits);
	CHECK(bits[1] == 2 && test_bit(65, bits));
	clear_bit(65, bits);
	CHECK(!bits[1]);
	CHECK(!__test_and_set_bit(3, bits) && __test_and_set_bit(3, bits));
	CHECK(__test_and_clear_bit(3, bits) && !__test_and_clear_bit(3, bits));
	set_bit_le(0, bits);
	CHECK(*(unsigned char *)bits == 1);
	CHECK(__ffs(0x50) == 4 && fls64(0x50) == 7 && !fls64(0));
}

static void set_and_clear(void)
{
	for (int i = 0; i < SHIM_TIMES; i++) {
		set_bit(host_task, bits);
		CHECK(test_bit(host_task, bits));
		clear_bit(host_task, bits);
	}
	set_bit(host_task + 8, bits);
}

static void no_bit_is_lost(void)
{
	CHECK(bits[0] == 0xf00);
}

#define COUNT(title, names, source, function)                                  \
	LONE_TEST(title, names, source, init, function)
#define BAD_COUNT(title, names, source, function)                              \
	BAD_TEST(title, names, source, init, function, V_REFCOUNT)
#define TASKS(title, names, source, before, after, ...)                        \
	{                                                                      \
		.name = title, .of = names, .follows = source,                 \
		.setup = before, .task = { __VA_ARGS__ }, .check = after,      \
		.tasks = COUNT_TASKS(__VA_ARGS__), .expect = NO_VIOLATION      \
	}
#define COUNT_TASKS(...)                                                       \
	(sizeof((void (*[])(void)){ __VA_ARGS__ }) / sizeof(void (*)(void)))

DEFINE_SHIM_TESTS(
	counts,
	COUNT("refcount/a-saturated-count-stays",
	      "refcount_inc refcount_inc_not_zero refcount_dec_and_test",
	      "include/linux/refcount.h: a saturated count leaks the object, and never comes back",
	      saturated_stays),
	COUNT("refcount/not_zero-forms-leave-zero-alone",
	      "refcount_inc_not_zero refcount_add_not_zero",
	      "include/linux/refcount.h, refcount_inc_not_zero(): false where the count is zero",
	      not_zero_of_zero),
	BAD_COUNT(
		"refcount/not_zero-forms-saturate", "refcount_inc_not_zero",
		"include/linux/refcount.h, refcount_inc_not_zero(): will saturate, and then say true",
		overflow_not_zero),
	BAD_COUNT(
		"refcount/more-dropped-than-there-were",
		"refcount_sub_and_test",
		"include/linux/refcount.h, refcount_sub_and_test(): underflow saturates and is not zero",
		sub_too_many),
	COUNT("refcount/if_one-and-not_one",
	      "refcount_dec_if_one refcount_dec_not_one",
	      "lib/refcount.c: the one drops only 1 -> 0, the other anything else",
	      dec_if_one),
	TASKS("refcount/the-last-one-gets-the-mutex",
	      "refcount_dec_and_mutex_lock",
	      "lib/refcount.c, refcount_dec_and_mutex_lock(): true with the lock held where the count became zero, else false without",
	      init_three, released_once, drop_with_mutex, drop_with_mutex,
	      drop_with_mutex),
	TASKS("atomic/the-last-one-gets-the-spinlock", "atomic_dec_and_lock",
	      "lib/dec_and_lock.c, _atomic_dec_and_lock(): locks where the count becomes zero",
	      init_three, released_once, drop_with_spinlock, drop_with_spinlock,
	      drop_with_spinlock),
	TASKS("atomic/the-last-one-gets-the-mutex", "atomic_dec_and_mutex_lock",
	      "kernel/locking/mutex.c, atomic_dec_and_mutex_lock(): true and locked where the count hit zero",
	      init_three, released_once, drop_atomic_with_mutex,
	      drop_atomic_with_mutex, drop_atomic_with_mutex),
	TASKS("refcount/lookups-race-with-the-last-put",
	      "refcount_inc_not_zero refcount_dec_and_test",
	      "Documentation/RCU/rcuref.rst: a lookup that takes a reference only if not zero never revives an object",
	      init, released_once, put, get_or_not, get_or_not),
	COUNT("kref/release-runs-with-the-last-put",
	      "kref_init kref_get kref_put kref_get_unless_zero",
	      "Documentation/core-api/kref.rst: the release function is called by the last kref_put()",
	      krefs),
	COUNT("mutex/killable-and-trylock",
	      "mutex_lock_killable mutex_trylock mutex_unlock",
	      "kernel/locking/mutex.c: mutex_lock_killable() returns 0 with the lock; a trylock of what the task holds itself fails",
	      killable),
	COUNT("mutex/nest_lock-orders-locks-of-one-class",
	      "mutex_lock_killable_nest_lock mutex_trylock_nest_lock",
	      "include/linux/mutex.h, mutex_lock_nest_lock(): the outer lock stands in for an order",
	      nest_lock),
	COUNT("rcuwait/waking-whom",
	      "rcuwait_wake_up rcuwait_active prepare_to_rcuwait finish_rcuwait task_is_runnable set_current_state",
	      "kernel/exit.c, rcuwait_wake_up(): tells whether a task was woken; one that runs is not",
	      wakes_nobody),
	COUNT("schedule/only-a-matching-state-is-woken",
	      "wake_up_state set_current_state",
	      "kernel/sched/core.c, try_to_wake_up(): returns false where the state does not match",
	      wrong_state),
	COUNT("completion/completions-are-counted",
	      "complete complete_all try_wait_for_completion completion_done",
	      "Documentation/scheduler/completion.rst: each complete() lets one go, complete_all() all until it is initialised again",
	      completions_are_counted),
	TASKS("completion/complete_all-wakes-all", "complete_all",
	      "Documentation/scheduler/completion.rst, complete_all(): wakes all current and future waiters",
	      init, two_released, wait_for_all, wait_for_all, complete_for_all),
	TASKS("barrier/write-and-read-barriers-pair",
	      "smp_wmb smp_rmb WRITE_ONCE READ_ONCE sim_smp_wmb sim_smp_rmb",
	      "Documentation/memory-barriers.txt, SMP barrier pairing: who sees the flag sees what was stored before it",
	      init, NULL, producer, consumer, consumer),
	TASKS("barrier/release-and-acquire-pair",
	      "smp_store_release smp_load_acquire",
	      "Documentation/memory-barriers.txt, acquire and release: message passing",
	      init, NULL, release_producer, acquire_consumer, acquire_consumer),
	TASKS("barrier/full-barriers-forbid-store-buffering",
	      "smp_mb sim_smp_mb",
	      "Documentation/memory-barriers.txt, general barriers: no load before them and store behind them pass each other",
	      init_stores, one_saw_the_other, storer_0, storer_1),
	TASKS("barrier/atomics-between-full-barriers",
	      "smp_mb__after_atomic smp_mb__before_atomic",
	      "Documentation/atomic_t.txt: smp_mb__{before,after}_atomic() make a full barrier of an atomic operation",
	      init_stores, one_saw_the_other, storer_before_atomic,
	      storer_after_atomic),
	COUNT("bits/atomic-and-other-forms",
	      "set_bit clear_bit test_bit __test_and_set_bit __test_and_clear_bit set_bit_le __ffs fls64",
	      "Documentation/atomic_bitops.txt: the forms with test_and return the old bit",
	      atomic_bits),
	TASKS("bits/no-bit-of-a-word-is-lost", "set_bit clear_bit",
	      "Documentation/atomic_bitops.txt: each operation is atomic on its word",
	      init, no_bit_is_lost, set_and_clear, set_and_clear, set_and_clear,
	      set_and_clear));
