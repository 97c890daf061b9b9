// SPDX-License-Identifier: GPL-2.0-only
#include "schema.h"

#include <string.h>

#include "points.h"

#define KEYS(k) .keys = (k), .nr = sizeof(k) / sizeof((k)[0])
#define REQUIRED true
#define OPTIONAL false

/* Values that have more than one form. */

static const struct schema_key bytes_keys[] = {
	{ "hex", AS_PLAIN, VALUE_TEXT, REQUIRED, NULL,
	  "bytes in hexadecimal, `de ad be ef`" },
};
const struct schema_map schema_bytes = {
	.id = "bytes",
	.what = "bytes",
	KEYS(bytes_keys),
};

static const struct schema_key page_text_value = {
	NULL,	  AS_PLAIN | AS_MAP, VALUE_BYTES,
	OPTIONAL, &schema_bytes,     "what the page holds at the start",
};
const struct schema_map schema_page_text = {
	.id = "page-text",
	.what = "the contents of pages",
	.names = "page index",
	.named = &page_text_value,
};

/* The machine. */

static const struct schema_key region_keys[] = {
	{ "pages", AS_PLAIN, VALUE_NUMBER, REQUIRED, NULL,
	  "size in pages, 1 to 8192" },
	{ "hva", AS_PLAIN, VALUE_ADDRESS, REQUIRED, NULL,
	  "userspace address, page aligned" },
	{ "gmem", AS_PLAIN, VALUE_GMEM, OPTIONAL, NULL,
	  "map this guest_memfd; anonymous memory without it" },
	{ "offset", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL,
	  "first page of the file, 0 by default" },
	{ "device", AS_PLAIN, VALUE_BOOL, OPTIONAL, NULL,
	  "pages without struct page (VM_PFNMAP)" },
	{ "text", AS_MAP, VALUE_NOTHING, OPTIONAL, &schema_page_text,
	  "contents of pages at the start, by index" },
};
const struct schema_map schema_region = {
	.id = "region",
	.what = "a region",
	KEYS(region_keys),
	.any_order = true,
};

static const struct schema_key gmem_keys[] = {
	{ "pages", AS_PLAIN, VALUE_NUMBER, REQUIRED, NULL,
	  "size in pages, 1 to 8192" },
	{ "flags", AS_LIST, VALUE_GMEM_FLAG, OPTIONAL, NULL,
	  "flags of KVM_CREATE_GUEST_MEMFD" },
	{ "text", AS_MAP, VALUE_NOTHING, OPTIONAL, &schema_page_text,
	  "contents of pages at the start, by index" },
};
const struct schema_map schema_gmem = {
	.id = "gmem",
	.what = "a guest_memfd",
	KEYS(gmem_keys),
	.any_order = true,
};

static const struct schema_key slot_keys[] = {
	{ "gpa", AS_PLAIN, VALUE_ADDRESS, REQUIRED, NULL,
	  "guest physical address, page aligned" },
	{ "pages", AS_PLAIN, VALUE_NUMBER, REQUIRED, NULL,
	  "size in pages, 1 to 8192" },
	{ "hva", AS_PLAIN, VALUE_UVA, REQUIRED, NULL,
	  "userspace address: a region, a page of it, or a number" },
	{ "gmem", AS_PLAIN, VALUE_GMEM, OPTIONAL, NULL,
	  "the guest_memfd behind the private pages" },
	{ "offset", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL,
	  "first page of the file, 0 by default" },
	{ "flags", AS_LIST, VALUE_SLOT_FLAG, OPTIONAL, NULL,
	  "flags of KVM_SET_USER_MEMORY_REGION2" },
};
const struct schema_map schema_slot = {
	.id = "slot",
	.what = "a memslot",
	KEYS(slot_keys),
	.any_order = true,
};

static const struct schema_key cache_keys[] = {
	{ "gpa", AS_PLAIN, VALUE_ADDRESS, OPTIONAL, NULL,
	  "guest physical address; either `gpa` or `hva`" },
	{ "hva", AS_PLAIN, VALUE_UVA, OPTIONAL, NULL,
	  "userspace address: a page of a region, or a number" },
	{ "offset", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL,
	  "bytes into the page of `hva`, 0 to 4095" },
	{ "len", AS_PLAIN, VALUE_NUMBER, REQUIRED, NULL,
	  "length in bytes, 1 to 4096" },
	{ "count", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL,
	  "as many caches, on consecutive pages; 8192 in all" },
	{ "use", AS_PLAIN, VALUE_USE, OPTIONAL, NULL,
	  "the cache is the architecture's own, for `clock.` and `xen.`" },
};
const struct schema_map schema_cache = {
	.id = "cache",
	.what = "a cache",
	KEYS(cache_keys),
	.any_order = true,
};

