/* SPDX-License-Identifier: GPL-2.0-only */
/* A piece of an exhaustive search, as pieces.h has them, and what is left of it. */
#ifndef PFNSIM_SCENARIO_PIECE_H
#define PFNSIM_SCENARIO_PIECE_H

#include "tally.h"

/* Pieces of the last of these levels, and of those below it, are spread. */
#define PIECE_LEVELS 3
#define PIECE_MAX_DEPTH 64

enum piece_state {
	PIECE_OPEN,
	PIECE_TAKEN,
	PIECE_DONE,
};

struct piece {
	struct piece *parent, **parts;
	size_t index, nr_parts;
	unsigned int level, died;
	enum piece_state state;
	bool grew;
	char *unit; /* as text; NULL: all there is, or not needed any more */
	struct tally tally;
	char *lessons; /* of its executions and of those it is left of */
};

struct piece *piece_new(struct piece *parent, size_t index);
void piece_free(struct piece *piece);
void piece_free_parts(struct piece *piece);
struct piece *piece_add_part(struct piece *piece);

/* The next in the order in which one search would come to them, or NULL. */
struct piece *piece_next(struct piece *piece);

/* Whether nothing counts that comes after it. */
bool piece_is_last(const struct piece *piece);

/*
 * Of pieces all parts of which are done, @piece and those it is a part of, only the
 * sum is kept; but for pieces that all shards search, whose parts must have their
 * names in each.
 */
void piece_fold(struct piece *piece, bool sharded);

/*
 * Writes "unit" and what it is; takes a line about @piece: a "unit" that is left of
 * it is believed to be one.  Returns 0; -ENOENT where it is no such line; -EINVAL.
 */
void piece_write_unit(const struct piece *piece, FILE *out);
int piece_read_line(struct piece *piece, const char *line);

#endif /* PFNSIM_SCENARIO_PIECE_H */
