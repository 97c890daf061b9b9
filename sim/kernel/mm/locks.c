// SPDX-License-Identifier: GPL-2.0-only
/*
 * The sleeping locks of memory management under their own names.
 *
 * Fidelity: EMULATED - each is a rw_semaphore, as in the kernel.
 */
#include <linux/fs.h>
#include <linux/lockdep.h>
#include <linux/mmap_lock.h>
#include <linux/rmap.h>
#include <linux/rwsem.h>

#include "../sync/sync.h"
#include "mm_internal.h"

void mmap_read_lock(struct mm_struct *mm)
{
	sync_down_read(&mm->mmap_lock, CALL_MMAP_READ_LOCK);
}

void mmap_read_unlock(struct mm_struct *mm)
{
	sync_up_read(&mm->mmap_lock, CALL_MMAP_READ_UNLOCK);
}

void mmap_write_lock(struct mm_struct *mm)
{
	sync_down_write(&mm->mmap_lock, CALL_MMAP_WRITE_LOCK);
}

void mmap_write_unlock(struct mm_struct *mm)
{
	sync_up_write(&mm->mmap_lock, CALL_MMAP_WRITE_UNLOCK);
}

void mmap_write_downgrade(struct mm_struct *mm)
{
	downgrade_write(&mm->mmap_lock);
}

void mmap_assert_locked(const struct mm_struct *mm)
{
	lockdep_assert_held(&mm->mmap_lock);
}

void mmap_assert_write_locked(const struct mm_struct *mm)
{
	lockdep_assert_held_write(&mm->mmap_lock);
}

void filemap_invalidate_lock(struct address_space *mapping)
{
	sync_down_write(&mapping->invalidate_lock,
			CALL_FILEMAP_INVALIDATE_LOCK);
}

void filemap_invalidate_unlock(struct address_space *mapping)
{
	sync_up_write(&mapping->invalidate_lock,
		      CALL_FILEMAP_INVALIDATE_UNLOCK);
}

void filemap_invalidate_lock_shared(struct address_space *mapping)
{
	sync_down_read(&mapping->invalidate_lock,
		       CALL_FILEMAP_INVALIDATE_LOCK_SHARED);
}

void filemap_invalidate_unlock_shared(struct address_space *mapping)
{
	sync_up_read(&mapping->invalidate_lock,
		     CALL_FILEMAP_INVALIDATE_UNLOCK_SHARED);
}

void i_mmap_lock_read(struct address_space *mapping)
{
	down_read(&mapping->i_mmap_rwsem);
}

void i_mmap_unlock_read(struct address_space *mapping)
{
	up_read(&mapping->i_mmap_rwsem);
}

void i_mmap_lock_write(struct address_space *mapping)
{
	down_write(&mapping->i_mmap_rwsem);
}

void i_mmap_unlock_write(struct address_space *mapping)
{
	up_write(&mapping->i_mmap_rwsem);
}
