// SPDX-License-Identifier: GPL-2.0-only
#include "schema.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "points.h"

static char *print(void (*function)(FILE *out))
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	function(out);
	fclose(out);
	return text;
}

Test(schema, fits_the_tables_of_the_reader)
{
	for (size_t i = 0; schema_maps[i]; i++)
		cr_assert_leq(schema_maps[i]->nr, SCHEMA_MAX_KEYS);
	for (unsigned int op = 0; op < NR_SCENARIO_OPS; op++) {
		const struct schema_op *desc = schema_op(op);

		cr_assert_str_eq(desc->args.id, scenario_op_name(op));
		cr_assert_leq(desc->args.nr, SCHEMA_MAX_KEYS);
		/* The argument that stands alone is the first. */
		if (desc->alone)
			cr_assert_str_eq(desc->args.keys[0].name, desc->alone);
	}
}

/* Flags are bits by their index in the list of words. */
Test(schema, words_are_the_border_s_bits)
{
	cr_assert_str_eq(value_type_word(VALUE_GMEM_FLAG, 3), "unknown");
	cr_assert_eq(1 << 3, GMEM_UNKNOWN_FLAG);
	cr_assert_str_eq(value_type_word(VALUE_GMEM_FLAG, 2), "no-direct-map");
	cr_assert_eq(1 << 2, GMEM_NO_DIRECT_MAP);
	cr_assert_str_eq(value_type_word(VALUE_SLOT_FLAG, 0), "log-dirty");
	cr_assert_eq(1 << 0, SLOT_LOG_DIRTY);
	cr_assert_str_eq(value_type_word(VALUE_SLOT_FLAG, 1), "readonly");
	cr_assert_eq(1 << 1, SLOT_READONLY);
	cr_assert_str_eq(value_type_word(VALUE_REUSE, REUSE_LIFO), "lifo");
	cr_assert_str_eq(value_type_word(VALUE_MAPPED_BY, MAP_VMAP), "vmap");
}

/* Brackets pair outside of strings: enough to notice a slip of the writer. */
Test(schema, json_is_balanced)
{
	char *json = print(schema_print_json), open[64];
	bool in_string = false;
	size_t depth = 0;

	for (const char *c = json; *c; c++) {
		if (*c == '\\') {
			c++;
			continue;
		}
		if (*c == '"')
			in_string = !in_string;
		if (in_string)
			continue;
		if (*c == '{' || *c == '[') {
			cr_assert_lt(depth, sizeof(open));
			open[depth++] = *c;
		} else if (*c == '}' || *c == ']') {
			cr_assert_gt(depth, 0);
			cr_assert_eq(open[--depth], *c == '}' ? '{' : '[');
		}
	}
	cr_assert_eq(depth, 0);
	cr_assert_not(in_string);
	free(json);
}

Test(schema, manual_is_up_to_date)
{
	char *now = print(schema_print_markdown), *kept;
	size_t len;

	kept = contents_of("docs/scenario-reference.md", &len);
	cr_assert_not_null(kept);
	cr_assert(!strcmp(now, kept), "write docs/scenario-reference.md anew: "
				      "pfnsim schema --format=markdown");
	free(now);
	free(kept);
}
