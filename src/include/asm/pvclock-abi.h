/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The clocks that a host keeps up to date in its guest's memory.
 *
 * A version is odd while the host writes; a guest reads again where it found it
 * odd or changed.  Layouts are the ABI.
 */
#ifndef _ASM_X86_PVCLOCK_ABI_H
#define _ASM_X86_PVCLOCK_ABI_H

#include <linux/types.h>

struct pvclock_vcpu_time_info {
	u32 version, pad0;
	u64 tsc_timestamp, system_time;
	u32 tsc_to_system_mul;
	s8 tsc_shift;
	u8 flags, pad[2];
} __packed;

struct pvclock_wall_clock {
	u32 version, sec, nsec;
} __packed;

#define PVCLOCK_TSC_STABLE_BIT (1 << 0)
#define PVCLOCK_GUEST_STOPPED (1 << 1)

#endif /* _ASM_X86_PVCLOCK_ABI_H */
