// SPDX-License-Identifier: GPL-2.0-only
#include "piece.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"
#include "unit.h"

struct piece *piece_new(struct piece *parent, size_t index)
{
	struct piece *piece = calloc(1, sizeof(*piece));

	if (!piece)
		abort();
	piece->parent = parent;
	piece->index = index;
	piece->level = parent ? parent->level + 1 : 0;
	return piece;
}

void piece_free(struct piece *piece)
{
	if (!piece)
		return;
	piece_free_parts(piece);
	free(piece->unit);
	tally_deinit(&piece->tally);
	free(piece->lessons);
	free(piece);
}

void piece_free_parts(struct piece *piece)
{
	for (size_t i = 0; i < piece->nr_parts; i++)
		piece_free(piece->parts[i]);
	free(piece->parts);
	piece->parts = NULL;
	piece->nr_parts = 0;
}

struct piece *piece_add_part(struct piece *piece)
{
	struct piece *part = piece_new(piece, piece->nr_parts);

	piece->parts = realloc(piece->parts,
			       (piece->nr_parts + 1) * sizeof(part));
	if (!piece->parts)
		abort();
	piece->parts[piece->nr_parts++] = part;
	return part;
}

struct piece *piece_next(struct piece *piece)
{
	if (piece->nr_parts)
		return piece->parts[0];
	while (piece->parent) {
		struct piece *parent = piece->parent;

		if (piece->index + 1 < parent->nr_parts)
			return parent->parts[piece->index + 1];
		piece = parent;
	}
	return NULL;
}

bool piece_is_last(const struct piece *piece)
{
	return piece->state == PIECE_DONE &&
	       (piece->grew || tally_is_last(&piece->tally));
}

void piece_fold(struct piece *piece, bool sharded)
{
	for (; piece; piece = piece->parent) {
		if (piece->state != PIECE_DONE || piece->grew ||
		    (sharded && piece->level + 1 < PIECE_LEVELS))
			return;
		for (size_t i = 0; i < piece->nr_parts; i++)
			if (piece->parts[i]->state != PIECE_DONE ||
			    piece->parts[i]->nr_parts || piece->parts[i]->grew)
				return;
		for (size_t i = 0;
		     i < piece->nr_parts && !tally_is_last(&piece->tally); i++)
			tally_add(&piece->tally, &piece->parts[i]->tally);
		piece_free_parts(piece);
		free(piece->lessons);
		piece->lessons = NULL;
		free(piece->unit);
		piece->unit = NULL;
	}
}

/* Where it is searched, its unit is not needed any more. */
void piece_write_unit(const struct piece *piece, FILE *out)
{
	fputs("unit ", out);
	if (piece->unit)
		fputs(piece->unit, out);
	else
		unit_write(&unit_of_all, out);
	fputc('\n', out);
}

/* A line about @piece that is no tally. */
static int read_more(struct piece *piece, const char *line)
{
	if (!strncmp(line, "unit ", 5)) {
		if (piece->level >= PIECE_MAX_DEPTH)
			return -EINVAL;
		piece_add_part(piece)->unit = text_of("%s", line + 5);
		return 0;
	}
	if (!strncmp(line, "lessons ", 8)) {
		free(piece->lessons);
		piece->lessons = text_of("%s", line + 8);
		return 0;
	}
	if (strcmp(line, "grew"))
		return -ENOENT;
	piece->grew = true;
	return 0;
}

int piece_read_line(struct piece *piece, const char *line)
{
	int err = tally_read(&piece->tally, line);

	return err == -ENOENT ? read_more(piece, line) : err;
}
