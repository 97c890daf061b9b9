/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Telling others about changes of a process's page table.
 *
 * A subscription belongs to who registered it, until mmu_notifier_unregister()
 * returned; it holds a reference to the mm (mm_count).  Callbacks run in an
 * SRCU read section of the notifiers' own, never under mmap_lock alone.
 *
 * Fidelity: EMULATED - subscriptions, their order and the pairing of start and
 * end are the kernel's, and so are its warnings about a start that refuses.
 * Weaker than the kernel: a callback that sleeps in a range that is not blockable
 * is not found.  There are no interval notifiers.
 */
#ifndef _LINUX_MMU_NOTIFIER_H
#define _LINUX_MMU_NOTIFIER_H

#include <linux/list.h>
#include <linux/mm_types.h>
#include <linux/mmap_lock.h>
#include <linux/types.h>

struct mmu_notifier;
struct mmu_notifier_range;

/* Why entries change; the callbacks that exist here do not look at it. */
enum mmu_notifier_event {
	MMU_NOTIFY_UNMAP = 0,
	MMU_NOTIFY_CLEAR = 1,
	MMU_NOTIFY_PROTECTION_VMA = 2,
	MMU_NOTIFY_PROTECTION_PAGE = 3,
	MMU_NOTIFY_SOFT_DIRTY = 4,
	MMU_NOTIFY_RELEASE = 5,
	MMU_NOTIFY_MIGRATE = 6,
	MMU_NOTIFY_EXCLUSIVE = 7,
};

/* What the ageing callbacks return; a bool in newer trees. */
#ifdef PFNSIM_HAVE_YOUNG_BOOL
typedef bool mmu_young_t;
#else
typedef int mmu_young_t;
#endif

#define MMU_NOTIFIER_RANGE_BLOCKABLE (1 << 0)

/* ->release(), the invalidation's two and the three that age are called. */
struct mmu_notifier_ops {
	int (*invalidate_range_start)(struct mmu_notifier *subscription,
				      const struct mmu_notifier_range *range);
	void (*invalidate_range_end)(struct mmu_notifier *subscription,
				     const struct mmu_notifier_range *range);
	void (*release)(struct mmu_notifier *subscription,
			struct mm_struct *mm);
	mmu_young_t (*clear_flush_young)(struct mmu_notifier *subscription,
					 struct mm_struct *mm,
					 unsigned long start,
					 unsigned long end);
	mmu_young_t (*clear_young)(struct mmu_notifier *subscription,
				   struct mm_struct *mm, unsigned long start,
				   unsigned long end);
	void (*arch_invalidate_secondary_tlbs)(
		struct mmu_notifier *subscription, struct mm_struct *mm,
		unsigned long start, unsigned long end);
	mmu_young_t (*test_young)(struct mmu_notifier *subscription,
				  struct mm_struct *mm, unsigned long address);
	void (*free_notifier)(struct mmu_notifier *subscription);
	struct mmu_notifier *(*alloc_notifier)(struct mm_struct *mm);
};

struct mmu_notifier {
	struct hlist_node hlist;
	const struct mmu_notifier_ops *ops;
	struct mm_struct *mm;
	unsigned int users;
};

struct mmu_notifier_range {
	struct mm_struct *mm;
	unsigned long start, end;
	enum mmu_notifier_event event;
	unsigned int flags; /* MMU_NOTIFIER_RANGE_* */
	void *owner;
};

/* 0 or a negative errno; the first takes mmap_lock, the second needs it. */
int mmu_notifier_register(struct mmu_notifier *subscription,
			  struct mm_struct *mm);
int __mmu_notifier_register(struct mmu_notifier *subscription,
			    struct mm_struct *mm);
/* No callback of @subscription runs any more when it returns. */
void mmu_notifier_unregister(struct mmu_notifier *subscription,
			     struct mm_struct *mm);
void mmu_notifier_synchronize(void);

void mmu_notifier_invalidate_range_start(struct mmu_notifier_range *range);
/* As above for callers that must not sleep; -EAGAIN if a callback refuses. */
int mmu_notifier_invalidate_range_start_nonblock(
	struct mmu_notifier_range *range);
void mmu_notifier_invalidate_range_end(struct mmu_notifier_range *range);
void mmu_notifier_release(struct mm_struct *mm);

/*
 * Whether any subscriber's page table has accessed the range: the first two
 * forget it.  They do not sleep.
 */
bool mmu_notifier_clear_flush_young(struct mm_struct *mm, unsigned long start,
				    unsigned long end);
bool mmu_notifier_clear_young(struct mm_struct *mm, unsigned long start,
			      unsigned long end);
bool mmu_notifier_test_young(struct mm_struct *mm, unsigned long address);

static inline bool
mmu_notifier_range_blockable(const struct mmu_notifier_range *range)
{
	return range->flags & MMU_NOTIFIER_RANGE_BLOCKABLE;
}

static inline void mmu_notifier_range_init(struct mmu_notifier_range *range,
					   enum mmu_notifier_event event,
					   unsigned int flags,
					   struct mm_struct *mm,
					   unsigned long start,
					   unsigned long end)
{
	*range = (struct mmu_notifier_range){
		.mm = mm,
		.start = start,
		.end = end,
		.flags = flags,
		.event = event,
	};
}

#endif /* _LINUX_MMU_NOTIFIER_H */
