/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The lock of a process's address space.
 *
 * Fidelity: EMULATED - a rw_semaphore; there are no per-VMA locks, so every
 * fault takes mmap_lock.
 */
#ifndef _LINUX_MMAP_LOCK_H
#define _LINUX_MMAP_LOCK_H

#include <linux/mm_types.h>

void mmap_read_lock(struct mm_struct *mm);
void mmap_read_unlock(struct mm_struct *mm);
void mmap_write_lock(struct mm_struct *mm);
void mmap_write_unlock(struct mm_struct *mm);
void mmap_write_downgrade(struct mm_struct *mm);
void mmap_assert_locked(const struct mm_struct *mm);
void mmap_assert_write_locked(const struct mm_struct *mm);

static inline int mmap_read_lock_killable(struct mm_struct *mm)
{
	mmap_read_lock(mm);
	return 0;
}

static inline int mmap_write_lock_killable(struct mm_struct *mm)
{
	mmap_write_lock(mm);
	return 0;
}

#endif /* _LINUX_MMAP_LOCK_H */
