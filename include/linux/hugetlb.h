/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fidelity: EMULATED - a kernel without hugetlbfs.
 */
#ifndef _LINUX_HUGETLB_H
#define _LINUX_HUGETLB_H

#include <linux/mm.h>

static inline bool is_vm_hugetlb_page(const struct vm_area_struct *vma)
{
	return false;
}

static inline bool is_file_hugepages(const struct file *file)
{
	return false;
}

static inline bool folio_test_hugetlb(const struct folio *folio)
{
	return false;
}

static inline int PageHuge(const struct page *page)
{
	return 0;
}

#endif /* _LINUX_HUGETLB_H */
