// SPDX-License-Identifier: GPL-2.0-only
#include "reading.h"

#include <string.h>

static bool read_page_index(struct reading *r, const struct node *key,
			    unsigned long pages, unsigned long *out)
{
	unsigned long limit = pages ? pages - 1 : MAX_OBJECT_PAGES - 1;

	return read_number(r, key, 0, limit, out);
}

static void read_page_text(struct reading *r, const struct node *node,
			   unsigned long pages, struct page_text **out,
			   size_t *nr)
{
	struct page_text *texts;
	struct node *key, *value;
	size_t n = 0;

	if (!node)
		return;
	check_duplicates(r, node);
	texts = tree_alloc(r->mem, (node->nr + 1) * sizeof(*texts));
	node_for_each_pair(key, value, node) {
		bool ok = read_page_index(r, key, pages, &texts[n].page);

		ok &= check_kind(r, key, value, schema_page_text.named) &&
		      read_bytes(r, value, &texts[n].bytes);
		n += ok;
	}
	*out = texts;
	*nr = n;
}

static void read_gmem(struct reading *r, const struct node *node,
		      struct gmem_desc *gmem)
{
	struct fields fields;
	unsigned long flags = 0;
	struct node *value;

	read_fields(r, node, &schema_gmem, &fields);
	read_number_if(r, field(&fields, "pages"), 1, MAX_OBJECT_PAGES,
		       &gmem->pages);
	value = field(&fields, "flags");
	if (value)
		read_words(r, value, VALUE_GMEM_FLAG, &flags);
	gmem->flags = flags;
	read_page_text(r, field(&fields, "text"), gmem->pages, &gmem->text,
		       &gmem->nr_text);
}

static void check_file_range(struct reading *r, const struct node *offset,
			     int gmem, unsigned long first, unsigned long pages)
{
	const struct gmem_desc *file;

	if (gmem == SCN_NONE) {
		if (offset)
			complain(r, offset->pos, "'offset' needs 'gmem'");
		return;
	}
	file = &r->s->gmem[gmem];
	if (offset && file->pages && first + pages > file->pages)
		complain(r, offset->pos, "%lu pages from %lu on: '%s' has %lu",
			 pages, first, file->name, file->pages);
}

static void read_region(struct reading *r, const struct node *node,
			struct region_desc *region)
{
	struct fields fields;
	struct node *value;

	read_fields(r, node, &schema_region, &fields);
	region->gmem = SCN_NONE;
	read_number_if(r, field(&fields, "pages"), 1, MAX_OBJECT_PAGES,
		       &region->pages);
	value = field(&fields, "hva");
	if (value)
		read_page_address(r, value, MAX_USER_ADDRESS, &region->hva);
	value = field(&fields, "gmem");
	if (value)
		read_gmem_name(r, value, &region->gmem);
	read_number_if(r, field(&fields, "offset"), 0, MAX_OBJECT_PAGES,
		       &region->offset);
	check_file_range(r, field(&fields, "offset"), region->gmem,
			 region->offset, region->pages);
	value = field(&fields, "device");
	if (value)
		read_bool(r, value, &region->device);
	read_page_text(r, field(&fields, "text"), region->pages, &region->text,
		       &region->nr_text);
}

static void read_slot(struct reading *r, const struct node *node,
		      struct slot_desc *slot)
{
	struct fields fields;
	unsigned long flags = 0;
	struct node *value;

	read_fields(r, node, &schema_slot, &fields);
	slot->gmem = SCN_NONE;
	value = field(&fields, "gpa");
	if (value)
		read_page_address(r, value, MAX_ADDRESS, &slot->gpa);
	read_number_if(r, field(&fields, "pages"), 1, MAX_OBJECT_PAGES,
		       &slot->pages);
	value = field(&fields, "hva");
	if (value)
		read_uva(r, value, &slot->hva);
	value = field(&fields, "gmem");
	if (value)
		read_gmem_name(r, value, &slot->gmem);
	read_number_if(r, field(&fields, "offset"), 0, MAX_OBJECT_PAGES,
		       &slot->offset);
	check_file_range(r, field(&fields, "offset"), slot->gmem, slot->offset,
			 slot->pages);
	value = field(&fields, "flags");
	if (value)
		read_words(r, value, VALUE_SLOT_FLAG, &flags);
	slot->flags = flags;
}

