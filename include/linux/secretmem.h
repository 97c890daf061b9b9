/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fidelity: EMULATED - a kernel without memfd_secret().
 */
#ifndef _LINUX_SECRETMEM_H
#define _LINUX_SECRETMEM_H

#include <linux/types.h>

struct vm_area_struct;

static inline bool vma_is_secretmem(struct vm_area_struct *vma)
{
	return false;
}

#endif /* _LINUX_SECRETMEM_H */
