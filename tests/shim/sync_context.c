// SPDX-License-Identifier: GPL-2.0-only
/*
 * Atomic context: what may not sleep is found sleeping.
 */
#include <linux/hardirq.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>
#include "../../sim/kernel/sync/sync.h"
#include "shim_test.h"

static struct mutex mutex;
static struct rw_semaphore sem;
static spinlock_t spin;
static struct srcu_struct srcu;

static void init(void)
{
	mutex_init(&mutex);
	init_rwsem(&sem);
	spin_lock_init(&spin);
	init_srcu_struct(&srcu);
}

static void depths_are_counted(void)
{
	CHECK(preemptible() && !in_atomic() && !irqs_disabled());
	preempt_disable();
	spin_lock_irq(&spin);
	CHECK(preempt_count() == 2 && irqs_disabled() && !preemptible());
	spin_unlock_irq(&spin);
	CHECK(preempt_count() == 1 && !irqs_disabled());
	preempt_enable();
	local_bh_disable();
	CHECK(in_interrupt() && in_softirq() && !in_task());
	local_bh_enable();
	CHECK(!in_interrupt());
}

static void irqsave_nests(void)
{
	unsigned long outer, inner;

	local_irq_save(outer);
	local_irq_save(inner);
	local_irq_restore(inner);
	CHECK(irqs_disabled());
	local_irq_restore(outer);
	CHECK(!irqs_disabled());
}

static void sleep_outside(void)
{
	might_sleep();
	spin_lock(&spin);
	spin_unlock(&spin);
	rcu_read_lock();
	rcu_read_unlock();
	might_sleep();
	kfree(kmalloc(8, GFP_KERNEL));
	spin_lock(&spin);
	kfree(kmalloc(8, GFP_ATOMIC));
	spin_unlock(&spin);
}

static void mutex_under_spinlock(void)
{
	spin_lock(&spin);
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	spin_unlock(&spin);
}

static void rwsem_with_irqs_off(void)
{
	local_irq_disable();
	down_read(&sem);
	up_read(&sem);
	local_irq_enable();
}

static void read_irqsave_comes_back(void)
{
	static DEFINE_RWLOCK(shared);
	unsigned long flags;

	read_lock_irqsave(&shared, flags);
	CHECK(irqs_disabled() && in_atomic());
	read_unlock_irqrestore(&shared, flags);
	CHECK(!irqs_disabled() && !in_atomic());
}

/* Who set the state to wait for something must not sleep for something else. */
static void might_sleep_about_to_wait(void)
{
	set_current_state(TASK_INTERRUPTIBLE);
	CHECK(!task_is_running(current));
	might_sleep();
	__set_current_state(TASK_RUNNING);
}

static void might_sleep_under_rcu(void)
{
	rcu_read_lock();
	might_sleep();
	rcu_read_unlock();
}

static void resched_without_preemption(void)
{
	preempt_disable();
	cond_resched();
	preempt_enable();
}

static void schedule_under_spinlock(void)
{
	spin_lock(&spin);
	schedule();
	spin_unlock(&spin);
}

static void srcu_sync_under_spinlock(void)
{
	spin_lock(&spin);
	synchronize_srcu(&srcu);
	spin_unlock(&spin);
}

static void kmalloc_under_spinlock(void)
{
	spin_lock(&spin);
	kfree(kmalloc(8, GFP_KERNEL));
	spin_unlock(&spin);
}

static void enable_too_often(void)
{
	preempt_enable();
}

static void return_with_irqs_off(void)
{
	local_irq_disable();
	sync_op_end_check();
	CHECK(!irqs_disabled());
}

static void return_in_rcu(void)
{
	rcu_read_lock();
	sync_op_end_check();
}

static void return_in_srcu(void)
{
	CHECK(srcu_read_lock(&srcu) >= 0);
	sync_op_end_check();
}

static void irq_assertion_fires(void)
{
	lockdep_assert_irqs_disabled();
}

#define ONE(text, names, source, user, violation)                              \
	{                                                                      \
		.name = text, .of = names, .follows = source, .tasks = 1,      \
		.setup = init, .task = { user }, .expect = violation           \
	}

