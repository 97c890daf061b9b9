// SPDX-License-Identifier: GPL-2.0-only
#include "reading.h"

#include <string.h>

static bool equal(const char *own, const char *name, size_t len)
{
	return own && strlen(own) == len && !memcmp(own, name, len);
}

#define FIND(function, array, count)                                           \
	int function(const struct scenario *s, const char *name, size_t len)   \
	{                                                                      \
		for (size_t i = 0; i < s->count; i++)                          \
			if (equal(s->array[i].name, name, len))                \
				return i;                                      \
		return SCN_NONE;                                               \
	}

FIND(find_gmem, gmem, nr_gmem)
FIND(find_region, region, nr_region)
FIND(find_slot, slot, nr_slot)
FIND(find_cache, cache, nr_cache)
FIND(find_task, task, nr_task)

#define OFFER(suggestion, array, count)                                        \
	for (size_t i = 0; i < (count); i++)                                   \
		if ((array)[i].name)                                           \
	suggest_offer(suggestion, (array)[i].name)

static void report_name(struct reading *r, struct pos pos, const char *what,
			const struct suggestion *suggestion)
{
	int len = suggestion->len < 60 ? suggestion->len : 60;

	if (suggestion->best)
		complain(r, pos, "unknown %s '%.*s'; did you mean '%s'?", what,
			 len, suggestion->wanted, suggestion->best);
	else
		complain(r, pos, "unknown %s '%.*s'", what, len,
			 suggestion->wanted);
}

bool read_gmem_name(struct reading *r, const struct node *node, int *out)
{
	int index = find_gmem(r->s, node->text, node->len);
	struct suggestion suggestion;

	if (index != SCN_NONE) {
		*out = index;
		return true;
	}
	if (r->lost_vm)
		return false;
	suggest_init(&suggestion, node->text, node->len);
	OFFER(&suggestion, r->s->gmem, r->s->nr_gmem);
	report_name(r, node->pos, "guest_memfd", &suggestion);
	return false;
}

bool read_slot_name(struct reading *r, const struct node *node, int *out)
{
	int index = find_slot(r->s, node->text, node->len);
	struct suggestion suggestion;

	if (index != SCN_NONE) {
		*out = index;
		return true;
	}
	if (r->lost_vm)
		return false;
	suggest_init(&suggestion, node->text, node->len);
	OFFER(&suggestion, r->s->slot, r->s->nr_slot);
	report_name(r, node->pos, "memslot", &suggestion);
	return false;
}

bool read_cache_at(struct reading *r, const struct node *node, size_t offset,
		   int *out)
{
	const char *name = node->text + offset;
	size_t len = node->len - offset;
	int index = find_cache(r->s, name, len);
	struct suggestion suggestion;

	if (index != SCN_NONE) {
		*out = index;
		return true;
	}
	if (r->lost_vm)
		return false;
	suggest_init(&suggestion, name, len);
	OFFER(&suggestion, r->s->cache, r->s->nr_cache);
	report_name(r, node_part(node, offset, len), "cache", &suggestion);
	return false;
}

bool read_cache_name(struct reading *r, const struct node *node, int *out)
{
	return read_cache_at(r, node, 0, out);
}

bool read_task_name(struct reading *r, const struct node *node, int *out)
{
	int index = find_task(r->s, node->text, node->len);
	struct suggestion suggestion;

	if (index != SCN_NONE) {
		*out = index;
		return true;
	}
	if (r->lost_tasks)
		return false;
	suggest_init(&suggestion, node->text, node->len);
	OFFER(&suggestion, r->s->task, r->s->nr_task);
	report_name(r, node->pos, "task", &suggestion);
	return false;
}

/*
 * The three share `name/index`, hence one space of names; but a memslot may be
 * called as the region that it shows: `ram/1` means the region's page then.
 */
bool name_is_free(struct reading *r, const struct node *node, bool for_slot)
{
	const struct scenario *s = r->s;
	const char *what;
	struct pos pos;
	int index;

	if ((index = find_gmem(s, node->text, node->len)) != SCN_NONE) {
		what = "a guest_memfd";
		pos = s->gmem[index].pos;
	} else if (!for_slot && (index = find_region(s, node->text,
						     node->len)) != SCN_NONE) {
		what = "a region";
		pos = s->region[index].pos;
	} else if (for_slot &&
		   (index = find_slot(s, node->text, node->len)) != SCN_NONE) {
		what = "a memslot";
		pos = s->slot[index].pos;
	} else {
		return true;
	}
	complain(r, node->pos, Q " is already the name of %s", node->text,
		 what);
	diag_note(r->diags, pos, "it was defined here");
	return false;
}

