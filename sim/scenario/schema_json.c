// SPDX-License-Identifier: GPL-2.0-only
/*
 * The table as a JSON schema, for editors that check and complete YAML.  What
 * needs the whole file (names, orders) only the reader checks.
 */
#include <stdbool.h>
#include <string.h>

#include "points.h"
#include "schema.h"

struct writer {
	FILE *out;
	unsigned int depth;
	bool filled; /* the innermost object or array has an element */
};

static void put_string(FILE *out, const char *text)
{
	fputc('"', out);
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			fputc('\\', out);
		fputc(*text, out);
	}
	fputc('"', out);
}

static void start_item(struct writer *w, const char *key)
{
	fputs(w->filled ? ",\n" : w->depth ? "\n" : "", w->out);
	for (unsigned int i = 0; i < w->depth; i++)
		fputs("  ", w->out);
	w->filled = true;
	if (!key)
		return;
	put_string(w->out, key);
	fputs(": ", w->out);
}

static void open_item(struct writer *w, const char *key, char bracket)
{
	start_item(w, key);
	fputc(bracket, w->out);
	w->depth++;
	w->filled = false;
}

static void close_item(struct writer *w, char bracket)
{
	w->depth--;
	if (w->filled) {
		fputc('\n', w->out);
		for (unsigned int i = 0; i < w->depth; i++)
			fputs("  ", w->out);
	}
	fputc(bracket, w->out);
	w->filled = true;
}

static void put_text(struct writer *w, const char *key, const char *text)
{
	start_item(w, key);
	put_string(w->out, text);
}

static void put_raw(struct writer *w, const char *key, const char *json)
{
	start_item(w, key);
	fputs(json, w->out);
}

static void put_ref(struct writer *w, const struct schema_map *map)
{
	char ref[80];

	snprintf(ref, sizeof(ref), "#/$defs/%s", map->id);
	put_text(w, "$ref", ref);
}

static void put_plain(struct writer *w, enum value_type type)
{
	const char *pattern = value_type_pattern(type), *word;

	switch (type) {
	case VALUE_BOOL:
		put_text(w, "type", "boolean");
		return;
	case VALUE_NULL:
		put_text(w, "type", "null");
		return;
	case VALUE_VERSION:
		put_raw(w, "const", "1");
		return;
	default:
		break;
	}
	if (value_type_word(type, 0)) {
		open_item(w, "enum", '[');
		for (size_t i = 0; (word = value_type_word(type, i)); i++)
			put_text(w, NULL, word);
		close_item(w, ']');
		return;
	}
	/* `12` and `0x0c` are integers for YAML, `1..` is a string. */
	put_raw(w, "type", "[\"string\", \"integer\"]");
	if (pattern)
		put_text(w, "pattern", pattern);
}

/* The forms of a value; @alone: whether there is only one. */
static void put_form(struct writer *w, const struct schema_key *key,
		     unsigned int form, bool alone)
{
	if (!alone)
		open_item(w, NULL, '{');
	if (form == AS_PLAIN) {
		put_plain(w, key->type);
	} else if (form == AS_LIST) {
		put_text(w, "type", "array");
		open_item(w, "items", '{');
		if (key->map)
			put_ref(w, key->map);
		else
			put_plain(w, key->type);
		close_item(w, '}');
	} else {
		put_ref(w, key->map);
	}
	if (!alone)
		close_item(w, '}');
}

static void put_forms(struct writer *w, const struct schema_key *key,
		      const struct schema_map *other)
{
	bool alone = !other && !(key->as & (key->as - 1));

	if (key->doc)
		put_text(w, "description", key->doc);
	if (!alone)
		open_item(w, "anyOf", '[');
	for (unsigned int form = AS_PLAIN; form <= AS_MAP; form <<= 1)
		if (key->as & form)
			put_form(w, key, form, alone);
	if (other) {
		open_item(w, NULL, '{');
		put_ref(w, other);
		close_item(w, '}');
	}
	if (!alone)
		close_item(w, ']');
}

static void put_required(struct writer *w, const struct schema_map *map)
{
	open_item(w, "required", '[');
	for (size_t i = 0; i < map->nr; i++)
		if (map->keys[i].required)
			put_text(w, NULL, map->keys[i].name);
	close_item(w, ']');
}

static void put_operation(struct writer *w, enum scenario_op op)
{
	const struct schema_op *desc = schema_op(op);
	const struct schema_key *first = &desc->args.keys[0];
	struct schema_key key = {
		.as = desc->only_alone ? AS_PLAIN :
		      desc->alone      ? AS_PLAIN | AS_MAP :
					 AS_MAP,
		.type = first->type,
		.map = &desc->args,
		.doc = desc->doc,
	};

	open_item(w, desc->args.id, '{');
	put_forms(w, &key, NULL);
	close_item(w, '}');
}

/* Exactly one operation. */
static void put_choice(struct writer *w)
{
	open_item(w, "oneOf", '[');
	for (unsigned int op = 0; op < NR_SCENARIO_OPS; op++) {
		open_item(w, NULL, '{');
		open_item(w, "required", '[');
		put_text(w, NULL, scenario_op_name(op));
		close_item(w, ']');
		close_item(w, '}');
	}
	close_item(w, ']');
}

/* At least one of the keys that tell which kernels are meant. */
static void put_kernel_choice(struct writer *w)
{
	static const char *const keys[] = { "kernel", "has", "lacks" };

	open_item(w, "anyOf", '[');
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		open_item(w, NULL, '{');
		open_item(w, "required", '[');
		put_text(w, NULL, keys[i]);
		close_item(w, ']');
		close_item(w, '}');
	}
	close_item(w, ']');
}

static void put_map(struct writer *w, const struct schema_map *map)
{
	bool is_step = map == &schema_step;

	open_item(w, map->id, '{');
	put_text(w, "type", "object");
	open_item(w, "properties", '{');
	if (is_step)
		for (unsigned int op = 0; op < NR_SCENARIO_OPS; op++)
			put_operation(w, op);
	for (size_t i = 0; i < map->nr; i++) {
		open_item(w, map->keys[i].name, '{');
		put_forms(w, &map->keys[i], NULL);
		close_item(w, '}');
	}
	close_item(w, '}');
	put_required(w, map);
	if (map->names && !is_step) {
		open_item(w, "additionalProperties", '{');
		put_forms(w, map->named,
			  map->named->map == &schema_outcome ? &schema_gpc :
							       NULL);
		close_item(w, '}');
	} else {
		put_raw(w, "additionalProperties", "false");
	}
	if (is_step)
		put_choice(w);
	if (map == &schema_xfail)
		put_kernel_choice(w);
	if (map == &schema_order_line || map == &schema_when)
		put_raw(w, "maxProperties", "1");
	close_item(w, '}');
}

void schema_print_json(FILE *out)
{
	struct writer w = { .out = out };

	open_item(&w, NULL, '{');
	put_text(&w, "$schema", "https://json-schema.org/draft/2020-12/schema");
	put_text(&w, "title", "pfnsim scenario");
	put_ref(&w, &schema_top);
	open_item(&w, "$defs", '{');
	for (size_t i = 0; schema_maps[i]; i++)
		put_map(&w, schema_maps[i]);
	for (unsigned int op = 0; op < NR_SCENARIO_OPS; op++)
		if (!schema_op(op)->only_alone)
			put_map(&w, &schema_op(op)->args);
	close_item(&w, '}');
	close_item(&w, '}');
	fputc('\n', out);
}
