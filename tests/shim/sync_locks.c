// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mutexes, spinlocks, reader-writer locks and semaphores exclude whom they
 * should, and find misuse.
 */
#include <linux/cleanup.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include "shim_test.h"

static struct mutex mutex;
static spinlock_t spin;
static rwlock_t rwlock;
static struct rw_semaphore sem;
static int inside, most_inside, passed;

static void init_locks(void)
{
	mutex_init(&mutex);
	spin_lock_init(&spin);
	rwlock_init(&(rwlock));
	init_rwsem(&sem);
	inside = most_inside = passed = 0;
}

/* What a task does under a lock: others may run in between. */
static void section(void)
{
	inside++;
	most_inside = max(most_inside, inside);
	shim_linger();
	inside--;
	passed++;
}

static void mutex_user(void)
{
	mutex_lock(&mutex);
	CHECK(mutex_is_locked(&mutex));
	section();
	mutex_unlock(&mutex);
}

static void spin_user(void)
{
	spin_lock(&spin);
	section();
	spin_unlock(&spin);
}

static void spin_irq_user(void)
{
	unsigned long flags;

	spin_lock_irqsave(&spin, flags);
	CHECK(irqs_disabled());
	section();
	spin_unlock_irqrestore(&spin, flags);
	CHECK(!irqs_disabled());
}

static void guard_user(void)
{
	guard(mutex)(&mutex);
	scoped_guard(spinlock_irq, &spin) section();
}

static void rwlock_writer(void)
{
	write_lock_irq(&rwlock);
	section();
	write_unlock_irq(&rwlock);
}

static void sem_writer(void)
{
	down_write(&sem);
	section();
	up_write(&sem);
}

static void check_exclusion(void)
{
	CHECK(most_inside == 1);
	CHECK(passed == 3);
}

/* Both readers are inside at step 2; the writer only after both have left. */
static void reader_0(void)
{
	read_lock(&rwlock);
	shim_step(0);
	shim_wait_step(2);
	passed++;
	read_unlock(&rwlock);
}

static void reader_1(void)
{
	read_lock_irq(&rwlock);
	shim_step(1);
	passed++;
	read_unlock_irq(&rwlock);
}

static void writer_after_readers(void)
{
	shim_wait_step(2);
	write_lock(&rwlock);
	CHECK(passed == 2);
	write_unlock(&rwlock);
}

static void sem_reader_0(void)
{
	down_read(&sem);
	shim_step(0);
	shim_wait_step(2);
	passed++;
	up_read(&sem);
}

static void sem_reader_1(void)
{
	CHECK(down_read_trylock(&sem));
	shim_step(1);
	passed++;
	up_read(&sem);
}

static void sem_writer_after_readers(void)
{
	shim_wait_step(2);
	down_write(&sem);
	CHECK(passed == 2);
	up_write(&sem);
}

/* A downgraded writer lets readers in, and writers still not. */
static void downgrader(void)
{
	down_write(&sem);
	shim_step(0);
	downgrade_write(&sem);
	lockdep_assert_held_read(&sem);
	/* Behind a writer that waits, no reader would come in. */
	shim_wait_step(2);
	shim_wait_blocked(2, CALL_DOWN_WRITE);
	CHECK(!passed);
	up_read(&sem);
}

static void reader_of_downgraded(void)
{
	shim_wait_step(1);
	down_read(&sem);
	shim_step(1);
	up_read(&sem);
}

static void writer_of_downgraded(void)
{
	shim_wait_step(2);
	down_write(&sem);
	passed++;
	up_write(&sem);
}

static void trylocks_when_free(void)
{
	CHECK(mutex_trylock(&mutex));
	mutex_unlock(&mutex);
	CHECK(spin_trylock(&spin));
	spin_unlock(&spin);
	CHECK(read_trylock(&rwlock));
	read_unlock(&rwlock);
	CHECK(write_trylock(&rwlock));
	write_unlock(&rwlock);
	CHECK(down_write_trylock(&sem));
	up_write(&sem);
}

static void hold_everything(void)
{
	mutex_lock(&mutex);
	down_write(&sem);
	spin_lock(&spin);
	write_lock(&rwlock);
	shim_step(0);
	shim_wait_step(2);
	write_unlock(&rwlock);
	spin_unlock(&spin);
	up_write(&sem);
	mutex_unlock(&mutex);
}

