// SPDX-License-Identifier: GPL-2.0-only
#include "reading.h"

#include <assert.h>
#include <string.h>

struct node *field(const struct fields *fields, const char *name)
{
	size_t index = schema_find(fields->map, name);

	assert(index < fields->map->nr);
	return fields->value[index];
}

static const char *wanted_kind(const struct schema_key *key)
{
	if (key->as & AS_PLAIN)
		return value_type_name(key->type);
	return key->as & AS_LIST ? "a list" : "a mapping";
}

bool check_kind(struct reading *r, const struct node *key_node,
		const struct node *value, const struct schema_key *key)
{
	static const unsigned int bits[] = { AS_PLAIN, AS_LIST, AS_MAP };

	if (value->kind == NODE_SCALAR && value->plain && !value->len) {
		complain(r, key_node->pos, Q " has no value", key_node->text);
		return false;
	}
	if (key->as & bits[value->kind])
		return true;
	complain(r, value->pos, Q " wants %s, not %s", key_node->text,
		 wanted_kind(key), node_kind_name(value));
	return false;
}

static const struct node *find_key(const struct node *map, const char *name,
				   const struct node *before)
{
	struct node *key, *value;

	node_for_each_pair(key, value, map) {
		if (key == before)
			return NULL;
		if (!strcmp(key->text, name))
			return key;
	}
	return NULL;
}

static bool is_duplicate(struct reading *r, const struct node *map,
			 const struct node *key)
{
	const struct node *first = find_key(map, key->text, key);

	if (!first)
		return false;
	complain(r, key->pos, Q " is given twice", key->text);
	diag_note(r->diags, first->pos, "it was first given here");
	return true;
}

bool check_duplicates(struct reading *r, const struct node *node)
{
	struct node *key, *value;
	bool ok = true;

	node_for_each_pair(key, value, node)
		ok &= !is_duplicate(r, node, key);
	return ok;
}

/*
 * A key that seems to be a misspelt one counts as that one, with no value:
 * that it is missing is no second error.
 */
static void report_unknown(struct reading *r, const struct node *node,
			   struct node *key, struct fields *fields)
{
	const struct schema_map *map = fields->map;
	struct suggestion suggestion;

	suggest_init(&suggestion, key->text, key->len);
	for (size_t i = 0; i < map->nr; i++)
		suggest_offer(&suggestion, map->keys[i].name);
	if (!suggestion.best) {
		complain(r, key->pos, "unknown key " Q " in %s", key->text,
			 map->what);
		return;
	}
	complain(r, key->pos, "unknown key " Q "; did you mean '%s'?",
		 key->text, suggestion.best);
	if (!find_key(node, suggestion.best, NULL))
		fields->key[schema_find(map, suggestion.best)] = key;
}

/* Keys come as the table has them; the user's own names before these. */
static bool check_sequence(struct reading *r, const struct schema_map *map,
			   const struct node *node)
{
	const struct node *latest = NULL;
	struct node *key, *value;
	size_t rank = 0;

	node_for_each_pair(key, value, node) {
		size_t index = schema_find(map, key->text);
		size_t own = index < map->nr ? index + 1 : 0;

		if (index == map->nr && !map->names)
			continue;
		/* A second one is an error already. */
		if (find_key(node, key->text, key))
			continue;
		if (latest && own < rank) {
			if (map->any_order)
				continue;
			complain(r, key->pos, Q " must stand before " Q,
				 key->text, latest->text);
			return false;
		}
		latest = key;
		rank = own;
	}
	return true;
}

static bool is_missing(const struct fields *fields, size_t index)
{
	return fields->map->keys[index].required && !fields->key[index];
}

static bool check_required(struct reading *r, const struct node *node,
			   const struct fields *fields)
{
	const struct schema_map *map = fields->map;
	size_t total = 0, nr = 0, len = 0;
	char names[200] = "";

	for (size_t i = 0; i < map->nr; i++)
		total += is_missing(fields, i);
	if (!total)
		return true;
	for (size_t i = 0; i < map->nr && len < sizeof(names); i++) {
		if (!is_missing(fields, i))
			continue;
		len += snprintf(names + len, sizeof(names) - len, "%s'%s'",
				nr == 0		? "" :
				nr == total - 1 ? " and " :
						  ", ",
				map->keys[i].name);
		nr++;
	}
	complain(r, node->pos, "%s needs %s", map->what, names);
	return false;
}

bool read_fields(struct reading *r, const struct node *node,
		 const struct schema_map *map, struct fields *fields)
{
	struct node *key, *value;
	bool ok = true;

	*fields = (struct fields){ .map = map };
	node_for_each_pair(key, value, node) {
		size_t index = schema_find(map, key->text);

		if (is_duplicate(r, node, key)) {
			ok = false;
		} else if (index == map->nr) {
			if (map->names)
				continue;
			report_unknown(r, node, key, fields);
			ok = false;
		} else {
			fields->key[index] = key;
			if (check_kind(r, key, value, &map->keys[index]))
				fields->value[index] = value;
			else
				ok = false;
		}
	}
	ok &= check_sequence(r, map, node);
	return check_required(r, node, fields) && ok;
}

static bool check_length(struct reading *r, const struct node *list, size_t max)
{
	if (list->nr <= max)
		return true;
	complain(r, list->pos, "a list of %zu; %zu are allowed", list->nr, max);
	return false;
}

bool check_words(struct reading *r, const struct node *list, size_t max)
{
	struct node *child;
	bool ok = true;

	if (!check_length(r, list, max))
		return false;
	node_for_each(child, list) {
		if (child->kind == NODE_SCALAR && child->len)
			continue;
		if (child->kind == NODE_SCALAR)
			complain(r, child->pos, "an empty value in a list");
		else
			complain(r, child->pos,
				 "a plain value is wanted here, not %s",
				 node_kind_name(child));
		ok = false;
	}
	return ok;
}

bool check_maps(struct reading *r, const struct node *list, size_t max,
		const char *what)
{
	struct node *child;
	bool ok = true;

	if (!check_length(r, list, max))
		return false;
	node_for_each(child, list) {
		if (child->kind == NODE_MAP)
			continue;
		complain(r, child->pos, "%s is a mapping, not %s", what,
			 node_kind_name(child));
		ok = false;
	}
	return ok;
}
