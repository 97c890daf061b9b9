// SPDX-License-Identifier: GPL-2.0-only
/*
 * The host's oracles against a machine that the test makes up: each must fire on
 * what it is for, and stay silent on its twin.
 */
#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>

#include "checks.h"
#include "engine.h"
#include "vm_model.h"

#define GPA 0x1000UL
#define UVA 0x7f0000000000UL
#define FILE_ID 5UL

/* ---- The machine --------------------------------------------------------- */

static struct gpc_view gpc;
static struct mapping_view mapping;
static struct page_view page;
static struct vm_view vm;
static unsigned long user_pfn, file_pfn;
static long file_status;
static unsigned long counters[NR_COUNTERS];

static long view(enum kernel_view what, unsigned long id, void *out)
{
	switch (what) {
	case VIEW_GPC:
		memcpy(out, &gpc, sizeof(gpc));
		return 0;
	case VIEW_VM:
		memcpy(out, &vm, sizeof(vm));
		return 0;
	case VIEW_USER_PAGE:
		*(unsigned long *)out = user_pfn;
		return 0;
	case VIEW_OPEN_FILE_PAGE:
		if (id != FILE_ID || file_status)
			return id != FILE_ID ? -ENOENT : file_status;
		*(unsigned long *)out = file_pfn;
		return 0;
	case VIEW_PAGE:
		memcpy(out, &page, sizeof(page));
		return 0;
	case VIEW_MAPPING:
		memcpy(out, &mapping, sizeof(mapping));
		return mapping.kind == MAP_NONE ? -2 : 0;
	case VIEW_COUNTERS:
		memcpy(out, counters, sizeof(counters));
		return 0;
	default:
		return -22;
	}
}

static const struct kernel_desc kernel = { .abi = PFNSIM_ABI, .view = view };
static struct vm_model model;

/* A cache on GPA, valid, on the page that the guest has. */
static void setup(void)
{
	cr_assert_eq(engine_init(), 0);
	engine_reset();
	vm_model_init(&model);
	model.slot[0] = (struct model_slot){
		.live = true,
		.gpa = 0,
		.pages = 4,
		.uva = UVA,
		.file = FILE_ID,
	};
	model.region[0] = (struct model_region){
		.live = true,
		.uva = UVA,
		.pages = 4,
		.file = 0,
	};
	file_status = 0;
	user_pfn = 0x1003;
	file_pfn = 0x1007;
	gpc = (struct gpc_view){
		.gpa = GPA,
		.uhva = UVA + 0x1000,
		.khva = 0xffffa00000000000UL,
		.pfn = user_pfn,
		.active = 1,
		.valid = 1,
		.would_check = 1,
	};
	mapping = (struct mapping_view){
		.kind = MAP_KMAP,
		.live = 1,
		.life = 1,
		.pfn = user_pfn,
	};
	page = (struct page_view){ .state = PAGE_ANON, .life = 1, .refs = 1 };
	vm = (struct vm_view){ .alive = 1 };
	memset(counters, 0, sizeof(counters));
}

static unsigned int findings_of(enum violation kind)
{
	unsigned int nr = 0;

	for (unsigned int i = 0; i < engine.nr_findings; i++)
		nr += engine.finding[i].kind == kind;
	return nr;
}

static void at_end(void)
{
	check_cache_at_end(&model, &kernel, 0, "clock");
}

static void at_access(void)
{
	check_access(&model, &kernel, 0, "clock", gpc.khva);
}

/* ---- stale-page ---------------------------------------------------------- */

Test(stale_page, silent_on_the_right_page, .init = setup)
{
	at_access();
	at_end();
	cr_assert_eq(engine.nr_findings, 0);
}

Test(stale_page, fires_when_the_vmm_moved_the_page, .init = setup)
{
	user_pfn = 0x1004;
	at_access();
	cr_assert_eq(findings_of(V_STALE_PAGE), 1);
	cr_assert(strstr(engine.finding[0].text, "maps P3"));
	cr_assert(strstr(engine.finding[0].text, "has P4"));
}

Test(stale_page, fires_when_there_is_no_page_any_more, .init = setup)
{
	user_pfn = HOST_NO_PFN;
	at_end();
	cr_assert_eq(findings_of(V_STALE_PAGE), 1);
}

Test(stale_page, private_gfns_belong_to_the_file, .init = setup)
{
	vm_model_set_private(&model, GPA, 1, true);
	at_end();
	cr_assert_eq(findings_of(V_STALE_PAGE), 1);
}

