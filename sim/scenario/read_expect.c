// SPDX-License-Identifier: GPL-2.0-only
#include "reading.h"

#include <string.h>

static const char gpc_prefix[] = "gpc.";
#define GPC_PREFIX_LEN (sizeof(gpc_prefix) - 1)

static const struct step *find_step(const struct scenario *s, const char *id,
				    struct want_step *out)
{
	const struct step *steps = s->setup;
	size_t nr = s->nr_setup;

	for (int t = SCN_NONE; t < (int)s->nr_task; t++) {
		if (t != SCN_NONE) {
			steps = s->task[t].steps;
			nr = s->task[t].nr_steps;
		}
		for (size_t i = 0; i < nr; i++) {
			if (!steps[i].id || strcmp(steps[i].id, id))
				continue;
			out->task = t;
			out->step = i;
			return &steps[i];
		}
	}
	return NULL;
}

static void offer_ids(struct suggestion *suggestion, const struct step *steps,
		      size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (steps[i].id)
			suggest_offer(suggestion, steps[i].id);
}

static void report_subject(struct reading *r, const struct node *key,
			   const struct schema_map *map)
{
	const struct scenario *s = r->s;
	struct suggestion suggestion;

	if (r->lost_steps)
		return;
	suggest_init(&suggestion, key->text, key->len);
	offer_ids(&suggestion, s->setup, s->nr_setup);
	for (size_t t = 0; t < s->nr_task; t++)
		offer_ids(&suggestion, s->task[t].steps, s->task[t].nr_steps);
	for (size_t i = 0; i < map->nr; i++)
		suggest_offer(&suggestion, map->keys[i].name);
	if (suggestion.best)
		complain(r, key->pos,
			 "no step has the id " Q "; did you mean '%s'?",
			 key->text, suggestion.best);
	else
		complain(r, key->pos, "no step has the id " Q, key->text);
}

static bool read_want_step(struct reading *r, const struct node *key,
			   const struct node *value,
			   const struct schema_map *map, struct want_step *out)
{
	struct want_step want = { .want.pos = key->pos };
	const struct step *step = find_step(r->s, key->text, &want);
	struct fields fields;
	bool ok;

	if (!step) {
		report_subject(r, key, map);
		return false;
	}
	if (!check_kind(r, key, value, map->named))
		return false;
	ok = read_fields(r, value, &schema_outcome, &fields) &&
	     read_outcome_fields(r, &fields, step, &want.want);
	if (ok && !value->nr) {
		complain(r, value->pos, "an outcome has 'ret' or 'sees'");
		ok = false;
	}
	if (ok)
		*out = want;
	return ok;
}

static bool read_truth(struct reading *r, const struct node *node, int *out)
{
	bool value;

	*out = -1;
	if (!node)
		return true;
	if (!read_bool(r, node, &value))
		return false;
	*out = value;
	return true;
}

static bool read_gpc_fields(struct reading *r, const struct fields *fields,
			    struct want_gpc *want)
{
	const struct page_rules rules = {
		.spaces = IN_GMEM | IN_REGION | IN_SLOT,
		.single = true,
	};
	struct node *page = field(fields, "page");
	struct node *khva = field(fields, "khva");
	struct node *mapped_by = field(fields, "mapped-by");
	size_t kind;
	bool ok = read_truth(r, field(fields, "valid"), &want->valid);

	ok &= read_truth(r, field(fields, "active"), &want->active);
	want->has_page = page;
	if (page)
		ok &= read_page_ref(r, page, rules, &want->page);
	want->khva_null = khva;
	if (khva && strcmp(khva->text, "null")) {
		complain(r, khva->pos, "'khva' can only be compared with null");
		ok = false;
	}
	want->mapped_by = -1;
	if (mapped_by && read_word(r, mapped_by, VALUE_MAPPED_BY, &kind))
		want->mapped_by = kind;
	else if (mapped_by)
		ok = false;
	return ok;
}

static bool read_want_gpc(struct reading *r, const struct node *key,
			  const struct node *value,
			  const struct schema_map *map, struct want_gpc *out)
{
	struct want_gpc want = { .pos = key->pos };
	struct fields fields;
	bool ok = read_cache_at(r, key, GPC_PREFIX_LEN, &want.cache);

	if (!check_kind(r, key, value, map->named))
		return false;
	ok &= read_fields(r, value, &schema_gpc, &fields);
	ok &= read_gpc_fields(r, &fields, &want);
	if (ok && !value->nr) {
		complain(r, value->pos, "nothing is expected of the cache");
		ok = false;
	}
	if (ok)
		*out = want;
	return ok;
}

static bool find_counter(struct reading *r, const struct node *key,
			 struct want_counter *want)
{
	struct suggestion suggestion;

