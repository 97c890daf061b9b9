/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Switching interrupts off.
 *
 * Each task is a CPU of its own, with a flag of its own.
 *
 * Fidelity: EMULATED - no interrupt ever arrives; sleeping with interrupts off
 * is found.
 */
#ifndef PFNSIM_LINUX_IRQFLAGS_H
#define PFNSIM_LINUX_IRQFLAGS_H

#include <linux/types.h>
#include <linux/cleanup.h>

void sim_irq_disable(void);
void sim_irq_enable(void);
unsigned long sim_irq_save(void);
void sim_irq_restore(unsigned long flags);
bool irqs_disabled(void);

#define local_irq_disable() sim_irq_disable()
#define local_irq_enable() sim_irq_enable()
#define local_irq_save(flags) ((flags) = sim_irq_save())
#define local_irq_restore(flags) sim_irq_restore(flags)
#define local_save_flags(flags) ((flags) = irqs_disabled())
#define irqs_disabled_flags(flags) (!!(flags))
#define raw_local_irq_disable() sim_irq_disable()
#define raw_local_irq_enable() sim_irq_enable()
#define raw_local_irq_save(flags) local_irq_save(flags)
#define raw_local_irq_restore(flags) local_irq_restore(flags)
#define lockdep_hardirqs_on_prepare() ((void)0)
#define lockdep_hardirqs_on(ip) ((void)0)
#define lockdep_hardirqs_off(ip) ((void)0)
#define trace_hardirqs_on() ((void)0)
#define trace_hardirqs_off() ((void)0)

DEFINE_LOCK_GUARD_0(irq, local_irq_disable(), local_irq_enable())
DEFINE_LOCK_GUARD_0(irqsave, local_irq_save(_T->flags),
		    local_irq_restore(_T->flags), unsigned long flags)

#endif /* PFNSIM_LINUX_IRQFLAGS_H */
