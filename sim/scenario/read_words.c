// SPDX-License-Identifier: GPL-2.0-only
/*
 * An order on the command line: `task:until task:until|until ...`.
 */
#include <errno.h>
#include <string.h>

#include "reader.h"
#include "reading.h"
#include "text.h"

#define BLANKS " \t\n"

/* A node for @len bytes of the order, so that messages point at them. */
static struct node node_of(struct reading *r, size_t offset, size_t len)
{
	const char *source = r->diags->source;
	struct node node = { .kind = NODE_SCALAR, .plain = true };

	node.pos = text_locate(source, r->diags->source_len, offset);
	node.text = obstack_copy0(r->mem, source + offset, len);
	node.len = len;
	node.pos.len = len ? text_chars(node.text, len) : 1;
	return node;
}

static bool read_untils(struct reading *r, size_t offset, size_t len,
			struct order_line *line)
{
	const char *text = r->diags->source + offset;
	bool ok = true;

	line->until = tree_alloc(r->mem, MAX_UNTILS * sizeof(*line->until));
	for (size_t at = 0; at <= len; at++) {
		const char *bar = memchr(text + at, '|', len - at);
		size_t part = bar ? (size_t)(bar - text) - at : len - at;
		const struct node node = node_of(r, offset + at, part);
		struct order_line one = { 0 };

		if (line->nr_until == MAX_UNTILS) {
			complain(r, node.pos, "more than %d points",
				 MAX_UNTILS);
			return false;
		}
		if (read_until(r, &node, &one))
			line->until[line->nr_until++] = one.until[0];
		else
			ok = false;
		at += part;
	}
	return ok;
}

static bool read_word_of_order(struct reading *r, size_t offset, size_t len,
			       size_t lines, struct order_line *line)
{
	const char *text = r->diags->source + offset;
	const char *colon = memchr(text, ':', len);
	size_t name = colon ? (size_t)(colon - text) : len;
	const struct node node = node_of(r, offset, name);
	bool ok;

	line->pos = node.pos;
	if (!colon || name + 1 == len) {
		complain(r, node.pos, Q " is not 'task:until'", node.text);
		return false;
	}
	if (!strcmp(node.text, "again")) {
		const struct node number = node_of(r, offset + name + 1,
						   len - name - 1);

		return read_again(r, &number, lines, line);
	}
	ok = read_task_name(r, &node, &line->task);
	return read_untils(r, offset + name + 1, len - name - 1, line) && ok;
}

int scenario_read_order(struct scenario *s, const char *text,
			struct diags *diags, struct order_line **lines,
			size_t *nr)
{
	struct reading r = { .s = s, .diags = diags, .mem = s->memory };
	size_t errors = diags->nr_errors;
	struct case_desc desc = { 0 };
	struct pos last = { .line = 1, .col = 1, .len = 1 };
	bool ok = true;

	diags_set_file(diags, "--order");
	diags_set_source(diags, text, strlen(text));
	desc.order = tree_alloc(r.mem, MAX_ORDER_LINES * sizeof(*desc.order));
	for (size_t at = strspn(text, BLANKS); text[at];
	     at += strspn(text + at, BLANKS)) {
		size_t len = strcspn(text + at, BLANKS);
		struct order_line *line = &desc.order[desc.nr_order];

		last = text_locate(text, strlen(text), at);
		if (desc.nr_order == MAX_ORDER_LINES) {
			complain(&r, last, "more than %d lines",
				 MAX_ORDER_LINES);
			return -EINVAL;
		}
		*line = (struct order_line){ 0 };
		if (read_word_of_order(&r, at, len, desc.nr_order, line))
			desc.nr_order++;
		else
			ok = false;
		at += len;
	}
	check_order(&r, last, &desc, ok);
	if (diags->nr_errors != errors)
		return -EINVAL;
	*lines = desc.order;
	*nr = desc.nr_order;
	return 0;
}
