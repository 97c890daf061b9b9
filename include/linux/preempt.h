/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Switching preemption off.
 *
 * A task that may not be preempted is still interleaved with the others at every
 * point: they run on other CPUs.
 *
 * Fidelity: EMULATED - a depth per task; sleeping at a depth above zero is
 * found.
 */
#ifndef PFNSIM_LINUX_PREEMPT_H
#define PFNSIM_LINUX_PREEMPT_H

#include <linux/cleanup.h>
#include <linux/list.h>
#include <linux/types.h>

#define PREEMPT_MASK 0x000000ff
#define SOFTIRQ_OFFSET 0x00000100
#define SOFTIRQ_MASK 0x0000ff00
#define HARDIRQ_MASK 0x000f0000
#define NMI_MASK 0x00f00000

int preempt_count(void);
void sim_preempt_add(int value);
void sim_preempt_sub(int value);

#define preempt_disable() sim_preempt_add(1)
#define preempt_enable() sim_preempt_sub(1)
#define preempt_enable_no_resched() sim_preempt_sub(1)
#define preempt_disable_notrace() sim_preempt_add(1)
#define preempt_enable_notrace() sim_preempt_sub(1)
#define preempt_check_resched() ((void)0)
#define preemptible() (preempt_count() == 0 && !irqs_disabled())
#define in_interrupt() ((preempt_count() & (SOFTIRQ_MASK | HARDIRQ_MASK)) != 0)
#define in_softirq() ((preempt_count() & SOFTIRQ_MASK) != 0)
#define in_serving_softirq() in_softirq()
#define in_task() (!in_interrupt())
#define in_hardirq() ((preempt_count() & HARDIRQ_MASK) != 0)
#define in_irq() in_hardirq()
#define in_nmi() false
/* Not irqs_disabled(): the kernel's in_atomic() does not look at it either. */
#define in_atomic() (preempt_count() != 0)

/* vCPUs register these; no vCPU is ever loaded. */
struct task_struct;
struct preempt_notifier {
	struct preempt_ops *ops;
	struct hlist_node link;
};
struct preempt_ops {
	void (*sched_in)(struct preempt_notifier *vcpu, int cpu);
	void (*sched_out)(struct preempt_notifier *vcpu,
			  struct task_struct *to);
};
#define preempt_notifier_init(vcpu, sched_ops) ((vcpu)->ops = (sched_ops))
void preempt_notifier_register(struct preempt_notifier *vcpu);
void preempt_notifier_unregister(struct preempt_notifier *vcpu);
void preempt_notifier_inc(void);
void preempt_notifier_dec(void);

DEFINE_LOCK_GUARD_0(preempt, preempt_disable(), preempt_enable())
DEFINE_LOCK_GUARD_0(preempt_notrace, preempt_disable(), preempt_enable())
DEFINE_LOCK_GUARD_0(migrate, (void)0, (void)0)
#define migrate_disable() ((void)0)
#define migrate_enable() ((void)0)

#endif /* PFNSIM_LINUX_PREEMPT_H */
