// SPDX-License-Identifier: GPL-2.0-only
/*
 * The table as the reference manual of the format, in Markdown.
 */
#include <string.h>

#include "points.h"
#include "schema.h"

static const char *const hazard_docs[NR_VIOLATIONS] = {
	[V_USE_AFTER_FREE] = "an access through a khva whose page was freed, "
			     "or belongs to somebody else by now",
	[V_STALE_PAGE] = "a valid cache whose page is not the one that the "
			 "guest uses, with no invalidation under way",
	[V_UNMAPPED_ACCESS] = "an access through a khva whose mapping is gone "
			      "while its page lives",
	[V_LEAK] = "references, mappings, objects or pages without direct map "
		   "that are left at the end",
	[V_DOUBLE_FREE] = "something is freed a second time",
	[V_REFCOUNT] = "a reference count that does not balance",
	[V_DEADLOCK] = "tasks that wait for each other",
	[V_LIVELOCK] = "tasks that can go round for ever, each taking its "
		       "turn, and complete nothing",
	[V_STARVATION] = "tasks that can wait or go round for ever, each "
			 "taking its turn, while others complete operations",
	[V_LOCK_ORDER] = "locks taken in an order that can deadlock",
	[V_SLEEP_IN_ATOMIC] = "a call that may sleep where sleeping is "
			      "forbidden",
	[V_RCU] = "RCU or SRCU used against its rules",
	[V_DATA_RACE] = "plain accesses that nothing orders",
	[V_IMBALANCE] = "an invalidation counter that does not return to zero",
	[V_WARN] = "WARN, BUG or KVM_BUG_ON",
	[V_CONTRACT] = "a kernel interface used against its documented rule",
};

static const char *const counter_docs[NR_COUNTERS] = {
	[CTR_VMAP_LIVE] = "vmap areas that exist",
	[CTR_VMAP_PEAK] = "most vmap areas that existed at a time",
	[CTR_VMAP_BYTES] = "address space that they take, guard pages counted",
	[CTR_VMAP_PEAK_BYTES] = "most address space that they took at a time",
	[CTR_KMAP_LIVE] = "kmaps that exist",
	[CTR_MEMREMAP_LIVE] = "memremaps that exist",
	[CTR_SLAB_LIVE] = "slab objects that exist",
	[CTR_FRAMES_USED] = "page frames in use",
	[CTR_NO_DIRECT_MAP] = "pages that are out of the direct map",
	[CTR_FILES_LIVE] = "open files",
	[CTR_TLB_FLUSHES] = "TLB flushes of the guest",
	[CTR_SPTES] = "pages that the guest has mapped",
	[CTR_GUP] = "calls of get_user_pages() and its kin",
	[CTR_NOTIFIER_CALLS] = "MMU notifier calls",
	[CTR_CALLBACKS_PENDING] = "RCU callbacks that did not run yet",
};

static const char *const cap_docs[NR_KERNEL_CAPS] = {
	[CAP_GMEM] = "guest_memfd",
	[CAP_GMEM_MMAP] = "guest_memfd can be mapped by userspace",
	[CAP_GMEM_INIT_SHARED] = "guest_memfd whose pages are shared at first",
	[CAP_GMEM_NO_DIRECT_MAP] = "guest_memfd without direct map",
	[CAP_MEMORY_ATTRIBUTES] = "private and shared pages",
	[CAP_GPC_GMEM] = "pfncache resolves through guest_memfd",
	[CAP_XEN] = "Xen guests: arch/x86/kvm/xen.c as a user of caches",
	[CAP_GPC_SEQ] = "pfncaches have an invalidation sequence of their own, "
			"`kvm->gpc_invalidate_seq`",
	[CAP_GMEM_ERROR_LOCKS] = "guest_memfd's handler of memory errors takes "
				 "the invalidate lock",
};

/* A vertical bar ends a cell of a table. */
static void put_cell(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '|')
			fputc('\\', out);
		fputc(*text, out);
	}
}

static void put_value(FILE *out, const struct schema_key *key)
{
	const char *between = "";

	if (key->as & AS_PLAIN) {
		put_cell(out, value_type_doc(key->type));
		between = ", or ";
	}
	if (key->as & AS_LIST) {
		fprintf(out, "%sa list", between);
		if (key->map)
			fprintf(out, ", each a mapping: %s", key->map->id);
		else if (!(key->as & AS_PLAIN))
			fprintf(out, ", each %s", value_type_name(key->type));
	}
	/* Bytes say their own second form. */
	if ((key->as & AS_MAP) && key->map != &schema_bytes)
		fprintf(out, "%sa mapping%s%s", between, key->map ? ": " : "",
			key->map ? key->map->id : "");
}

static void put_key(FILE *out, const struct schema_key *key, const char *name)
{
	fprintf(out, "| %s | ", name);
	put_value(out, key);
	fprintf(out, " | %s | %s |\n", key->required ? "yes" : "",
		key->doc ? key->doc : "");
}

static void put_map(FILE *out, const struct schema_map *map)
{
	char name[80];

	fprintf(out, "### %s\n\n", map->id);
	fprintf(out, "| key | value | required | meaning |\n");
	fprintf(out, "| --- | --- | --- | --- |\n");
	if (map->named) {
		snprintf(name, sizeof(name), "*%s*", map->names);
		put_key(out, map->named, name);
	}
	for (size_t i = 0; i < map->nr; i++) {
		snprintf(name, sizeof(name), "`%s`", map->keys[i].name);
		put_key(out, &map->keys[i], name);
	}
	if (map == &schema_want || map == &schema_expect)
		fprintf(out, "\n*gpc.NAME* takes the keys of gpc below, "
			     "a *step id* those of outcome.\n");
	fputc('\n', out);
}

