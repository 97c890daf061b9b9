// SPDX-License-Identifier: GPL-2.0-only
/*
 * Files that were cut or changed at random: whatever they hold, reading them
 * ends, and ends with a scenario or with messages.
 */
#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"

#define FLIPS 1500

static const char *const examples[] = {
	"scenarios/punch-hole-vs-refresh.yaml",
	"scenarios/private-to-shared-vs-activate.yaml",
	"scenarios/memslot-recreate-other-gmem.yaml",
};
#define NR_EXAMPLES (sizeof(examples) / sizeof(examples[0]))

static void survives(const char *text, size_t len)
{
	struct scenario *s;
	struct diags diags;
	char *messages;

	diags_init(&diags);
	s = scenario_read_text("damaged.yaml", text, len, &diags);
	cr_assert_eq(!s, diags.nr_errors > 0,
		     "an error and a scenario, or neither");
	scenario_destroy(s);
	diags_deinit(&diags);
	messages = messages_of_text("damaged.yaml", text, len);
	free(messages);
}

Test(reader, survives_truncation)
{
	for (size_t i = 0; i < NR_EXAMPLES; i++) {
		size_t len;
		char *text = contents_of(examples[i], &len);

		cr_assert_not_null(text);
		for (size_t cut = 0; cut < len; cut++)
			survives(text, cut);
		free(text);
	}
}

/* Knuth's MMIX generator: the same damage in every run. */
static uint32_t next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return *state >> 33;
}

Test(reader, survives_flipped_bits)
{
	uint64_t state = 1;

	for (size_t i = 0; i < NR_EXAMPLES; i++) {
		size_t len;
		char *text = contents_of(examples[i], &len);

		for (size_t n = 0; n < FLIPS; n++) {
			size_t at = next_random(&state) % len;
			char old = text[at];

			text[at] ^= 1 << next_random(&state) % 8;
			survives(text, len);
			text[at] = old;
		}
		free(text);
	}
}

/* Characters that mean something to YAML do more damage than others. */
Test(reader, survives_inserted_syntax)
{
	static const char syntax[] = "[]{},:-#&*!|>'\"%@`?\n\t 0/.";
	uint64_t state = 2;

	for (size_t i = 0; i < NR_EXAMPLES; i++) {
		size_t len;
		char *text = contents_of(examples[i], &len);

		for (size_t n = 0; n < FLIPS; n++) {
			size_t at = next_random(&state) % len;
			char old = text[at];

			text[at] = syntax[next_random(&state) %
					  (sizeof(syntax) - 1)];
			survives(text, len);
			text[at] = old;
		}
		free(text);
	}
}

Test(reader, survives_noise)
{
	uint64_t state = 3;
	char text[512];

	for (size_t n = 0; n < 500; n++) {
		for (size_t i = 0; i < sizeof(text); i++)
			text[i] = next_random(&state) >> 8;
		survives(text, sizeof(text));
		/* Printable noise comes further. */
		for (size_t i = 0; i < sizeof(text); i++)
			text[i] = ' ' + (unsigned char)text[i] % 95;
		survives(text, sizeof(text));
	}
}
