/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which loads and stores another task could notice: those of locations that more
 * than one task touched and one of them wrote.  That is learnt as executions go
 * on, and only ever grows.
 */
#ifndef PFNSIM_EXPLORE_VISIBLE_H
#define PFNSIM_EXPLORE_VISIBLE_H

#include "history.h"

/*
 * What is known of a location, of those that were looked up lately.  As long as
 * nobody new comes to it, there is nothing to learn.
 */
struct known_location {
	uintptr_t word; /* address / 8; 0: none */
	uint32_t location;
	uint32_t users[2]; /* tasks that read it, that wrote it, a bit each */
	bool shared;
};

#define KNOWN_LOCATIONS 2048U
extern struct known_location known_locations[KNOWN_LOCATIONS];

/* Forgets what history_forget() forgets. */
void visible_forget(void);

/*
 * The same for what is not among the known ones, or not known to be used so by
 * @task.  Counts in search.growth.
 */
struct known_location *visible_learn(uintptr_t word, unsigned int task,
				     bool write);

/* Learns that @task accesses the 8 bytes at @word * 8. */
static inline const struct known_location *
visible_location(uintptr_t word, unsigned int task, bool write)
{
	struct known_location *known =
		&known_locations[word & (KNOWN_LOCATIONS - 1)];

	if (__builtin_expect(known->word == word &&
				     (known->shared ||
				      known->users[write] >> task & 1),
			     1))
		return known;
	return visible_learn(word, task, write);
}

#endif /* PFNSIM_EXPLORE_VISIBLE_H */
