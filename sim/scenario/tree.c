// SPDX-License-Identifier: GPL-2.0-only
#include "tree.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "text.h"

struct tree_parser {
	yaml_parser_t yaml;
	struct diags *diags;
	struct obstack *mem;
	struct node *stack[TREE_MAX_DEPTH];
	unsigned int depth;
	size_t nr_nodes, max_nodes;
	struct node *root;
	bool failed; /* an error after which parsing stops */
};

const struct tree_limits tree_scenario_limits = {
	.bytes = TREE_MAX_BYTES,
	.nodes = TREE_MAX_NODES,
};

void *tree_alloc(struct obstack *mem, size_t size)
{
	return memset(obstack_alloc(mem, size), 0, size);
}

const char *node_kind_name(const struct node *node)
{
	static const char *const names[] = { "a plain value", "a list",
					     "a mapping" };

	return names[node->kind];
}

struct node *node_first(const struct node *node)
{
	if (node->children.next == &node->children)
		return NULL;
	return cds_list_entry(node->children.next, struct node, sibling);
}

struct node *node_next(const struct node *node, const struct node *child)
{
	if (child->sibling.next == &node->children)
		return NULL;
	return cds_list_entry(child->sibling.next, struct node, sibling);
}

struct pos node_part(const struct node *node, size_t offset, size_t len)
{
	struct pos pos = node->pos;

	/* Only a plain value has its characters where the file has them. */
	if (!node->plain || text_chars(node->text, node->len) != pos.len)
		return pos;
	pos.col += text_chars(node->text, offset);
	pos.len = text_chars(node->text + offset, len);
	if (!pos.len)
		pos.len = 1;
	return pos;
}

static struct pos pos_between(const yaml_mark_t *start, const yaml_mark_t *end)
{
	struct pos pos = {
		.line = start->line + 1,
		.col = start->column + 1,
		.len = 1,
	};

	if (end->line == start->line && end->column > start->column)
		pos.len = end->column - start->column;
	return pos;
}

static struct pos pos_at(const yaml_mark_t *mark)
{
	return pos_between(mark, mark);
}

/* Add an error that ends the parse. */
static void give_up(struct tree_parser *parser, struct pos pos,
		    const char *text)
{
	diag_add(parser->diags, DIAG_ERROR, pos, "%s", text);
	parser->failed = true;
}

/* Say more than "found character that cannot start any token". */
static bool report_start(struct tree_parser *parser, struct pos pos)
{
	const struct diags *diags = parser->diags;
	struct text_line line = text_find_line(diags->source, diags->source_len,
					       pos.line);
	size_t at = 0;
	uint32_t c;

	for (unsigned int col = 1; col < pos.col && at < line.len; col++)
		at += text_decode(line.start + at, line.len - at, &c);
	if (at >= line.len)
		return false;
	c = (unsigned char)line.start[at];
	if (c == '\t')
		give_up(parser, pos, "a tab cannot indent; use spaces");
	else if (c && strchr("%@`", c))
		give_up(parser, pos,
			"a plain value cannot start like this; quote it");
	return parser->failed;
}

/* libyaml gives an encoding error by its byte, any other one by its mark. */
static void report_yaml_error(struct tree_parser *parser)
{
	const yaml_parser_t *yaml = &parser->yaml;
	struct diags *diags = parser->diags;
	struct pos pos, start;

	if (yaml->error == YAML_READER_ERROR) {
		pos = text_locate(diags->source, diags->source_len,
				  yaml->problem_offset);
		give_up(parser, pos, yaml->problem);
		return;
	}
	pos = pos_at(&yaml->problem_mark);
	start = pos_at(&yaml->context_mark);
	if (yaml->error == YAML_SCANNER_ERROR && report_start(parser, pos))
		return;
	give_up(parser, pos, yaml->problem ? yaml->problem : "not YAML");
	if (yaml->context && (start.line != pos.line || start.col != pos.col))
		diag_note(diags, start, "%s", yaml->context);
}

static void refuse_properties(struct tree_parser *parser, struct pos pos,
			      const yaml_char_t *anchor, const yaml_char_t *tag)
{
	pos.len = 1;
	if (anchor)
		diag_add(parser->diags, DIAG_ERROR, pos,
			 "anchors are not part of the format");
	if (tag)
		diag_add(parser->diags, DIAG_ERROR, pos,
			 "tags are not part of the format");
}

static void check_key(struct tree_parser *parser, const struct node *parent,
		      const struct node *node)
{
	if (node->kind != NODE_SCALAR)
		give_up(parser, node->pos, "a key must be a plain value");
	else if (!node->len)
		give_up(parser, node->pos, "a key is missing before ':'");
	else if (!strcmp(node->text, "<<"))
		give_up(parser, node->pos,
			"merge keys are not part of the format");
	else if (parent->nr >= TREE_MAX_KEYS)
		give_up(parser, node->pos, "more than 256 keys in one mapping");
}

