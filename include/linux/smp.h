/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * CPUs and calls between them.
 *
 * Fidelity: EMULATED - one CPU number for all tasks; a call to other CPUs runs on
 * the caller, at once.
 */
#ifndef PFNSIM_LINUX_SMP_H
#define PFNSIM_LINUX_SMP_H

#include <linux/cpumask.h>
#include <linux/preempt.h>
#include <linux/types.h>

typedef void (*smp_call_func_t)(void *info);

#define raw_smp_processor_id() 0
#define smp_processor_id() 0
#define get_cpu()                                                              \
	({                                                                     \
		preempt_disable();                                             \
		0;                                                             \
	})
#define put_cpu() preempt_enable()

static inline void on_each_cpu(smp_call_func_t func, void *info, int wait)
{
	preempt_disable();
	func(info);
	preempt_enable();
}

static inline void smp_call_function_many(const struct cpumask *mask,
					  smp_call_func_t func, void *info,
					  bool wait)
{
}

static inline int smp_call_function_single(int cpu, smp_call_func_t func,
					   void *info, int wait)
{
	on_each_cpu(func, info, wait);
	return 0;
}

static inline void smp_send_reschedule(int cpu)
{
}
#define on_each_cpu_mask(mask, func, info, wait) on_each_cpu(func, info, wait)

#endif /* PFNSIM_LINUX_SMP_H */
