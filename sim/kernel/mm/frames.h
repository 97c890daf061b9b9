/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Page frames, below the kernel's interfaces; for sim/kernel/mm only.
 *
 * Fidelity: EMULATED - the emulation's own interface.
 */
#ifndef PFNSIM_FRAMES_H
#define PFNSIM_FRAMES_H

#include "mm_internal.h"

#define FIRST_PFN 0x1000UL
#define FIRST_DEVICE_PFN 0x100000UL
#define NR_DEVICE_PAGES 16UL

void frames_boot(const struct machine_config *config);

bool is_device_pfn(unsigned long pfn);
/* The frame's bytes; for writing, announce it first. */
char *frame_bytes(unsigned long pfn);
char *frame_bytes_for_write(unsigned long pfn);

/* As put_page(), without a scheduling point. */
void page_drop(struct page *page, const char *caller);

/* The first reference to a page that is free. */
void page_refs_begin(struct page *page);
/* Takes one away of those that there are.  Whether it was the last. */
bool page_refs_drop(struct page *page);
/* A reference of the running task becomes a page table's or a page cache's. */
void page_refs_give(struct page *page);
/* The same for a page whose contents code under test can reach. */
bool page_is_free(const struct page *page);

/* Marks the frame's aliases as made in its present life; see mappings.c. */
void mappings_renew(struct page *page);

/* The next access through any mapping of @page has to be looked at. */
void mappings_look(const struct page *page);

/* Reports an access to a page that is out of the direct map. */
void check_direct_map(const struct page *page, const char *what);

#endif /* PFNSIM_FRAMES_H */
