// SPDX-License-Identifier: GPL-2.0-only
#include "reading.h"

#include <string.h>

static bool has_op(const struct task_desc *task, enum scenario_op op)
{
	for (size_t i = 0; i < task->nr_steps; i++)
		if (task->steps[i].op == op)
			return true;
	return false;
}

/* The one other task that runs the operation. */
static bool find_gate_task(struct reading *r, const struct node *node, int self,
			   struct step *step)
{
	const struct scenario *s = r->s;
	const char *op = scenario_op_name(step->when.op);
	int found = SCN_NONE;
	bool maybe = false;

	for (int t = 0; t < (int)s->nr_task; t++) {
		maybe |= r->broken[t];
		if (t == self || !has_op(&s->task[t], step->when.op))
			continue;
		if (found != SCN_NONE) {
			complain(r, node->pos,
				 "%s and %s both run %s; write {%s: %.60s}",
				 s->task[found].name, s->task[t].name, op,
				 s->task[found].name, node->text);
			return false;
		}
		found = t;
	}
	if (found == SCN_NONE) {
		if (!maybe)
			complain(r, node->pos, "no other task runs %s", op);
		return false;
	}
	step->when_task = found;
	return true;
}

static bool read_named_gate(struct reading *r, const struct node *node,
			    int self, struct step *step)
{
	struct node *key = node_first(node), *value;
	int task;

	if (node->nr != 1) {
		complain(r, node->pos, "a gate names one task");
		return false;
	}
	value = node_next(node, key);
	if (!read_task_name(r, key, &task))
		return false;
	if (value->kind != NODE_SCALAR) {
		complain(r, value->pos, "'when' wants a point, not %s",
			 node_kind_name(value));
		return false;
	}
	if (!read_point(r, value, &step->when))
		return false;
	if (task == self) {
		complain(r, key->pos, "'when' waits for its own task");
		return false;
	}
	if (!has_op(&r->s->task[task], step->when.op) && !r->broken[task]) {
		complain(r, value->pos, "%s does not run %s",
			 r->s->task[task].name,
			 scenario_op_name(step->when.op));
		return false;
	}
	step->when_task = task;
	return true;
}

static void read_gate(struct reading *r, const struct node *node, int self,
		      struct step *step)
{
	if (self == SCN_NONE) {
		complain(r, node->pos, "setup runs alone: no 'when'");
		return;
	}
	if (node->kind == NODE_MAP)
		step->has_when = read_named_gate(r, node, self, step);
	else if (node->kind == NODE_SCALAR && node->len &&
		 read_point(r, node, &step->when))
		step->has_when = find_gate_task(r, node, self, step);
}

static void read_gates_of(struct reading *r, const struct node *list, int self,
			  struct step *steps, size_t nr)
{
	struct node *child, *key, *value;
	size_t i = 0;

	if (!list)
		return;
	node_for_each(child, list) {
		if (i == nr)
			return;
		if (child->kind == NODE_MAP)
			node_for_each_pair(key, value, child)
				if (!strcmp(key->text, "when"))
					read_gate(r, value, self, &steps[i]);
		i++;
	}
}

void read_gates(struct reading *r)
{
	struct scenario *s = r->s;

	read_gates_of(r, r->setup_node, SCN_NONE, s->setup, s->nr_setup);
	for (size_t t = 0; t < s->nr_task; t++)
		read_gates_of(r, r->task_node[t], t, s->task[t].steps,
			      s->task[t].nr_steps);
}
