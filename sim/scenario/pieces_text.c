// SPDX-License-Identifier: GPL-2.0-only
/* What is done of a search as text, which a checkpoint keeps. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lessons.h"
#include "piece.h"
#include "pieces.h"
#include "session.h"

/* By "0.3.12", a piece that there is. */
static struct piece *find_piece(const struct pieces *pieces, const char *path)
{
	struct piece *piece = pieces->root;
	uint64_t index;

	if (!strcmp(path, "-"))
		return piece;
	for (;;) {
		if (!place_number(&path, 10, piece->nr_parts, &index))
			return NULL;
		piece = piece->parts[index];
		if (!*path)
			return piece;
		if (*path++ != '.')
			return NULL;
	}
}

static void write_path(const struct piece *piece, FILE *out)
{
	if (!piece->parent) {
		fputc('-', out);
		return;
	}
	if (piece->parent->parent) {
		write_path(piece->parent, out);
		fputc('.', out);
	}
	fprintf(out, "%zu", piece->index);
}

static bool is_unit(const char *at)
{
	struct unit unit;
	bool good = !unit_read(&unit, &at);

	if (good)
		unit_deinit(&unit);
	return good && !*at;
}

void pieces_write(const struct pieces *pieces, FILE *out)
{
	struct piece *piece = pieces->root;

	fprintf(out, "round %u %s\n", pieces->rounds,
		pieces->learned ? pieces->learned : "0 0");
	for (; piece; piece = piece_next(piece)) {
		if (piece->state != PIECE_DONE)
			continue;
		fputs("piece ", out);
		write_path(piece, out);
		fputc('\n', out);
		tally_write(&piece->tally, out);
		for (size_t i = 0; i < piece->nr_parts; i++)
			piece_write_unit(piece->parts[i], out);
		if (piece->grew)
			fputs("grew\n", out);
		if (piece->lessons)
			fprintf(out, "lessons %s\n", piece->lessons);
	}
}

/* What belongs to an earlier round than what is known already does not count. */
static int read_round(struct pieces *pieces, const char *at)
{
	uint64_t round;

	pieces->at = NULL;
	if (!place_number(&at, 10, 1000000, &round) || *at++ != ' ')
		return -EINVAL;
	pieces->behind = round < pieces->rounds;
	if (round <= pieces->rounds)
		return 0;
	piece_free(pieces->root);
	pieces->root = piece_new(NULL, 0);
	pieces->rounds = round;
	free(pieces->learned);
	pieces->learned = text_of("%s", at);
	return 0;
}

static int read_piece(struct pieces *pieces, const char *path)
{
	struct piece *piece = find_piece(pieces, path);

	if (!piece)
		return -EINVAL;
	/* Where several tell of it, they tell the same. */
	pieces->at = piece->state == PIECE_DONE ? NULL : piece;
	piece->state = PIECE_DONE;
	return 0;
}

int pieces_read(struct pieces *pieces, const char *line)
{
	struct piece none = { .level = PIECE_MAX_DEPTH - 1 };
	int err;

	if (!strncmp(line, "round ", 6))
		return read_round(pieces, line + 6);
	if (!strncmp(line, "piece ", 6))
		return pieces->behind ? 0 : read_piece(pieces, line + 6);
	if (!strncmp(line, "unit ", 5) && !is_unit(line + 5))
		return -EINVAL;
	if (pieces->at)
		return piece_read_line(pieces->at, line);
	/* Only to see whether it is well-formed. */
	err = piece_read_line(&none, line);
	piece_free_parts(&none);
	tally_deinit(&none.tally);
	free(none.lessons);
	return err;
}
