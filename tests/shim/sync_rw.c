// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who may hold a reader-writer lock beside whom, which forms touch interrupts,
 * and what a task may do with a lock that it holds already.
 */
#include <linux/atomic.h>
#include <linux/irqflags.h>
#include <linux/mmap_lock.h>
#include <linux/preempt.h>
#include <linux/rwlock.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include "shim_test.h"

static rwlock_t lock;
static struct rw_semaphore sem;
static spinlock_t spin, other_spin;
static atomic_t readers, passed;
static int writers;

static void init(void)
{
	rwlock_init(&lock);
	init_rwsem(&sem);
	spin_lock_init(&spin);
	spin_lock_init(&other_spin);
	atomic_set(&readers, 0);
	atomic_set(&passed, 0);
	writers = 0;
}

/* ---- Sharing and excluding ----------------------------------------------- */

static void as_reader(void)
{
	atomic_inc(&readers);
	CHECK(!READ_ONCE(writers));
	shim_linger();
	CHECK(!READ_ONCE(writers));
	atomic_dec(&readers);
	atomic_inc(&passed);
}

static void as_writer(void)
{
	WRITE_ONCE(writers, writers + 1);
	CHECK(!atomic_read(&readers) && READ_ONCE(writers) == 1);
	shim_linger();
	CHECK(!atomic_read(&readers) && READ_ONCE(writers) == 1);
	WRITE_ONCE(writers, writers - 1);
	atomic_inc(&passed);
}

static void rwlock_reader(void)
{
	read_lock(&lock);
	as_reader();
	read_unlock(&lock);
}

static void rwlock_writer(void)
{
	unsigned long flags;

	write_lock_irqsave(&lock, flags);
	as_writer();
	write_unlock_irqrestore(&lock, flags);
}

static void rwsem_reader(void)
{
	down_read(&sem);
	as_reader();
	up_read(&sem);
}

static void rwsem_writer(void)
{
	down_write(&sem);
	as_writer();
	up_write(&sem);
}

static void all_passed(void)
{
	CHECK(atomic_read(&passed) == 4);
}

static void come_and_go(void)
{
	for (int i = 0; i < SHIM_TIMES; i++) {
		read_lock(&lock);
		read_unlock(&lock);
		down_read(&sem);
		up_read(&sem);
	}
}

static void nobody_is_left(void)
{
	CHECK(write_trylock(&lock));
	write_unlock(&lock);
	CHECK(down_write_trylock(&sem));
	up_write(&sem);
}

static void hold_read(void)
{
	read_lock(&lock);
	down_read_trylock(&sem);
	shim_step(0);
	shim_wait_step(2);
	up_read(&sem);
	read_unlock(&lock);
}

static void try_beside_reader(void)
{
	shim_wait_step(1);
	CHECK(read_trylock(&lock));
	read_unlock(&lock);
	CHECK(!write_trylock(&lock));
	CHECK(down_read_trylock(&sem));
	up_read(&sem);
	CHECK(!down_write_trylock(&sem));
	shim_step(1);
}

static void no_upgrade(void)
{
	read_lock(&lock);
	CHECK(!write_trylock(&lock));
	read_unlock(&lock);
	down_read(&sem);
	CHECK(!down_write_trylock(&sem));
	up_read(&sem);
	CHECK(write_trylock(&lock));
	CHECK(!read_trylock(&lock));
	write_unlock(&lock);
}

static void upgrade_rwsem(void)
{
	down_read(&sem);
	down_write(&sem);
}

/* ---- Recursion ----------------------------------------------------------- */

static void read_twice(void)
{
	read_lock(&lock);
	read_lock(&lock);
	read_unlock(&lock);
	CHECK(!write_trylock(&lock));
	read_unlock(&lock);
}

static void read_twice_irq(void)
{
	read_lock_irq(&lock);
	read_lock(&lock);
	read_unlock(&lock);
	read_unlock_irq(&lock);
}

static void read_in_interrupt(void)
{
	read_lock(&lock);
	local_bh_disable();
	read_lock(&lock);
	read_unlock(&lock);
	local_bh_enable();
	CHECK(!write_trylock(&lock));
	read_unlock(&lock);
	CHECK(write_trylock(&lock));
	write_unlock(&lock);
}

static void try_twice(void)
{
	CHECK(read_trylock(&lock) && read_trylock(&lock));
	read_unlock(&lock);
	CHECK(!write_trylock(&lock));
	read_unlock(&lock);
	CHECK(down_read_trylock(&sem) && down_read_trylock(&sem));
	up_read(&sem);
	up_read(&sem);
}

static void write_twice(void)
{
	write_lock(&lock);
	write_lock(&lock);
}

/* ---- Context ------------------------------------------------------------- */

