// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "reader.h"
#include "reading.h"
#include "text.h"

#define TITLE_MAX 80

static const char *file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The value of a top-level key; its position is what a message needs. */
static struct node *top_value(const struct node *root, const char *name)
{
	struct node *key, *value;

	node_for_each_pair(key, value, root)
		if (!strcmp(key->text, name))
			return value;
	return NULL;
}

static void lint_names(struct reading *r, const struct node *root)
{
	const char *file = file_name(r->s->path), *name = r->s->name;
	size_t len = strlen(name);

	if (strncmp(file, name, len) || strcmp(file + len, ".yaml"))
		warn(r, top_value(root, "name")->pos,
		     "the name is " Q ", but the file is " Q, name, file);
	if (text_chars(r->s->title, strlen(r->s->title)) > TITLE_MAX)
		warn(r, top_value(root, "title")->pos,
		     "a title of more than %d characters", TITLE_MAX);
}

/* Arguments may come in any order; the manual's is the one to keep. */
static void lint_arg_order(struct reading *r, const struct node *node,
			   const struct schema_map *map)
{
	struct node *key, *value, *latest = NULL;
	size_t rank = 0;

	node_for_each_pair(key, value, node) {
		size_t index = schema_find(map, key->text);

		if (latest && index < rank) {
			warn(r, key->pos, "write " Q " before " Q, key->text,
			     latest->text);
			return;
		}
		latest = key;
		rank = index;
	}
}

static void lint_objects(struct reading *r, const struct node *objects,
			 const struct schema_map *map)
{
	struct node *key, *value;

	if (objects)
		node_for_each_pair(key, value, objects)
			lint_arg_order(r, value, map);
}

static void lint_steps(struct reading *r, const struct node *list)
{
	struct node *child, *key, *value;

	if (!list)
		return;
	node_for_each(child, list) {
		key = node_first(child);
		value = node_next(child, key);
		if (value->kind == NODE_MAP)
			lint_arg_order(r, value,
				       &schema_op(scenario_op_find(key->text,
								   key->len))
						->args);
	}
}

static void lint_args(struct reading *r, const struct node *root)
{
	const struct node *vm = top_value(root, "vm");
	struct node *key, *value;

	lint_objects(r, top_value(vm, "mm"), &schema_region);
	lint_objects(r, top_value(vm, "gmem"), &schema_gmem);
	lint_objects(r, top_value(vm, "slots"), &schema_slot);
	lint_objects(r, top_value(vm, "caches"), &schema_cache);
	lint_steps(r, top_value(root, "setup"));
	node_for_each_pair(key, value, top_value(root, "tasks"))
		lint_steps(r, value);
}

/* Whether the gate's task can come to the gate's operation. */
static bool can_pass(const struct scenario *s, const size_t *reached,
		     const struct step *step)
{
	const struct task_desc *task;

	if (!step->has_when)
		return true;
	task = &s->task[step->when_task];
	for (size_t i = 0; i < reached[step->when_task]; i++)
		if (task->steps[i].op == step->when.op)
			return true;
	return false;
}

/*
 * Let each task start as many steps as the gates allow, until none can start
 * another one.  A round that changes nothing is the last, so there are at most
 * as many rounds as steps.
 */
static void lint_gates(struct reading *r)
{
	const struct scenario *s = r->s;
	size_t reached[SCN_MAX_TASKS] = { 0 };
	bool changed = true;

	while (changed) {
		changed = false;
		for (size_t t = 0; t < s->nr_task; t++) {
			const struct task_desc *task = &s->task[t];

			while (reached[t] < task->nr_steps &&
			       can_pass(s, reached, &task->steps[reached[t]])) {
				reached[t]++;
				changed = true;
			}
		}
	}
	for (size_t t = 0; t < s->nr_task; t++) {
		const struct step *step = &s->task[t].steps[reached[t]];

		if (reached[t] < s->task[t].nr_steps)
			warn(r, step->when.pos,
			     "the gate never opens: %s "
			     "cannot come to %s",
			     s->task[step->when_task].name,
			     scenario_op_name(step->when.op));
	}
}

static bool is_empty(const struct want *want)
{
	return !want->nr_steps && !want->nr_gpcs && !want->nr_counters;
}

static void lint_cases(struct reading *r)
{
	for (size_t i = 0; i < r->s->nr_cases; i++) {
		const struct case_desc *desc = &r->s->cases[i];
		const struct expect *expect = &desc->expect;

		if (is_empty(&expect->all) && !expect->nr_always &&
		    !expect->nr_sometimes && !expect->nr_final &&
		    !expect->never)
			warn(r, desc->pos, "case '%s' expects nothing",
			     desc->name);
	}
}

static void lint_xfail_caps(struct reading *r, const struct xfail *xfail)
{
	unsigned long needs = r->s->needs;

	if (xfail->lacks & needs)
		warn(r, xfail->pos,
		     "never fits: the scenario needs '%s', which 'lacks' "
		     "excludes",
		     kernel_cap_name(__builtin_ctzl(xfail->lacks & needs)));
	if (xfail->has & needs)
		warn(r, xfail->pos,
		     "'has' need not name '%s', which the scenario needs",
		     kernel_cap_name(__builtin_ctzl(xfail->has & needs)));
}

static void lint_xfails(struct reading *r)
{
	for (size_t i = 0; i < r->s->nr_xfail; i++)
		lint_xfail_caps(r, &r->s->xfail[i]);
}

size_t scenario_lint(const struct scenario *s, struct diags *diags)
{
	size_t before = diags->nr_warnings;
	struct reading r = { .s = (struct scenario *)s, .diags = diags };
	struct node *root;

	/* The text was read without error before. */
	root = tree_parse(diags, s->memory, &tree_scenario_limits);
	if (!root)
		return 0;
	lint_names(&r, root);
	lint_args(&r, root);
	lint_xfails(&r);
	lint_gates(&r);
	lint_cases(&r);
	return diags->nr_warnings - before;
}
