// SPDX-License-Identifier: GPL-2.0-only
/*
 * Grace periods of RCU on the engine.
 *
 * A task that becomes a reader notes how many grace periods had been asked for;
 * one asked for later waits for it, one asked for earlier does not.
 *
 * Fidelity: EMULATED - see rcupdate.h.
 */
#include "../sync/backend.h"

unsigned int sync_periods;

struct rcu_wait {
	unsigned int period;
	unsigned int waiter;
};

/* The tasks that were readers when the grace period was asked for. */
static unsigned int readers_before(unsigned int period)
{
	unsigned int tasks = 0;

	for (unsigned int i = 0; i < HOST_MAX_TASKS; i++)
		if (sync_is_atomic(&sync_tasks[i]) &&
		    sync_tasks[i].reader_since < period)
			tasks |= 1U << i;
	return tasks;
}

static _Bool is_over(const void *arg)
{
	return !readers_before(((const struct rcu_wait *)arg)->period);
}

static int reader(const void *arg)
{
	const struct rcu_wait *wait = arg;

	return sync_blocker(readers_before(wait->period), wait->waiter);
}

void rcu_wait_for_readers(void)
{
	struct rcu_wait wait = { .period = ++sync_periods,
				 .waiter = host_task };

	if (!is_over(&wait))
		host_block(&(struct host_wait){ .call = CALL_SYNCHRONIZE_RCU,
						.arg = &wait,
						.ready = is_over,
						.owner = reader });
}
