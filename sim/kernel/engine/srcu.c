// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sections and grace periods of SRCU on the engine.
 *
 * Fidelity: EMULATED - see srcu.h.
 */
#include "../sync/backend.h"

/* The sections of @ssp that @task has open, a bit each. */
static unsigned int sections_of(const struct srcu_struct *ssp,
				unsigned int task)
{
	unsigned int mine = 0;

	for (unsigned int open = ssp->open; open; open &= open - 1) {
		unsigned int i = __builtin_ctz(open);

		if (ssp->reader[i].task == task)
			mine |= 1U << i;
	}
	return mine;
}

int srcu_read_lock_held(const struct srcu_struct *ssp)
{
	return sections_of(ssp, host_task) != 0;
}

bool srcu_is_open(const struct srcu_struct *ssp)
{
	return ssp->open;
}

int srcu_open(struct srcu_struct *ssp)
{
	unsigned int idx = __builtin_ctz(~ssp->open);

	if (idx >= SRCU_MAX_READERS)
		host_trap("more open SRCU read sections than are tracked");
	ssp->open |= 1U << idx;
	ssp->reader[idx].task = host_task;
	ssp->reader[idx].period = ssp->periods;
	sync_me()->srcu++;
	return idx;
}

bool srcu_close(struct srcu_struct *ssp, int idx)
{
	if (idx < 0 || !(sections_of(ssp, host_task) >> idx & 1))
		return false;
	ssp->open &= ~(1U << idx);
	sync_me()->srcu--;
	return true;
}

struct srcu_wait {
	const struct srcu_struct *ssp;
	unsigned short period;
	unsigned int waiter;
};

/* The tasks with a section that is older than the grace period. */
static unsigned int readers_before(const struct srcu_wait *wait)
{
	const struct srcu_struct *ssp = wait->ssp;
	unsigned int tasks = 0;

	for (unsigned int open = ssp->open; open; open &= open - 1) {
		unsigned int i = __builtin_ctz(open);

		if ((short)(ssp->reader[i].period - wait->period) < 0)
			tasks |= 1U << ssp->reader[i].task;
	}
	return tasks;
}

static _Bool is_over(const void *arg)
{
	return !readers_before(arg);
}

static int reader(const void *arg)
{
	const struct srcu_wait *wait = arg;

	return sync_blocker(readers_before(wait), wait->waiter);
}

void srcu_wait_for_readers(struct srcu_struct *ssp)
{
	struct srcu_wait wait = { .ssp = ssp,
				  .period = ++ssp->periods,
				  .waiter = host_task };

	if (!is_over(&wait))
		host_block(&(struct host_wait){ .call = CALL_SYNCHRONIZE_SRCU,
						.obj = ssp,
						.name = ssp->dep_map.name,
						.arg = &wait,
						.ready = is_over,
						.owner = reader });
}
