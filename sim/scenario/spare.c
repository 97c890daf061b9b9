// SPDX-License-Identifier: GPL-2.0-only
#include "spare.h"

#include <stdlib.h>
#include <string.h>

static struct spare *list;
static size_t nr_list;

static void note(unsigned int task, int step)
{
	list = realloc(list, (nr_list + 1) * sizeof(*list));
	if (!list)
		abort();
	list[nr_list++] = (struct spare){ .task = task, .step = step };
}

/* Returns whether it was left out, which it then is. */
static bool leave_out(struct session *session, unsigned int task,
		      uint64_t steps, bool (*still_fails)(void))
{
	uint64_t before = session->skipped[task];

	session->skipped[task] |= steps;
	if (still_fails())
		return true;
	session->skipped[task] = before;
	return false;
}

static void try_steps(struct session *session, unsigned int task,
		      bool (*still_fails)(void))
{
	for (size_t i = session->scenario->task[task].nr_steps; i-- > 0;)
		if (leave_out(session, task, 1ULL << i, still_fails))
			note(task, i);
}

struct spare *spare_find(struct session *session, bool (*still_fails)(void),
			 size_t *nr)
{
	const struct scenario *scenario = session->scenario;

	list = NULL;
	nr_list = 0;
	for (unsigned int i = 0; i < scenario->nr_task; i++)
		if (leave_out(session, i, ~0ULL, still_fails))
			note(i, SCN_NONE);
	for (unsigned int i = 0; i < scenario->nr_task; i++)
		if (!session->skipped[i])
			try_steps(session, i, still_fails);
	memset(session->skipped, 0, sizeof(session->skipped));
	*nr = nr_list;
	return list;
}
