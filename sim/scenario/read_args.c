// SPDX-License-Identifier: GPL-2.0-only
#include "reading.h"

#include <limits.h>
#include <string.h>

/* Such a step is there to see the kernel refuse its arguments. */
static bool expects_error(const struct step *step)
{
	return step->want.has_ret && step->want.ret < 0;
}

static struct page_rules page_rules(const struct step *step, bool single)
{
	struct page_rules rules = { .single = single };

	switch (step->op) {
	case SOP_GMEM_ALLOCATE:
	case SOP_GMEM_PUNCH_HOLE:
		rules.beyond_end = expects_error(step);
		rules.spaces = IN_GMEM;
		break;
	case SOP_GMEM_WRITE:
	case SOP_GMEM_READ:
	case SOP_GMEM_POISON:
		rules.spaces = IN_GMEM;
		break;
	case SOP_SLOT_DIRTY:
		rules.spaces = IN_SLOT;
		break;
	default:
		rules.spaces = IN_REGION | IN_SLOT;
		break;
	}
	return rules;
}

static bool read_address(struct reading *r, const struct node *node,
			 const char *name, struct step *step)
{
	struct step_args *args = &step->args;
	bool aligned = step->op == SOP_SLOT_CREATE ||
		       step->op == SOP_SLOT_MOVE ||
		       step->op == SOP_VM_SET_ATTRIBUTES;

	if (!strcmp(name, "hva")) {
		args->hva.given = true;
		args->hva.is_number = true;
		return read_page_address(r, node, MAX_USER_ADDRESS,
					 &args->hva.number);
	}
	args->has_gpa = true;
	if (aligned && !expects_error(step))
		return read_page_address(r, node, MAX_ADDRESS, &args->gpa);
	return read_number(r, node, 0, MAX_ADDRESS, &args->gpa);
}

static bool read_count(struct reading *r, const struct node *node,
		       const char *name, struct step *step)
{
	struct step_args *args = &step->args;
	bool wide = expects_error(step);

	if (!strcmp(name, "pages"))
		return read_number(r, node,
				   wide || step->op == SOP_GMEM_CREATE ? 0 : 1,
				   MAX_OBJECT_PAGES, &args->pages);
	if (!strcmp(name, "offset"))
		return read_number(r, node, 0, MAX_OBJECT_PAGES, &args->offset);
	if (!strcmp(name, "mask"))
		return read_number(r, node, 1, UINT_MAX, &args->mask);
	if (!strcmp(name, "port"))
		return read_number(r, node, wide ? 0 : 1, 4095, &args->port);
	args->has_len = true;
	/* The kernel judges the length of a cache; that of a buffer is ours. */
	wide = !schema_op(step->op)->reads;
	return read_number(r, node, wide ? 0 : 1,
			   wide ? 16 * PAGE_BYTES : PAGE_BYTES, &args->len);
}

static bool is_definition(const struct pos *pos, const struct node *node)
{
	return pos->line == node->pos.line && pos->col == node->pos.col;
}

/* The name was declared by declare_created(), unless that complained. */
static bool read_created(struct reading *r, const struct node *node,
			 struct step *step)
{
	struct scenario *s = r->s;
	struct step_args *args = &step->args;

	if (step->op == SOP_SLOT_CREATE) {
		args->slot = find_slot(s, node->text, node->len);
		return args->slot != SCN_NONE;
	}
	if (step->op == SOP_MM_MMAP) {
		args->region = find_region(s, node->text, node->len);
		return args->region != SCN_NONE;
	}
	args->gmem = find_gmem(s, node->text, node->len);
	if (args->gmem == SCN_NONE)
		return false;
	if (is_definition(&s->gmem[args->gmem].pos, node) ||
	    expects_error(step))
		return true;
	complain(r, node->pos, Q " is already the name of a guest_memfd",
		 node->text);
	diag_note(r->diags, s->gmem[args->gmem].pos, "it was defined here");
	return false;
}