#define NAMED_MAP(var, ident, text, noun, element)                             \
	static const struct schema_key var##_value = {                         \
		NULL, AS_MAP, VALUE_NOTHING, OPTIONAL, &(element), NULL,       \
	};                                                                     \
	const struct schema_map var = {                                        \
		.id = (ident),                                                 \
		.what = (text),                                                \
		.names = (noun),                                               \
		.named = &var##_value,                                         \
	}

NAMED_MAP(schema_regions, "regions", "the regions", "region", schema_region);
NAMED_MAP(schema_gmems, "gmems", "the guest_memfds", "guest_memfd",
	  schema_gmem);
NAMED_MAP(schema_slots, "slots", "the memslots", "memslot", schema_slot);
NAMED_MAP(schema_caches, "caches", "the caches", "cache", schema_cache);

static const struct schema_key vm_keys[] = {
	{ "mm", AS_MAP, VALUE_NOTHING, OPTIONAL, &schema_regions,
	  "regions of the VMM's address space" },
	{ "gmem", AS_MAP, VALUE_NOTHING, OPTIONAL, &schema_gmems,
	  "guest_memfd files" },
	{ "slots", AS_MAP, VALUE_NOTHING, OPTIONAL, &schema_slots,
	  "memslots, made in this order" },
	{ "private", AS_LIST, VALUE_ADDRESS, OPTIONAL, NULL,
	  "guest physical addresses of pages that are private at the start" },
	{ "caches", AS_MAP, VALUE_NOTHING, OPTIONAL, &schema_caches,
	  "pfncaches; initialised, not yet active" },
	{ "page-reuse", AS_PLAIN, VALUE_REUSE, OPTIONAL, NULL,
	  "when a freed frame is used again; `never` by default" },
	{ "vmap-bytes", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL,
	  "size of the vmap address space; 32 TiB by default" },
	{ "descriptors", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL,
	  "most files that the VMM may have open (RLIMIT_NOFILE), with /dev/kvm "
	  "and the VM; 64 by default" },
	{ "private-memory", AS_PLAIN, VALUE_BOOL, OPTIONAL, NULL,
	  "a VM that knows private memory, and has no second address space; "
	  "`true` by default" },
};
const struct schema_map schema_vm = {
	.id = "vm",
	.what = "the VM",
	KEYS(vm_keys),
};

/* Steps. */

static const struct schema_key step_operation = {
	NULL,	    AS_PLAIN | AS_MAP,
	VALUE_TEXT, REQUIRED,
	NULL,	    "the operation and its argument",
};
static const struct schema_key point_by_task = {
	NULL, AS_PLAIN, VALUE_POINT, REQUIRED, NULL, "a point of that task",
};
const struct schema_map schema_when = {
	.id = "when",
	.what = "a gate",
	.names = "task",
	.named = &point_by_task,
};
static const struct schema_key step_keys[] = {
	{ "id", AS_PLAIN, VALUE_NAME, OPTIONAL, NULL,
	  "name of the step, for `expect`" },
	{ "when", AS_PLAIN | AS_MAP, VALUE_POINT, OPTIONAL, &schema_when,
	  "do not start before another task passed that point; "
	  "`{task: op/point}` where several tasks have it" },
	{ "repeat", AS_PLAIN, VALUE_REPEAT, OPTIONAL, NULL,
	  "carry the step out that many times, 1 to 1000, or as long as tasks "
	  "without an endless step go on; the last time counts for `ret` and "
	  "`sees`" },
	{ "fail", AS_PLAIN, VALUE_FAULT, OPTIONAL, NULL,
	  "let an allocation of the step fail" },
	{ "ret", AS_PLAIN, VALUE_RET, OPTIONAL, NULL,
	  "what the operation must return" },
	{ "sees", AS_PLAIN | AS_MAP, VALUE_BYTES, OPTIONAL, &schema_bytes,
	  "what a read must find" },
};
const struct schema_map schema_step = {
	.id = "step",
	.what = "a step",
	KEYS(step_keys),
	.names = "operation",
	.named = &step_operation,
};

static const struct schema_key task_steps = {
	NULL,	  AS_LIST,	VALUE_NOTHING,
	REQUIRED, &schema_step, "the steps of the task",
};
const struct schema_map schema_tasks = {
	.id = "tasks",
	.what = "the tasks",
	.names = "task",
	.named = &task_steps,
};

/* Expectations. */

static const struct schema_key outcome_keys[] = {
	{ "ret", AS_PLAIN, VALUE_RET, OPTIONAL, NULL,
	  "what the operation returned" },
	{ "sees", AS_PLAIN | AS_MAP, VALUE_BYTES, OPTIONAL, &schema_bytes,
	  "what a read found" },
};
const struct schema_map schema_outcome = {
	.id = "outcome",
	.what = "an outcome",
	KEYS(outcome_keys),
};