Test(stale_page, silent_when_the_private_page_is_cached, .init = setup)
{
	vm_model_set_private(&model, GPA, 1, true);
	mapping.pfn = file_pfn;
	at_end();
	cr_assert_eq(engine.nr_findings, 0);
	vm_model_set_private(&model, GPA, 1, false);
	at_end();
	cr_assert_eq(findings_of(V_STALE_PAGE), 1);
}

Test(stale_page, gmem_only_slots_ignore_attributes, .init = setup)
{
	model.slot[0].gmem_only = true;
	mapping.pfn = file_pfn;
	at_end();
	cr_assert_eq(engine.nr_findings, 0);
}

Test(stale_page, closed_files_have_no_page, .init = setup)
{
	model.slot[0].gmem_only = true;
	file_status = -ENOENT;
	mapping.pfn = file_pfn;
	at_end();
	cr_assert_eq(findings_of(V_STALE_PAGE), 1);
}

Test(stale_page, files_about_to_be_released_excuse_both, .init = setup)
{
	model.slot[0].gmem_only = true;
	file_status = -EAGAIN;
	mapping.pfn = file_pfn;
	at_end();
	cr_assert_eq(engine.nr_findings, 0);
}

Test(stale_page, deleted_slots_have_no_page, .init = setup)
{
	model.slot[0].live = false;
	at_end();
	cr_assert_eq(findings_of(V_STALE_PAGE), 1);
}

Test(stale_page, hva_caches_follow_the_vmm, .init = setup)
{
	gpc.gpa = ~0UL;
	vm_model_set_private(&model, GPA, 1, true);
	at_end();
	cr_assert_eq(engine.nr_findings, 0);
	user_pfn = 0x1009;
	at_end();
	cr_assert_eq(findings_of(V_STALE_PAGE), 1);
}

Test(stale_page, fires_on_a_poisoned_page, .init = setup)
{
	page.hwpoison = 1;
	at_end();
	cr_assert_eq(findings_of(V_STALE_PAGE), 1);
}

Test(stale_page, fires_on_freed_and_reused_pages_at_the_end, .init = setup)
{
	page.state = PAGE_FREE;
	at_end();
	page.state = PAGE_ANON;
	page.life = 2;
	at_end();
	mapping.live = 0;
	at_end();
	cr_assert_eq(findings_of(V_STALE_PAGE), 2);
}

Test(stale_page, silent_where_the_check_would_fail, .init = setup)
{
	user_pfn = HOST_NO_PFN;
	gpc.would_check = 0;
	at_end();
	gpc.would_check = 1;
	gpc.valid = 0;
	at_end();
	gpc.valid = 1;
	gpc.active = 0;
	at_end();
	cr_assert_eq(engine.nr_findings, 0);
}

/* ---- Changes under way ---------------------------------------------------- */

static void change(enum change_kind kind, unsigned long file,
		   unsigned long first, unsigned long last)
{
	struct model_change changes[MODEL_CHANGES] = {
		{ .kind = kind, .file = file, .first = first, .last = last },
	};

	engine.nr_findings = 0;
	vm_model_begin(&model, 2, changes);
	at_end();
	vm_model_end(&model, 2);
}

Test(changes, under_way_excuse_both_pages, .init = setup)
{
	user_pfn = HOST_NO_PFN;
	change(CHANGE_UVA, 0, UVA + 0x1000, UVA + 0x1fff);
	cr_assert_eq(engine.nr_findings, 0);
	change(CHANGE_GPA, 0, 0, 0x3fff);
	cr_assert_eq(engine.nr_findings, 0);
	change(CHANGE_FILE, FILE_ID, 1, 1);
	cr_assert_eq(engine.nr_findings, 0);
	at_end();
	cr_assert_eq(engine.nr_findings, 1);
}

Test(changes, elsewhere_excuse_nothing, .init = setup)
{
	user_pfn = HOST_NO_PFN;
	change(CHANGE_UVA, 0, UVA, UVA + 0xfff);
	cr_assert_eq(engine.nr_findings, 1);
	change(CHANGE_UVA, 0, UVA + 0x2000, UVA + 0x2fff);
	cr_assert_eq(engine.nr_findings, 1);
	change(CHANGE_GPA, 0, 0x2000, 0x3fff);
	cr_assert_eq(engine.nr_findings, 1);
	change(CHANGE_FILE, FILE_ID, 2, 3);
	cr_assert_eq(engine.nr_findings, 1);
	change(CHANGE_FILE, FILE_ID + 1, 1, 1);
	cr_assert_eq(engine.nr_findings, 1);
}

