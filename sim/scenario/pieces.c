// SPDX-License-Identifier: GPL-2.0-only
#include "pieces.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "extent.h"
#include "lessons.h"
#include "piece.h"
#include "pool.h"
#include "search.h"

/* Executions of a piece, by its level; of the last one also below it. */
static const uint64_t limits[PIECE_LEVELS] = { 512, 512, 2048 };

/* Pieces that a worker takes at a time; executions after which it wants others. */
#define CLAIM 64
#define ENOUGH 8192

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
			limits[level < PIECE_LEVELS ? level : PIECE_LEVELS - 1]);
		piece_write_unit(piece, out);
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
	if (piece->level + 1 != PIECE_LEVELS || !pieces->shards || shard == -1U)
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

	for (; piece && !piece_is_last(piece) && nr < most;
	     piece = piece_next(piece))
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
	for (; piece && !piece_is_last(piece) && claim->nr < most;
	     piece = piece_next(piece)) {
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
	piece_fold(piece, run->pieces->shards);
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
	else if (piece_read_line(claim->fresh, line))
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

	for (piece = pieces->root; piece; piece = piece_next(piece)) {
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
		if (piece_is_last(piece))
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

bool pieces_lack(const struct pieces *pieces, unsigned int shard)
{
	struct piece *piece = pieces->root;

	for (; piece && !piece_is_last(piece); piece = piece_next(piece)) {
		const struct piece *top = piece;

		if (piece->state == PIECE_DONE)
			continue;
		while (top->level + 1 > PIECE_LEVELS)
			top = top->parent;
		if (!is_elsewhere(pieces, top, shard))
			return true;
	}
	return false;
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
	for (; piece; piece = piece_next(piece))
		progress.executions += piece->tally.executions;
	progress.estimate = estimate.all;
	progress.error = estimate.error;
	return progress;
}