static const struct schema_key gpc_keys[] = {
	{ "active", AS_PLAIN, VALUE_BOOL, OPTIONAL, NULL, "gpc->active" },
	{ "valid", AS_PLAIN, VALUE_BOOL, OPTIONAL, NULL, "gpc->valid" },
	{ "page", AS_PLAIN, VALUE_PAGE, OPTIONAL, NULL,
	  "the cache holds the page that is there at the end" },
	{ "khva", AS_PLAIN, VALUE_NULL, OPTIONAL, NULL,
	  "`null`: gpc->khva is NULL" },
	{ "mapped-by", AS_PLAIN, VALUE_MAPPED_BY, OPTIONAL, NULL,
	  "how gpc->khva was made" },
};
const struct schema_map schema_gpc = {
	.id = "gpc",
	.what = "the state of a cache",
	KEYS(gpc_keys),
};

static const struct schema_key counter_range = {
	NULL, AS_PLAIN, VALUE_RANGE, OPTIONAL, NULL, "the counter's value",
};
const struct schema_map schema_counters = {
	.id = "counters",
	.what = "counters",
	.names = "counter",
	.named = &counter_range,
};

static const struct schema_key want_named = {
	NULL,
	AS_MAP,
	VALUE_NOTHING,
	OPTIONAL,
	&schema_outcome,
	"`<step id>: {ret, sees}`, or "
	"`gpc.NAME: {active, valid, page, khva, mapped-by}`",
};
static const struct schema_key want_keys[] = {
	{ "counters", AS_MAP, VALUE_NOTHING, OPTIONAL, &schema_counters,
	  "counters of the machine at the end" },
};
const struct schema_map schema_want = {
	.id = "want",
	.what = "an expectation",
	KEYS(want_keys),
	.names = "step id or gpc.NAME",
	.named = &want_named,
};

static const struct schema_key final_keys[] = {
	{ "any-of", AS_LIST, VALUE_NOTHING, REQUIRED, &schema_want,
	  "one of these must hold at the end of every schedule" },
};
const struct schema_map schema_final = {
	.id = "final",
	.what = "the final state",
	KEYS(final_keys),
};

static const struct schema_key allow_reason = {
	NULL, AS_PLAIN, VALUE_TEXT, REQUIRED, NULL, "the reason",
};
const struct schema_map schema_allow = {
	.id = "allow",
	.what = "the hazards that are allowed",
	.names = "hazard",
	.named = &allow_reason,
};

static const struct schema_key expect_keys[] = {
	{ "counters", AS_MAP, VALUE_NOTHING, OPTIONAL, &schema_counters,
	  "counters of the machine at the end" },
	{ "never", AS_LIST, VALUE_HAZARD, OPTIONAL, NULL,
	  "hazards; all are checked anyway, listing them is documentation" },
	{ "allow", AS_MAP, VALUE_NOTHING, OPTIONAL, &schema_allow,
	  "hazards that do not fail the case, each with the reason" },
	{ "sometimes", AS_LIST, VALUE_NOTHING, OPTIONAL, &schema_want,
	  "each must hold at the end of at least one schedule" },
	{ "always", AS_LIST, VALUE_NOTHING, OPTIONAL, &schema_want,
	  "each must hold at the end of every schedule" },
	{ "final", AS_MAP, VALUE_NOTHING, OPTIONAL, &schema_final,
	  "the end states that are accepted" },
};
const struct schema_map schema_expect = {
	.id = "expect",
	.what = "'expect'",
	KEYS(expect_keys),
	.names = "step id or gpc.NAME",
	.named = &want_named,
};

/* Cases. */

static const struct schema_key order_until = {
	NULL,
	AS_PLAIN | AS_LIST,
	VALUE_UNTIL,
	REQUIRED,
	NULL,
	"run this task alone until there; in a list, whichever comes first",
};
static const struct schema_key order_keys[] = {
	{ "again", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL,
	  "the last line: that many lines before it are gone through again and "
	  "again, to show that tasks need not get on" },
};
const struct schema_map schema_order_line = {
	.id = "order-line",
	.what = "a line of 'order'",
	KEYS(order_keys),
	.names = "task",
	.named = &order_until,
};

static const struct schema_key stop_keys[] = {
	{ "seconds", AS_PLAIN, VALUE_NUMBER, REQUIRED, NULL,
	  "give up after that time, 1 to 86400" },
};
const struct schema_map schema_stop = {
	.id = "stop",
	.what = "'stop'",
	KEYS(stop_keys),
};

static const struct schema_key explore_keys[] = {
	{ "preemptions", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL,
	  "every schedule with at most that many preemptions, 0 to 16" },
	{ "random", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL,
	  "that many random schedules" },
	{ "seed", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL,
	  "seed of the random schedules; given with `random`" },
	{ "stop", AS_MAP, VALUE_NOTHING, OPTIONAL, &schema_stop,
	  "limit of the search" },
};
const struct schema_map schema_explore = {
	.id = "explore",
	.what = "'explore'",
	KEYS(explore_keys),
};

