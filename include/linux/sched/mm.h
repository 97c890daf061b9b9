/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * References to an mm, and the context of allocations.
 *
 * mmgrab() keeps the structure, mmget() keeps the address space: the last
 * mmput() unmaps everything.
 *
 * Fidelity: EMULATED - the two counters are the kernel's.  The memalloc_*()
 * scopes have no effect, because there is no reclaim to hold off.
 */
#ifndef _LINUX_SCHED_MM_H
#define _LINUX_SCHED_MM_H

#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm_types.h>
#include <linux/sched.h>

void mmgrab(struct mm_struct *mm);
void mmdrop(struct mm_struct *mm);
void mmget(struct mm_struct *mm);
bool mmget_not_zero(struct mm_struct *mm);
void mmput(struct mm_struct *mm);

static inline void might_alloc(gfp_t gfp)
{
	might_sleep_if(gfpflags_allow_blocking(gfp));
}

static inline unsigned int memalloc_nofs_save(void)
{
	return 0;
}

static inline void memalloc_nofs_restore(unsigned int flags)
{
}

static inline unsigned int memalloc_noio_save(void)
{
	return 0;
}

static inline void memalloc_noio_restore(unsigned int flags)
{
}

static inline unsigned int memalloc_noreclaim_save(void)
{
	return 0;
}

static inline void memalloc_noreclaim_restore(unsigned int flags)
{
}

#endif /* _LINUX_SCHED_MM_H */