static void read_cache_place(struct reading *r, const struct node *node,
			     const struct fields *fields,
			     struct cache_desc *cache)
{
	struct node *gpa = field(fields, "gpa"), *hva = field(fields, "hva");
	struct node *offset = field(fields, "offset");

	cache->by_hva = hva;
	if (gpa && hva)
		complain(r, hva->pos, "'gpa' and 'hva' exclude each other");
	else if (!fields->key[schema_find(fields->map, "gpa")] &&
		 !fields->key[schema_find(fields->map, "hva")])
		complain(r, node->pos, "a cache needs 'gpa' or 'hva'");
	read_number_if(r, gpa, 0, MAX_ADDRESS, &cache->gpa);
	if (hva)
		read_uva(r, hva, &cache->hva);
	if (offset && !hva)
		complain(r, offset->pos, "'offset' needs 'hva'");
	read_number_if(r, offset, 0, PAGE_BYTES - 1, &cache->offset);
}

bool use_takes_hva(enum cache_use use)
{
	return use == USE_NONE || use == USE_XEN_SHARED_INFO ||
	       use == USE_XEN_VCPU_INFO;
}

static void check_cache_use(struct reading *r, const struct node *node,
			    const struct fields *fields,
			    const struct cache_desc *cache)
{
	const struct scenario *s = r->s;

	if (field(fields, "count"))
		complain(r, node->pos, "'count' and 'use' exclude each other");
	if (cache->by_hva && !use_takes_hva(cache->use))
		complain(r, node->pos, Q " takes no 'hva'", node->text);
	if (cache->use != USE_KVM_CLOCK && !(s->needs & 1UL << CAP_XEN))
		complain(r, node->pos, Q " wants 'needs: [xen]'", node->text);
	for (const struct cache_desc *other = s->cache; other < cache; other++)
		if (other->use == cache->use) {
			complain(r, node->pos, "there is one %s only",
				 node->text);
			diag_note(r->diags, other->pos, "it is used here");
		}
}

static void read_cache(struct reading *r, const struct node *node,
		       struct cache_desc *cache)
{
	struct node *value;
	struct fields fields;
	size_t use;

	cache->count = 1;
	read_fields(r, node, &schema_cache, &fields);
	read_cache_place(r, node, &fields, cache);
	read_number_if(r, field(&fields, "len"), 1, PAGE_BYTES, &cache->len);
	read_number_if(r, field(&fields, "count"), 1, MAX_CACHES,
		       &cache->count);
	value = field(&fields, "use");
	if (!value)
		return;
	if (!read_word(r, value, VALUE_USE, &use)) {
		cache->use = NR_CACHE_USES;
		return;
	}
	cache->use = use + 1;
	check_cache_use(r, value, &fields, cache);
}

/* Whether another object of the mapping can be defined under the name @key. */
static bool can_define(struct reading *r, const struct node *key, size_t nr,
		       size_t max, const char *what)
{
	char *name;

	if (!read_name(r, key, &name))
		return false;
	if (nr < max)
		return true;
	complain(r, key->pos, "more than %zu %s", max, what);
	return false;
}

