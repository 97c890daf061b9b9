// SPDX-License-Identifier: GPL-2.0-only
#include "machine.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "points.h"

#define PAGE_BYTES 4096UL
/* Where slots without a userspace address get one: 4 GiB apart. */
#define FREE_UVA 0x7e0000000000UL

static int point_index(struct op_points *points, const char *name)
{
	for (unsigned int i = 0; i < points->nr_points; i++)
		if (!strcmp(points->points[i], name))
			return i;
	points->points[points->nr_points] = name;
	return points->nr_points++;
}

static void compile_points(enum scenario_op op, struct op_points *points)
{
	struct point_table table = points_of(op);

	points->op = scenario_op_name(op);
	for (size_t i = 0; i < table.nr; i++) {
		const struct point_rule *rule = &table.rules[i];

		points->watch[rule->call] |= 1U << points->nr_anchors;
		points->anchors[points->nr_anchors++] = (struct anchor){
			.obj = rule->obj,
			.point = point_index(points, rule->point),
			.after = rule->after ?
					 point_index(points, rule->after) :
					 -1,
			.repeated = rule->repeated,
		};
	}
}

const struct op_points *machine_points(enum scenario_op op)
{
	static struct op_points points[NR_SCENARIO_OPS];
	static bool compiled;

	if (!compiled)
		for (int i = 0; i < NR_SCENARIO_OPS; i++)
			compile_points(i, &points[i]);
	compiled = true;
	return &points[op];
}

const struct cache_desc *machine_cache(const struct machine *machine,
				       unsigned int index)
{
	const struct scenario *scn = machine->scenario;

	for (size_t i = 0; i < scn->nr_cache; i++) {
		const struct cache_desc *cache = &scn->cache[i];
		unsigned long count = cache->count ? cache->count : 1;

		if (index >= cache->first && index - cache->first < count)
			return cache;
	}
	return NULL;
}

static long kernel_op(struct machine *machine, enum kernel_op op,
		      struct op_args args)
{
	return machine->kernel->desc->op(op, &args);
}

#define OP(machine, op, ...)                                                   \
	kernel_op(machine, op, (struct op_args){ .a = { __VA_ARGS__ } })

void machine_gmem_made(struct machine *machine, int gmem, int fd,
		       unsigned long pages)
{
	struct machine_state *state = &machine->state;

	state->gmem_fd[gmem] = fd;
	state->gmem_pages[gmem] = pages;
	kernel_look(machine->kernel->desc, VIEW_FILE, fd,
		    &state->gmem_file[gmem]);
}

static long build_gmem(struct machine *machine, int index)
{
	const struct gmem_desc *gmem = &machine->scenario->gmem[index];
	struct machine_state *state = &machine->state;
	long fd;

	state->gmem_fd[index] = -1;
	state->gmem_pages[index] = gmem->pages;
	if (gmem->created_later)
		return 0;
	fd = OP(machine, OP_GMEM_CREATE, state->vm_fd, gmem->pages * PAGE_BYTES,
		gmem->flags);
	if (fd >= 0)
		machine_gmem_made(machine, index, fd, gmem->pages);
	return fd < 0 ? fd : 0;
}

static void model_region(struct machine *machine, int index, unsigned long uva,
			 unsigned long pages, int gmem, unsigned long offset)
{
	machine->state.model.region[index] = (struct model_region){
		.live = true,
		.uva = uva,
		.pages = pages,
		.file = gmem == SCN_NONE ? 0 : machine->state.gmem_file[gmem],
		.pgoff = offset,
	};
}

static long build_region(struct machine *machine, int index)
{
	const struct region_desc *region = &machine->scenario->region[index];
	long fd = region->device ? -2 :
		  region->gmem == SCN_NONE ?
				   -1 :
				   machine->state.gmem_fd[region->gmem];
	long ret;

	if (region->created_later)
		return 0;
	ret = OP(machine, OP_MMAP, region->hva, region->pages * PAGE_BYTES, fd,
		 region->offset * PAGE_BYTES);
	if (ret < 0)
		return ret;
	model_region(machine, index, region->hva, region->pages, region->gmem,
		     region->offset);
	return 0;
}

