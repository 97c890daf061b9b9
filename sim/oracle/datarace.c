// SPDX-License-Identifier: GPL-2.0-only
#include "datarace.h"

#include <stdio.h>
#include <string.h>

#include "engine.h"
#include "symbols.h"

/*
 * Races that the kernel's authors know and mean to have, by a word of the line of
 * source at either side.
 */
static const struct {
	const char *word, *why;
} intended[] = {
	{ "active_invalidate_count",
	  "read without the lock in the retry check, as a comment there "
	  "explains: whoever is missed bumps a sequence that is seen" },
	{ "invalidate_seq",
	  "sampled without a lock before a page is resolved and checked again "
	  "under one; smp_rmb() and smp_wmb() order it against the count" },
	{ "generation",
	  "a stale one is noticed by the next comparison; readers are in an "
	  "SRCU section, which an update waits for" },
	{ "xa_head = NULL",
	  "readers find the old node, which RCU keeps, or nothing: NULL "
	  "publishes nothing" },
	{ "slots[xas->xa_offset] = NULL", "as for the head of an xarray" },
};

const char *data_race_intended(const void *pc)
{
	const char *path, *line = pc ? symbols_source(pc, &path) : NULL;

	if (!line)
		return "its source is gone: nobody can tell";
	for (size_t i = 0; i < sizeof(intended) / sizeof(*intended); i++)
		if (strstr(line, intended[i].word))
			return intended[i].why;
	return NULL;
}

/* Inline functions of the emulation's headers are no code under test. */
static bool is_emulated(const void *pc)
{
	const char *path = NULL;

	if (pc)
		symbols_source(pc, &path);
	return !path ||
	       (strstr(path, "/include/") && !strstr(path, "/src/include/") &&
		!strstr(path, "/real/"));
}

static void describe(char *text, size_t size, const struct race_side *side)
{
	const char *line = side->pc ? symbols_line(side->pc) : NULL;
	const char *function = side->pc ? symbols_function(side->pc) : NULL;

	snprintf(text, size, "a %s %s of @%u in %s (%s)",
		 side->marked ? "marked" : "plain",
		 side->write ? "store" : "load", side->task,
		 function ? function : "the emulation", line ? line : "?");
}

static const char *marking(const struct race_side *side)
{
	return side->write ? "WRITE_ONCE()" : "READ_ONCE()";
}

/* What would make it none, by the kernel's rules for marking accesses. */
static void advise(char *text, size_t size, const struct race_side *first,
		   const struct race_side *second)
{
	if (first->marked || second->marked)
		snprintf(text, size, "%s for the plain one",
			 marking(first->marked ? second : first));
	else
		snprintf(text, size, "%s and %s", marking(first),
			 marking(second));
}

/* What each of them found there, and how it was come to. */
static void add_ways(char *text, size_t size, const struct race_side *first,
		     const struct race_side *second)
{
	text[0] = '\0';
	if (first->path && second->path && first->size == second->size)
		snprintf(text, size,
			 "; the first found %#lx there, the second %#lx; the "
			 "first by %s, the second by %s",
			 (unsigned long)first->value,
			 (unsigned long)second->value, first->path,
			 second->path);
	else if (first->path && second->path)
		snprintf(text, size, "; the first by %s, the second by %s",
			 first->path, second->path);
}

bool data_race_report(const struct race_side *first,
		      const struct race_side *second)
{
	char one[96], other[96], advice[64], ways[512];

	if (is_emulated(first->pc) || is_emulated(second->pc) ||
	    data_race_intended(first->pc) || data_race_intended(second->pc))
		return false;
	describe(one, sizeof(one), first);
	describe(other, sizeof(other), second);
	advise(advice, sizeof(advice), first, second);
	add_ways(ways, sizeof(ways), first, second);
	engine_find(V_DATA_RACE, second->task, HOST_NO_PFN,
		    "%s and %s: nothing orders them; it needs a lock, or %s%s",
		    one, other, advice, ways);
	return true;
}
