/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fidelity: EMULATED - page frame numbers; the conversions are in asm/page.h.
 */
#ifndef _LINUX_PFN_H
#define _LINUX_PFN_H

#include <asm/page.h>

#endif /* _LINUX_PFN_H */
