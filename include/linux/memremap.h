/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fidelity: EMULATED - there are no ZONE_DEVICE pages; memremap() is in io.h.
 */
#ifndef _LINUX_MEMREMAP_H
#define _LINUX_MEMREMAP_H

#include <linux/io.h>
#include <linux/mmzone.h>

#endif /* _LINUX_MEMREMAP_H */