static bool read_literal(struct reading *r, const struct node *node,
			 const char *word)
{
	if (!strcmp(node->text, word))
		return true;
	complain(r, node->pos, "'%s' is wanted here, not " Q, word, node->text);
	return false;
}

static bool read_written(struct reading *r, const struct node *node,
			 struct bytes *out)
{
	if (!read_bytes(r, node, out))
		return false;
	if (!out->zeros)
		return true;
	complain(r, node->pos,
		 "'zeros' has no length; write {hex: 00 00} for two bytes");
	return false;
}

static bool read_flags(struct reading *r, const struct node *node,
		       enum value_type type, struct step *step)
{
	unsigned long bits = 0;

	if (!read_words(r, node, type, &bits))
		return false;
	step->args.flags = bits;
	return true;
}

static bool read_choice(struct reading *r, const struct node *node,
			enum value_type type, struct step *step)
{
	size_t index;

	if (!read_word(r, node, type, &index))
		return false;
	if (type == VALUE_EXTENSION)
		step->args.extension = index;
	else
		step->args.ageing = index;
	return true;
}

static bool read_flag(struct reading *r, const struct node *node,
		      const char *name, struct step *step)
{
	struct step_args *args = &step->args;

	if (!strcmp(name, "private"))
		return read_bool(r, node, &args->is_private);
	if (!strcmp(name, "readonly"))
		return read_bool(r, node, &args->readonly);
	if (!strcmp(name, "blocking"))
		return read_bool(r, node, &args->blocking);
	if (!strcmp(name, "system"))
		return read_bool(r, node, &args->system);
	if (!strcmp(name, "other-vm"))
		return read_bool(r, node, &args->other_vm);
	return read_bool(r, node, &args->device);
}

static bool read_arg(struct reading *r, const struct schema_key *key,
		     const struct node *node, struct step *step)
{
	struct step_args *args = &step->args;

	switch (key->type) {
	case VALUE_CACHE:
		return read_cache_name(r, node, &args->cache);
	case VALUE_GMEM:
		return read_gmem_name(r, node, &args->gmem);
	case VALUE_SLOT:
		return read_slot_name(r, node, &args->slot);
	case VALUE_NAME:
		return read_created(r, node, step);
	case VALUE_PAGE:
		return read_page_ref(r, node, page_rules(step, true),
				     &args->page);
	case VALUE_PAGES:
		return read_page_ref(r, node, page_rules(step, false),
				     &args->page);
	case VALUE_UVA:
		return read_uva(r, node, &args->hva);
	case VALUE_ADDRESS:
		return read_address(r, node, key->name, step);
	case VALUE_NUMBER:
		return read_count(r, node, key->name, step);
	case VALUE_BYTES:
		return read_written(r, node, &args->text);
	case VALUE_BOOL:
		return read_flag(r, node, key->name, step);
	case VALUE_GMEM_FLAG:
	case VALUE_SLOT_FLAG:
	case VALUE_XEN_FLAG:
		return read_flags(r, node, key->type, step);
	case VALUE_EXTENSION:
	case VALUE_AGEING:
		return read_choice(r, node, key->type, step);
	default:
		return read_literal(r, node, key->name);
	}
}

static bool check_file(struct reading *r, const struct fields *fields,
		       const struct step *step)
{
	const struct step_args *args = &step->args;
	const struct node *offset = field(fields, "offset");
	const struct gmem_desc *file;

	if (!offset)
		return true;
	if (!field(fields, "gmem")) {
		complain(r, offset->pos, "'offset' needs 'gmem'");
		return false;
	}
	file = &r->s->gmem[args->gmem];
	if (expects_error(step) || !file->pages ||
	    args->offset + args->pages <= file->pages)
		return true;
	complain(r, offset->pos, "%lu pages from %lu on: '%s' has %lu",
		 args->pages, args->offset, file->name, file->pages);
	return false;
}