/*
 * A slot whose userspace address is a bare number gets its file mapped there
 * where the file can be mapped; that is what a VMM does.
 */
static long map_slot(struct machine *machine, int index)
{
	const struct slot_desc *slot = &machine->scenario->slot[index];
	unsigned long uva = machine->state.slot_uva[index];
	long ret;

	if (!slot->hva.given || !slot->hva.is_number ||
	    slot->gmem == SCN_NONE ||
	    !(machine->scenario->gmem[slot->gmem].flags & GMEM_MMAP))
		return 0;
	for (int i = 0; i < MODEL_MAX_REGIONS; i++)
		if (machine->state.model.region[i].live &&
		    machine->state.model.region[i].uva == uva)
			return 0;
	ret = OP(machine, OP_MMAP, uva, slot->pages * PAGE_BYTES,
		 machine->state.gmem_fd[slot->gmem], slot->offset * PAGE_BYTES);
	if (ret >= 0 && index < MODEL_MAX_REGIONS - SCN_MAX_REGIONS)
		model_region(machine, SCN_MAX_REGIONS + index, uva, slot->pages,
			     slot->gmem, slot->offset);
	return ret < 0 ? ret : 0;
}

unsigned long machine_uva(const struct machine *machine,
			  const struct uva_ref *ref)
{
	const struct page_ref *page = &ref->page;

	if (ref->is_number)
		return ref->number;
	switch (page->space) {
	case PAGES_REGION:
		return machine->scenario->region[page->obj].hva +
		       page->first * PAGE_BYTES;
	case PAGES_SLOT:
		return machine->state.slot_uva[page->obj] +
		       page->first * PAGE_BYTES;
	default:
		return 0;
	}
}

static long build_slot(struct machine *machine, int index)
{
	const struct slot_desc *desc = &machine->scenario->slot[index];
	struct machine_state *state = &machine->state;
	long ret;

	state->slot_uva[index] = desc->hva.given ?
					 machine_uva(machine, &desc->hva) :
					 FREE_UVA +
						 ((unsigned long)index << 32);
	if (desc->created_later)
		return 0;
	ret = map_slot(machine, index);
	if (ret < 0)
		return ret;
	return machine_slot_set(machine, index, desc->gpa, desc->pages,
				state->slot_uva[index], desc->gmem,
				desc->offset, desc->flags);
}

static long write_texts(struct machine *machine)
{
	const struct scenario *scn = machine->scenario;

	for (size_t i = 0; i < scn->nr_gmem; i++)
		for (size_t j = 0; j < scn->gmem[i].nr_text; j++) {
			const struct page_text *t = &scn->gmem[i].text[j];
			long ret = machine_gmem_write(machine, i, t->page,
						      &t->bytes);

			if (ret < 0)
				return ret;
		}
	for (size_t i = 0; i < scn->nr_region; i++)
		for (size_t j = 0; j < scn->region[i].nr_text; j++) {
			const struct page_text *t = &scn->region[i].text[j];
			struct op_args args = {
				.a = { scn->region[i].hva +
					       t->page * PAGE_BYTES,
				       t->bytes.len },
				.buf = t->bytes.data,
			};
			long ret = kernel_op(machine, OP_USER_WRITE, args);

			if (ret < 0)
				return ret;
		}
	return 0;
}

static long build_caches(struct machine *machine)
{
	for (size_t i = 0; i < machine->scenario->nr_cache; i++) {
		const struct cache_desc *cache = &machine->scenario->cache[i];
		unsigned long count = cache->count ? cache->count : 1;

		for (unsigned long n = 0; n < count; n++) {
			long ret = OP(machine, OP_GPC_INIT,
				      machine->state.vm_fd, cache->first + n,
				      cache->use);

			if (ret < 0)
				return ret;
			machine->nr_caches = cache->first + n + 1;
		}
	}
	return 0;
}

static long failed(char *why, size_t size, const char *what, long ret)
{
	snprintf(why, size, "%s fails with error %ld", what, -ret);
	return ret;
}

