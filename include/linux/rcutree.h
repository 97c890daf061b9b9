/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * RCU's flavour.
 *
 * Fidelity: EMULATED - by rcupdate.h.
 */
#ifndef PFNSIM_LINUX_RCUTREE_H
#define PFNSIM_LINUX_RCUTREE_H

#include <linux/rcupdate.h>

#endif /* PFNSIM_LINUX_RCUTREE_H */