	want->retries = !strcmp(key->text, "gpc.retries");
	if (want->retries)
		return true;
	suggest_init(&suggestion, key->text, key->len);
	suggest_offer(&suggestion, "gpc.retries");
	for (unsigned int i = 0; i < NR_COUNTERS; i++) {
		if (!strcmp(kernel_counter_name(i), key->text)) {
			want->counter = i;
			return true;
		}
		suggest_offer(&suggestion, kernel_counter_name(i));
	}
	if (suggestion.best)
		complain(r, key->pos,
			 "unknown counter " Q "; did you mean '%s'?", key->text,
			 suggestion.best);
	else
		complain(r, key->pos, "unknown counter " Q, key->text);
	return false;
}

static bool read_counters(struct reading *r, const struct node *node,
			  struct want *want)
{
	bool ok = check_duplicates(r, node);
	struct node *key, *value;

	want->counters = tree_alloc(r->mem,
				    (node->nr + 1) * sizeof(*want->counters));
	node_for_each_pair(key, value, node) {
		struct want_counter counter = { .pos = key->pos };

		if (find_counter(r, key, &counter) &&
		    check_kind(r, key, value, schema_counters.named) &&
		    read_range(r, value, &counter.range))
			want->counters[want->nr_counters++] = counter;
		else
			ok = false;
	}
	return ok;
}

/* Subjects and counters; @map is that of the mapping that holds them. */
static bool read_want(struct reading *r, const struct node *node,
		      const struct schema_map *map, const struct fields *fields,
		      struct want *want)
{
	struct node *counters = field(fields, "counters"), *key, *value;
	bool ok = true;

	want->pos = node->pos;
	want->steps = tree_alloc(r->mem, (node->nr + 1) * sizeof(*want->steps));
	want->gpcs = tree_alloc(r->mem, (node->nr + 1) * sizeof(*want->gpcs));
	node_for_each_pair(key, value, node) {
		if (schema_find(map, key->text) < map->nr)
			continue;
		if (!strncmp(key->text, gpc_prefix, GPC_PREFIX_LEN)) {
			if (read_want_gpc(r, key, value, map,
					  &want->gpcs[want->nr_gpcs]))
				want->nr_gpcs++;
			else
				ok = false;
		} else {
			if (read_want_step(r, key, value, map,
					   &want->steps[want->nr_steps]))
				want->nr_steps++;
			else
				ok = false;
		}
	}
	if (counters)
		ok &= read_counters(r, counters, want);
	return ok;
}

static void read_wants(struct reading *r, const struct node *list,
		       struct want **out, size_t *nr)
{
	struct fields fields;
	struct node *child;

	if (!list)
		return;
	check_maps(r, list, MAX_LIST, "an expectation");
	if (!list->nr)
		complain(r, list->pos, "an empty list of expectations");
	*out = tree_alloc(r->mem, (list->nr + 1) * sizeof(**out));
	node_for_each(child, list) {
		if (child->kind != NODE_MAP)
			continue;
		read_fields(r, child, &schema_want, &fields);
		read_want(r, child, &schema_want, &fields, &(*out)[*nr]);
		if (!child->nr)
			complain(r, child->pos, "an expectation is empty");
		++*nr;
	}
}

static void read_allow(struct reading *r, const struct node *node,
		       struct expect *expect)
{
	struct node *key, *value;

	if (!node)
		return;
	check_duplicates(r, node);
	node_for_each_pair(key, value, node) {
		size_t kind;
		char *why;

		if (!read_word(r, key, VALUE_HAZARD, &kind) ||
		    !check_kind(r, key, value, schema_allow.named) ||
		    !read_line(r, value, &why))
			continue;
		if (expect->never & 1UL << kind)
			complain(r, key->pos, Q " is in 'never' and in 'allow'",
				 key->text);
		expect->allow |= 1UL << kind;
		expect->allow_why[kind] = why;
	}
}

static void refuse_in_order(struct reading *r, const struct fields *fields,
			    const char *name)
{
	const struct node *key = fields->key[schema_find(fields->map, name)];

	if (key)
		complain(r, key->pos, "'%s' needs a case with 'explore'", name);
}

void read_expect(struct reading *r, const struct node *node,
		 struct case_desc *desc)
{
	struct expect *expect = &desc->expect;
	struct fields fields, final;
	struct node *value;

	read_fields(r, node, &schema_expect, &fields);
	read_want(r, node, &schema_expect, &fields, &expect->all);
	value = field(&fields, "never");
	if (value)
		read_words(r, value, VALUE_HAZARD, &expect->never);
	read_allow(r, field(&fields, "allow"), expect);
	if (desc->kind == CASE_ORDER) {
		refuse_in_order(r, &fields, "always");
		refuse_in_order(r, &fields, "sometimes");
	}
	read_wants(r, field(&fields, "always"), &expect->always,
		   &expect->nr_always);
	read_wants(r, field(&fields, "sometimes"), &expect->sometimes,
		   &expect->nr_sometimes);
	value = field(&fields, "final");
	if (value) {
		read_fields(r, value, &schema_final, &final);
		read_wants(r, field(&final, "any-of"), &expect->final,
			   &expect->nr_final);
	}
}