static long build_private(struct machine *machine)
{
	const struct scenario *scn = machine->scenario;

	for (size_t i = 0; i < scn->nr_private; i++) {
		long ret = OP(machine, OP_ATTR_SET, machine->state.vm_fd,
			      scn->private_gpa[i], PAGE_BYTES, 1);

		if (ret < 0)
			return ret;
		vm_model_set_private(&machine->state.model, scn->private_gpa[i],
				     1, true);
	}
	return 0;
}

static unsigned long frames_needed(const struct scenario *scn)
{
	unsigned long pages = 256;

	for (size_t i = 0; i < scn->nr_gmem; i++)
		pages += scn->gmem[i].pages;
	for (size_t i = 0; i < scn->nr_region; i++)
		pages += scn->region[i].pages;
	return pages * 2 < WORLD_NR_FRAMES ? pages * 2 : WORLD_NR_FRAMES;
}

long machine_build(struct machine *machine, char *why, size_t size)
{
	const struct scenario *scn = machine->scenario;
	const struct kernel_desc *desc = machine->kernel->desc;
	struct machine_config config = {
		.page_reuse = scn->page_reuse,
		.nr_frames = machine->nr_frames ? machine->nr_frames :
						  frames_needed(scn),
		.vmap_bytes = scn->vmap_bytes,
		.max_fds = scn->max_fds,
	};
	long ret = desc->boot(&config);

	memset(&machine->state, 0, sizeof(machine->state));
	if (ret < 0)
		return failed(why, size, "booting the kernel", ret);
	kernel_look(desc, VIEW_COUNTERS, 0, machine->counters_before);
	ret = OP(machine, OP_VM_CREATE, scn->ordinary_vm);
	if (ret < 0)
		return failed(why, size, "making the VM", ret);
	machine->state.vm_fd = ret;
	machine->state.model.vm_open = true;
	for (size_t i = 0; i < scn->nr_gmem; i++)
		if ((ret = build_gmem(machine, i)) < 0)
			return failed(why, size, scn->gmem[i].name, ret);
	for (size_t i = 0; i < scn->nr_region; i++)
		if ((ret = build_region(machine, i)) < 0)
			return failed(why, size, scn->region[i].name, ret);
	for (size_t i = 0; i < scn->nr_slot; i++)
		if ((ret = build_slot(machine, i)) < 0)
			return failed(why, size, scn->slot[i].name, ret);
	ret = build_private(machine);
	if (ret < 0)
		return failed(why, size, "private:", ret);
	ret = write_texts(machine);
	if (ret < 0)
		return failed(why, size, "text:", ret);
	ret = build_caches(machine);
	return ret < 0 ? failed(why, size, "caches:", ret) : 0;
}

unsigned long machine_page(const struct machine *machine,
			   const struct page_ref *ref, unsigned long offset)
{
	const struct kernel_desc *desc = machine->kernel->desc;
	unsigned long pfn = ref->first + offset;
	long ret = -EINVAL;

	switch (ref->space) {
	case PAGES_GMEM:
		if (machine->state.gmem_fd[ref->obj] >= 0)
			ret = kernel_look(desc, VIEW_FILE_PAGE,
					  machine->state.gmem_fd[ref->obj],
					  &pfn);
		break;
	case PAGES_REGION:
		ret = kernel_look(desc, VIEW_USER_PAGE,
				  machine->scenario->region[ref->obj].hva +
					  pfn * PAGE_BYTES,
				  &pfn);
		break;
	case PAGES_SLOT:
		return vm_model_guest_page(
			&machine->state.model, desc,
			machine->state.model.slot[ref->obj].gpa +
				pfn * PAGE_BYTES);
	case PAGES_NONE:
		break;
	}
	return ret < 0 ? HOST_NO_PFN : pfn;
}

void machine_teardown(struct machine *machine)
{
	const struct kernel_desc *desc = machine->kernel->desc;
	struct vm_view vm;

	if (kernel_look(desc, VIEW_VM, machine->state.vm_fd, &vm) >= 0 &&
	    vm.alive)
		for (unsigned int i = 0; i < machine->nr_caches; i++)
			OP(machine, OP_GPC_DEACTIVATE, i);
	OP(machine, OP_EXIT, 0);
}
