// SPDX-License-Identifier: GPL-2.0-only
/*
 * MMU notifiers.
 *
 * Fidelity: EMULATED - see linux/mmu_notifier.h.  Unregistering waits until no
 * callback runs at all, which is longer than the kernel's SRCU grace period
 * where callbacks follow one another without a gap.  Registering waits until no
 * invalidation is between its start and its end, as mm_take_all_locks() makes
 * it.  Stricter than the kernel there: ranges of what is no file count, too.
 */
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/mmu_notifier.h>
#include <linux/sched/mm.h>
#include <pfnsim/counters.h>
#include <pfnsim/ordered.h>
#include <pfnsim/outside.h>

#include "user.h"

/* Tasks that walk a list of subscriptions, whose callbacks may block. */
static unsigned int nr_walkers;

static bool nobody_walks(const void *unused)
{
	return !nr_walkers;
}

static int no_owner(const void *unused)
{
	return -1;
}

static void wait_for_callbacks(void)
{
	host_enter(CALL_SYNCHRONIZE_SRCU, &nr_walkers, "mmu_notifier srcu");
	while (nr_walkers)
		host_block(&(struct host_wait){
			.call = CALL_SYNCHRONIZE_SRCU,
			.obj = &nr_walkers,
			.name = "mmu_notifier srcu",
			.ready = nobody_walks,
			.owner = no_owner,
		});
	ordered_acquire(&nr_walkers);
	host_leave(CALL_SYNCHRONIZE_SRCU, &nr_walkers, "mmu_notifier srcu");
}

/* Invalidations between start and end. */
static unsigned int nr_ranges;

static bool nothing_under_way(const void *unused)
{
	return !nr_ranges;
}

/*
 * mm_take_all_locks() keeps everybody out who invalidates: with mmap_lock held
 * for write that leaves those who come from a file.
 */
static void wait_for_invalidations(void)
{
	host_enter(CALL_DOWN_WRITE, &nr_ranges, "mm_take_all_locks");
	while (nr_ranges)
		host_block(&(struct host_wait){
			.call = CALL_DOWN_WRITE,
			.obj = &nr_ranges,
			.name = "mm_take_all_locks",
			.ready = nothing_under_way,
			.owner = no_owner,
		});
	host_leave(CALL_DOWN_WRITE, &nr_ranges, "mm_take_all_locks");
}

/* ---- Subscriptions ---------------------------------------------------- */

int __mmu_notifier_register(struct mmu_notifier *subscription,
			    struct mm_struct *mm)
{
	mmap_assert_write_locked(mm);
	if (host_should_fail("mmu_notifier_register"))
		return -ENOMEM;
	while (nr_ranges)
		wait_for_invalidations();
	mmgrab(mm);
	subscription->mm = mm;
	subscription->users = 1;
	ordered_release(&mm->notifiers);
	hlist_add_head(&subscription->hlist, &mm->notifiers);
	mm->nr_notifiers++;
	return 0;
}

int mmu_notifier_register(struct mmu_notifier *subscription,
			  struct mm_struct *mm)
{
	int ret;

	mmap_write_lock(mm);
	ret = __mmu_notifier_register(subscription, mm);
	mmap_write_unlock(mm);
	return ret;
}

static void call_release(struct mmu_notifier *subscription,
			 struct mm_struct *mm)
{
	ordered_acquire(&mm->notifiers);
	nr_walkers++;
	if (subscription->ops->release)
		outside_void(subscription->ops->release(subscription, mm));
	ordered_release(&nr_walkers);
	nr_walkers--;
}

/* Keeps next pointers, for walkers that stand on @subscription. */
static void unlink_subscription(struct mmu_notifier *subscription)
{
	struct hlist_node *node = &subscription->hlist;

	if (hlist_unhashed(node))
		return;
	*node->pprev = node->next;
	if (node->next)
		node->next->pprev = node->pprev;
	node->pprev = NULL;
}

void mmu_notifier_unregister(struct mmu_notifier *subscription,
			     struct mm_struct *mm)
{
	might_sleep();
	if (!hlist_unhashed(&subscription->hlist)) {
		call_release(subscription, mm);
		unlink_subscription(subscription);
	}
	wait_for_callbacks();
	mm->nr_notifiers--;
	mmdrop(mm);
}

void mmu_notifier_synchronize(void)
{
	might_sleep();
	wait_for_callbacks();
}

void mmu_notifier_release(struct mm_struct *mm)
{
	struct mmu_notifier *subscription;

	if (!mm_has_notifiers(mm))
		return;
	hlist_for_each_entry(subscription, &mm->notifiers, hlist)
		call_release(subscription, mm);
	while (mm->notifiers.first)
		unlink_subscription(hlist_entry(mm->notifiers.first,
						struct mmu_notifier, hlist));
	wait_for_callbacks();
}

