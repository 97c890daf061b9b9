/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the memory management's tests have in common: a file whose pages can be
 * mapped, a notifier, and a log of what happened, one character each.
 *
 *   S, E  invalidate_range_start, _end; after each, p or - for whether the
 *         page table has an entry at MM_TEST_UVA
 *   R     the notifier's release()
 *   F     free_folio()
 *   X     error_remove_folio()
 */
#ifndef PFNSIM_MM_FIXTURE_H
#define PFNSIM_MM_FIXTURE_H

#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/mmu_notifier.h>
#include <linux/pagemap.h>
#include <linux/sched/mm.h>
#include <linux/string.h>

#include "../../sim/kernel/mm/mm_internal.h"
#include "shim_test.h"

#define MM_TEST_UVA 0x7f0000000000UL
#define MM_TEST_PAGES 4
#define MM_TEST_SIZE (MM_TEST_PAGES * PAGE_SIZE)

extern char mm_log[32];
void mm_log_add(char event);

/* A file of MM_TEST_PAGES pages; one reference is the caller's. */
struct file *mm_test_file(void);
/* The same, mapped at MM_TEST_UVA; the mapping holds one more reference. */
struct file *mm_test_map_file(void);
void mm_test_map_anon(void);
/* Logs from now on. */
void mm_test_notifier(struct mmu_notifier *notifier);

/* Stores @text at @uva; CHECKs that it works. */
void mm_test_write(unsigned long uva, const char *text);
/* Whether @uva can be loaded from and starts with @text. */
bool mm_test_sees(unsigned long uva, const char *text);
/* Whether @uva can be loaded from and starts with zeros. */
bool mm_test_zero(unsigned long uva);
/* A page with one reference and "old" in it. */
struct page *mm_test_page(void);

#endif /* PFNSIM_MM_FIXTURE_H */
