// SPDX-License-Identifier: GPL-2.0-only
/*
 * SRCU on native threads: two counters of open sections, and an index that says
 * which of them new sections use.
 *
 * A grace period waits for what an earlier one left in the counter that is out
 * of use, turns the index and waits for the other: after McKenney's "Sleepable
 * RCU", LWN 2006.  A section counts itself before it reads anything, so one that
 * still takes the old index sees all that came before the grace period.
 *
 * Fidelity: EMULATED - waits for all sections that are open, and maybe for some
 * that open meanwhile, as the kernel's does.  A task may be in MAX_SECTIONS.
 */
#include "../sync/backend.h"

/* The newest section of the task in @ssp with @index (-1: any), or -1. */
static int find_section(const struct sync_task *t,
			const struct srcu_struct *ssp, int index)
{
	for (int i = t->srcu; i-- > 0;)
		if (t->section[i].domain == ssp &&
		    (index < 0 || t->section[i].index == index))
			return i;
	return -1;
}

int srcu_read_lock_held(const struct srcu_struct *ssp)
{
	return find_section(sync_me(), ssp, -1) >= 0;
}

bool srcu_is_open(const struct srcu_struct *ssp)
{
	return word_load(&ssp->count[0]) || word_load(&ssp->count[1]);
}

int srcu_open(struct srcu_struct *ssp)
{
	struct sync_task *t = sync_me();
	unsigned int index;

	if (t->srcu == MAX_SECTIONS)
		host_trap("more open SRCU read sections than are tracked");
	index = word_load(&ssp->index);
	word_add(&ssp->count[index], 1);
	t->section[t->srcu].domain = ssp;
	t->section[t->srcu++].index = index;
	host_acquire(&ssp->index);
	return index;
}

bool srcu_close(struct srcu_struct *ssp, int idx)
{
	struct sync_task *t = sync_me();
	int i = idx < 0 ? -1 : find_section(t, ssp, idx);

	if (i < 0)
		return false;
	for (t->srcu--; i < t->srcu; i++)
		t->section[i] = t->section[i + 1];
	host_release(&ssp->count[0]);
	if (!word_add(&ssp->count[idx], -1) && word_load(&ssp->waiting))
		word_wake(&ssp->count[idx]);
	return true;
}

static void wait_for_count(unsigned int *count)
{
	unsigned int open;

	while ((open = word_load(count)))
		host_futex_wait(count, open);
}

static void grace_period(struct srcu_struct *ssp)
{
	unsigned int old = word_load(&ssp->index);

	word_add(&ssp->waiting, 1);
	wait_for_count(&ssp->count[!old]);
	word_store(&ssp->index, !old);
	wait_for_count(&ssp->count[old]);
	word_add(&ssp->waiting, -1);
}

void srcu_wait_for_readers(struct srcu_struct *ssp)
{
	const char *name = ssp->dep_map.name;
	unsigned int depth;

	if (unlikely(srcu_read_lock_held(ssp)))
		host_report(
			V_DEADLOCK, HOST_NO_PFN,
			"synchronize_srcu(%s) inside a read section of the same",
			name);
	host_release(&ssp->index);
	native_take(&ssp->updater, CALL_SYNCHRONIZE_SRCU, &ssp->dep_map);
	depth = host_wait_begin(CALL_SYNCHRONIZE_SRCU, ssp, name);
	grace_period(ssp);
	host_wait_end(depth);
	native_release(&ssp->updater);
	host_acquire(&ssp->count[0]);
}