static void irq_forms(void)
{
	unsigned long flags;

	read_lock_irq(&lock);
	CHECK(irqs_disabled() && preempt_count() == 1);
	read_unlock_irq(&lock);
	write_lock_irq(&lock);
	CHECK(irqs_disabled() && preempt_count() == 1);
	write_unlock_irq(&lock);
	CHECK(!irqs_disabled() && preemptible());
	read_lock_irqsave(&lock, flags);
	CHECK(irqs_disabled());
	read_unlock_irqrestore(&lock, flags);
	CHECK(!irqs_disabled());
	local_irq_disable();
	read_lock_irqsave(&lock, flags);
	read_unlock_irqrestore(&lock, flags);
	CHECK(irqs_disabled());
	local_irq_enable();
	read_lock(&lock);
	CHECK(!irqs_disabled() && !preemptible());
	read_unlock(&lock);
}

/* The unlock of the inner lock lets interrupts in too early. */
static void irq_unlock_inside(void)
{
	spin_lock_irq(&spin);
	read_lock_irq(&lock);
	read_unlock_irq(&lock);
	lockdep_assert_irqs_disabled();
	spin_unlock_irq(&spin);
}

static void sleep_in_read_lock(void)
{
	read_lock(&lock);
	might_sleep();
	read_unlock(&lock);
}

static void sleep_in_rwsem(void)
{
	down_write(&sem);
	might_sleep();
	downgrade_write(&sem);
	might_sleep();
	up_read(&sem);
}

static void trylock_in_atomic(void)
{
	spin_lock(&spin);
	CHECK(down_read_trylock(&sem));
	up_read(&sem);
	CHECK(down_write_trylock(&sem));
	up_write(&sem);
	spin_unlock(&spin);
}

static void spin_forms(void)
{
	unsigned long flags;

	spin_lock_bh(&spin);
	CHECK(in_softirq() && !irqs_disabled());
	spin_unlock_bh(&spin);
	CHECK(!in_softirq() && preemptible());
	spin_lock(&spin);
	spin_lock_nested(&other_spin, SINGLE_DEPTH_NESTING);
	CHECK(preempt_count() == 2);
	spin_unlock(&other_spin);
	spin_unlock(&spin);
	spin_lock_irqsave_nested(&spin, flags, SINGLE_DEPTH_NESTING);
	CHECK(irqs_disabled() && preempt_count() == 1);
	spin_unlock_irqrestore(&spin, flags);
	CHECK(preemptible());
}

static void failed_trylock_leaves_preemption(void)
{
	spin_lock(&spin);
	CHECK(!spin_trylock(&spin) && preempt_count() == 1);
	spin_unlock(&spin);
	write_lock(&lock);
	CHECK(!read_trylock(&lock) && preempt_count() == 1);
	write_unlock(&lock);
	CHECK(preemptible());
}

/* ---- mmap_lock ----------------------------------------------------------- */

static void mmap_downgrade(void)
{
	mmap_write_lock(current->mm);
	mmap_assert_write_locked(current->mm);
	mmap_write_downgrade(current->mm);
	mmap_assert_locked(current->mm);
	mmap_read_unlock(current->mm);
}

static void mmap_unlock_unheld(void)
{
	mmap_read_unlock(current->mm);
}

#define RW(title, names, source, function)                                     \
	LONE_TEST(title, names, source, init, function)
#define BAD_RW(title, names, source, function, violation)                      \
	BAD_TEST(title, names, source, init, function, violation)

