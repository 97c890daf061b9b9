// SPDX-License-Identifier: GPL-2.0-only
#include "reading.h"

#include <string.h>

static struct node *find_value(const struct node *map, const char *name)
{
	struct node *key, *value;

	if (map->kind != NODE_MAP)
		return NULL;
	node_for_each_pair(key, value, map)
		if (!strcmp(key->text, name))
			return value;
	return NULL;
}

/* The step's errors are reported when it is read. */
static unsigned long peek_number(const struct node *map, const char *name,
				 unsigned long max)
{
	const struct node *node = find_value(map, name);
	unsigned long value;

	if (!node || node->kind != NODE_SCALAR ||
	    !parse_number(node->text, node->len, &value) || value > max)
		return 0;
	return value;
}

static bool can_declare(struct reading *r, const struct node *name, size_t nr,
			size_t max, bool for_slot)
{
	bool lost = r->lost_vm;
	char *text;

	r->lost_vm = true;
	if (!read_name(r, name, &text) || !name_is_free(r, name, for_slot))
		return false;
	r->lost_vm = lost || nr >= max;
	if (nr >= max)
		complain(r, name->pos, "more than %zu objects of a kind", max);
	return nr < max;
}

/*
 * An attempt that is to fail makes the name known, and leaves it to the step
 * that makes the file.
 */
static void declare_gmem(struct reading *r, const struct node *name,
			 const struct node *args)
{
	struct scenario *s = r->s;
	int index = find_gmem(s, name->text, name->len);
	bool fails = r->declaring_failure;

	if (index != SCN_NONE && (fails || !s->gmem[index].attempted))
		return;
	if (index == SCN_NONE) {
		if (!can_declare(r, name, s->nr_gmem, SCN_MAX_GMEM, false))
			return;
		index = s->nr_gmem++;
	}
	s->gmem[index] = (struct gmem_desc){
		.name = (char *)name->text,
		.pages = peek_number(args, "pages", MAX_OBJECT_PAGES),
		.created_later = true,
		.attempted = fails,
		.pos = name->pos,
	};
}

static void declare_slot(struct reading *r, const struct node *name,
			 const struct node *args)
{
	struct scenario *s = r->s;

	if (find_slot(s, name->text, name->len) != SCN_NONE ||
	    !can_declare(r, name, s->nr_slot, SCN_MAX_SLOTS, true))
		return;
	s->slot[s->nr_slot++] = (struct slot_desc){
		.name = (char *)name->text,
		.gpa = peek_number(args, "gpa", MAX_ADDRESS),
		.pages = peek_number(args, "pages", MAX_OBJECT_PAGES),
		.gmem = SCN_NONE,
		.created_later = true,
		.pos = name->pos,
	};
}

static void declare_region(struct reading *r, const struct node *name,
			   const struct node *args)
{
	struct scenario *s = r->s;

	if (find_region(s, name->text, name->len) != SCN_NONE ||
	    !can_declare(r, name, s->nr_region, SCN_MAX_REGIONS, false))
		return;
	s->region[s->nr_region++] = (struct region_desc){
		.name = (char *)name->text,
		.hva = peek_number(args, "hva", MAX_USER_ADDRESS),
		.pages = peek_number(args, "pages", MAX_OBJECT_PAGES),
		.gmem = SCN_NONE,
		.created_later = true,
		.pos = name->pos,
	};
}

void declare_created(struct reading *r, const struct node *steps)
{
	static const struct {
		const char *op, *key;
		void (*declare)(struct reading *r, const struct node *name,
				const struct node *args);
	} creators[] = {
		{ "gmem.create", "gmem", declare_gmem },
		{ "slot.create", "slot", declare_slot },
		{ "mm.mmap", "region", declare_region },
	};
	struct node *step;

	if (!steps || steps->kind != NODE_LIST)
		return;
	node_for_each(step, steps) {
		const struct node *ret = find_value(step, "ret");

		r->declaring_failure = ret && ret->text[0] == '-';
		for (size_t i = 0; i < 3; i++) {
			struct node *args = find_value(step, creators[i].op);
			struct node *name = args ? find_value(args,
							      creators[i].key) :
						   NULL;

			if (name && name->kind == NODE_SCALAR && name->len)
				creators[i].declare(r, name, args);
		}
	}
}