static bool find_object(struct reading *r, const struct node *node, size_t len,
			unsigned int spaces, struct page_ref *out)
{
	const struct scenario *s = r->s;
	struct suggestion suggestion;
	static const char *const words[] = {
		"object", "guest_memfd",       "region", "object", "memslot",
		"object", "region or memslot", "object",
	};
	const struct {
		unsigned int bit;
		enum page_space space;
		int index;
	} tries[] = {
		{ IN_GMEM, PAGES_GMEM, find_gmem(s, node->text, len) },
		{ IN_REGION, PAGES_REGION, find_region(s, node->text, len) },
		{ IN_SLOT, PAGES_SLOT, find_slot(s, node->text, len) },
	};

	for (size_t i = 0; i < 3; i++) {
		if (!(spaces & tries[i].bit) || tries[i].index == SCN_NONE)
			continue;
		out->space = tries[i].space;
		out->obj = tries[i].index;
		return true;
	}
	if (r->lost_vm)
		return false;
	for (size_t i = 0; i < 3; i++) {
		if (tries[i].index == SCN_NONE)
			continue;
		complain(r, node_part(node, 0, len), "'%.*s' is a %s, not a %s",
			 (int)len, node->text, words[tries[i].bit],
			 words[spaces]);
		return false;
	}
	suggest_init(&suggestion, node->text, len);
	if (spaces & IN_GMEM)
		OFFER(&suggestion, s->gmem, s->nr_gmem);
	if (spaces & IN_REGION)
		OFFER(&suggestion, s->region, s->nr_region);
	if (spaces & IN_SLOT)
		OFFER(&suggestion, s->slot, s->nr_slot);
	report_name(r, node_part(node, 0, len), words[spaces & 7], &suggestion);
	return false;
}

/* Pages of the object; 0 where its own definition is in error. */
static unsigned long object_pages(const struct scenario *s,
				  const struct page_ref *ref)
{
	if (ref->space == PAGES_GMEM)
		return s->gmem[ref->obj].pages;
	if (ref->space == PAGES_REGION)
		return s->region[ref->obj].pages;
	return s->slot[ref->obj].pages;
}

static bool parse_pages(const struct node *node, size_t slash,
			struct page_rules rules, struct page_ref *ref)
{
	const char *text = node->text + slash + 1;
	const char *dots = strstr(text, "..");
	size_t len = dots ? (size_t)(dots - text) : strlen(text);
	unsigned long last;

	if (!parse_number(text, len, &ref->first))
		return false;
	ref->nr = 1;
	if (!dots)
		return true;
	ref->nr = 0;
	if (rules.single)
		return false;
	if (!dots[2])
		return true;
	if (!parse_number(dots + 2, strlen(dots + 2), &last) ||
	    last < ref->first)
		return false;
	ref->nr = last - ref->first + 1;
	return true;
}

static bool check_end(struct reading *r, const struct node *node, size_t slash,
		      struct page_rules rules, const struct page_ref *ref)
{
	unsigned long pages = object_pages(r->s, ref);
	unsigned long last = ref->first + (ref->nr ? ref->nr - 1 : 0);
	struct pos pos = node_part(node, slash + 1, node->len - slash - 1);

	if (ref->first > MAX_ADDRESS / PAGE_BYTES ||
	    last > MAX_ADDRESS / PAGE_BYTES) {
		complain(r, pos, "page %lu is beyond any memory", last);
		return false;
	}
	if (rules.beyond_end || !pages || last < pages)
		return true;
	complain(r, pos, "'%.*s' has %lu page%s, 0 to %lu", (int)slash,
		 node->text, pages, pages == 1 ? "" : "s", pages - 1);
	return false;
}

bool read_page_ref(struct reading *r, const struct node *node,
		   struct page_rules rules, struct page_ref *out)
{
	struct page_ref ref = { .pos = node->pos };
	const char *slash = strchr(node->text, '/');
	size_t len = slash ? (size_t)(slash - node->text) : node->len;

	if (!find_object(r, node, len, rules.spaces, &ref))
		return false;
	if (slash) {
		if (!parse_pages(node, len, rules, &ref)) {
			complain(r, node->pos, Q " is not %s such as %.*s/1%s",
				 node->text,
				 rules.single ? "a page" : "a range of pages",
				 (int)len, node->text,
				 rules.single ? "" : " or 0..2");
			return false;
		}
		if (!check_end(r, node, len, rules, &ref))
			return false;
	} else if (rules.single) {
		complain(r, node->pos,
			 "which page? write %.60s/0 or another "
			 "index",
			 node->text);
		return false;
	}
	*out = ref;
	return true;
}

bool read_uva(struct reading *r, const struct node *node, struct uva_ref *out)
{
	const struct page_rules rules = { .spaces = IN_REGION };
	struct uva_ref uva = { .given = true };

	if (node->text[0] >= '0' && node->text[0] <= '9' &&
	    find_region(r->s, node->text, strcspn(node->text, "/")) ==
		    SCN_NONE) {
		uva.is_number = true;
		if (!read_number(r, node, 0, MAX_USER_ADDRESS, &uva.number))
			return false;
	} else if (!read_page_ref(r, node, rules, &uva.page)) {
		return false;
	} else if (strstr(node->text, "..")) {
		complain(r, node->pos, "an address is one page, not a range");
		return false;
	}
	*out = uva;
	return true;
}