/* ---- Ageing ----------------------------------------------------------- */

/*
 * Calls @call for each subscription, all of them, and returns whether any said
 * yes.  Callers may hold a spinning lock.
 */
#define ANY_YOUNG(mm, op, ...)                                                 \
	({                                                                     \
		struct mmu_notifier *__subscription;                           \
		bool __young = false;                                          \
                                                                               \
		pfnsim_count(CTR_NOTIFIER_CALLS, 1);                           \
		nr_walkers++;                                                  \
		hlist_for_each_entry(__subscription, &(mm)->notifiers, hlist)  \
			if (__subscription->ops->op)                           \
				__young |= outside(__subscription->ops->op(    \
					__subscription, mm, __VA_ARGS__));     \
		nr_walkers--;                                                  \
		__young;                                                       \
	})

bool mmu_notifier_clear_flush_young(struct mm_struct *mm, unsigned long start,
				    unsigned long end)
{
	return ANY_YOUNG(mm, clear_flush_young, start, end);
}

bool mmu_notifier_clear_young(struct mm_struct *mm, unsigned long start,
			      unsigned long end)
{
	return ANY_YOUNG(mm, clear_young, start, end);
}

bool mmu_notifier_test_young(struct mm_struct *mm, unsigned long address)
{
	return ANY_YOUNG(mm, test_young, address);
}

/* ---- Invalidations ---------------------------------------------------- */

static void check_refusal(const struct mmu_notifier_range *range,
			  const struct mmu_notifier *subscription, int ret)
{
	if (mmu_notifier_range_blockable(range) || ret != -EAGAIN)
		host_report(
			V_WARN, HOST_NO_PFN,
			"invalidate_range_start() failed with %d in a %sblockable context",
			ret, mmu_notifier_range_blockable(range) ? "" : "non-");
	/* Whether it started is not known to it when end is called. */
	if (subscription->ops->invalidate_range_end)
		host_report(
			V_WARN, HOST_NO_PFN,
			"invalidate_range_start() failed with %d of a notifier that has an invalidate_range_end()",
			ret);
}

static int call_start(struct mmu_notifier_range *range)
{
	struct mmu_notifier *subscription;
	int ret, result = 0;

	ordered_acquire(&range->mm->notifiers);
	nr_walkers++;
	hlist_for_each_entry(subscription, &range->mm->notifiers, hlist) {
		if (!subscription->ops->invalidate_range_start)
			continue;
		ret = outside(subscription->ops->invalidate_range_start(
			subscription, range));
		if (!ret)
			continue;
		check_refusal(range, subscription, ret);
		result = ret;
	}
	ordered_release(&nr_walkers);
	nr_walkers--;
	return result;
}

static void call_end(struct mmu_notifier_range *range)
{
	struct mmu_notifier *subscription;

	ordered_acquire(&range->mm->notifiers);
	nr_walkers++;
	hlist_for_each_entry(subscription, &range->mm->notifiers, hlist) {
		if (subscription->ops->invalidate_range_end)
			outside_void(subscription->ops->invalidate_range_end(
				subscription, range));
	}
	ordered_release(&nr_walkers);
	nr_walkers--;
}

static int invalidate_start(struct mmu_notifier_range *range)
{
	int ret;

	host_enter(CALL_NOTIFIER_START, range->mm, NULL);
	pfnsim_count(CTR_NOTIFIER_CALLS, 1);
	nr_ranges++;
	ret = call_start(range);
	/* Whoever started before another one refused expects its end. */
	if (ret)
		call_end(range);
	host_leave(CALL_NOTIFIER_START, range->mm, NULL);
	return ret;
}

void mmu_notifier_invalidate_range_start(struct mmu_notifier_range *range)
{
	might_sleep();
	range->flags |= MMU_NOTIFIER_RANGE_BLOCKABLE;
	invalidate_start(range);
}

int mmu_notifier_invalidate_range_start_nonblock(
	struct mmu_notifier_range *range)
{
	int ret;

	range->flags &= ~MMU_NOTIFIER_RANGE_BLOCKABLE;
	ret = invalidate_start(range);
	/* Without a start there is no end. */
	if (ret)
		nr_ranges--;
	return ret;
}

void mmu_notifier_invalidate_range_end(struct mmu_notifier_range *range)
{
	if (mmu_notifier_range_blockable(range))
		might_sleep();
	host_enter(CALL_NOTIFIER_END, range->mm, NULL);
	call_end(range);
	nr_ranges--;
	host_leave(CALL_NOTIFIER_END, range->mm, NULL);
}
