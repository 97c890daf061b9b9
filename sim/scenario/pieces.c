// SPDX-License-Identifier: GPL-2.0-only
#include "pieces.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "engine.h"
#include "extent.h"
#include "lessons.h"
#include "pool.h"
#include "search.h"
#include "session.h"

/* Executions of a piece, by its level; pieces of the last one are spread. */
#define NR_LEVELS 3
static const uint64_t limits[NR_LEVELS] = { 512, 512, 2048 };

/* Pieces that a worker takes at a time, and executions after which it
 * asks for others. */
#define CLAIM 64
#define ENOUGH 8192

#define MAX_DEPTH 64

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

/* ---- Pieces -------------------------------------------------------------- */

static struct piece *piece_new(struct piece *parent, size_t index)
{
	struct piece *piece = calloc(1, sizeof(*piece));

	if (!piece)
		abort();
	piece->parent = parent;
	piece->index = index;
	piece->level = parent ? parent->level + 1 : 0;
	return piece;
}

static void free_parts(struct piece *piece);

static void piece_free(struct piece *piece)
{
	if (!piece)
		return;
	free_parts(piece);
	free(piece->unit);
	tally_deinit(&piece->tally);
	free(piece->lessons);
	free(piece);
}

static void free_parts(struct piece *piece)
{
	for (size_t i = 0; i < piece->nr_parts; i++)
		piece_free(piece->parts[i]);
	free(piece->parts);
	piece->parts = NULL;
	piece->nr_parts = 0;
}

static struct piece *add_part(struct piece *piece)
{
	struct piece *part = piece_new(piece, piece->nr_parts);

	piece->parts = realloc(piece->parts,
			       (piece->nr_parts + 1) * sizeof(part));
	if (!piece->parts)
		abort();
	piece->parts[piece->nr_parts++] = part;
	return part;
}

/* The next in the order in which one search would come to them. */
static struct piece *next_piece(struct piece *piece)
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

void pieces_init(struct pieces *pieces, unsigned int shards)
{
	*pieces = (struct pieces){
		.root = piece_new(NULL, 0),
		.shards = shards,
	};
}

void pieces_deinit(struct pieces *pieces)
{
	piece_free(pieces->root);
	free(pieces->learned);
	*pieces = (struct pieces){ 0 };
}

/* ---- What is known of a piece -------------------------------------------- */

static bool is_last(const struct piece *piece)
{
	return piece->state == PIECE_DONE &&
	       (piece->grew || tally_is_last(&piece->tally));
}

/*
 * Of pieces all parts of which are done, only the sum is kept; but for pieces that
 * all shards search, whose parts must have their names in each.
 */
static void fold(struct pieces *pieces, struct piece *piece)
{
	for (; piece; piece = piece->parent) {
		if (piece->state != PIECE_DONE || piece->grew ||
		    (pieces->shards && piece->level + 1 < NR_LEVELS))
			return;
		for (size_t i = 0; i < piece->nr_parts; i++)
			if (piece->parts[i]->state != PIECE_DONE ||
			    piece->parts[i]->nr_parts || piece->parts[i]->grew)
				return;
		for (size_t i = 0;
		     i < piece->nr_parts && !tally_is_last(&piece->tally); i++)
			tally_add(&piece->tally, &piece->parts[i]->tally);
		free_parts(piece);
		free(piece->lessons);
		piece->lessons = NULL;
		free(piece->unit);
		piece->unit = NULL;
	}
}

/* ---- Lines --------------------------------------------------------------- */

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

/* Where it is searched, its unit is not needed any more. */
static void write_unit(const struct piece *piece, FILE *out)
{
	fputs("unit ", out);
	if (piece->unit)
		fputs(piece->unit, out);
	else
		unit_write(&unit_of_all, out);
	fputc('\n', out);
}

static bool is_unit(const char *at)
{
	struct unit unit;
	bool good = !unit_read(&unit, &at);

	if (good)
		unit_deinit(&unit);
	return good && !*at;
}