static void put_points(FILE *out, enum scenario_op op)
{
	const struct point_table table = points_of(op);

	fprintf(out, "Points: `begin`");
	for (size_t i = 0; i < table.nr; i++) {
		size_t first = 0;

		while (strcmp(table.rules[first].point, table.rules[i].point))
			first++;
		if (first == i)
			fprintf(out, ", `%s`", table.rules[i].point);
	}
	fprintf(out, ", `end`.\n\n");
}

static void put_operation(FILE *out, enum scenario_op op)
{
	const struct schema_op *desc = schema_op(op);
	const struct schema_map *args = &desc->args;

	fprintf(out, "### %s\n\n%s.\n\n", args->id, desc->doc);
	if (desc->only_alone) {
		fprintf(out, "Argument: %s (%s).\n\n", args->keys[0].doc,
			value_type_doc(args->keys[0].type));
	} else {
		if (desc->alone)
			fprintf(out,
				"Argument: the %s alone, or a mapping.\n\n",
				desc->alone);
		fprintf(out, "| argument | value | required | meaning |\n");
		fprintf(out, "| --- | --- | --- | --- |\n");
		for (size_t i = 0; i < args->nr; i++) {
			char name[80];

			snprintf(name, sizeof(name), "`%s`",
				 args->keys[i].name);
			put_key(out, &args->keys[i], name);
		}
		fputc('\n', out);
	}
	put_points(out, op);
}

static void put_words(FILE *out, const char *title, enum value_type type)
{
	const char *word;

	fprintf(out, "* %s:", title);
	for (size_t i = 0; (word = value_type_word(type, i)); i++)
		fprintf(out, "%s `%s`", i ? "," : "", word);
	fprintf(out, "\n");
}

static void put_values(FILE *out)
{
	fprintf(out, "## Values\n\n| value | written as |\n| --- | --- |\n");
	for (unsigned int type = VALUE_VERSION; type < NR_VALUE_TYPES; type++) {
		fprintf(out, "| %s | ", value_type_name(type));
		put_cell(out, value_type_doc(type));
		fprintf(out, " |\n");
	}
	fputc('\n', out);
	put_words(out, "Flags of a guest_memfd", VALUE_GMEM_FLAG);
	put_words(out, "Flags of a memslot", VALUE_SLOT_FLAG);
	put_words(out, "Flags of `xen.config`", VALUE_XEN_FLAG);
	put_words(out, "Extensions", VALUE_EXTENSION);
	fprintf(out,
		"\n"
		"`#n` behind a point counts within one operation, from 1.  "
		"Behind the slash\nany shim call may stand, too, with or "
		"without the object that it acts on:\n"
		"`gpc.refresh/spin_lock(kvm->gpc_lock)#1`.\n\n"
		"A name in a page reference is that of a guest_memfd, else of "
		"a region, else of a\nmemslot.  Pages beyond the end, and "
		"addresses that are not page aligned, are\naccepted where the "
		"step expects an error (`ret: -EINVAL`): then the kernel is "
		"to\njudge them.\n\n");
}

static void put_names(FILE *out, const char *title, const char *first,
		      const char *(*name)(unsigned int index),
		      const char *const *docs, unsigned int nr)
{
	fprintf(out, "## %s\n\n| name | meaning |\n| --- | --- |\n", title);
	if (first)
		fprintf(out, "%s\n", first);
	for (unsigned int i = 0; i < nr; i++)
		fprintf(out, "| `%s` | %s |\n", name(i), docs[i]);
	fputc('\n', out);
}

static const char *cap_name(unsigned int index)
{
	return kernel_cap_name(index);
}

static const char *hazard_name(unsigned int index)
{
	return violation_name(index);
}

static const char *counter_name(unsigned int index)
{
	return kernel_counter_name(index);
}

void schema_print_markdown(FILE *out)
{
	fprintf(out,
		"<!-- SPDX-License-Identifier: GPL-2.0-only -->\n"
		"<!-- Written by `pfnsim schema --format=markdown`; do not edit. -->\n\n"
		"# Scenario files: reference\n\n"
		"Keys stand in the order of these tables; arguments of "
		"operations and of the\nobjects in `vm` may come in any order, "
		"though `pfnsim lint` asks for this one.\nNames that the file "
		"chooses stand before the fixed keys.\n\n"
		"Limits: %d tasks, 64 steps each, 64 cases, 256 lines of "
		"`order`, %d guest_memfds,\n%d regions, %d memslots, %d "
		"caches, 8192 pages an object, 1 MiB of text.\n\n## Keys\n\n",
		SCN_MAX_TASKS, SCN_MAX_GMEM, SCN_MAX_REGIONS, SCN_MAX_SLOTS,
		MAX_CACHES);
	for (size_t i = 0; schema_maps[i]; i++)
		put_map(out, schema_maps[i]);
	fprintf(out, "## Operations\n\n");
	for (unsigned int op = 0; op < NR_SCENARIO_OPS; op++)
		put_operation(out, op);
	put_values(out);
	put_names(out, "Hazards", NULL, hazard_name, hazard_docs,
		  NR_VIOLATIONS);
	put_names(out, "Capabilities", NULL, cap_name, cap_docs,
		  NR_KERNEL_CAPS);
	put_names(out, "Counters",
		  "| `gpc.retries` | how often the point `retry` was passed |",
		  counter_name, counter_docs, NR_COUNTERS);
}
