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

#define ONE(text, user, violation)                                             \
	{                                                                      \
		.name = text, .tasks = 1, .setup = init, .task = { user },     \
		.expect = violation                                            \
	}

DEFINE_SHIM_TESTS(
	context, ONE("context/depths", depths_are_counted, NO_VIOLATION),
	ONE("context/irqsave-nests", irqsave_nests, NO_VIOLATION),
	ONE("context/sleep-outside", sleep_outside, NO_VIOLATION),
	ONE("context/mutex-under-spinlock", mutex_under_spinlock,
	    V_SLEEP_IN_ATOMIC),
	ONE("context/rwsem-with-irqs-off", rwsem_with_irqs_off,
	    V_SLEEP_IN_ATOMIC),
	ONE("context/might-sleep-under-rcu", might_sleep_under_rcu,
	    V_SLEEP_IN_ATOMIC),
	ONE("context/cond-resched", resched_without_preemption,
	    V_SLEEP_IN_ATOMIC),
	ONE("context/schedule-under-spinlock", schedule_under_spinlock,
	    V_SLEEP_IN_ATOMIC),
	ONE("context/synchronize-srcu-under-spinlock", srcu_sync_under_spinlock,
	    V_SLEEP_IN_ATOMIC),
	ONE("context/kmalloc-under-spinlock", kmalloc_under_spinlock,
	    V_SLEEP_IN_ATOMIC),
	ONE("context/enable-too-often", enable_too_often, V_CONTRACT),
	ONE("context/return-with-irqs-off", return_with_irqs_off, V_CONTRACT),
	ONE("context/return-in-rcu", return_in_rcu, V_RCU),
	ONE("context/return-in-srcu", return_in_srcu, V_RCU),
	ONE("context/irq-assertion", irq_assertion_fires, V_CONTRACT));
