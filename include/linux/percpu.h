/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Data of each CPU.
 *
 * Fidelity: EMULATED - one CPU's worth, shared by all tasks.  Weaker than the
 * kernel for data that preempt_disable() protects: KVM keeps such data for vCPUs
 * only, and none runs.
 */
#ifndef PFNSIM_LINUX_PERCPU_H
#define PFNSIM_LINUX_PERCPU_H

#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/smp.h>

#define PER_CPU_ATTRIBUTES
#define DECLARE_PER_CPU(type, name) extern __typeof__(type) name
#define DEFINE_PER_CPU(type, name) __typeof__(type) name
#define DECLARE_PER_CPU_READ_MOSTLY(type, name) DECLARE_PER_CPU(type, name)
#define DEFINE_PER_CPU_READ_MOSTLY(type, name) DEFINE_PER_CPU(type, name)
#define DEFINE_PER_CPU_ALIGNED(type, name) DEFINE_PER_CPU(type, name)
#define EXPORT_PER_CPU_SYMBOL_GPL(name)

#define per_cpu_ptr(ptr, cpu)                                                  \
	({                                                                     \
		(void)(cpu);                                                   \
		(ptr);                                                         \
	})
#define this_cpu_ptr(ptr) (ptr)
#define raw_cpu_ptr(ptr) (ptr)
#define per_cpu(var, cpu) (*per_cpu_ptr(&(var), cpu))
#define get_cpu_var(var)                                                       \
	(*({                                                                   \
		preempt_disable();                                             \
		&(var);                                                        \
	}))
#define put_cpu_var(var) preempt_enable()
#define this_cpu_read(var) (var)
#define this_cpu_write(var, v) ((var) = (v))
#define this_cpu_add(var, v) ((var) += (v))
#define this_cpu_inc(var) ((var)++)
#define this_cpu_dec(var) ((var)--)
#define this_cpu_inc_return(var) (++(var))
#define this_cpu_dec_return(var) (--(var))
#define __this_cpu_read(var) (var)
#define __this_cpu_write(var, v) ((var) = (v))
#define __this_cpu_inc(var) ((var)++)
#define __this_cpu_dec(var) ((var)--)
#define __this_cpu_inc_return(var) (++(var))
#define __this_cpu_dec_return(var) (--(var))

#endif /* PFNSIM_LINUX_PERCPU_H */
