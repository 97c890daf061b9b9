/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sets of CPUs.
 *
 * Fidelity: EMULATED - one CPU, always online.
 */
#ifndef PFNSIM_LINUX_CPUMASK_H
#define PFNSIM_LINUX_CPUMASK_H

#include <linux/bitmap.h>
#include <linux/types.h>

#define nr_cpu_ids 1U
#define NR_CPUS 1
#define nr_cpumask_bits 1U

struct cpumask {
	unsigned long bits[1];
};
typedef struct cpumask cpumask_t;
typedef struct cpumask cpumask_var_t[1];
extern const struct cpumask sim_online_cpus;
#define cpu_online_mask (&sim_online_cpus)
#define cpu_possible_mask (&sim_online_cpus)
#define cpu_present_mask (&sim_online_cpus)
#define cpumask_bits(mask) ((mask)->bits)
#define cpu_online(cpu) ((cpu) == 0)
#define num_online_cpus() 1U
#define num_possible_cpus() 1U
#define for_each_cpu(cpu, mask)                                                \
	for ((cpu) = 0; (cpu) < 1 && cpumask_test_cpu(cpu, mask); (cpu)++)
#define for_each_online_cpu(cpu) for ((cpu) = 0; (cpu) < 1; (cpu)++)
#define for_each_possible_cpu(cpu) for_each_online_cpu(cpu)
#define for_each_present_cpu(cpu) for_each_online_cpu(cpu)

#define cpumask_test_cpu(cpu, mask) test_bit(cpu, (mask)->bits)
#define cpumask_set_cpu(cpu, mask) __set_bit(cpu, (mask)->bits)
#define __cpumask_set_cpu(cpu, mask) __set_bit(cpu, (mask)->bits)
#define cpumask_clear_cpu(cpu, mask) __clear_bit(cpu, (mask)->bits)
#define __cpumask_clear_cpu(cpu, mask) __clear_bit(cpu, (mask)->bits)
#define cpumask_test_and_set_cpu(cpu, mask)                                    \
	__test_and_set_bit(cpu, (mask)->bits)
#define cpumask_test_and_clear_cpu(cpu, mask)                                  \
	__test_and_clear_bit(cpu, (mask)->bits)
#define cpumask_empty(mask) (!((mask)->bits[0] & 1))
#define cpumask_weight(mask) ((unsigned int)((mask)->bits[0] & 1))
#define cpumask_first(mask) (cpumask_empty(mask) ? 1U : 0U)
#define cpumask_clear(mask) ((mask)->bits[0] = 0)
#define cpumask_setall(mask) ((mask)->bits[0] = 1)
#define cpumask_copy(to, from) ((to)->bits[0] = (from)->bits[0])
#define cpumask_of(cpu) cpu_online_mask
#define zalloc_cpumask_var(mask, gfp) ((*(mask))->bits[0] = 0, true)
#define zalloc_cpumask_var_node(mask, gfp, n) zalloc_cpumask_var(mask, gfp)
#define alloc_cpumask_var(mask, gfp) zalloc_cpumask_var(mask, gfp)
#define alloc_cpumask_var_node(mask, gfp, n) zalloc_cpumask_var(mask, gfp)
#define free_cpumask_var(mask) ((void)(mask))
#define this_cpu_cpumask_var_ptr(mask) ((struct cpumask *)(mask))
#define cpumask_available(mask) true

#endif /* PFNSIM_LINUX_CPUMASK_H */