/* An existing region stays where it is; only what it maps may change. */
static bool check_mmap(struct reading *r, const struct fields *fields,
		       struct step *step)
{
	const struct node *name = field(fields, "region");
	const struct node *hva = field(fields, "hva");
	struct step_args *args = &step->args;
	const struct region_desc *region = &r->s->region[args->region];
	bool is_new = region->created_later &&
		      is_definition(&region->pos, name);

	if (is_new && !hva) {
		complain(r, name->pos, "a new region needs 'hva'");
		return false;
	}
	if (!is_new && hva && args->hva.number != region->hva) {
		complain(r, hva->pos, "'%s' is at 0x%lx; leave 'hva' out",
			 region->name, region->hva);
		return false;
	}
	if (region->pages && args->pages > region->pages) {
		complain(r, field(fields, "pages")->pos,
			 "'%s' has %lu pages only", region->name,
			 region->pages);
		return false;
	}
	args->hva = (struct uva_ref){
		.given = true,
		.is_number = true,
		.number = region->hva,
	};
	return true;
}

static bool is_raw(const struct step *step)
{
	return step->op >= SOP_RAW_SLOT && step->op <= SOP_RAW_TRUNCATE;
}

/* What a raw call changes is not followed, so that it must change nothing. */
static bool check_raw(struct reading *r, const struct fields *fields,
		      const struct schema_map *args, const struct step *step)
{
	const struct node *first = field(fields, args->keys[0].name);

	if (step->op == SOP_RAW_SLOT && field(fields, "gmem") &&
	    field(fields, "fd")) {
		complain(r, field(fields, "fd")->pos,
			 "'gmem' and 'fd' exclude each other");
		return false;
	}
	if (expects_error(step) ||
	    (step->op == SOP_RAW_SLOT && step->args.raw[0] >> 16))
		return true;
	complain(r, first->pos,
		 "%s is for what the kernel refuses: give 'ret: -EINVAL' or "
		 "another errno",
		 args->what);
	return false;
}

static bool check_together(struct reading *r, const struct fields *fields,
			   struct step *step)
{
	switch (step->op) {
	case SOP_GPC_ACTIVATE:
	case SOP_XEN_SET:
		if (field(fields, "gpa") && field(fields, "hva")) {
			complain(r, field(fields, "hva")->pos,
				 "'gpa' and 'hva' exclude each other");
			return false;
		}
		return true;
	case SOP_XEN_CONFIG:
		if (r->s->needs & 1UL << CAP_XEN)
			return true;
		complain(r, field(fields, "flags")->pos,
			 "xen.config wants 'needs: [xen]'");
		return false;
	case SOP_SLOT_CREATE:
		return check_file(r, fields, step);
	case SOP_MM_MMAP:
		return check_file(r, fields, step) &&
		       check_mmap(r, fields, step);
	default:
		return true;
	}
}

static bool read_mapped_args(struct reading *r, const struct node *node,
			     const struct schema_op *desc, struct step *step)
{
	struct fields fields;
	bool ok = read_fields(r, node, &desc->args, &fields);

	for (size_t i = 0; i < desc->args.nr; i++) {
		const struct schema_key *arg = &desc->args.keys[i];

		if (!fields.value[i])
			continue;
		if (is_raw(step) && arg->type == VALUE_NUMBER)
			ok &= read_number(r, fields.value[i], 0, ULONG_MAX,
					  &step->args.raw[i]);
		else
			ok &= read_arg(r, arg, fields.value[i], step);
	}
	if (ok && is_raw(step))
		return check_raw(r, &fields, &desc->args, step);
	return ok && check_together(r, &fields, step);
}