/* A line about @piece that is no tally. */
static int read_more(struct piece *piece, const char *line)
{
	if (!strncmp(line, "unit ", 5)) {
		if (piece->level >= MAX_DEPTH)
			return -EINVAL;
		add_part(piece)->unit = text_of("%s", line + 5);
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

static int read_line(struct piece *piece, const char *line)
{
	int err = tally_read(&piece->tally, line);

	return err == -ENOENT ? read_more(piece, line) : err;
}

/* ---- In a worker --------------------------------------------------------- */

struct run {
	struct pieces *pieces;
	const struct pieces_search *search;
	/* What each worker took, and where it is. */
	struct claim {
		struct piece *piece[CLAIM];
		size_t nr, at;
		struct piece *fresh; /* what comes of it, before it is all */
		bool stopped, busy;
		uint64_t executions;
	} * claims;
	struct tally partial; /* of pieces that were stopped */
	bool stop, lost;
};

/* Writes what there is to know to search the pieces of @what. */
static void ask(void *arg, void *what, FILE *out)
{
	const struct claim *claim = what;

	(void)arg;
	for (size_t i = 0; i < claim->nr; i++) {
		const struct piece *piece = claim->piece[i];
		unsigned int level = piece->level;

		if (piece->parent && piece->parent->lessons)
			fprintf(out, "lessons %s\n", piece->parent->lessons);
		fprintf(out, "limit %" PRIu64 "\n",
			limits[level < NR_LEVELS ? level : NR_LEVELS - 1]);
		write_unit(piece, out);
	}
}

/* What a worker was told of a piece so far. */
struct asked {
	const char *lessons;
	uint64_t limit;
};

static void search_unit(const struct run *run, const struct asked *asked,
			const struct unit *unit, FILE *out)
{
	lessons_begin();
	if (asked->lessons && lessons_read(asked->lessons))
		_exit(1);
	fputs("begin\n", out);
	run->search->search(unit, asked->limit, out);
	fputs("end\n", out);
	lessons_forget();
}

/* Returns whether @line told which unit to search, and it was. */
static bool take_line(const struct run *run, struct asked *asked,
		      const char *line, FILE *out)
{
	struct unit unit;

	if (!strncmp(line, "unit ", 5)) {
		line += 5;
		if (unit_read(&unit, &line) || *line)
			_exit(1);
		search_unit(run, asked, &unit, out);
		unit_deinit(&unit);
		return true;
	}
	if (!strncmp(line, "lessons ", 8))
		asked->lessons = line + 8;
	else if (!strncmp(line, "limit ", 6))
		asked->limit = strtoull(line + 6, NULL, 10);
	return false;
}

static void work(void *arg, char *text, FILE *out)
{
	uint64_t before = search.executions;
	struct asked asked = { 0 };

	for (char *line; (line = strsep(&text, "\n"));) {
		if (!take_line(arg, &asked, line, out))
			continue;
		asked = (struct asked){ 0 };
		if (search.stop || engine.interrupted || pool_is_hungry() ||
		    search.executions - before >= ENOUGH)
			return;
	}
}

/* ---- Who does what ------------------------------------------------------- */

/* Pieces on upper levels are everybody's, those on lower ones their parents'. */
static bool is_elsewhere(const struct pieces *pieces, const struct piece *piece,
			 unsigned int shard)
{
	if (piece->level + 1 != NR_LEVELS || !pieces->shards || shard == -1U)
		return false;
	return (piece->parent->index + piece->index) % pieces->shards != shard;
}

static bool is_open(const struct run *run, const struct piece *piece)
{
	return piece->state == PIECE_OPEN && piece->died <= 1 &&
	       !is_elsewhere(run->pieces, piece, run->search->shard);
}

/* How many a worker is to take, so that there are some for all of them. */
static size_t fair_share(const struct run *run)
{
	struct piece *piece = run->pieces->root;
	size_t nr = 0, most = CLAIM * run->search->jobs;

	for (; piece && !is_last(piece) && nr < most; piece = next_piece(piece))
		nr += is_open(run, piece);
	return (nr + run->search->jobs - 1) / run->search->jobs;
}

static void *next(void *arg, unsigned int worker)
{
	struct run *run = arg;
	struct claim *claim = &run->claims[worker];
	struct piece *piece = run->pieces->root;
	size_t most;

	claim->nr = claim->at = 0;
	if (run->stop || run->search->none)
		return NULL;
	most = fair_share(run);
	for (; piece && !is_last(piece) && claim->nr < most;
	     piece = next_piece(piece)) {
		if (!is_open(run, piece))
			continue;
		piece->state = PIECE_TAKEN;
		claim->piece[claim->nr++] = piece;
	}
	claim->busy = claim->stopped = false;
	return claim->nr ? claim : NULL;
}

static void drop_fresh(struct claim *claim)
{
	piece_free(claim->fresh);
	claim->fresh = NULL;
}

/* All that there is to say about a piece was said. */
static void take_result(struct run *run, struct claim *claim)
{
	struct piece *piece = claim->piece[claim->at];
	struct piece *fresh = claim->fresh;

	claim->at++;
	claim->executions = 0;
	if (claim->stopped) {
		run->stop = true;
		tally_add(&run->partial, &fresh->tally);
		piece->state = PIECE_OPEN;
		drop_fresh(claim);
		return;
	}
	piece->state = PIECE_DONE;
	piece->tally = fresh->tally;
	piece->lessons = fresh->lessons;
	piece->parts = fresh->parts;
	piece->nr_parts = fresh->nr_parts;
	piece->grew = fresh->grew;
	for (size_t i = 0; i < piece->nr_parts; i++)
		piece->parts[i]->parent = piece;
	free(fresh);
	claim->fresh = NULL;
	fold(run->pieces, piece);
}

static void line(void *arg, unsigned int worker, char *line)
{
	struct run *run = arg;
	struct claim *claim = &run->claims[worker];

	if (claim->at == claim->nr)
		return;
	if (!strcmp(line, "begin")) {
		claim->fresh = piece_new(NULL, 0);
		claim->fresh->level = claim->piece[claim->at]->level;
		return;
	}
	if (!claim->fresh)
		return;
	if (!strncmp(line, "at ", 3))
		claim->executions = strtoull(line + 3, NULL, 10);
	else if (!strcmp(line, "stopped"))
		claim->stopped = true;
	else if (!strcmp(line, "end"))
		take_result(run, claim);
	else if (read_line(claim->fresh, line))
		abort();
}

static void ended(void *arg, unsigned int worker, void *what, int status)
{
	struct run *run = arg;
	struct claim *claim = what;

	(void)worker;
	drop_fresh(claim);
	claim->executions = 0;
	for (size_t i = claim->at; i < claim->nr; i++)
		claim->piece[i]->state = PIECE_OPEN;
	if (!status || claim->at == claim->nr || engine.interrupted)
		return;
	/* It died of this piece, or by chance. */
	run->lost |= ++claim->piece[claim->at]->died > 1;
}

static void tick(void *arg)
{
	struct run *run = arg;

	if (run->search->tick)
		run->stop |= run->search->tick(run->pieces);
}

/* ---- The whole ----------------------------------------------------------- */

/* Of what was learnt before, nothing is forgotten. */
static void start_over(struct pieces *pieces, const struct piece *grew)
{
	size_t size;
	FILE *out;

	if (grew->lessons)
		lessons_read(grew->lessons);
	free(pieces->learned);
	out = open_memstream(&pieces->learned, &size);
	if (!out)
		abort();
	lessons_write(out);
	if (fclose(out))
		abort();
	piece_free(pieces->root);
	pieces->root = piece_new(NULL, 0);
	pieces->rounds++;
}

/* Adds all that counts; says whether something is missing. */
static enum pieces_end sum_up(struct run *run, struct tally *tally)
{
	struct pieces *pieces = run->pieces;
	bool missing = false;
	struct piece *piece;

	for (piece = pieces->root; piece; piece = next_piece(piece)) {
		if (piece->state != PIECE_DONE) {
			missing |= !is_elsewhere(pieces, piece,
						 run->search->shard);
			continue;
		}
		if (piece->grew && !missing) {
			start_over(pieces, piece);
			return PIECES_GREW;
		}
		tally_add(tally, &piece->tally);
		if (is_last(piece))
			break;
	}
	tally_add(tally, &run->partial);
	if (!missing)
		return PIECES_DONE;
	return run->lost ? PIECES_LOST : PIECES_STOPPED;
}

enum pieces_end pieces_run(struct pieces *pieces,
			   const struct pieces_search *search,
			   struct tally *tally)
{
	struct run run = { .pieces = pieces, .search = search };
	const struct pool_work how = {
		.arg = &run,
		.next = next,
		.ask = ask,
		.work = work,
		.line = line,
		.ended = ended,
		.tick = tick,
	};
	enum pieces_end end;

	run.claims = calloc(search->jobs, sizeof(*run.claims));
	if (!run.claims)
		abort();
	if (pieces->learned)
		lessons_read(pieces->learned);
	pool_run(search->jobs, &how);
	free(run.claims);
	end = sum_up(&run, tally);
	tally_deinit(&run.partial);
	return end;
}

/* ---- Progress ------------------------------------------------------------ */

static struct extent *extent_of(const struct piece *piece)
{
	struct extent *extent = calloc(1, sizeof(*extent));

	if (!extent)
		abort();
	extent->known = piece->state == PIECE_DONE;
	extent->own = piece->tally.executions;
	extent->nr_parts = piece->nr_parts;
	extent->parts = calloc(piece->nr_parts + 1, sizeof(*extent->parts));
	if (!extent->parts)
		abort();
	for (size_t i = 0; i < piece->nr_parts; i++)
		extent->parts[i] = extent_of(piece->parts[i]);
	return extent;
}

static void extent_free(struct extent *extent)
{
	for (size_t i = 0; i < extent->nr_parts; i++)
		extent_free(extent->parts[i]);
	free(extent->parts);
	free(extent);
}

struct pieces_progress pieces_progress(const struct pieces *pieces)
{
	struct pieces_progress progress = { 0 };
	struct extent *extent = extent_of(pieces->root);
	struct extent_estimate estimate = extent_estimate(extent);
	struct piece *piece = pieces->root;

	extent_free(extent);
	for (; piece; piece = next_piece(piece))
		progress.executions += piece->tally.executions;
	progress.estimate = estimate.all;
	progress.error = estimate.error;
	return progress;
}

/* ---- As text ------------------------------------------------------------- */

void pieces_write(const struct pieces *pieces, FILE *out)
{
	struct piece *piece = pieces->root;

	fprintf(out, "round %u %s\n", pieces->rounds,
		pieces->learned ? pieces->learned : "0 0");
	for (; piece; piece = next_piece(piece)) {
		if (piece->state != PIECE_DONE)
			continue;
		fputs("piece ", out);
		write_path(piece, out);
		fputc('\n', out);
		tally_write(&piece->tally, out);
		for (size_t i = 0; i < piece->nr_parts; i++)
			write_unit(piece->parts[i], out);
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
	struct piece none = { .level = MAX_DEPTH - 1 };
	int err;

	if (!strncmp(line, "round ", 6))
		return read_round(pieces, line + 6);
	if (!strncmp(line, "piece ", 6))
		return pieces->behind ? 0 : read_piece(pieces, line + 6);
	if (!strncmp(line, "unit ", 5) && !is_unit(line + 5))
		return -EINVAL;
	if (pieces->at)
		return read_line(pieces->at, line);
	/* Only to see whether it is well-formed. */
	err = read_line(&none, line);
	free_parts(&none);
	tally_deinit(&none.tally);
	free(none.lessons);
	return err;
}

bool pieces_lack(const struct pieces *pieces, unsigned int shard)
{
	struct piece *piece = pieces->root;

	for (; piece && !is_last(piece); piece = next_piece(piece)) {
		const struct piece *top = piece;

		if (piece->state == PIECE_DONE)
			continue;
		while (top->level + 1 > NR_LEVELS)
			top = top->parent;
		if (!is_elsewhere(pieces, top, shard))
			return true;
	}
	return false;
}
