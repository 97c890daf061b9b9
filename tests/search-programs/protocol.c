// SPDX-License-Identifier: GPL-2.0-only
/*
 * The retry protocol of pfncache in miniature: one refresher with at most m
 * attempts, n invalidators.
 */
#include "program.h"

static struct {
	spinlock_t count_lock, cache_lock;
	atomic_t seq;
	int plain_seq;
	int active, valid, pfn, pte;
} pfn;

static void start(unsigned int n, unsigned int m)
{
	spin_lock_init(&pfn.count_lock);
	spin_lock_init(&pfn.cache_lock);
}

static int sequence(bool plain)
{
	return plain ? pfn.plain_seq : atomic_read(&pfn.seq);
}

static void refresh(unsigned int attempts, bool plain)
{
	bool done = false;

	while (attempts-- && !done) {
		int seq = sequence(plain);
		int page = READ_ONCE(pfn.pte);

		program_saw(0, seq);
		spin_lock(&pfn.cache_lock);
		if (!READ_ONCE(pfn.active) && seq == sequence(plain)) {
			WRITE_ONCE(pfn.valid, 1);
			WRITE_ONCE(pfn.pfn, page);
			done = true;
		}
		spin_unlock(&pfn.cache_lock);
	}
}

static void count(int by)
{
	spin_lock(&pfn.count_lock);
	WRITE_ONCE(pfn.active, READ_ONCE(pfn.active) + by);
	spin_unlock(&pfn.count_lock);
}

static void invalidate(int page, bool plain)
{
	count(1);
	spin_lock(&pfn.cache_lock);
	WRITE_ONCE(pfn.valid, 0);
	spin_unlock(&pfn.cache_lock);
	WRITE_ONCE(pfn.pte, page);
	if (plain)
		WRITE_ONCE(pfn.plain_seq, READ_ONCE(pfn.plain_seq) + 1);
	else
		atomic_inc(&pfn.seq);
	count(-1);
}

static void pfn_task(unsigned int task, unsigned int n, unsigned int m)
{
	if (task)
		invalidate(task, false);
	else
		refresh(m, false);
}

static void pfnlit_task(unsigned int task, unsigned int n, unsigned int m)
{
	if (task)
		invalidate(task, true);
	else
		refresh(m, true);
}

static unsigned long finish(unsigned int n, unsigned int m)
{
	if (pfn.valid && pfn.pfn != pfn.pte)
		host_report(V_STALE_PAGE, HOST_NO_PFN,
			    "page %d is cached, the table has %d", pfn.pfn,
			    pfn.pte);
	return pfn.valid | pfn.pfn << 4 | pfn.pte << 8;
}

DEFINE_PROGRAMS(protocol, { "pfn", program_n_and_one, start, pfn_task, finish },
		{ "pfnlit", program_n_and_one, start, pfnlit_task, finish });