Test(changes, of_a_mapped_file_reach_its_regions, .init = setup)
{
	model.region[0].file = FILE_ID + 1;
	model.region[0].pgoff = 8;
	user_pfn = HOST_NO_PFN;
	change(CHANGE_FILE, FILE_ID + 1, 9, 9);
	cr_assert_eq(engine.nr_findings, 0);
	change(CHANGE_FILE, FILE_ID + 1, 8, 8);
	cr_assert_eq(engine.nr_findings, 1);
}

Test(changes, gpa_changes_do_not_excuse_hva_caches, .init = setup)
{
	gpc.gpa = ~0UL;
	user_pfn = HOST_NO_PFN;
	change(CHANGE_GPA, 0, 0, ~0UL);
	cr_assert_eq(engine.nr_findings, 1);
}

/* ---- imbalance, leak ------------------------------------------------------ */

Test(imbalance, silent_at_zero, .init = setup)
{
	check_balance(&kernel, 3);
	cr_assert_eq(engine.nr_findings, 0);
}

Test(imbalance, fires_on_each_counter, .init = setup)
{
	vm.active_invalidate_count = 1;
	vm.invalidate_in_progress = -1;
	check_balance(&kernel, 3);
	cr_assert_eq(findings_of(V_IMBALANCE), 2);
}

Test(imbalance, silent_once_the_vm_is_gone, .init = setup)
{
	vm.active_invalidate_count = 1;
	vm.alive = 0;
	check_balance(&kernel, 3);
	cr_assert_eq(engine.nr_findings, 0);
}

Test(leak, silent_where_all_is_given_back, .init = setup)
{
	unsigned long before[NR_COUNTERS] = { 0 };

	before[CTR_SLAB_LIVE] = counters[CTR_SLAB_LIVE] = 7;
	counters[CTR_GUP] = 99;
	check_leaks(&kernel, before);
	cr_assert_eq(engine.nr_findings, 0);
}

Test(leak, fires_on_each_kind, .init = setup)
{
	static const enum kernel_counter kinds[] = {
		CTR_FRAMES_USED,   CTR_KMAP_LIVE,	  CTR_VMAP_LIVE,
		CTR_SLAB_LIVE,	   CTR_FILES_LIVE,	  CTR_NO_DIRECT_MAP,
		CTR_MEMREMAP_LIVE, CTR_CALLBACKS_PENDING,
	};
	unsigned long before[NR_COUNTERS] = { 0 };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		memset(counters, 0, sizeof(counters));
		counters[kinds[i]] = 2;
		check_leaks(&kernel, before);
		cr_assert_eq(findings_of(V_LEAK), i + 1);
	}
}

/* ---- The model ------------------------------------------------------------ */

Test(model, attributes_come_and_go_page_by_page, .init = setup)
{
	vm_model_set_private(&model, 0, 4, true);
	vm_model_set_private(&model, 0x1000, 1, false);
	cr_assert_eq(vm_model_guest_page(&model, &kernel, 0x0), file_pfn);
	cr_assert_eq(vm_model_guest_page(&model, &kernel, 0x1000), user_pfn);
	cr_assert_eq(vm_model_guest_page(&model, &kernel, 0x3fff), file_pfn);
	cr_assert_eq(vm_model_guest_page(&model, &kernel, 0x4000), HOST_NO_PFN);
}

Test(model, a_copy_is_whole, .init = setup)
{
	struct vm_model copy;

	vm_model_init(&copy);
	vm_model_set_private(&copy, 0x100000, 64, true);
	vm_model_set_private(&model, 0x2000, 1, true);
	vm_model_copy(&copy, &model);
	cr_assert_eq(copy.private_gfn[0], model.private_gfn[0]);
	cr_assert_eq(copy.private_gfn[0x100 / 64], 0);
	cr_assert_eq(memcmp(copy.slot, model.slot, sizeof(copy.slot)), 0);
}

Test(model, gfns_beyond_its_reach_are_shared, .init = setup)
{
	vm_model_set_private(&model, MODEL_MAX_GFN << 12, 1, true);
	cr_assert_eq(model.private_used, 0);
}