static const struct step *step_with_id(const struct scenario *s, const char *id)
{
	for (size_t i = 0; i < s->nr_setup; i++)
		if (s->setup[i].id && !strcmp(s->setup[i].id, id))
			return &s->setup[i];
	for (size_t t = 0; t < s->nr_task; t++)
		for (size_t i = 0; i < s->task[t].nr_steps; i++) {
			const struct step *step = &s->task[t].steps[i];

			if (step->id && !strcmp(step->id, id))
				return step;
		}
	return NULL;
}

static bool read_id(struct reading *r, const struct node *node,
		    struct step *step)
{
	const struct step *first;
	char *id;

	if (!read_name(r, node, &id))
		return false;
	if (schema_find(&schema_expect, id) < schema_expect.nr) {
		complain(r, node->pos, Q " is a key of 'expect'", id);
		return false;
	}
	first = step_with_id(r->s, id);
	if (first) {
		complain(r, node->pos, "a second step with the id " Q, id);
		diag_note(r->diags, first->pos, "the first one is here");
		return false;
	}
	step->id = id;
	return true;
}

bool read_outcome_fields(struct reading *r, const struct fields *fields,
			 const struct step *step, struct outcome *out)
{
	struct node *ret = field(fields, "ret"), *sees = field(fields, "sees");
	bool ok = true;

	if (ret) {
		out->ret_pos = ret->pos;
		out->has_ret = read_ret(r, ret, &out->ret);
		ok &= out->has_ret;
	}
	if (!sees || step->op == NR_SCENARIO_OPS)
		return ok;
	if (!schema_op(step->op)->reads) {
		complain(r, sees->pos, "%s reads nothing: no 'sees'",
			 scenario_op_name(step->op));
		return false;
	}
	if (!read_bytes(r, sees, &out->sees))
		return false;
	if (step->args.len && out->sees.len > step->args.len) {
		complain(r, sees->pos, "%zu bytes, but the step reads %lu",
			 out->sees.len, step->args.len);
		return false;
	}
	out->has_sees = true;
	out->sees_pos = sees->pos;
	return ok;
}

static bool find_operation(struct reading *r, const struct node *node,
			   struct node **op_key, struct node **op_value)
{
	struct node *key, *value;

	*op_key = NULL;
	node_for_each_pair(key, value, node) {
		if (schema_find(&schema_step, key->text) < schema_step.nr)
			continue;
		if (!*op_key) {
			*op_key = key;
			*op_value = value;
			continue;
		}
		/* A misspelt key is no second operation. */
		if (scenario_op_find(key->text, key->len) == NR_SCENARIO_OPS) {
			enum scenario_op op;

			read_op_name(r, key, key->len, &schema_step, &op);
			return false;
		}
		complain(r, key->pos,
			 "a step has one operation; " Q " is a second one",
			 key->text);
		return false;
	}
	if (!*op_key)
		complain(r, node->pos, "a step needs an operation");
	return *op_key;
}

static bool read_repeat(struct reading *r, const struct node *node,
			struct step *step)
{
	if (node->kind != NODE_SCALAR || strcmp(node->text, "endless"))
		return read_number(r, node, 1, MAX_REPEAT, &step->repeat);
	step->repeat = STEP_ENDLESS;
	return true;
}

static bool read_step(struct reading *r, const struct node *node,
		      struct step *step)
{
	struct node *key, *value = NULL, *child;
	struct fields fields, only_ret;
	bool ok = read_fields(r, node, &schema_step, &fields);