DEFINE_SHIM_TESTS(
	rw,
	{ .name = "rwlock/a-reader-sees-no-writer-inside",
	  .of = "read_lock read_unlock write_lock_irqsave write_unlock_irqrestore",
	  .follows =
		  "Documentation/locking/spinlocks.rst, reader-writer spinlocks: readers beside readers, a writer alone",
	  .tasks = 4,
	  .setup = init,
	  .task = { rwlock_reader, rwlock_writer, rwlock_reader,
		    rwlock_writer },
	  .check = all_passed,
	  .expect = NO_VIOLATION },
	{ .name = "rwsem/a-reader-sees-no-writer-inside",
	  .of = "down_read up_read down_write up_write",
	  .follows =
		  "Documentation/locking/locktypes.rst, rw_semaphore: several readers or one writer",
	  .tasks = 4,
	  .setup = init,
	  .task = { rwsem_reader, rwsem_writer, rwsem_reader, rwsem_writer },
	  .check = all_passed,
	  .expect = NO_VIOLATION },
	{ .name = "rwlock/readers-come-and-go",
	  .of = "read_lock read_unlock down_read up_read",
	  .follows =
		  "Documentation/locking/locktypes.rst, rw_semaphore: a writer may enter once all readers have left",
	  .tasks = 3,
	  .setup = init,
	  .task = { come_and_go, come_and_go, come_and_go },
	  .check = nobody_is_left,
	  .expect = NO_VIOLATION },
	{ .name = "trylock/joins-readers-and-not-as-a-writer",
	  .of = "read_trylock write_trylock down_read_trylock down_write_trylock",
	  .follows =
		  "include/asm-generic/qrwlock.h, queued_read_trylock() and queued_write_trylock(): only a writer stops a reader, anybody stops a writer",
	  .tasks = 2,
	  .setup = init,
	  .task = { hold_read, try_beside_reader },
	  .expect = NO_VIOLATION },
	RW("trylock/a-reader-is-not-upgraded",
	   "write_trylock down_write_trylock",
	   "include/asm-generic/qrwlock.h, queued_write_trylock(): the count must be zero, whoever the readers are",
	   no_upgrade),
	{ .name = "rwsem/upgrade-deadlocks",
	  .of = "down_write",
	  .follows =
		  "Documentation/locking/lockdep-design.rst, recursive read locks: a writer blocks on a reader, even the task's own",
	  .tasks = 1,
	  .setup = init,
	  .task = { upgrade_rwsem },
	  .expect = V_DEADLOCK,
	  .expect_deadlock = true },
	BAD_RW("rwlock/a-reader-may-not-read-again", "read_lock",
	       "kernel/locking/qrwlock.c, queued_read_lock_slowpath(): outside of interrupts a reader queues behind a writer that waits",
	       read_twice, V_LOCK_ORDER),
	BAD_RW("rwlock/nor-with-interrupts-off", "read_lock_irq",
	       "include/linux/lockdep.h, read_lock_is_recursive(): what counts is being in an interrupt, not having them off",
	       read_twice_irq, V_LOCK_ORDER),
	RW("rwlock/an-interrupt-may-read-again", "read_lock",
	   "kernel/locking/qrwlock.c, queued_read_lock_slowpath(): in an interrupt a reader spins past writers that wait",
	   read_in_interrupt),
	RW("trylock/readers-may-try-again", "read_trylock down_read_trylock",
	   "Documentation/locking/lockdep-design.rst: a trylock waits for nobody, so that it can close no cycle",
	   try_twice),
	{ .name = "rwlock/write-recursion-deadlocks",
	  .of = "write_lock",
	  .follows =
		  "Documentation/locking/spinlocks.rst: no lock may be taken by who holds it",
	  .tasks = 1,
	  .setup = init,
	  .task = { write_twice },
	  .expect = V_DEADLOCK,
	  .expect_deadlock = true },
	RW("rwlock/irq-forms-and-preemption",
	   "read_lock_irq read_unlock_irq write_lock_irq write_unlock_irq read_lock_irqsave read_unlock_irqrestore",
	   "Documentation/locking/spinlocks.rst: _irq switches off and on, _irqsave restores, plain forms leave interrupts alone",
	   irq_forms),
	BAD_RW("rwlock/unlock_irq-enables-whatever-was-before",
	       "read_unlock_irq spin_lock_irq",
	       "Documentation/locking/spinlocks.rst: _irq is for where interrupts are known to be on before",
	       irq_unlock_inside, V_CONTRACT),
	BAD_RW("rwlock/no-sleep-inside", "read_lock",
	       "Documentation/locking/locktypes.rst: spinning locks disable preemption, sleeping is not possible inside",
	       sleep_in_read_lock, V_SLEEP_IN_ATOMIC),
	RW("rwsem/sleep-inside", "down_write downgrade_write",
	   "Documentation/locking/locktypes.rst, sleeping lock types: preemptible while they are held",
	   sleep_in_rwsem),
	RW("rwsem/trylock-in-atomic-context",
	   "down_read_trylock down_write_trylock up_read up_write",
	   "Documentation/locking/locktypes.rst, sleeping lock types: trylocks do not sleep",
	   trylock_in_atomic),
	RW("spinlock/bh-and-nested-forms",
	   "spin_lock_bh spin_unlock_bh spin_lock_nested spin_lock_irqsave_nested",
	   "Documentation/locking/locktypes.rst: _bh switches soft interrupts off; Documentation/locking/lockdep-design.rst: _nested only names the level",
	   spin_forms),
	RW("trylock/failing-leaves-preemption-as-it-was",
	   "spin_trylock read_trylock",
	   "include/linux/spinlock_api_smp.h, __raw_spin_trylock(): preemption is enabled again where it fails",
	   failed_trylock_leaves_preemption),
	RW("mmap_lock/downgrade",
	   "mmap_read_lock mmap_read_unlock mmap_write_lock mmap_write_downgrade",
	   "include/linux/mmap_lock.h, mmap_write_downgrade(): what is held for write is held for read",
	   mmap_downgrade),
	BAD_RW("mmap_lock/unlock-unheld", "mmap_read_unlock",
	       "Documentation/locking/locktypes.rst, owner semantics: who did not acquire it must not release it",
	       mmap_unlock_unheld, V_CONTRACT));
