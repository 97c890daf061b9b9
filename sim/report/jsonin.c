// SPDX-License-Identifier: GPL-2.0-only
#include "jsonin.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "suggest.h"

/* ---- Values -------------------------------------------------------------- */

static bool is_null(const struct node *node)
{
	return node->kind == NODE_SCALAR && node->plain &&
	       !strcmp(node->text, "null");
}

const char *jsonin_string(struct jsonin *json, struct node *node)
{
	if (node->kind == NODE_SCALAR && !node->plain)
		return node->text;
	if (!is_null(node))
		jsonin_wrong(json, node, "a string is needed here");
	return NULL;
}

void jsonin_number(struct jsonin *json, struct node *node, void *to,
		   size_t size)
{
	char *end;
	long value;

	errno = 0;
	value = strtol(node->text, &end, 10);
	if (node->kind != NODE_SCALAR || !node->plain || !*node->text || *end ||
	    errno)
		jsonin_wrong(json, node, "a whole number is needed here");
	else if (size == sizeof(int) && (value < 0 || value > INT_MAX))
		jsonin_wrong(json, node, "a number from 0 to %d is needed here",
			     INT_MAX);
	else if (size == sizeof(int))
		*(int *)to = value;
	else
		*(long *)to = value;
}

static void read_flag(struct jsonin *json, struct node *node, bool *to)
{
	*to = !strcmp(node->text, "true");
	if (node->kind != NODE_SCALAR || !node->plain ||
	    (!*to && strcmp(node->text, "false")))
		jsonin_wrong(json, node, "true or false is needed here");
}

static void read_word(struct jsonin *json, struct node *node,
		      const struct field *field, int *to)
{
	const char *word = jsonin_string(json, node);
	int value = word ? field->find(word) : -1;

	if (word && value < 0)
		jsonin_wrong(json, node, "no %s is called '%.40s'", field->key,
			     word);
	else if (value >= 0)
		*to = value;
}

static void read_field(struct jsonin *json, struct node *node,
		       const struct field *field, void *object)
{
	void *to = (char *)object + field->offset;

	switch (field->kind) {
	case FIELD_TEXT:
		*(const char **)to = jsonin_string(json, node);
		break;
	case FIELD_NUMBER:
		jsonin_number(json, node, to, field->size);
		break;
	case FIELD_FLAG:
		read_flag(json, node, to);
		break;
	case FIELD_WORD:
		read_word(json, node, field, to);
		break;
	case FIELD_PART:
		field->read(json, node, object);
		break;
	}
}

/* ---- Objects and lists --------------------------------------------------- */

static const struct field *find_field(struct jsonin *json, struct node *key,
				      const struct field *fields, size_t nr)
{
	struct suggestion suggestion;

	suggest_init(&suggestion, key->text, key->len);
	for (size_t i = 0; i < nr; i++) {
		if (!strcmp(fields[i].key, key->text))
			return &fields[i];
		suggest_offer(&suggestion, fields[i].key);
	}
	jsonin_wrong(json, key, "unknown key '%.40s'%s%s%s", key->text,
		     suggestion.best ? "; did you mean '" : "",
		     suggestion.best ? suggestion.best : "",
		     suggestion.best ? "'?" : "");
	return NULL;
}

void jsonin_fields(struct jsonin *json, struct node *node,
		   const struct field *fields, size_t nr, void *object)
{
	struct node *key, *value;
	unsigned long seen = 0;

	if (node->kind != NODE_MAP) {
		jsonin_wrong(json, node, "an object is needed here, not %s",
			     node_kind_name(node));
		return;
	}
	node_for_each_pair(key, value, node) {
		const struct field *field = find_field(json, key, fields, nr);

		if (!field)
			continue;
		if (seen >> (field - fields) & 1)
			jsonin_wrong(json, key, "'%s' stands here twice",
				     field->key);
		seen |= 1UL << (field - fields);
		read_field(json, value, field, object);
	}
	for (size_t i = 0; i < nr; i++)
		if (fields[i].needed && !(seen >> i & 1))
			jsonin_wrong(json, node, "'%s' is missing",
				     fields[i].key);
}

size_t jsonin_list(struct jsonin *json, struct node *node, size_t size,
		   void *array)
{
	*(void **)array = tree_alloc(json->memory, (node->nr + 1) * size);
	if (node->kind == NODE_LIST)
		return node->nr;
	jsonin_wrong(json, node, "a list is needed here, not %s",
		     node_kind_name(node));
	return 0;
}