DEFINE_SHIM_TESTS(
	context,
	ONE("context/depths",
	    "preempt_disable preempt_enable sim_preempt_add sim_preempt_sub spin_lock_irq spin_unlock_irq sim_irq_disable sim_irq_enable preempt_count irqs_disabled",
	    "Documentation/locking/preempt-locking.rst: spinlocks count, disabled preemption nests",
	    depths_are_counted, NO_VIOLATION),
	ONE("context/irqsave-nests",
	    "local_irq_save local_irq_restore sim_irq_save sim_irq_restore",
	    "Documentation/locking/spinlocks.rst: saved flags bring back the state from before",
	    irqsave_nests, NO_VIOLATION),
	ONE("context/sleep-outside", "__might_sleep might_sleep",
	    "include/linux/kernel.h, might_sleep(): silent where sleeping is allowed",
	    sleep_outside, NO_VIOLATION),
	ONE("context/mutex-under-spinlock", "mutex_lock spin_lock",
	    "Documentation/locking/mutex-design.rst: mutexes may not be used in atomic context",
	    mutex_under_spinlock, V_SLEEP_IN_ATOMIC),
	ONE("context/rwsem-with-irqs-off", "down_read",
	    "kernel/locking/rwsem.c, down_read(): might_sleep()",
	    rwsem_with_irqs_off, V_SLEEP_IN_ATOMIC),
	ONE("context/read-irqsave",
	    "sim_read_lock_irqsave read_lock_irqsave read_unlock_irqrestore in_atomic",
	    "Documentation/locking/spinlocks.rst: the flags bring back the state from before",
	    read_irqsave_comes_back, NO_VIOLATION),
	ONE("context/might-sleep-about-to-wait",
	    "__might_sleep might_sleep task_is_running",
	    "kernel/sched/core.c, __might_sleep(): no blocking with the task's state set",
	    might_sleep_about_to_wait, V_WARN),
	ONE("context/might-sleep-under-rcu", "might_sleep rcu_read_lock",
	    "kernel/sched/core.c, __might_resched(): a section of RCU is no place to sleep",
	    might_sleep_under_rcu, V_SLEEP_IN_ATOMIC),
	ONE("context/cond-resched", "cond_resched sim_cond_resched",
	    "include/linux/sched.h, cond_resched(): might resched, and so must not be called in atomic context",
	    resched_without_preemption, V_SLEEP_IN_ATOMIC),
	ONE("context/schedule-under-spinlock", "schedule",
	    "kernel/sched/core.c, __schedule_bug(): scheduling while atomic",
	    schedule_under_spinlock, V_SLEEP_IN_ATOMIC),
	ONE("context/synchronize-srcu-under-spinlock", "synchronize_srcu",
	    "kernel/rcu/srcutree.c, __synchronize_srcu(): might_sleep()",
	    srcu_sync_under_spinlock, V_SLEEP_IN_ATOMIC),
	ONE("context/kmalloc-under-spinlock", "kmalloc might_alloc",
	    "include/linux/sched/mm.h, might_alloc(): GFP_KERNEL may sleep",
	    kmalloc_under_spinlock, V_SLEEP_IN_ATOMIC),
	ONE("context/enable-too-often", "preempt_enable",
	    "kernel/sched/core.c, preempt_count_sub(): underflow is reported",
	    enable_too_often, V_CONTRACT),
	ONE("context/return-with-irqs-off", "local_irq_disable",
	    "kernel/entry/common.c: user space is entered with interrupts on and no locks held, lockdep_sys_exit()",
	    return_with_irqs_off, V_CONTRACT),
	ONE("context/return-in-rcu", "rcu_read_lock",
	    "kernel/locking/lockdep.c, lockdep_sys_exit(): a lock held when returning to user space",
	    return_in_rcu, V_RCU),
	ONE("context/return-in-srcu", "srcu_read_lock",
	    "include/linux/srcu.h, srcu_read_lock(): illegal to go back to user space inside of a section",
	    return_in_srcu, V_RCU),
	ONE("context/irq-assertion", "lockdep_assert_irqs_disabled",
	    "include/linux/lockdep.h, lockdep_assert_irqs_disabled(): a WARN where they are enabled",
	    irq_assertion_fires, V_CONTRACT));