static void trylocks_when_held(void)
{
	shim_wait_step(1);
	CHECK(!mutex_trylock(&mutex));
	CHECK(!spin_trylock(&spin));
	CHECK(!read_trylock(&rwlock));
	CHECK(!write_trylock(&rwlock));
	CHECK(!down_read_trylock(&sem));
	CHECK(!down_write_trylock(&sem));
	shim_step(1);
}

static void lock_twice(void)
{
	mutex_lock(&mutex);
	mutex_lock(&mutex);
}

static void upgrade(void)
{
	read_lock(&rwlock);
	write_lock(&rwlock);
}

static void a_then_b(void)
{
	mutex_lock(&mutex);
	shim_step(0);
	shim_wait_step(2);
	down_write(&sem);
	up_write(&sem);
	mutex_unlock(&mutex);
}

static void b_then_a(void)
{
	shim_wait_step(1);
	down_write(&sem);
	shim_step(1);
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	up_write(&sem);
}

static void unlock_unheld(void)
{
	mutex_unlock(&mutex);
}

static void unlock_of_other_0(void)
{
	write_lock(&rwlock);
	shim_step(0);
	shim_wait_step(2);
	write_unlock(&rwlock);
}

static void unlock_of_other_1(void)
{
	shim_wait_step(1);
	write_unlock(&rwlock);
	CHECK(!read_trylock(&rwlock));
	shim_step(1);
}

static void unlock_read_as_write(void)
{
	down_read(&sem);
	up_write(&sem);
	up_read(&sem);
}

static void use_uninitialised(void)
{
	static spinlock_t never;

	spin_lock(&never);
	spin_unlock(&never);
}

static void use_freed(void)
{
	struct mutex *gone = kmalloc(sizeof(*gone), GFP_KERNEL);

	mutex_init(gone);
	kfree(gone);
	mutex_lock(gone);
}

static void use_destroyed(void)
{
	mutex_destroy(&mutex);
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
}

static void init_held(void)
{
	spin_lock(&spin);
	spin_lock_init(&spin);
	spin_unlock(&spin);
}

static DEFINE_MUTEX(static_mutex);

static void use_static(void)
{
	mutex_lock(&static_mutex);
	lockdep_assert_held(&static_mutex);
	mutex_unlock(&static_mutex);
}

#define EXCLUSION(text, names, source, user)                                   \
	{                                                                      \
		.name = text, .of = names, .follows = source, .tasks = 3,      \
		.setup = init_locks, .task = { user, user, user },             \
		.check = check_exclusion, .expect = NO_VIOLATION               \
	}
#define ONE(text, names, source, user, violation)                              \
	{                                                                      \
		.name = text, .of = names, .follows = source, .tasks = 1,      \
		.setup = init_locks, .task = { user }, .expect = violation     \
	}

