/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Clamping an index that a mispredicted branch may have let through.
 *
 * Fidelity: EMULATED - clamps as the kernel does; nothing is speculated here.
 */
#ifndef PFNSIM_LINUX_NOSPEC_H
#define PFNSIM_LINUX_NOSPEC_H

#include <linux/compiler.h>
#include <linux/types.h>

static __always_inline unsigned long
array_index_mask_nospec(unsigned long index, unsigned long size)
{
	return index < size ? ~0UL : 0;
}

#define array_index_nospec(index, size)                                        \
	({                                                                     \
		__typeof__(index) __index = (index);                           \
		(__typeof__(index))(__index &                                  \
				    array_index_mask_nospec(__index, size));   \
	})
#define barrier_nospec() barrier()

#endif /* PFNSIM_LINUX_NOSPEC_H */
