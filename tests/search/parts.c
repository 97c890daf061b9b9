// SPDX-License-Identifier: GPL-2.0-only
/* What is handed from one process to another: names of locations, and lessons. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "lessons.h"
#include "pieces.h"
#include "programs.h"
#include "world.h"

extern const char __executable_start[];

static void setup(void)
{
	programs_setup();
	cr_assert_eq(program_prepare("inc", 2, 0), 0);
	search_init(program_subject());
}

/* ---- Names --------------------------------------------------------------- */

static char *name_of(const void *addr, bool lock)
{
	uint32_t location = history_location(addr, lock), back;
	char *text = NULL;
	const char *at;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	cr_assert(out);
	place_write(location, out);
	cr_assert(!fclose(out));
	at = text;
	cr_expect_eq(place_read(&back, &at), 0, "'%s' is not read", text);
	cr_expect_eq(back, location, "'%s' is another place", text);
	cr_expect_eq(*at, '\0');
	return text;
}

/* Programs are loaded at another address each time. */
Test(names, of_the_program, .init = setup, .fini = programs_teardown)
{
	const char *addr = (const char *)&host_heap;
	size_t offset = ((uintptr_t)addr >> 3) -
			((uintptr_t)__executable_start >> 3);
	char *name = name_of(addr, false), expected[32];

	snprintf(expected, sizeof(expected), " h%zx", offset << 1);
	cr_expect_str_eq(name, expected);
	free(name);
	name = name_of(addr, true);
	snprintf(expected, sizeof(expected), " h%zx", offset << 1 | 1);
	cr_expect_str_eq(name, expected);
	free(name);
}

/* The world is at the same one. */
Test(names, of_the_world, .init = setup, .fini = programs_teardown)
{
	static const uintptr_t places[] = { WORLD_HEAP_BASE, WORLD_MEMMAP_BASE,
					    WORLD_FRAMES_BASE + 4096,
					    WORLD_STACK_BASE };
	char expected[32];

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		char *name = name_of((const void *)places[i], false);

		snprintf(expected, sizeof(expected), " w%lx",
			 places[i] >> 3 << 1);
		cr_expect_str_eq(name, expected);
		free(name);
	}
}

Test(names, that_are_none, .init = setup, .fini = programs_teardown)
{
	static const char *const damaged[] = {
		"",
		" ",
		"w",
		" x12",
		" w0",
		" w12",
		" wfffffffffffffffff",
		" h",
		" hffffffffffff",
		" i",
		" iffffffffffff",
		" r0",
	};
	uint32_t location;

	for (size_t i = 0; i < sizeof(damaged) / sizeof(damaged[0]); i++) {
		const char *at = damaged[i];

		cr_expect_lt(place_read(&location, &at), 0, "'%s' is a place",
			     damaged[i]);
	}
}

/* However many places damaged text has, they are refused and not kept. */
Test(names, too_many, .init = setup, .fini = programs_teardown)
{
	uint32_t location;
	int err = 0;

	for (unsigned long i = 0; !err && i < 2UL << 20; i++) {
		char text[32];
		const char *at = text;

		snprintf(text, sizeof(text), " w%lx",
			 (WORLD_HEAP_BASE >> 3 << 1) + i);
		err = place_read(&location, &at);
	}
	cr_expect_lt(err, 0);
}

/* What has no name is left out of lessons. */
Test(lessons, of_what_has_no_name, .init = setup, .fini = programs_teardown)
{
	char *own = malloc(64), *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	lessons_note(history_location(own, false));
	lessons_note(history_location((void *)WORLD_HEAP_BASE, false));
	lessons_write(out);
	cr_assert(!fclose(out));
	cr_expect_str_eq(text, "0 1 w80000000000 0 0 0");
	cr_expect_eq(lessons_read(text), 0);
	free(text);
	free(own);
}

/* ---- Lessons of several rounds ------------------------------------------- */

/* Words of the heap that turn out to be shared, one in each round. */
#define NR_WORDS 3

static void search_one(const struct unit *unit, uint64_t limit, FILE *out)
{
	struct tally tally = { .executions = 7 };

	(void)unit;
	(void)limit;
	for (int i = 0; i < NR_WORDS; i++) {
		const void *addr = (const char *)WORLD_HEAP_BASE + 64 * i;
		uint32_t index = history_location(addr, false);
		struct location *location = &history.locations[index];

		if (location->readers)
			continue;
		lessons_note(index);
		location->readers = 3;
		fputs("grew\nlessons ", out);
		lessons_write(out);
		fputc('\n', out);
		return;
	}
	tally_write(&tally, out);
}

static unsigned int rounds_of(struct pieces *pieces)
{
	const struct pieces_search how = {
		.jobs = 1,
		.shard = -1U,
		.search = search_one,
	};
	struct tally tally = { 0 };
	enum pieces_end end;
	unsigned int nr = 0;

	while ((end = pieces_run(pieces, &how, &tally)) == PIECES_GREW &&
	       nr < 2 * NR_WORDS) {
		tally_deinit(&tally);
		nr++;
	}
	cr_expect_eq(end, PIECES_DONE);
	cr_expect_eq(tally.executions, 7);
	tally_deinit(&tally);
	return nr;
}

/* What a later sitting is told of rounds, it need not learn again. */
Test(lessons, of_all_rounds, .init = setup, .fini = programs_teardown)
{
	struct pieces pieces, later;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	pieces_init(&pieces, 0);
	cr_expect_eq(rounds_of(&pieces), NR_WORDS);
	pieces_write(&pieces, out);
	fclose(out);
	pieces_deinit(&pieces);
	*strchr(text, '\n') = '\0';

	search_init(program_subject());
	pieces_init(&later, 0);
	cr_expect_eq(pieces_read(&later, text), 0, "'%s' is damaged", text);
	cr_expect_eq(rounds_of(&later), 0);
	pieces_deinit(&later);
	free(text);
}