DEFINE_SHIM_TESTS(
	locks,
	EXCLUSION(
		"mutex/excludes", "mutex_lock mutex_unlock",
		"Documentation/locking/mutex-design.rst: only one task can hold the mutex at a time",
		mutex_user),
	EXCLUSION(
		"spinlock/excludes",
		"spin_lock spin_unlock spin_lock_init __spin_lock_init sim_spin_lock sim_spin_unlock",
		"Documentation/locking/spinlocks.rst: only one thread of control is within the region",
		spin_user),
	EXCLUSION(
		"spinlock/irqsave-excludes",
		"spin_lock_irqsave spin_unlock_irqrestore",
		"Documentation/locking/spinlocks.rst: interrupts are off inside and as before behind it",
		spin_irq_user),
	EXCLUSION(
		"guard/excludes", "guard scoped_guard DEFINE_GUARD",
		"include/linux/cleanup.h, guard(): released when the scope is left",
		guard_user),
	EXCLUSION(
		"rwlock/writers-exclude",
		"write_lock_irq write_unlock_irq rwlock_init __rwlock_init",
		"Documentation/locking/spinlocks.rst, reader-writer spinlocks: one writer, and nobody beside it",
		rwlock_writer),
	EXCLUSION(
		"rwsem/writers-exclude", "down_write up_write init_rwsem",
		"Documentation/locking/locktypes.rst, rw_semaphore: a single writer at a time",
		sem_writer),
	{ .name = "rwlock/readers-share",
	  .of = "read_lock read_unlock read_lock_irq read_unlock_irq write_lock",
	  .follows =
		  "Documentation/locking/spinlocks.rst, reader-writer spinlocks: many readers at once, a writer waits for all",
	  .tasks = 3,
	  .setup = init_locks,
	  .task = { reader_0, reader_1, writer_after_readers },
	  .expect = NO_VIOLATION },
	{ .name = "rwsem/readers-share",
	  .of = "down_read up_read down_read_trylock",
	  .follows =
		  "Documentation/locking/locktypes.rst, rw_semaphore: several readers at once, a writer waits for all",
	  .tasks = 3,
	  .setup = init_locks,
	  .task = { sem_reader_0, sem_reader_1, sem_writer_after_readers },
	  .expect = NO_VIOLATION },
	{ .name = "rwsem/downgrade",
	  .of = "downgrade_write",
	  .follows =
		  "kernel/locking/rwsem.c, downgrade_write(): a writer becomes a reader without letting another writer in",
	  .tasks = 3,
	  .setup = init_locks,
	  .task = { downgrader, reader_of_downgraded, writer_of_downgraded },
	  .expect = NO_VIOLATION },
	ONE("trylock/takes-what-is-free",
	    "mutex_trylock spin_trylock read_trylock write_trylock down_write_trylock",
	    "include/linux/mutex.h and rwsem.h: a trylock returns 1 where it got the lock",
	    trylocks_when_free, NO_VIOLATION),
	{ .name = "trylock/fails-when-held",
	  .of = "mutex_trylock spin_trylock read_trylock write_trylock down_read_trylock down_write_trylock",
	  .follows =
		  "include/linux/mutex.h and rwsem.h: a trylock returns 0 where there is contention, and does not wait",
	  .tasks = 2,
	  .setup = init_locks,
	  .task = { hold_everything, trylocks_when_held },
	  .expect = NO_VIOLATION },
	{ .name = "mutex/recursion-deadlocks",
	  .of = "mutex_lock",
	  .follows =
		  "Documentation/locking/mutex-design.rst: recursive locking is not permitted",
	  .tasks = 1,
	  .setup = init_locks,
	  .task = { lock_twice },
	  .expect = V_DEADLOCK,
	  .expect_deadlock = true },
	{ .name = "rwlock/upgrade-deadlocks",
	  .of = "write_lock",
	  .follows =
		  "Documentation/locking/spinlocks.rst: a read lock cannot be upgraded to a write lock",
	  .tasks = 1,
	  .setup = init_locks,
	  .task = { upgrade },
	  .expect = V_DEADLOCK,
	  .expect_deadlock = true },
	{ .name = "locks/abba-deadlocks",
	  .of = "mutex_lock down_write",
	  .follows =
		  "Documentation/locking/lockdep-design.rst: taken in both orders two locks can deadlock",
	  .tasks = 2,
	  .setup = init_locks,
	  .task = { a_then_b, b_then_a },
	  .expect = V_LOCK_ORDER,
	  .expect_deadlock = true },
	ONE("mutex/unlock-unheld", "mutex_unlock",
	    "Documentation/locking/mutex-design.rst: only the owner can unlock the mutex",
	    unlock_unheld, V_CONTRACT),
	{ .name = "rwlock/unlock-of-another-task",
	  .of = "write_unlock",
	  .follows =
		  "Documentation/locking/locktypes.rst, owner semantics: the context that acquired the lock must release it",
	  .tasks = 2,
	  .setup = init_locks,
	  .task = { unlock_of_other_0, unlock_of_other_1 },
	  .expect = V_CONTRACT },
	ONE("rwsem/up-write-of-a-reader", "up_write",
	    "kernel/locking/rwsem.c, __up_write(): a DEBUG_RWSEMS_WARN_ON() where the owner is not the writer",
	    unlock_read_as_write, V_CONTRACT),
	ONE("spinlock/never-initialised", "spin_lock",
	    "kernel/locking/spinlock_debug.c, debug_spin_lock_before(): a bad magic is reported",
	    use_uninitialised, V_CONTRACT),
	ONE("mutex/freed", "mutex_lock",
	    "Documentation/locking/mutex-design.rst: memory where held locks reside must not be freed",
	    use_freed, V_USE_AFTER_FREE),
	ONE("mutex/destroyed", "mutex_destroy",
	    "kernel/locking/mutex-debug.c, mutex_destroy(): the mutex must not be used any more",
	    use_destroyed, V_USE_AFTER_FREE),
	ONE("spinlock/initialised-while-held", "spin_lock_init",
	    "Documentation/locking/mutex-design.rst: held locks must not be initialised again",
	    init_held, V_CONTRACT),
	ONE("mutex/static", "DEFINE_MUTEX lockdep_assert_held",
	    "include/linux/mutex.h, DEFINE_MUTEX(): a mutex that is ready for use",
	    use_static, NO_VIOLATION));