/* Hang @node into the innermost open node. */
static void attach(struct tree_parser *parser, struct node *node)
{
	struct node *parent;

	CDS_INIT_LIST_HEAD(&node->children);
	if (++parser->nr_nodes > parser->max_nodes) {
		diag_add(parser->diags, DIAG_ERROR, node->pos,
			 "more than %zu values", parser->max_nodes);
		parser->failed = true;
	}
	if (!parser->depth) {
		parser->root = node;
		return;
	}
	parent = parser->stack[parser->depth - 1];
	cds_list_add_tail(&node->sibling, &parent->children);
	/* Until a mapping is closed, its len counts keys and values. */
	if (parent->kind == NODE_LIST) {
		parent->nr++;
	} else if (parent->len++ % 2 == 0) {
		check_key(parser, parent, node);
		parent->nr++;
	}
}

static void open_node(struct tree_parser *parser, enum node_kind kind,
		      const yaml_event_t *event, bool flow)
{
	struct node *node = tree_alloc(parser->mem, sizeof(*node));

	node->kind = kind;
	node->flow = flow;
	node->text = "";
	node->pos = pos_at(&event->start_mark);
	attach(parser, node);
	if (parser->failed)
		return;
	if (parser->depth == TREE_MAX_DEPTH) {
		give_up(parser, node->pos, "nested deeper than 16 levels");
		return;
	}
	parser->stack[parser->depth++] = node;
}

static void close_node(struct tree_parser *parser)
{
	parser->stack[--parser->depth]->len = 0;
}

static void add_scalar(struct tree_parser *parser, const yaml_event_t *event)
{
	struct node *node = tree_alloc(parser->mem, sizeof(*node));
	size_t len = event->data.scalar.length;
	const char *value = (const char *)event->data.scalar.value;

	node->kind = NODE_SCALAR;
	node->len = len;
	node->text = obstack_copy0(parser->mem, value, len);
	node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	node->pos = pos_between(&event->start_mark, &event->end_mark);
	if (memchr(value, 0, len))
		give_up(parser, node->pos,
			"a NUL character; write {hex: 00} for a zero byte");
	refuse_properties(parser, node->pos, event->data.scalar.anchor,
			  event->data.scalar.tag);
	attach(parser, node);
}

static void start_document(struct tree_parser *parser,
			   const yaml_event_t *event)
{
	struct pos pos = pos_between(&event->start_mark, &event->end_mark);

	if (parser->root)
		give_up(parser, pos, "a second document; a file holds one");
	else if (!event->data.document_start.implicit)
		give_up(parser, pos,
			"directives and '---' are not part of the format");
}

static void add_event(struct tree_parser *parser, const yaml_event_t *event)
{
	struct pos pos = pos_at(&event->start_mark);

	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		start_document(parser, event);
		break;
	case YAML_ALIAS_EVENT:
		give_up(parser, pos, "aliases are not part of the format");
		break;
	case YAML_SCALAR_EVENT:
		add_scalar(parser, event);
		break;
	case YAML_SEQUENCE_START_EVENT:
		refuse_properties(parser, pos,
				  event->data.sequence_start.anchor,
				  event->data.sequence_start.tag);
		open_node(parser, NODE_LIST, event,
			  event->data.sequence_start.style ==
				  YAML_FLOW_SEQUENCE_STYLE);
		break;
	case YAML_MAPPING_START_EVENT:
		refuse_properties(parser, pos, event->data.mapping_start.anchor,
				  event->data.mapping_start.tag);
		open_node(parser, NODE_MAP, event,
			  event->data.mapping_start.style ==
				  YAML_FLOW_MAPPING_STYLE);
		break;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		close_node(parser);
		break;
	default:
		break;
	}
}

static void parse_events(struct tree_parser *parser)
{
	bool at_end = false;

	/* Every event takes a part of a bounded text. */
	while (!at_end && !parser->failed) {
		yaml_event_t event;

		if (!yaml_parser_parse(&parser->yaml, &event)) {
			report_yaml_error(parser);
			return;
		}
		at_end = event.type == YAML_STREAM_END_EVENT;
		add_event(parser, &event);
		yaml_event_delete(&event);
	}
}

void tree_set_source(struct diags *diags, const char *text, size_t len)
{
	static const char mark[] = "\xef\xbb\xbf";

	if (len >= 3 && !memcmp(text, mark, 3)) {
		text += 3;
		len -= 3;
	}
	diags_set_source(diags, text, len);
}

struct node *tree_parse(struct diags *diags, struct obstack *mem,
			const struct tree_limits *limits)
{
	struct tree_parser parser = {
		.diags = diags,
		.mem = mem,
		.max_nodes = limits->nodes,
	};

	if (!yaml_parser_initialize(&parser.yaml))
		abort();
	/* Given, so that a UTF-16 byte order mark is an error. */
	yaml_parser_set_encoding(&parser.yaml, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser.yaml,
				     (const unsigned char *)diags->source,
				     diags->source_len);
	parse_events(&parser);
	yaml_parser_delete(&parser.yaml);
	if (!parser.failed && !parser.root)
		give_up(&parser, (struct pos){ 0 }, "the file is empty");
	return parser.failed ? NULL : parser.root;
}