static const struct schema_key case_keys[] = {
	{ "name", AS_PLAIN, VALUE_NAME, REQUIRED, NULL, "name of the case" },
	{ "order", AS_LIST, VALUE_NOTHING, OPTIONAL, &schema_order_line,
	  "one exact schedule, one context switch a line" },
	{ "explore", AS_MAP, VALUE_NOTHING, OPTIONAL, &schema_explore,
	  "a search over schedules, instead of `order`; `{}`: over all" },
	{ "expect", AS_MAP, VALUE_NOTHING, REQUIRED, &schema_expect,
	  "what must, may and must never come of it" },
};
const struct schema_map schema_case = {
	.id = "case",
	.what = "a case",
	KEYS(case_keys),
};

static const struct schema_key xfail_keys[] = {
	{ "kernel", AS_PLAIN, VALUE_GLOB, OPTIONAL, NULL,
	  "name of a kernel, or a glob; one of `kernel`, `has` and `lacks` is "
	  "required, and all that are given must fit" },
	{ "has", AS_LIST, VALUE_CAP, OPTIONAL, NULL,
	  "capabilities that the kernel has, all of them" },
	{ "lacks", AS_LIST, VALUE_CAP, OPTIONAL, NULL,
	  "capabilities that the kernel has not, none of them" },
	{ "cases", AS_LIST, VALUE_CASE, OPTIONAL, NULL,
	  "the cases that must fail; all of them without this key" },
	{ "fails", AS_PLAIN | AS_LIST, VALUE_FAILS, REQUIRED, NULL,
	  "what must be among the failures" },
	{ "why", AS_PLAIN, VALUE_TEXT, REQUIRED, NULL, "the reason" },
	{ "ref", AS_PLAIN, VALUE_URL, OPTIONAL, NULL, "where to read on" },
};
const struct schema_map schema_xfail = {
	.id = "xfail",
	.what = "an expected failure",
	KEYS(xfail_keys),
};

static const struct schema_key top_keys[] = {
	{ "scenario", AS_PLAIN, VALUE_VERSION, REQUIRED, NULL,
	  "version of the format" },
	{ "name", AS_PLAIN, VALUE_NAME, REQUIRED, NULL,
	  "equals the file name without `.yaml`" },
	{ "title", AS_PLAIN, VALUE_TEXT, REQUIRED, NULL,
	  "one line for reports" },
	{ "about", AS_PLAIN, VALUE_TEXT, OPTIONAL, NULL,
	  "what happens and why it matters" },
	{ "refs", AS_LIST, VALUE_URL, OPTIONAL, NULL, "where to read on" },
	{ "labels", AS_LIST, VALUE_NAME, OPTIONAL, NULL,
	  "names to select scenarios by" },
	{ "needs", AS_LIST, VALUE_CAP, OPTIONAL, NULL,
	  "capabilities; a kernel without one of them skips the scenario" },
	{ "xfail", AS_LIST, VALUE_NOTHING, OPTIONAL, &schema_xfail,
	  "kernels and cases that are known to fail" },
	{ "vm", AS_MAP, VALUE_NOTHING, REQUIRED, &schema_vm,
	  "the machine at the start" },
	{ "setup", AS_LIST, VALUE_NOTHING, OPTIONAL, &schema_step,
	  "steps that run alone before the tasks" },
	{ "tasks", AS_MAP, VALUE_NOTHING, REQUIRED, &schema_tasks,
	  "the tasks and their steps; their order is that of the lanes" },
	{ "cases", AS_LIST, VALUE_NOTHING, REQUIRED, &schema_case,
	  "the tests" },
};
const struct schema_map schema_top = {
	.id = "scenario",
	.what = "a scenario",
	KEYS(top_keys),
};

const struct schema_map *const schema_maps[] = {
	&schema_top,	  &schema_xfail,
	&schema_vm,	  &schema_regions,
	&schema_region,	  &schema_gmems,
	&schema_gmem,	  &schema_page_text,
	&schema_bytes,	  &schema_slots,
	&schema_slot,	  &schema_caches,
	&schema_cache,	  &schema_tasks,
	&schema_step,	  &schema_when,
	&schema_case,	  &schema_order_line,
	&schema_explore,  &schema_stop,
	&schema_expect,	  &schema_want,
	&schema_outcome,  &schema_gpc,
	&schema_counters, &schema_allow,
	&schema_final,	  NULL,
};

size_t schema_find(const struct schema_map *map, const char *name)
{
	size_t i;

	for (i = 0; i < map->nr; i++)
		if (!strcmp(map->keys[i].name, name))
			break;
	return i;
}