	child = field(&fields, "id");
	if (child)
		ok &= read_id(r, child, step);
	child = field(&fields, "repeat");
	if (child)
		ok &= read_repeat(r, child, step);
	child = field(&fields, "fail");
	if (child)
		ok &= read_fault(r, child, &step->fail);
	if (!find_operation(r, node, &key, &value) ||
	    !read_op_name(r, key, key->len, &schema_step, &step->op))
		return false;
	step->pos = key->pos;
	step->want.pos = key->pos;
	/* What it should return decides what its arguments may be. */
	only_ret = fields;
	only_ret.value[schema_find(&schema_step, "sees")] = NULL;
	ok &= read_outcome_fields(r, &only_ret, step, &step->want);
	ok &= read_step_args(r, key, value, step);
	fields.value[schema_find(&schema_step, "ret")] = NULL;
	ok &= read_outcome_fields(r, &fields, step, &step->want);
	return ok;
}

/* Steps that are in error keep their place, so that indices match nodes. */
static bool read_steps(struct reading *r, const struct node *list,
		       struct step **out, size_t *nr)
{
	struct step *steps;
	struct node *child;
	bool ok = check_maps(r, list, MAX_STEPS, "a step");

	r->lost_steps |= !ok;
	if (list->nr > MAX_STEPS)
		return false;
	steps = tree_alloc(r->mem, (list->nr + 1) * sizeof(*steps));
	*out = steps;
	node_for_each(child, list) {
		struct step *step = &steps[*nr];

		step->op = NR_SCENARIO_OPS;
		step->pos = child->pos;
		step->args.cache = step->args.gmem = SCN_NONE;
		step->args.slot = step->args.region = SCN_NONE;
		step->when_task = SCN_NONE;
		step->repeat = 1;
		++*nr;
		if (child->kind == NODE_MAP)
			ok &= read_step(r, child, step);
	}
	return ok;
}

void read_setup(struct reading *r, struct node *node)
{
	if (!node)
		return;
	r->setup_node = node;
	read_steps(r, node, &r->s->setup, &r->s->nr_setup);
	for (size_t i = 0; i < r->s->nr_setup; i++)
		if (r->s->setup[i].repeat != 1)
			complain(r, r->s->setup[i].pos,
				 "a step of 'setup' has no 'repeat'");
}

/* What goes on as long as others do needs others. */
static void check_endless(struct reading *r, const struct node *node)
{
	struct scenario *s = r->s;
	bool all = s->nr_task;

	for (size_t t = 0; t < s->nr_task; t++) {
		struct task_desc *task = &s->task[t];

		for (size_t i = 0; i < task->nr_steps; i++)
			task->endless |= task->steps[i].repeat == STEP_ENDLESS;
		all &= task->endless;
	}
	if (all)
		complain(r, node->pos,
			 "every task has an endless step: none would end");
}

void read_tasks(struct reading *r, struct node *node)
{
	struct scenario *s = r->s;
	struct node *key, *value;
	char *name;

	if (!node->nr)
		complain(r, node->pos, "'tasks' has no task");
	check_duplicates(r, node);
	node_for_each_pair(key, value, node) {
		struct task_desc *task = &s->task[s->nr_task];
		size_t index = s->nr_task;

		if (find_task(s, key->text, key->len) != SCN_NONE ||
		    !read_name(r, key, &name))
			continue;
		if (!strcmp(name, "again"))
			complain(r, key->pos,
				 "no task can be called 'again': it is a word "
				 "of 'order'");
		if (index == SCN_MAX_TASKS) {
			complain(r, key->pos, "more than %d tasks",
				 SCN_MAX_TASKS);
			r->lost_tasks = r->lost_steps = true;
			return;
		}
		s->nr_task++;
		task->name = name;
		task->pos = key->pos;
		r->broken[index] = true;
		if (!check_kind(r, key, value, schema_tasks.named)) {
			r->lost_steps = true;
			continue;
		}
		r->task_node[index] = value;
		r->broken[index] = !read_steps(r, value, &task->steps,
					       &task->nr_steps);
		if (!value->nr) {
			complain(r, key->pos, "task " Q " has no step", name);
			r->broken[index] = true;
		}
	}
	check_endless(r, node);
}
