// SPDX-License-Identifier: GPL-2.0-only
/*
 * Preemption, interrupts, and what must not happen while they are off.
 *
 * Fidelity: EMULATED - see preempt.h and irqflags.h.
 */
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include "backend.h"
#include "sync.h"

int preempt_count(void)
{
	return sync_me()->preempt;
}

void sim_preempt_add(int value)
{
	struct sync_task *t = sync_me();

	sync_reader_begin(t);
	t->preempt += value;
}

void sim_preempt_sub(int value)
{
	struct sync_task *t = sync_me();

	if (unlikely(t->preempt < value)) {
		host_report(V_CONTRACT, HOST_NO_PFN,
			    "preemption is enabled more often than disabled");
		return;
	}
	t->preempt -= value;
	if (value)
		sync_reader_end(t);
}

bool irqs_disabled(void)
{
	return sync_me()->irqs_off;
}

void sim_irq_disable(void)
{
	struct sync_task *t = sync_me();

	sync_reader_begin(t);
	t->irqs_off = 1;
}

void sim_irq_enable(void)
{
	struct sync_task *t = sync_me();
	bool was_off = t->irqs_off;

	t->irqs_off = 0;
	if (was_off)
		sync_reader_end(t);
}

unsigned long sim_irq_save(void)
{
	unsigned long flags = sync_me()->irqs_off;

	sim_irq_disable();
	return flags;
}

void sim_irq_restore(unsigned long flags)
{
	if (flags)
		sim_irq_disable();
	else
		sim_irq_enable();
}

const char *sync_atomic_reason(void)
{
	static char reason[64];
	const struct sync_task *t = sync_me();

	for (unsigned int i = t->nr_held; i-- > 0;) {
		if (!(t->held[i].mode & HELD_SPIN))
			continue;
		snprintf(reason, sizeof(reason), "%s is held",
			 t->held[i].map->name);
		return reason;
	}
	if (t->rcu)
		return "inside an RCU read section";
	if (t->preempt >= SOFTIRQ_OFFSET)
		return "in a soft interrupt";
	if (t->preempt)
		return "preemption is disabled";
	return t->irqs_off ? "interrupts are disabled" : NULL;
}

void sync_report_sleep(const char *call, const char *name)
{
	host_report(V_SLEEP_IN_ATOMIC, HOST_NO_PFN, "%s(%s) may sleep, but %s",
		    call, name ?: "", sync_atomic_reason());
}

void __might_sleep(const char *file, int line)
{
	if (unlikely(sync_is_atomic(sync_me())))
		host_report(V_SLEEP_IN_ATOMIC, HOST_NO_PFN,
			    "might_sleep(), but %s", sync_atomic_reason());
	/* Sleeping would set the state back, and its wake-up be lost. */
	if (unlikely(!task_is_running(current)))
		host_report(V_WARN, HOST_NO_PFN,
			    "might_sleep(), but the task's state is set");
}

void sim_assert_irqs(bool enabled, const char *func)
{
	if (unlikely(irqs_disabled() == enabled))
		host_report(V_CONTRACT, HOST_NO_PFN,
			    "interrupts are %s in %s()",
			    enabled ? "disabled" : "enabled", func);
}

void sim_assert_preemption(bool enabled, const char *func)
{
	if (unlikely(!!preemptible() != enabled))
		host_report(V_CONTRACT, HOST_NO_PFN, "preemption is %s in %s()",
			    enabled ? "disabled" : "enabled", func);
}

void sync_op_end_check(void)
{
	struct sync_task *t = sync_me();
	const char *reason;

	if (likely(!t->nr_held && !sync_is_atomic(t) && !t->srcu))
		return;
	for (unsigned int i = 0; i < t->nr_held; i++)
		host_report(V_CONTRACT, HOST_NO_PFN,
			    "the operation returns while %s is held",
			    t->held[i].map->name);
	if (t->srcu)
		host_report(
			V_RCU, HOST_NO_PFN,
			"the operation returns inside an SRCU read section");
	if (t->rcu)
		host_report(V_RCU, HOST_NO_PFN,
			    "the operation returns inside an RCU read section");
	reason = t->nr_held || t->rcu ? NULL : sync_atomic_reason();
	if (reason)
		host_report(V_CONTRACT, HOST_NO_PFN,
			    "the operation returns, but %s", reason);
	if (sync_is_atomic(t)) {
		t->preempt = t->irqs_off = t->rcu = 0;
		sync_reader_end(t);
	}
	*t = (struct sync_task){ 0 };
}
