/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fidelity: EMULATED - see linux/set_memory.h.
 */
#ifndef _ASM_SET_MEMORY_H
#define _ASM_SET_MEMORY_H

#include <linux/set_memory.h>

#endif /* _ASM_SET_MEMORY_H */
