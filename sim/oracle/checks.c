// SPDX-License-Identifier: GPL-2.0-only
#include "checks.h"

#include <stdio.h>

#include "engine.h"

#define FIRST_PFN 0x1000UL
#define FIRST_DEVICE_PFN 0x100000UL

#define NR_DEVICE_PFNS 0x10000UL

static bool is_device_pfn(unsigned long pfn)
{
	return pfn - FIRST_DEVICE_PFN < NR_DEVICE_PFNS;
}

const char *page_name(unsigned long pfn)
{
	static char names[4][24];
	static unsigned int next;
	char *name = names[next++ % 4];

	if (pfn == HOST_NO_PFN)
		snprintf(name, sizeof(names[0]), "no page");
	else if (is_device_pfn(pfn))
		snprintf(name, sizeof(names[0]), "D%lu",
			 pfn - FIRST_DEVICE_PFN);
	else if (pfn - FIRST_PFN < WORLD_NR_FRAMES)
		snprintf(name, sizeof(names[0]), "P%lu", pfn - FIRST_PFN);
	else
		snprintf(name, sizeof(names[0]), "pfn %#lx", pfn);
	return name;
}

static bool page_alive(const struct kernel_desc *kernel,
		       const struct mapping_view *mapping)
{
	struct page_view page;

	if (is_device_pfn(mapping->pfn))
		return true;
	if (kernel_look(kernel, VIEW_PAGE, mapping->pfn, &page) < 0)
		return false;
	return page.state != PAGE_FREE && page.life == mapping->life;
}

/* Stale, unless freed: a freed page is a use-after-free, which the shim tells. */
static void compare(const struct vm_model *model,
		    const struct kernel_desc *kernel,
		    const struct gpc_view *gpc, const char *cache_name,
		    const struct mapping_view *mapping)
{
	struct page_view page;
	unsigned long right;

	if (vm_model_in_flux(model, gpc))
		return;
	right = vm_model_page(model, kernel, gpc);
	if (right == MODEL_ANY_PFN)
		return;
	if (right == mapping->pfn) {
		if (kernel_look(kernel, VIEW_PAGE, right, &page) >= 0 &&
		    page.hwpoison)
			engine_find(V_STALE_PAGE, host_task, right,
				    "cache %s is valid and maps %s, which is "
				    "poisoned",
				    cache_name, page_name(right));
		return;
	}
	engine_find(V_STALE_PAGE, host_task, mapping->pfn,
		    "cache %s is valid and maps %s, but %s has %s there now",
		    cache_name, page_name(mapping->pfn),
		    gpc->gpa == ~0UL ? "the VMM" : "the guest",
		    page_name(right));
}

unsigned long check_access(const struct vm_model *model,
			   const struct kernel_desc *kernel, unsigned int cache,
			   const char *cache_name, unsigned long khva)
{
	struct mapping_view mapping;
	struct gpc_view gpc;

	if (kernel_look(kernel, VIEW_GPC, cache, &gpc) < 0 ||
	    kernel_look(kernel, VIEW_MAPPING, khva, &mapping) < 0)
		return HOST_NO_PFN;
	if (mapping.live && page_alive(kernel, &mapping))
		compare(model, kernel, &gpc, cache_name, &mapping);
	return mapping.pfn;
}

void check_cache_at_end(const struct vm_model *model,
			const struct kernel_desc *kernel, unsigned int cache,
			const char *cache_name)
{
	struct mapping_view mapping;
	struct gpc_view gpc;

	if (kernel_look(kernel, VIEW_GPC, cache, &gpc) < 0 || !gpc.active ||
	    !gpc.valid || !gpc.would_check)
		return;
	if (kernel_look(kernel, VIEW_MAPPING, gpc.khva, &mapping) < 0) {
		engine_find(V_STALE_PAGE, host_task, HOST_NO_PFN,
			    "cache %s is valid without any mapping",
			    cache_name);
		return;
	}
	if (!mapping.live)
		engine_find(V_STALE_PAGE, host_task, mapping.pfn,
			    "cache %s is valid, but its mapping of %s is gone",
			    cache_name, page_name(mapping.pfn));
	else if (!page_alive(kernel, &mapping))
		engine_find(V_STALE_PAGE, host_task, mapping.pfn,
			    "cache %s is valid and maps %s, which was freed",
			    cache_name, page_name(mapping.pfn));
	else
		compare(model, kernel, &gpc, cache_name, &mapping);
}

void check_balance(const struct kernel_desc *kernel, int vm_fd)
{
	struct vm_view vm;

	if (kernel_look(kernel, VIEW_VM, vm_fd, &vm) < 0 || !vm.alive)
		return;
	if (vm.active_invalidate_count)
		engine_find(V_IMBALANCE, host_task, HOST_NO_PFN,
			    "the count of active invalidations is %lu, and "
			    "none is under way",
			    vm.active_invalidate_count);
	if (vm.invalidate_in_progress)
		engine_find(V_IMBALANCE, host_task, HOST_NO_PFN,
			    "mmu_invalidate_in_progress is %ld, and no "
			    "invalidation is under way",
			    vm.invalidate_in_progress);
}

struct leak {
	enum kernel_counter counter;
	const char *what;
};

void check_leaks(const struct kernel_desc *kernel,
		 const unsigned long before[NR_COUNTERS])
{
	static const struct leak leaks[] = {
		{ CTR_FRAMES_USED, "page(s) never freed" },
		{ CTR_KMAP_LIVE, "kmap(s) never undone" },
		{ CTR_VMAP_LIVE, "vmap area(s) never unmapped" },
		{ CTR_MEMREMAP_LIVE, "memremap(s) never unmapped" },
		{ CTR_SLAB_LIVE, "slab object(s) never freed" },
		{ CTR_FILES_LIVE, "file(s) never released" },
		{ CTR_NO_DIRECT_MAP, "page(s) never put back into the direct "
				     "map" },
		{ CTR_CALLBACKS_PENDING, "RCU callback(s) never run" },
	};
	unsigned long now[NR_COUNTERS];

	if (kernel_look(kernel, VIEW_COUNTERS, 0, now) < 0)
		return;
	for (size_t i = 0; i < sizeof(leaks) / sizeof(leaks[0]); i++) {
		enum kernel_counter c = leaks[i].counter;

		if ((long)(now[c] - before[c]) > 0)
			engine_find(V_LEAK, host_task, HOST_NO_PFN, "%lu %s",
				    now[c] - before[c], leaks[i].what);
	}
}
