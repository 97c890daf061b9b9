// SPDX-License-Identifier: GPL-2.0-only
#include "reading.h"

#include <limits.h>
#include <string.h>

#define MAX_RANDOM 1000000000UL

static void read_stop(struct reading *r, const struct node *node,
		      struct explore_desc *explore)
{
	struct fields fields;

	if (node && read_fields(r, node, &schema_stop, &fields))
		read_number(r, field(&fields, "seconds"), 1, 86400,
			    &explore->stop_seconds);
}

static void read_explore(struct reading *r, const struct node *node,
			 struct explore_desc *explore)
{
	struct node *preemptions, *random, *seed;
	struct fields fields;
	bool ok = read_fields(r, node, &schema_explore, &fields);

	preemptions = field(&fields, "preemptions");
	random = field(&fields, "random");
	seed = field(&fields, "seed");
	if (preemptions)
		explore->has_preemptions = read_number(r, preemptions, 0, 16,
						       &explore->preemptions);
	if (random)
		explore->has_random = read_number(r, random, 1, MAX_RANDOM,
						  &explore->random);
	read_number_if(r, seed, 0, ULONG_MAX, &explore->seed);
	read_stop(r, field(&fields, "stop"), explore);
	if (!ok)
		return;
	if (preemptions && random)
		complain(r, random->pos,
			 "'preemptions' and 'random' exclude each other");
	if (random && !seed)
		complain(r, random->pos, "'random' needs 'seed'");
	if (seed && !random)
		complain(r, seed->pos, "'seed' needs 'random'");
}

static void read_case_name(struct reading *r, const struct node *node,
			   struct case_desc *desc)
{
	const struct scenario *s = r->s;
	char *name;

	if (!node || !read_name(r, node, &name)) {
		r->lost_cases = true;
		return;
	}
	desc->pos = node->pos;
	for (size_t i = 0; i < s->nr_cases; i++) {
		if (!s->cases[i].name || strcmp(s->cases[i].name, name))
			continue;
		complain(r, node->pos, "a second case called " Q, name);
		diag_note(r->diags, s->cases[i].pos, "the first one is here");
		return;
	}
	desc->name = name;
}

static bool is_given(const struct fields *fields, const char *name)
{
	return fields->key[schema_find(fields->map, name)];
}

static void read_case(struct reading *r, const struct node *node,
		      struct case_desc *desc)
{
	struct node *order, *explore, *expect;
	struct fields fields;

	desc->pos = node->pos;
	read_fields(r, node, &schema_case, &fields);
	read_case_name(r, field(&fields, "name"), desc);
	order = field(&fields, "order");
	explore = field(&fields, "explore");
	expect = field(&fields, "expect");
	if (is_given(&fields, "order") && is_given(&fields, "explore"))
		complain(r, fields.key[schema_find(fields.map, "explore")]->pos,
			 "'order' and 'explore' exclude each other");
	else if (!is_given(&fields, "order") && !is_given(&fields, "explore"))
		complain(r, node->pos, "a case needs 'order' or 'explore'");
	desc->kind = is_given(&fields, "order") ? CASE_ORDER : CASE_EXPLORE;
	if (order)
		read_order(r, order, desc);
	if (explore)
		read_explore(r, explore, &desc->explore);
	if (expect)
		read_expect(r, expect, desc);
}

void read_cases(struct reading *r, const struct node *list)
{
	struct scenario *s = r->s;
	struct node *child;

	r->lost_cases = !check_maps(r, list, MAX_CASES, "a case");
	if (list->nr > MAX_CASES)
		return;
	if (!list->nr)
		complain(r, list->pos, "'cases' has no case");
	s->cases = tree_alloc(r->mem, (list->nr + 1) * sizeof(*s->cases));
	node_for_each(child, list) {
		if (child->kind != NODE_MAP)
			continue;
		read_case(r, child, &s->cases[s->nr_cases]);
		s->nr_cases++;
	}
}