static void report_form(struct reading *r, const struct node *node,
			const struct schema_op *desc)
{
	const struct schema_map *args = &desc->args;
	char keys[200] = "";

	if (desc->only_alone) {
		complain(r, node->pos, "%s wants %s, not %s", args->what,
			 value_type_name(args->keys[0].type),
			 node_kind_name(node));
		return;
	}
	for (size_t i = 0; i < args->nr; i++) {
		strcat(keys, i ? ", " : "");
		strcat(keys, args->keys[i].name);
	}
	complain(r, node->pos, "%s wants {%s}, not %s", args->what, keys,
		 node_kind_name(node));
}

#define USE(use) (1U << (use))
#define XEN_AREAS                                                              \
	(USE(USE_XEN_SHARED_INFO) | USE(USE_XEN_VCPU_INFO) |                   \
	 USE(USE_XEN_TIME_INFO) | USE(USE_XEN_RUNSTATE))

/* The uses of a cache that the operation is for; 0: any cache. */
static unsigned int uses_of(enum scenario_op op)
{
	switch (op) {
	case SOP_CLOCK_ENABLE:
		return USE(USE_KVM_CLOCK);
	case SOP_CLOCK_WRITE:
		return USE(USE_KVM_CLOCK) | USE(USE_XEN_VCPU_INFO) |
		       USE(USE_XEN_TIME_INFO);
	case SOP_XEN_SET:
	case SOP_XEN_UNSET:
		return XEN_AREAS;
	case SOP_XEN_RUN:
	case SOP_XEN_PREEMPT:
		return USE(USE_XEN_RUNSTATE);
	case SOP_XEN_SEND:
	case SOP_XEN_IRQ:
		return USE(USE_XEN_SHARED_INFO);
	case SOP_XEN_INJECT:
	case SOP_XEN_PENDING:
		return USE(USE_XEN_VCPU_INFO);
	default:
		return 0;
	}
}

static bool check_use_hva(struct reading *r, const struct node *key,
			  const struct step *step,
			  const struct cache_desc *cache)
{
	if (!step->args.hva.given || use_takes_hva(cache->use))
		return true;
	complain(r, key->pos, "a cache with 'use: %s' takes no 'hva'",
		 value_type_word(VALUE_USE, cache->use - 1));
	return false;
}

static bool check_use(struct reading *r, const struct node *key,
		      const struct step *step)
{
	unsigned int uses = uses_of(step->op);
	const struct cache_desc *cache;
	char words[120] = "";

	if (!uses)
		return true;
	cache = &r->s->cache[step->args.cache];
	/* The use itself is in error, which was said. */
	if (cache->use == NR_CACHE_USES)
		return false;
	if (uses & USE(cache->use))
		return check_use_hva(r, key, step, cache);
	for (unsigned int use = 1; use < NR_CACHE_USES; use++) {
		if (!(uses & USE(use)))
			continue;
		strcat(words, *words ? ", " : "");
		strcat(words, value_type_word(VALUE_USE, use - 1));
	}
	complain(r, key->pos, "%s wants a cache with 'use: %s'; '%s' has %s",
		 schema_op(step->op)->args.what, words, cache->name,
		 cache->use ? value_type_word(VALUE_USE, cache->use - 1) :
			      "none");
	return false;
}

static bool read_any_args(struct reading *r, const struct node *key,
			  const struct node *value, struct step *step)
{
	const struct schema_op *desc = schema_op(step->op);

	if (value->kind == NODE_SCALAR && value->plain && !value->len) {
		complain(r, key->pos, "%s needs an argument", desc->args.what);
		return false;
	}
	if (value->kind == NODE_SCALAR && desc->alone)
		return read_arg(r, &desc->args.keys[0], value, step);
	if (value->kind == NODE_MAP && !desc->only_alone)
		return read_mapped_args(r, value, desc, step);
	report_form(r, value, desc);
	return false;
}

bool read_step_args(struct reading *r, const struct node *key,
		    const struct node *value, struct step *step)
{
	return read_any_args(r, key, value, step) && check_use(r, key, step);
}
