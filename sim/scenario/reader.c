// SPDX-License-Identifier: GPL-2.0-only
#include "reader.h"

#include <obstack.h>
#include <stdlib.h>
#include <string.h>

#include "reading.h"
#include "text.h"

#define obstack_chunk_alloc text_alloc
#define obstack_chunk_free free

static struct scenario *scenario_create(void)
{
	struct scenario *s = text_alloc(sizeof(*s));

	s->memory = text_alloc(sizeof(*s->memory));
	obstack_init(s->memory);
	return s;
}

void scenario_destroy(struct scenario *s)
{
	if (!s)
		return;
	obstack_free(s->memory, NULL);
	free(s->memory);
	free(s);
}

/* A file of another version is not judged by the rules of this one. */
static bool read_version(struct reading *r, const struct node *root)
{
	struct node *key, *value;

	node_for_each_pair(key, value, root) {
		if (strcmp(key->text, "scenario"))
			continue;
		if (value->kind != NODE_SCALAR || !value->len ||
		    !strcmp(value->text, "1"))
			return true;
		complain(r, value->pos,
			 "unknown version " Q " of the format; this is 1",
			 value->text);
		return false;
	}
	return true;
}

static void read_title(struct reading *r, const struct fields *fields)
{
	struct scenario *s = r->s;
	struct node *value = field(fields, "name");

	if (value)
		read_name(r, value, &s->name);
	value = field(fields, "title");
	if (value)
		read_line(r, value, &s->title);
	value = field(fields, "about");
	if (value)
		s->about = (char *)value->text;
	value = field(fields, "refs");
	if (value)
		read_strings(r, value, VALUE_URL, &s->refs, &s->nr_refs);
	value = field(fields, "labels");
	if (value)
		read_strings(r, value, VALUE_NAME, &s->labels, &s->nr_labels);
	value = field(fields, "needs");
	if (value)
		read_words(r, value, VALUE_CAP, &s->needs);
}

static void declare_all(struct reading *r, const struct node *setup,
			const struct node *tasks)
{
	struct node *key, *value;

	declare_created(r, setup);
	if (tasks)
		node_for_each_pair(key, value, tasks)
			declare_created(r, value);
}

/* Names are known before they are used: the order is not that of the file. */
static void read_top(struct reading *r, const struct node *root)
{
	struct node *vm, *tasks, *cases, *xfail;
	struct fields fields;

	if (!read_version(r, root))
		return;
	read_fields(r, root, &schema_top, &fields);
	read_title(r, &fields);
	vm = field(&fields, "vm");
	if (vm)
		read_vm(r, vm);
	r->lost_vm |= !vm;
	tasks = field(&fields, "tasks");
	declare_all(r, field(&fields, "setup"), tasks);
	r->lost_steps |= fields.key[schema_find(&schema_top, "setup")] &&
			 !field(&fields, "setup");
	read_setup(r, field(&fields, "setup"));
	if (tasks)
		read_tasks(r, tasks);
	r->lost_tasks |= !tasks;
	r->lost_steps |= !tasks;
	read_gates(r);
	cases = field(&fields, "cases");
	r->lost_cases = !cases;
	if (cases)
		read_cases(r, cases);
	xfail = field(&fields, "xfail");
	if (xfail)
		read_xfails(r, xfail);
}

static struct scenario *read_source(struct diags *diags)
{
	struct reading r = { .diags = diags };
	struct node *root;

	r.s = scenario_create();
	r.mem = r.s->memory;
	r.s->path = obstack_copy0(r.mem, diags->file, strlen(diags->file));
	r.s->source = obstack_copy0(r.mem, diags->source, diags->source_len);
	r.s->source_len = diags->source_len;
	root = tree_parse(diags, r.mem, &tree_scenario_limits);
	if (root && root->kind != NODE_MAP)
		complain(&r, root->pos, "a scenario is a mapping, not %s",
			 node_kind_name(root));
	else if (root)
		read_top(&r, root);
	if (!diags->nr_errors)
		return r.s;
	scenario_destroy(r.s);
	return NULL;
}

struct scenario *scenario_read(const char *path, struct diags *diags)
{
	if (tree_load(path, diags, &tree_scenario_limits))
		return NULL;
	return read_source(diags);
}

struct scenario *scenario_read_text(const char *name, const char *text,
				    size_t len, struct diags *diags)
{
	diags_set_file(diags, name);
	if (len > TREE_MAX_BYTES) {
		diag_add(diags, DIAG_ERROR, (struct pos){ 0 },
			 "the file is larger than 1 MiB");
		return NULL;
	}
	tree_set_source(diags, text, len);
	return read_source(diags);
}
