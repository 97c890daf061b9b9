// SPDX-License-Identifier: GPL-2.0-only
#include "reading.h"

#include <string.h>

static bool read_one_until(struct reading *r, const struct node *node,
			   struct until *out)
{
	struct until until = { .kind = UNTIL_POINT, .pos = node->pos };
	struct suggestion suggestion;

	if (!strcmp(node->text, "blocked")) {
		until.kind = UNTIL_BLOCKED;
	} else if (!strcmp(node->text, "end")) {
		until.kind = UNTIL_END;
	} else if (strchr(node->text, '/')) {
		if (!read_point(r, node, &until.point))
			return false;
	} else {
		suggest_init(&suggestion, node->text, node->len);
		suggest_offer(&suggestion, "blocked");
		suggest_offer(&suggestion, "end");
		if (suggestion.best)
			complain(r, node->pos,
				 Q " is not a point, 'blocked' "
				   "or 'end'; did you mean '%s'?",
				 node->text, suggestion.best);
		else
			complain(r, node->pos,
				 Q " is not a point, 'blocked' or 'end'",
				 node->text);
		return false;
	}
	*out = until;
	return true;
}

bool read_until(struct reading *r, const struct node *node,
		struct order_line *line)
{
	struct node *child;
	bool ok = true;

	if (node->kind == NODE_SCALAR) {
		line->until = tree_alloc(r->mem, sizeof(*line->until));
		line->nr_until = 1;
		return read_one_until(r, node, line->until);
	}
	if (!check_words(r, node, MAX_UNTILS))
		return false;
	if (!node->nr) {
		complain(r, node->pos, "an empty list of points");
		return false;
	}
	line->until = tree_alloc(r->mem, node->nr * sizeof(*line->until));
	node_for_each(child, node)
		if (read_one_until(r, child, &line->until[line->nr_until]))
			line->nr_until++;
		else
			ok = false;
	return ok;
}

bool read_again(struct reading *r, const struct node *node, size_t lines,
		struct order_line *line)
{
	if (lines)
		return read_number(r, node, 1, lines, &line->again);
	complain(r, node->pos, "no line stands before 'again'");
	return false;
}

static bool read_line_of_order(struct reading *r, const struct node *node,
			       size_t lines, struct order_line *line)
{
	struct node *key, *value;
	bool ok;

	if (node->nr != 1) {
		complain(r, node->pos,
			 "a line of 'order' is one 'task: until'");
		return false;
	}
	key = node_first(node);
	value = node_next(node, key);
	line->pos = key->pos;
	if (!strcmp(key->text, "again"))
		return check_kind(r, key, value, schema_order_line.keys) &&
		       read_again(r, value, lines, line);
	ok = read_task_name(r, key, &line->task);
	return check_kind(r, key, value, schema_order_line.named) &&
	       read_until(r, value, line) && ok;
}

void read_order(struct reading *r, const struct node *list,
		struct case_desc *desc)
{
	struct pos last = list->pos;
	bool ok = check_maps(r, list, MAX_ORDER_LINES, "a line of 'order'");
	struct node *child;

	if (list->nr > MAX_ORDER_LINES)
		return;
	if (!list->nr) {
		complain(r, list->pos, "'order' has no line");
		return;
	}
	desc->order = tree_alloc(r->mem, list->nr * sizeof(*desc->order));
	node_for_each(child, list) {
		struct order_line *line = &desc->order[desc->nr_order];

		*line = (struct order_line){ .pos = child->pos };
		if (child->kind == NODE_MAP &&
		    read_line_of_order(r, child, desc->nr_order, line))
			desc->nr_order++;
		else
			ok = false;
		last = line->pos;
	}
	check_order(r, last, desc, ok);
}
