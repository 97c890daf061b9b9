// SPDX-License-Identifier: GPL-2.0-only
#include "vm_model.h"

#include "loader.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#define PAGE_SHIFT 12
#define PAGE_BYTES 4096UL

void vm_model_init(struct vm_model *model)
{
	memset(model, 0, sizeof(*model));
}

void vm_model_copy(struct vm_model *to, const struct vm_model *from)
{
	unsigned long words = to->private_used > from->private_used ?
				      to->private_used :
				      from->private_used;

	to->vm_open = from->vm_open;
	memcpy(to->slot, from->slot, sizeof(to->slot));
	memcpy(to->region, from->region, sizeof(to->region));
	memcpy(to->private_gfn, from->private_gfn, words * sizeof(uint64_t));
	to->private_used = from->private_used;
	memcpy(to->change, from->change, sizeof(to->change));
	to->tasks = from->tasks;
}

void vm_model_set_private(struct vm_model *model, unsigned long gpa,
			  unsigned long pages, bool is_private)
{
	unsigned long gfn = gpa >> PAGE_SHIFT;

	for (unsigned long end = gfn + pages; gfn < end && gfn < MODEL_MAX_GFN;
	     gfn++) {
		uint64_t bit = 1ULL << (gfn % 64);

		if (is_private)
			model->private_gfn[gfn / 64] |= bit;
		else
			model->private_gfn[gfn / 64] &= ~bit;
		if (gfn / 64 + 1 > model->private_used)
			model->private_used = gfn / 64 + 1;
	}
}

static bool is_private(const struct vm_model *model, unsigned long gfn)
{
	return gfn < MODEL_MAX_GFN &&
	       (model->private_gfn[gfn / 64] >> (gfn % 64) & 1);
}

void vm_model_begin(struct vm_model *model, unsigned int task,
		    const struct model_change *change)
{
	memcpy(model->change[task], change, sizeof(model->change[task]));
	if (model->tasks <= task)
		model->tasks = task + 1;
}

void vm_model_end(struct vm_model *model, unsigned int task)
{
	memset(model->change[task], 0, sizeof(model->change[task]));
}

static bool within(unsigned long at, unsigned long start, unsigned long pages)
{
	return at >= start && at - start < pages * PAGE_BYTES;
}

const struct model_slot *vm_model_slot(const struct vm_model *model,
				       unsigned long gpa)
{
	for (size_t i = 0; i < MODEL_MAX_SLOTS; i++) {
		const struct model_slot *slot = &model->slot[i];

		if (slot->live && within(gpa, slot->gpa, slot->pages))
			return slot;
	}
	return NULL;
}

static const struct model_region *region_at(const struct vm_model *model,
					    unsigned long uva)
{
	for (size_t i = 0; i < MODEL_MAX_REGIONS; i++) {
		const struct model_region *region = &model->region[i];

		if (region->live && within(uva, region->uva, region->pages))
			return region;
	}
	return NULL;
}

static bool file_touched(const struct model_change *change, unsigned long file,
			 unsigned long index)
{
	return file && file == change->file && index >= change->first &&
	       index <= change->last;
}

static bool file_change_moves(const struct vm_model *model,
			      const struct model_change *change,
			      const struct gpc_view *gpc)
{
	const struct model_region *region = region_at(model, gpc->uhva);
	const struct model_slot *slot;

	if (region && file_touched(change, region->file,
				   region->pgoff + ((gpc->uhva - region->uva) >>
						    PAGE_SHIFT)))
		return true;
	slot = gpc->gpa == ~0UL ? NULL : vm_model_slot(model, gpc->gpa);
	return slot && file_touched(change, slot->file,
				    slot->pgoff + ((gpc->gpa - slot->gpa) >>
						   PAGE_SHIFT));
}

static bool change_moves(const struct vm_model *model,
			 const struct model_change *change,
			 const struct gpc_view *gpc)
{
	switch (change->kind) {
	case CHANGE_UVA:
		return gpc->uhva >= change->first && gpc->uhva <= change->last;
	case CHANGE_GPA:
		return gpc->gpa != ~0UL && gpc->gpa >= change->first &&
		       gpc->gpa <= change->last;
	case CHANGE_FILE:
		return file_change_moves(model, change, gpc);
	case CHANGE_NONE:
		break;
	}
	return false;
}

bool vm_model_in_flux(const struct vm_model *model, const struct gpc_view *gpc)
{
	for (unsigned int task = 0; task < model->tasks; task++)
		for (unsigned int i = 0; i < MODEL_CHANGES; i++)
			if (change_moves(model, &model->change[task][i], gpc))
				return true;
	return false;
}

static unsigned long user_page(const struct kernel_desc *kernel,
			       unsigned long uva)
{
	unsigned long pfn = HOST_NO_PFN;

	if (kernel_look(kernel, VIEW_USER_PAGE, uva, &pfn) < 0)
		return HOST_NO_PFN;
	return pfn;
}

unsigned long vm_model_guest_page(const struct vm_model *model,
				  const struct kernel_desc *kernel,
				  unsigned long gpa)
{
	const struct model_slot *slot = vm_model_slot(model, gpa);
	unsigned long index, out;

	if (!slot)
		return HOST_NO_PFN;
	index = (gpa - slot->gpa) >> PAGE_SHIFT;
	if (!slot->gmem_only && !is_private(model, gpa >> PAGE_SHIFT))
		return user_page(kernel, slot->uva + (index << PAGE_SHIFT));
	out = slot->pgoff + index;
	switch (kernel_look(kernel, VIEW_OPEN_FILE_PAGE, slot->file, &out)) {
	case 0:
		return out;
	case -EAGAIN:
		return MODEL_ANY_PFN;
	default:
		return HOST_NO_PFN;
	}
}

unsigned long vm_model_page(const struct vm_model *model,
			    const struct kernel_desc *kernel,
			    const struct gpc_view *gpc)
{
	if (gpc->gpa == ~0UL)
		return user_page(kernel, gpc->uhva & ~(PAGE_BYTES - 1));
	return vm_model_guest_page(model, kernel, gpc->gpa);
}
