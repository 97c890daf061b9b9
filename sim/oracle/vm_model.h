/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the VM looks like to its user: memslots, attributes and mappings as the
 * successful calls left them.  It is kept beside the kernel under test and never
 * asks it; the page behind an address comes from the emulated machine alone
 * (page tables, page cache).
 *
 * Plain data: copying a struct vm_model saves and restores it.
 */
#ifndef PFNSIM_ORACLE_VM_MODEL_H
#define PFNSIM_ORACLE_VM_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "border.h"
#include "kernel.h"

#define MODEL_MAX_SLOTS 32
#define MODEL_MAX_REGIONS 32
#define MODEL_MAX_GFN 32768UL

struct model_slot {
	bool live, gmem_only;
	unsigned long gpa, pages, uva;
	unsigned long file; /* its guest_memfd (VIEW_FILE), 0: none */
	unsigned long pgoff;
};

/* Userspace memory; file is 0 where anonymous. */
struct model_region {
	bool live;
	unsigned long uva, pages;
	unsigned long file;
	unsigned long pgoff;
};

/* A change that a task has begun and not finished. */
enum change_kind { CHANGE_NONE, CHANGE_UVA, CHANGE_GPA, CHANGE_FILE };
struct model_change {
	enum change_kind kind;
	unsigned long file;	   /* CHANGE_FILE */
	unsigned long first, last; /* bytes, bytes, page indices; inclusive */
};

/*
 * A slot update may touch two ranges of GPAs at once (a move); other operations
 * use the first entry only.
 */
#define MODEL_CHANGES 2

struct vm_model {
	bool vm_open;
	struct model_slot slot[MODEL_MAX_SLOTS];
	struct model_region region[MODEL_MAX_REGIONS];
	uint64_t private_gfn[MODEL_MAX_GFN / 64];
	unsigned long private_used; /* words of private_gfn in use */
	unsigned int tasks; /* that ever began a change: the highest + 1 */
	struct model_change change[HOST_MAX_TASKS][MODEL_CHANGES];
};

void vm_model_init(struct vm_model *model);

/* Copies the parts in use; cheaper than an assignment. */
void vm_model_copy(struct vm_model *to, const struct vm_model *from);

void vm_model_set_private(struct vm_model *model, unsigned long gpa,
			  unsigned long pages, bool is_private);

void vm_model_begin(struct vm_model *model, unsigned int task,
		    const struct model_change *change);
void vm_model_end(struct vm_model *model, unsigned int task);

/* The live slot that holds @gpa, or NULL. */
const struct model_slot *vm_model_slot(const struct vm_model *model,
				       unsigned long gpa);

/* Whether a change under way may move the page of this cache. */
bool vm_model_in_flux(const struct vm_model *model, const struct gpc_view *gpc);

/* No pfn: a file's last reference is gone, and its release still to come. */
#define MODEL_ANY_PFN (~1UL)

/*
 * The page that the guest (or, for an HVA-based cache, the VMM) has now behind
 * the address of @gpc: a pfn, HOST_NO_PFN where there is none, or MODEL_ANY_PFN
 * where the old page and none are both right.
 */
unsigned long vm_model_page(const struct vm_model *model,
			    const struct kernel_desc *kernel,
			    const struct gpc_view *gpc);

/* The same for a guest physical address. */
unsigned long vm_model_guest_page(const struct vm_model *model,
				  const struct kernel_desc *kernel,
				  unsigned long gpa);

#endif /* PFNSIM_ORACLE_VM_MODEL_H */
