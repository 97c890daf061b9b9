/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fidelity: EMULATED - what is common to all architectures is in asm/pgtable.h.
 */
#ifndef _LINUX_PGTABLE_H
#define _LINUX_PGTABLE_H

#include <asm/pgtable.h>

#endif /* _LINUX_PGTABLE_H */
