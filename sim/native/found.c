// SPDX-License-Identifier: GPL-2.0-only
#include "found.h"

#include <stdio.h>
#include <string.h>

bool found_same_text(const char *a, const char *b)
{
	while (*a && *b) {
		a += strspn(a, "0123456789");
		b += strspn(b, "0123456789");
		if (*a != *b)
			return false;
		if (*a) {
			a++;
			b++;
		}
	}
	return *a == *b;
}

static struct soak_found *find_found(const struct native_violation *violation)
{
	for (unsigned int i = 0; i < soak_figures->nr_found; i++)
		if (soak_figures->found[i].kind == violation->kind &&
		    found_same_text(soak_figures->found[i].text,
				    violation->text))
			return &soak_figures->found[i];
	return NULL;
}

const char *found_task_name(unsigned int task)
{
	const struct scenario *scn = soak_now->scenario;
	static char name[4][64];
	static unsigned int next;
	char *at = name[next++ % 4];

	if (task >= soak_now->threads)
		return task == NATIVE_RCU_TASK ? "rcu" : "setup";
	snprintf(at, sizeof(name[0]), "%s",
		 scn->task[task % scn->nr_task].name);
	if (soak_now->threads > scn->nr_task)
		snprintf(at, sizeof(name[0]), "%s.%u",
			 scn->task[task % scn->nr_task].name,
			 task / (unsigned int)scn->nr_task);
	return at;
}

void found_violation(const struct native_violation *violation)
{
	struct soak_found *found = find_found(violation);

	if (found) {
		found->count++;
		return;
	}
	if (soak_figures->nr_found == SOAK_MAX_FOUND)
		return;
	found = &soak_figures->found[soak_figures->nr_found];
	found->kind = violation->kind;
	found->fatal = violation->fatal;
	found->expected = violation->kind < NR_VIOLATIONS &&
			  soak_now->expected >> violation->kind & 1;
	found->count = 1;
	found->first = soak_figures->operations;
	snprintf(found->text, sizeof(found->text), "%s", violation->text);
	snprintf(found->task, sizeof(found->task), "%s",
		 found_task_name(host_task));
	snprintf(found->op, sizeof(found->op), "%s",
		 native_me->op ? native_me->op : "");
	native_stack_text(violation->here, found->here, sizeof(found->here));
	if (violation->other) {
		native_stack_text(violation->other, found->other,
				  sizeof(found->other));
		snprintf(found->other_text, sizeof(found->other_text), "%s",
			 violation->other_text);
	}
	soak_figures->nr_found++;
}
