// SPDX-License-Identifier: GPL-2.0-only
/*
 * Data races that ThreadSanitizer found.
 *
 * It tells of a race while it holds locks of its own, so that nothing but a copy
 * is made there; names are looked up later.
 */
#include "race.h"

#ifndef PFNSIM_SOAK_TSAN

void race_report(void)
{
}

#else

#include <stdio.h>
#include <string.h>

#include "datarace.h"
#include "native.h"
#include "symbols.h"

#define MAX_RACES 64
#define MAX_FRAMES 12

struct side {
	void *pc[MAX_FRAMES];
	int write, atomic;
};

static struct race {
	struct side side[2];
	bool ready;
} races[MAX_RACES];
static unsigned int nr_races, nr_reported;

int __tsan_get_report_mop(void *report, unsigned long index, int *tid,
			  void **addr, int *size, int *write, int *atomic,
			  void **trace, unsigned long trace_size);
void __tsan_on_report(void *report);

void __tsan_on_report(void *report)
{
	unsigned int at = __atomic_fetch_add(&nr_races, 1, __ATOMIC_RELAXED);
	void *addr;
	int tid, size;

	if (at >= MAX_RACES)
		return;
	for (unsigned int i = 0; i < 2; i++)
		__tsan_get_report_mop(report, i, &tid, &addr, &size,
				      &races[at].side[i].write,
				      &races[at].side[i].atomic,
				      races[at].side[i].pc, MAX_FRAMES);
	__atomic_store_n(&races[at].ready, true, __ATOMIC_RELEASE);
}

static void stack_of(const struct side *side, struct native_stack *stack)
{
	*stack = (struct native_stack){ 0 };
	for (int i = 0; i < MAX_FRAMES && side->pc[i]; i++)
		stack->pc[stack->nr++] = (uintptr_t)side->pc[i];
}

static void describe(const struct side *side, char *text, size_t size)
{
	const char *line = symbols_line(side->pc[0]);
	const char *function = symbols_function(side->pc[0]);

	snprintf(text, size, "%s %s in %s (%s)",
		 side->atomic ? "a marked" : "a plain",
		 side->write ? "store" : "load",
		 function ? function : "the emulation", line ? line : "?");
}

static void report(const struct race *race)
{
	struct native_stack here, other;
	char text[256], one[112], two[112];

	for (unsigned int i = 0; i < 2; i++)
		if (data_race_intended(race->side[i].pc[0]))
			return;
	stack_of(&race->side[0], &here);
	stack_of(&race->side[1], &other);
	describe(&race->side[0], one, sizeof(one));
	describe(&race->side[1], two, sizeof(two));
	snprintf(text, sizeof(text), "%s and %s: nothing orders them", one,
		 two);
	native_on_violation(&(struct native_violation){
		.kind = V_DATA_RACE,
		.pfn = HOST_NO_PFN,
		.text = text,
		.here = &here,
		.other = &other,
		.other_text = "touched by the other task",
	});
}

void race_report(void)
{
	unsigned int nr = __atomic_load_n(&nr_races, __ATOMIC_RELAXED);

	for (; nr_reported < nr && nr_reported < MAX_RACES; nr_reported++) {
		if (!__atomic_load_n(&races[nr_reported].ready,
				     __ATOMIC_ACQUIRE))
			return;
		report(&races[nr_reported]);
	}
}

#endif
