/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An exhaustive search in pieces, which worker processes search each by itself.
 *
 * A piece is a unit (unit.h) that is searched up to a number of executions; what is
 * left then are pieces of their own.  What they are depends on the search alone,
 * and not on who searches which of them when:
 *
 *	everything, 512 executions
 *	+- 0, up to 512                    what is left, in the order in which
 *	|  +- 0.0, up to 2048              one search would come to it
 *	|  `- 0.1, ...
 *	`- 1, ...
 *
 * Pieces of the third level and below them are spread over the shards of a search.
 * Nothing counts that comes, in that order, after a piece in which a failure was
 * found.  A piece in which more turns out to be shared ends the search: with that
 * known, another one begins.
 */
#ifndef PFNSIM_SCENARIO_PIECES_H
#define PFNSIM_SCENARIO_PIECES_H

#include "tally.h"
#include "unit.h"

struct piece;

struct pieces {
	struct piece *root;
	char *learned;	     /* known to be shared before; or NULL */
	unsigned int rounds; /* how often more turned out to be shared */
	unsigned int shards; /* that it is cut for; 0: none */
	struct piece *at;    /* what pieces_read() reads about, or NULL */
	bool behind;	     /* ... of an earlier round */
};

/* How pieces are searched. */
struct pieces_search {
	unsigned int jobs;
	unsigned int shard; /* of pieces->shards, from 0 on; -1U: all */
	bool none;	    /* search nothing that is not done yet */
	/*
	 * Searches @unit up to @limit executions, in a worker; writes what it
	 * came to: lines of tally_write(), then either "grew" and a line of
	 * lessons, or "stopped", or a line "unit" for each that is left, and
	 * one of lessons.
	 */
	void (*search)(const struct unit *unit, uint64_t limit, FILE *out);
	/* Called ten times a second; may be NULL.  To stop: returns true. */
	bool (*tick)(const struct pieces *pieces);
};

void pieces_init(struct pieces *pieces, unsigned int shards);
void pieces_deinit(struct pieces *pieces);

enum pieces_end {
	PIECES_DONE, /* all of this shard's */
	PIECES_STOPPED,
	PIECES_GREW, /* to be called again */
	PIECES_LOST, /* a worker died twice at the same piece */
};

/*
 * Searches what is not done yet.  Returns how it ended; adds to @tally what all
 * pieces came to that count, also where it was stopped.
 */
enum pieces_end pieces_run(struct pieces *pieces,
			   const struct pieces_search *search,
			   struct tally *tally);

/* Whether a piece of shard @shard, or with -1U of any, is not done. */
bool pieces_lack(const struct pieces *pieces, unsigned int shard);

/* What is known by now. */
struct pieces_progress {
	uint64_t executions;
	double estimate, error; /* of all executions; 0: too early to tell */
};
struct pieces_progress pieces_progress(const struct pieces *pieces);

/*
 * Writes what is done as lines of text; reads a line, without its newline.  Returns
 * 0; -ENOENT where it is none of these; -EINVAL where it is damaged or contradicts
 * what was read before.
 */
void pieces_write(const struct pieces *pieces, FILE *out);
int pieces_read(struct pieces *pieces, const char *line);

#endif /* PFNSIM_SCENARIO_PIECES_H */
