/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The processor.
 *
 * Fidelity: STUB - cpu_relax() only hints, and no loop that spins on memory is
 * reached: spinning locks are objects of the scheduler.
 */
#ifndef _ASM_PROCESSOR_H
#define _ASM_PROCESSOR_H

#define cpu_relax() __asm__ __volatile__("" ::: "memory")

#endif /* _ASM_PROCESSOR_H */
