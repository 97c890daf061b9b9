/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Page frames, seen by the emulated machine itself: the guest, the oracle's
 * views, tests.  None of these functions is a scheduling point.
 *
 * Fidelity: EMULATED - what hardware does to memory, past every kernel rule.
 */
#ifndef PFNSIM_PAGE_H
#define PFNSIM_PAGE_H

#include <linux/types.h>

/* How often the frame was allocated so far; 0 for device memory. */
unsigned int page_life(unsigned long pfn);
/* Whether the frame is allocated and still in its @life-th life. */
bool page_alive(unsigned long pfn, unsigned int life);
/* Reads or writes a frame's bytes; [offset, offset + len) is in one page. */
void page_peek(unsigned long pfn, unsigned long offset, void *buf,
	       unsigned long len);
void page_poke(unsigned long pfn, unsigned long offset, const void *buf,
	       unsigned long len);
/* Whether there is anything at @pfn: a frame of RAM or device memory. */
bool page_exists(unsigned long pfn);

#endif /* PFNSIM_PAGE_H */
