/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Flushes of the host's TLB.
 *
 * Fidelity: STUB - the emulated machine has no TLB: a cleared page table entry
 * takes effect at once.  Weaker than the kernel: a flush that is missing is
 * not found.
 */
#ifndef _ASM_TLBFLUSH_H
#define _ASM_TLBFLUSH_H

static inline void flush_tlb_kernel_range(unsigned long start,
					  unsigned long end)
{
}

static inline void flush_tlb_all(void)
{
}

#endif /* _ASM_TLBFLUSH_H */
