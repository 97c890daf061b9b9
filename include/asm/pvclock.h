/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The clock that a guest shares with its host.
 *
 * Fidelity: TRAP - nobody computes with it; the layout is the tree's.
 */
#ifndef _ASM_PVCLOCK_H
#define _ASM_PVCLOCK_H

#include <asm/pvclock-abi.h>

u64 __pvclock_read_cycles(const struct pvclock_vcpu_time_info *src, u64 tsc);

#endif /* _ASM_PVCLOCK_H */