/* Its name is known even where an object is in error. */
#define READ_ALL(function, array, count, max, schema, what, reader, for_slot)  \
	static void function(struct reading *r, const struct node *node)       \
	{                                                                      \
		struct scenario *s = r->s;                                     \
		struct node *key, *value;                                      \
                                                                               \
		if (!node)                                                     \
			return;                                                \
		check_duplicates(r, node);                                     \
		node_for_each_pair(key, value, node) {                         \
			if (find_##array(s, key->text, key->len) != SCN_NONE)  \
				continue;                                      \
			if (!can_define(r, key, s->count, max, what) ||        \
			    !name_is_free(r, key, for_slot)) {                 \
				r->lost_vm = true;                             \
				continue;                                      \
			}                                                      \
			s->array[s->count].name = (char *)key->text;           \
			s->array[s->count].pos = key->pos;                     \
			s->count++;                                            \
			if (check_kind(r, key, value, schema.named))           \
				reader(r, value, &s->array[s->count - 1]);     \
		}                                                              \
	}

READ_ALL(read_gmems, gmem, nr_gmem, SCN_MAX_GMEM, schema_gmems, "guest_memfds",
	 read_gmem, false)
READ_ALL(read_regions, region, nr_region, SCN_MAX_REGIONS, schema_regions,
	 "regions", read_region, false)
READ_ALL(read_slots, slot, nr_slot, SCN_MAX_SLOTS, schema_slots, "memslots",
	 read_slot, true)

static void read_caches(struct reading *r, const struct node *node)
{
	struct scenario *s = r->s;
	struct node *key, *value;
	unsigned long total = 0;
	bool reported = false;
	char *name;

	if (!node)
		return;
	check_duplicates(r, node);
	s->cache = tree_alloc(r->mem, (node->nr + 1) * sizeof(*s->cache));
	node_for_each_pair(key, value, node) {
		struct cache_desc *cache = &s->cache[s->nr_cache];

		if (find_cache(s, key->text, key->len) != SCN_NONE)
			continue;
		if (!read_name(r, key, &name)) {
			r->lost_vm = true;
			continue;
		}
		cache->name = name;
		cache->pos = key->pos;
		cache->first = total;
		s->nr_cache++;
		if (check_kind(r, key, value, schema_caches.named))
			read_cache(r, value, cache);
		total += cache->count;
		if (total > MAX_CACHES && !reported) {
			complain(r, key->pos, "more than %d caches in all",
				 MAX_CACHES);
			reported = true;
		}
	}
}

static void read_private(struct reading *r, const struct node *list)
{
	struct scenario *s = r->s;
	struct node *child;
	size_t max;

	if (!list || !check_words(r, list, MAX_PRIVATE))
		return;
	max = (list->nr + 1) * sizeof(*s->private_gpa);
	s->private_gpa = tree_alloc(r->mem, max);
	node_for_each(child, list) {
		unsigned long gpa;
		size_t i;

		if (!read_page_address(r, child, MAX_ADDRESS, &gpa))
			continue;
		for (i = 0; i < s->nr_private; i++)
			if (s->private_gpa[i] == gpa)
				break;
		if (i < s->nr_private)
			complain(r, child->pos, "%.60s is given twice",
				 child->text);
		else
			s->private_gpa[s->nr_private++] = gpa;
	}
}

static void check_overlap(struct reading *r)
{
	const struct scenario *s = r->s;

	for (size_t i = 1; i < s->nr_slot; i++) {
		const struct slot_desc *b = &s->slot[i];

		for (size_t j = 0; j < i; j++) {
			const struct slot_desc *a = &s->slot[j];

			if (a->gpa >= b->gpa + b->pages * PAGE_BYTES ||
			    b->gpa >= a->gpa + a->pages * PAGE_BYTES)
				continue;
			complain(r, b->pos, "'%s' overlaps '%s'", b->name,
				 a->name);
			diag_note(r->diags, a->pos, "it was defined here");
		}
	}
}

void read_vm(struct reading *r, const struct node *node)
{
	struct scenario *s = r->s;
	struct fields fields;
	struct node *value;
	size_t reuse = REUSE_NEVER;
	bool private_memory;

	read_fields(r, node, &schema_vm, &fields);
	for (size_t i = 0; i < schema_vm.nr; i++)
		r->lost_vm |= fields.key[i] && !fields.value[i];
	read_gmems(r, field(&fields, "gmem"));
	read_regions(r, field(&fields, "mm"));
	read_slots(r, field(&fields, "slots"));
	check_overlap(r);
	read_private(r, field(&fields, "private"));
	read_caches(r, field(&fields, "caches"));
	value = field(&fields, "page-reuse");
	if (value)
		read_word(r, value, VALUE_REUSE, &reuse);
	s->page_reuse = reuse;
	value = field(&fields, "vmap-bytes");
	if (value)
		read_page_address(r, value, 1UL << 45, &s->vmap_bytes);
	value = field(&fields, "descriptors");
	/* With fewer, the VM could not be made. */
	if (value)
		read_number(r, value, 2 + s->nr_gmem, MAX_FDS, &s->max_fds);
	value = field(&fields, "private-memory");
	if (value && read_bool(r, value, &private_memory))
		s->ordinary_vm = !private_memory;
}