static bool read_case_ref(struct reading *r, const struct node *node, int *out)
{
	const struct scenario *s = r->s;
	struct suggestion suggestion;

	suggest_init(&suggestion, node->text, node->len);
	for (size_t i = 0; i < s->nr_cases; i++) {
		if (!s->cases[i].name)
			continue;
		if (!strcmp(s->cases[i].name, node->text)) {
			*out = i;
			return true;
		}
		suggest_offer(&suggestion, s->cases[i].name);
	}
	if (r->lost_cases)
		return false;
	if (suggestion.best)
		complain(r, node->pos, "unknown case " Q "; did you mean '%s'?",
			 node->text, suggestion.best);
	else
		complain(r, node->pos, "unknown case " Q, node->text);
	return false;
}

static void read_case_refs(struct reading *r, const struct node *list,
			   struct xfail *xfail)
{
	struct node *child;

	if (!check_words(r, list, MAX_CASES))
		return;
	if (!list->nr)
		complain(r, list->pos,
			 "no case; leave 'cases' out to mean all of them");
	xfail->cases = tree_alloc(r->mem, (list->nr + 1) * sizeof(int));
	node_for_each(child, list)
		if (read_case_ref(r, child, &xfail->cases[xfail->nr_cases]))
			xfail->nr_cases++;
}

/* Which kernels are meant. */
static void read_kernels(struct reading *r, const struct node *node,
			 const struct fields *fields, struct xfail *xfail)
{
	struct node *kernel = field(fields, "kernel");
	struct node *has = field(fields, "has"),
		    *lacks = field(fields, "lacks");

	if (kernel)
		read_line(r, kernel, &xfail->kernel);
	if (has && read_words(r, has, VALUE_CAP, &xfail->has) && !xfail->has)
		complain(r, has->pos, "'has' names nothing");
	if (lacks && read_words(r, lacks, VALUE_CAP, &xfail->lacks) &&
	    !xfail->lacks)
		complain(r, lacks->pos, "'lacks' names nothing");
	if (xfail->has & xfail->lacks)
		complain(r, lacks->pos, "no kernel has and lacks '%s'",
			 kernel_cap_name(
				 __builtin_ctzl(xfail->has & xfail->lacks)));
	for (const char *const *name =
		     (const char *const[]){ "kernel", "has", "lacks", NULL };
	     *name; name++)
		if (fields->key[schema_find(fields->map, *name)])
			return;
	complain(r, node->pos,
		 "an expected failure needs 'kernel', 'has' or 'lacks'");
}

static void read_xfail(struct reading *r, const struct node *node,
		       struct xfail *xfail)
{
	struct fields fields;
	struct node *value;
	unsigned long fails = 0;
	char **refs;
	size_t nr;

	xfail->pos = node->pos;
	read_fields(r, node, &schema_xfail, &fields);
	read_kernels(r, node, &fields, xfail);
	value = field(&fields, "cases");
	if (value)
		read_case_refs(r, value, xfail);
	value = field(&fields, "fails");
	if (value && read_words(r, value, VALUE_FAILS, &fails) && !fails)
		complain(r, value->pos, "'fails' names nothing");
	xfail->fails = fails & ((1UL << NR_VIOLATIONS) - 1);
	xfail->fails_expectation = fails >> NR_VIOLATIONS;
	value = field(&fields, "why");
	if (value)
		read_line(r, value, &xfail->why);
	value = field(&fields, "ref");
	if (value && read_strings(r, value, VALUE_URL, &refs, &nr))
		xfail->ref = refs[0];
}

void read_xfails(struct reading *r, const struct node *list)
{
	struct scenario *s = r->s;
	struct node *child;

	check_maps(r, list, MAX_LIST, "an expected failure");
	s->xfail = tree_alloc(r->mem, (list->nr + 1) * sizeof(*s->xfail));
	node_for_each(child, list)
		if (child->kind == NODE_MAP)
			read_xfail(r, child, &s->xfail[s->nr_xfail++]);
}
