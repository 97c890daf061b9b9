// SPDX-License-Identifier: GPL-2.0-only
#include "order.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine.h"
#include "points.h"

static void *must(void *memory)
{
	if (!memory)
		abort();
	return memory;
}

static int find_point(const struct op_points *points, const char *name)
{
	for (unsigned int i = 0; i < points->nr_points; i++)
		if (!strcmp(points->points[i], name))
			return i;
	return -1;
}

static char *keep_obj(struct order *order, const char *text, size_t len)
{
	char *obj = must(strndup(text, len));

	order->objs = must(
		realloc(order->objs, (order->nr_objs + 1) * sizeof(char *)));
	order->objs[order->nr_objs++] = obj;
	return obj;
}

/* "spin_lock(kvm->gpc_lock)" or "cond_resched". */
static void raw_target(struct order *order, struct replay_target *target,
		       const char *name)
{
	size_t len = strcspn(name, "(");

	target->kind = REPLAY_CALL;
	target->call = shim_call_find(name, len);
	if (name[len] == '(') {
		const char *obj = name + len + 1;
		size_t obj_len = strlen(obj);

		if (obj_len && obj[obj_len - 1] == ')')
			obj_len--;
		if (obj_len)
			target->obj = keep_obj(order, obj, obj_len);
	}
}

static void make_target(struct order *order, struct replay_target *target,
			const struct point_ref *point)
{
	*target = (struct replay_target){
		.kind = REPLAY_POINT,
		.points = machine_points(point->op),
		.nth = point->nth ? point->nth : 1,
	};
	if (!point->before)
		target->point = find_point(target->points, point->name);
	if (point->before || target->point < 0)
		raw_target(order, target, point->name);
	if (point->before)
		target->kind = REPLAY_BEFORE;
}

static void case_target(struct order *order, struct replay_target *target,
			const struct until *until)
{
	switch (until->kind) {
	case UNTIL_POINT:
		make_target(order, target, &until->point);
		break;
	case UNTIL_BLOCKED:
		target->kind = REPLAY_BLOCKED;
		break;
	case UNTIL_END:
		target->kind = REPLAY_END;
		break;
	}
}

static size_t print_until(char *buf, size_t size, const struct until *until)
{
	const struct point_ref *p = &until->point;

	if (until->kind == UNTIL_BLOCKED)
		return snprintf(buf, size, "blocked");
	if (until->kind == UNTIL_END)
		return snprintf(buf, size, "end");
	if (p->nth > 1)
		return snprintf(buf, size, "%s/%s%s#%u",
				scenario_op_name(p->op),
				p->before ? "before-" : "", p->name, p->nth);
	return snprintf(buf, size, "%s/%s%s", scenario_op_name(p->op),
			p->before ? "before-" : "", p->name);
}

static char *line_text(const struct order_line *line,
		       const struct scenario *scenario, const char *colon)
{
	char buf[1024];
	size_t used;

	if (line->again) {
		snprintf(buf, sizeof(buf), "again%s%lu", colon, line->again);
		return must(strdup(buf));
	}
	used = snprintf(buf, sizeof(buf), "%s%s",
			scenario->task[line->task].name, colon);

	for (size_t i = 0; i < line->nr_until && used < sizeof(buf); i++) {
		if (i)
			used += snprintf(buf + used, sizeof(buf) - used, "|");
		if (used < sizeof(buf))
			used += print_until(buf + used, sizeof(buf) - used,
					    &line->until[i]);
	}
	return must(strdup(buf));
}

void order_make(struct order *order, const struct order_line *lines, size_t nr,
		const struct scenario *scenario)
{
	*order = (struct order){ .nr_lines = nr };
	order->lines = must(calloc(nr + 1, sizeof(*order->lines)));
	order->texts = must(calloc(nr + 1, sizeof(char *)));
	for (size_t i = 0; i < nr; i++) {
		const struct order_line *from = &lines[i];
		struct replay_line *to = &order->lines[i];

		to->task = from->task;
		to->again = from->again;
		to->nr_targets = from->nr_until;
		to->targets = must(
			calloc(from->nr_until + 1, sizeof(*to->targets)));
		order->texts[i] = line_text(from, scenario, ": ");
		for (size_t j = 0; j < from->nr_until; j++)
			case_target(order, &to->targets[j], &from->until[j]);
	}
}

char *order_text(const struct order_line *lines, size_t nr,
		 const struct scenario *scenario)
{
	char *text = must(strdup(""));

	for (size_t i = 0; i < nr; i++) {
		char *line = line_text(&lines[i], scenario, ":");
		char *longer = must(malloc(strlen(text) + strlen(line) + 2));

		sprintf(longer, "%s%s%s", text, i ? " " : "", line);
		free(line);
		free(text);
		text = longer;
	}
	return text;
}

void order_deinit(struct order *order)
{
	for (unsigned int i = 0; i < order->nr_lines; i++) {
		free(order->lines[i].targets);
		free(order->texts[i]);
	}
	for (unsigned int i = 0; i < order->nr_objs; i++)
		free(order->objs[i]);
	free(order->objs);
	free(order->lines);
	free(order->texts);
	*order = (struct order){ 0 };
}
