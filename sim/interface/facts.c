// SPDX-License-Identifier: GPL-2.0-only
#include "facts.h"

#include <stdlib.h>
#include <string.h>

#include "object.h"
#include "session.h"
#include "source.h"

static const char *const kind_names[NR_FACT_KINDS] = {
	"capability", "feature",  "source", "call",
	"type",	      "declared", "macro",  "body",
};

const char *fact_kind_name(enum fact_kind kind)
{
	return kind_names[kind];
}

void facts_add(struct facts *facts, enum fact_kind kind, const char *name,
	       const char *text, const char *place)
{
	struct fact *fact = ARRAY_ADD(facts->facts, facts->nr);

	fact->kind = kind;
	fact->name = text_of("%s", name);
	fact->text = text_of("%s", text);
	fact->place = text_of("%s", place);
}

static int by_name(const void *a, const void *b)
{
	const struct fact *x = a, *y = b;
	int order = (int)x->kind - (int)y->kind;

	if (!order)
		order = strcmp(x->name, y->name);
	if (!order)
		order = strcmp(x->text, y->text);
	return order ? order : strcmp(x->place, y->place);
}

static void free_fact(struct fact *fact)
{
	free(fact->name);
	free(fact->text);
	free(fact->place);
}

/* Texts of one name become one: a header may define it in several branches. */
static void merge(struct fact *into, struct fact *from)
{
	char *text;

	if (strcmp(into->text, from->text)) {
		text = text_of("%s\n%s", into->text, from->text);
		free(into->text);
		into->text = text;
	}
	free_fact(from);
}

void facts_sort(struct facts *facts)
{
	size_t kept = 0;

	if (facts->nr)
		qsort(facts->facts, facts->nr, sizeof(*facts->facts), by_name);
	for (size_t i = 0; i < facts->nr; i++) {
		struct fact *fact = &facts->facts[i];
		struct fact *last = &facts->facts[kept ? kept - 1 : 0];

		if (kept && last->kind == fact->kind &&
		    !strcmp(last->name, fact->name))
			merge(last, fact);
		else
			facts->facts[kept++] = *fact;
	}
	facts->nr = kept;
}

const struct fact *facts_find(const struct facts *facts, enum fact_kind kind,
			      const char *name)
{
	size_t low = 0, high = facts->nr;

	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct fact *fact = &facts->facts[middle];
		int order = (int)fact->kind - (int)kind;

		if (!order)
			order = strcmp(fact->name, name);
		if (!order)
			return fact;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

void facts_deinit(struct facts *facts)
{
	for (size_t i = 0; i < facts->nr; i++)
		free_fact(&facts->facts[i]);
	free(facts->facts);
	*facts = (struct facts){ 0 };
}

/* ---- From objects -------------------------------------------------------- */

static bool is_under_test(const struct code *code, const char *name)
{
	const struct code_function *f = code_definition(code, name, SET_SHIM);

	return f && f->set == SET_CODE;
}

/* Sorted by name, so that one look back tells whether it was called before. */
static void add_calls(const struct code *code, struct facts *facts)
{
	const char *last = "";

	for (size_t i = 0; i < code->nr_uses; i++) {
		const struct code_use *use = &code->uses[i];
		const struct code_function *f;
		char *prototype;

		if (!strcmp(use->name, last) || is_under_test(code, use->name))
			continue;
		last = use->name;
		f = code_seen(code, use->name);
		prototype = f ? source_prototype(f->prototype, f->name) : NULL;
		facts_add(facts, FACT_CALL, use->name, f ? prototype : "",
			  f ? f->place : "");
		free(prototype);
	}
}

static void add_missing(const struct code *code, struct facts *facts)
{
	for (size_t i = 0; i < code->nr_missing; i++) {
		const char *path = strstr(code->missing[i], "/virt/kvm/");
		char *source = path ? text_of("%.*s", (int)strlen(path) - 3,
					      path + 1) :
				      NULL;

		if (source)
			facts_add(facts, FACT_SOURCE, source,
				  "does not compile", "");
		free(source);
	}
}

/* ---- From sources -------------------------------------------------------- */

static void add_body(struct facts *facts, const struct source_item *item,
		     const char *place)
{
	char *text = text_of("%s\n%s", item->text, item->body);

	facts_add(facts, FACT_BODY, item->name, text, place);
	free(text);
}

static void add_header_item(struct facts *facts, const struct source_item *item,
			    const char *place)
{
	char *prototype;

	if (item->kind == SOURCE_MACRO) {
		facts_add(facts, FACT_MACRO, item->name, item->text, place);
		return;
	}
	prototype = source_prototype(item->text, item->name);
	facts_add(facts, FACT_DECLARED, item->name, prototype, place);
	free(prototype);
	if (item->body)
		add_body(facts, item, place);
}

/* Of a source, what was compiled: the rest is configured away. */
static void add_source_item(const struct code *code, bool whole,
			    struct facts *facts, const struct source_item *item,
			    const char *place)
{
	if (item->body && (whole || code_defines(code, item->name)))
		add_body(facts, item, place);
}

static void read_file(const struct code *code, const char *file, bool whole,
		      struct facts *facts)
{
	char *path = text_of("%s/%s", code->root, file);
	bool header = file[strlen(file) - 1] == 'h';
	struct source source;

	source_read(path, &source);
	for (size_t i = 0; i < source.nr; i++) {
		const struct source_item *item = &source.items[i];
		char *place = text_of("%s:%u", file, item->line);

		if (header)
			add_header_item(facts, item, place);
		else
			add_source_item(code, whole, facts, item, place);
		free(place);
	}
	source_deinit(&source);
	free(path);
}

static bool sees(const struct code *code, const char *header)
{
	for (size_t i = 0; i < code->nr_headers; i++)
		if (!strcmp(code->headers[i], header))
			return true;
	return false;
}

void facts_collect(const struct code *code, const struct code *other,
		   struct facts *facts)
{
	static const char *const sources[] = { "virt/kvm/kvm_main.c",
					       "virt/kvm/guest_memfd.c",
					       "virt/kvm/pfncache.c" };

	bool whole = code->nr_missing || other->nr_missing;

	*facts = (struct facts){ 0 };
	for (size_t i = 0; i < code->nr_features; i++)
		facts_add(facts, FACT_FEATURE, code->features[i], "", "");
	add_missing(code, facts);
	add_calls(code, facts);
	for (size_t i = 0; i < code->nr_types; i++)
		facts_add(facts, FACT_TYPE, code->types[i].name,
			  code->types[i].text, code->types[i].place);
	for (size_t i = 0; i < code->nr_headers; i++)
		read_file(code, code->headers[i], whole, facts);
	for (size_t i = 0; i < other->nr_headers; i++)
		if (!sees(code, other->headers[i]))
			read_file(code, other->headers[i], whole, facts);
	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++)
		read_file(code, sources[i], whole, facts);
	facts_sort(facts);
}
