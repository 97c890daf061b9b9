// SPDX-License-Identifier: GPL-2.0-only
#include "reading.h"

#include <limits.h>
#include <string.h>

/* What precedes the name of a call: not behind it, but in front of it. */
#define BEFORE "before-"

bool read_op_name(struct reading *r, const struct node *node, size_t len,
		  const struct schema_map *also, enum scenario_op *out)
{
	enum scenario_op op = scenario_op_find(node->text, len);
	int shown = len < 60 ? len : 60;
	struct suggestion suggestion;

	if (op != NR_SCENARIO_OPS) {
		*out = op;
		return true;
	}
	suggest_init(&suggestion, node->text, len);
	for (op = 0; op < NR_SCENARIO_OPS; op++)
		suggest_offer(&suggestion, scenario_op_name(op));
	for (size_t i = 0; also && i < also->nr; i++)
		suggest_offer(&suggestion, also->keys[i].name);
	if (suggestion.best)
		complain(r, node_part(node, 0, len),
			 "unknown operation '%.*s'; did you mean '%s'?", shown,
			 node->text, suggestion.best);
	else
		complain(r, node_part(node, 0, len), "unknown operation '%.*s'",
			 shown, node->text);
	return false;
}

/* Split `point#n`: the length of the point; *nth is 1 without a number. */
static bool split_nth(const char *text, size_t *len, unsigned int *nth)
{
	const char *hash = strrchr(text, '#');
	unsigned long value = 1;

	*len = strlen(text);
	if (hash) {
		*len = hash - text;
		if (!parse_number(hash + 1, strlen(hash + 1), &value))
			return false;
	}
	*nth = value;
	return value >= 1 && value <= MAX_NTH;
}

static void report_point(struct reading *r, const struct node *node,
			 enum scenario_op op, size_t offset, size_t len)
{
	const struct point_table table = points_of(op);
	const char *name = node->text + offset;
	struct pos pos = node_part(node, offset, len);
	struct suggestion suggestion;
	int shown = len < 60 ? len : 60;

	suggest_init(&suggestion, name, len);
	for (size_t i = 0; i < table.nr; i++)
		suggest_offer(&suggestion, table.rules[i].point);
	suggest_offer(&suggestion, "begin");
	suggest_offer(&suggestion, "end");
	if (!suggestion.best)
		for (unsigned int call = 0; call < NR_SHIM_CALLS; call++)
			suggest_offer(&suggestion, shim_call_name(call));
	if (suggestion.best)
		complain(r, pos, "%s has no point '%.*s'; did you mean '%s'?",
			 scenario_op_name(op), shown, name, suggestion.best);
	else
		complain(r, pos, "%s has no point '%.*s'", scenario_op_name(op),
			 shown, name);
}

/* How often an operation can pass a named point. */
static unsigned int most_passes(enum scenario_op op, const char *name)
{
	const struct point_table table = points_of(op);
	unsigned int nr = 0;

	for (size_t i = 0; i < table.nr; i++) {
		if (strcmp(table.rules[i].point, name))
			continue;
		if (table.rules[i].repeated)
			return UINT_MAX;
		nr++;
	}
	/* Else it is the beginning or the end. */
	return nr ? nr : 1;
}

/* A named point, or a shim call with or without its object. */
static bool check_point(struct reading *r, const struct node *node,
			size_t offset, size_t len, struct point_ref *point)
{
	const char *open = strchr(point->name, '(');
	size_t call_len = open ? (size_t)(open - point->name) : len;

	if (!point->before && !open && point_exists(point->op, point->name)) {
		if (point->nth <= most_passes(point->op, point->name))
			return true;
		complain(r, node_part(node, offset, node->len - offset),
			 "%s passes '%s' only once",
			 scenario_op_name(point->op), point->name);
		return false;
	}
	point->raw = true;
	if (shim_call_find(point->name, call_len) == NR_SHIM_CALLS) {
		report_point(r, node, point->op, offset, call_len);
		return false;
	}
	if (open &&
	    (point->name[len - 1] != ')' || !open[1] || open[1] == ')')) {
		complain(r, node_part(node, offset, len),
			 Q " is not a call such as spin_lock(kvm->gpc_lock)",
			 point->name);
		return false;
	}
	return true;
}

bool read_point(struct reading *r, const struct node *node,
		struct point_ref *out)
{
	struct point_ref point = { .pos = node->pos };
	const char *slash = strchr(node->text, '/');
	size_t offset, len;

	if (!slash) {
		complain(r, node->pos,
			 Q " is not a point such as gpc.refresh/resolved",
			 node->text);
		return false;
	}
	offset = slash - node->text + 1;
	if (!read_op_name(r, node, offset - 1, NULL, &point.op))
		return false;
	if (!split_nth(node->text + offset, &len, &point.nth)) {
		complain(r,
			 node_part(node, offset + len,
				   node->len - offset - len),
			 "a number from 1 to %d is wanted behind '#'", MAX_NTH);
		return false;
	}
	if (len > strlen(BEFORE) &&
	    !strncmp(node->text + offset, BEFORE, strlen(BEFORE))) {
		point.before = true;
		offset += strlen(BEFORE);
		len -= strlen(BEFORE);
	}
	point.name = obstack_copy0(r->mem, node->text + offset, len);
	if (!check_point(r, node, offset, len, &point))
		return false;
	*out = point;
	return true;
}
