// SPDX-License-Identifier: GPL-2.0-only
/* Operations on guest_memfd files. */
#include <errno.h>
#include <string.h>

#include "operations.h"
#include "points.h"

long do_gmem_create(struct machine *machine, const struct step *step,
		    struct step_result *result)
{
	const struct step_args *args = &step->args;
	long vm = machine->state.vm_fd;
	long fd;

	(void)result;
	if (args->other_vm)
		vm = CALL(machine, OP_VM_CREATE, 0);
	if (vm < 0)
		return vm;
	fd = CALL(machine, OP_GMEM_CREATE, vm, args->pages * PAGE_BYTES,
		  args->flags);
	if (args->other_vm)
		CALL(machine, OP_CLOSE, vm);
	if (fd < 0)
		return fd;
	machine_gmem_made(machine, args->gmem, fd, args->pages);
	return 0;
}

static unsigned long gmem_range(const struct machine *machine,
				const struct page_ref *page)
{
	unsigned long pages = machine->state.gmem_pages[page->obj];

	if (page->nr)
		return page->nr;
	return page->first < pages ? pages - page->first : 0;
}

static long fallocate_range(struct machine *machine, const struct step *step,
			    bool punch)
{
	const struct page_ref *page = &step->args.page;
	int fd = machine->state.gmem_fd[page->obj];
	unsigned long nr = gmem_range(machine, page);

	return CALL(machine, OP_FALLOCATE, fd, punch, page->first * PAGE_BYTES,
		    nr * PAGE_BYTES);
}

long do_gmem_allocate(struct machine *machine, const struct step *step,
		      struct step_result *result)
{
	(void)result;
	return fallocate_range(machine, step, false);
}

long do_punch_hole(struct machine *machine, const struct step *step,
		   struct step_result *result)
{
	const struct page_ref *page = &step->args.page;
	long ret;

	(void)result;
	operation_begin(machine, CHANGE_FILE,
			machine->state.gmem_file[page->obj], page->first,
			page->first + gmem_range(machine, page) - 1);
	ret = fallocate_range(machine, step, true);
	operation_end(machine);
	return ret;
}

long do_gmem_close(struct machine *machine, const struct step *step,
		   struct step_result *result)
{
	int *fd = &machine->state.gmem_fd[step->args.gmem];
	int closing = *fd;
	long ret;

	(void)result;
	if (closing < 0)
		return -EBADF;
	operation_begin(machine, CHANGE_FILE,
			machine->state.gmem_file[step->args.gmem], 0, ~0UL);
	*fd = -1;
	ret = CALL(machine, OP_CLOSE, closing);
	operation_end(machine);
	return ret;
}

/* Where the guest finds the page of the file, or ~0UL. */
static unsigned long guest_address(const struct machine *machine, int gmem,
				   unsigned long page)
{
	for (size_t i = 0; i < MODEL_MAX_SLOTS; i++) {
		const struct model_slot *slot = &machine->state.model.slot[i];

		if (slot->live &&
		    slot->file == machine->state.gmem_file[gmem] &&
		    page >= slot->pgoff && page - slot->pgoff < slot->pages)
			return slot->gpa + (page - slot->pgoff) * PAGE_BYTES;
	}
	return ~0UL;
}

long machine_gmem_write(struct machine *machine, int gmem, unsigned long page,
			const struct bytes *bytes)
{
	int fd = machine->state.gmem_fd[gmem];
	unsigned long pfn = page;
	struct op_args args = { .buf = bytes->data };
	long ret;

	if (fd < 0)
		return -EBADF;
	ret = CALL(machine, OP_FALLOCATE, fd, 0, page * PAGE_BYTES, PAGE_BYTES);
	if (ret < 0)
		return ret;
	ret = kernel_look(machine->kernel->desc, VIEW_FILE_PAGE, fd, &pfn);
	if (ret < 0 || pfn == HOST_NO_PFN)
		return -ENOENT;
	args.a[0] = pfn;
	args.a[2] = bytes->len;
	args.a[3] = machine->state.vm_fd;
	args.a[4] = guest_address(machine, gmem, page);
	return operation_call(machine, OP_PAGE_POKE, &args);
}

long do_gmem_write(struct machine *machine, const struct step *step,
		   struct step_result *result)
{
	(void)result;
	return machine_gmem_write(machine, step->args.page.obj,
				  step->args.page.first, &step->args.text);
}

long do_gmem_read(struct machine *machine, const struct step *step,
		  struct step_result *result)
{
	unsigned long pfn = machine_page(machine, &step->args.page, 0);

	if (pfn == HOST_NO_PFN)
		return -ENOENT;
	return operation_read(machine, OP_PAGE_PEEK, pfn, 0, step->args.len,
			      step->args.len, result);
}

long do_gmem_stat(struct machine *machine, const struct step *step,
		  struct step_result *result)
{
	long size = CALL(machine, OP_FSTAT_SIZE,
			 machine->state.gmem_fd[step->args.gmem]);

	(void)result;
	return size < 0 ? size : size / (long)PAGE_BYTES;
}

long do_poison(struct machine *machine, const struct step *step,
	       struct step_result *result)
{
	const struct page_ref *page = &step->args.page;
	unsigned long pfn = machine_page(machine, page, 0);
	unsigned long uva = machine_uva(machine,
					&(struct uva_ref){ .page = *page });
	long ret;

	(void)result;
	if (pfn == HOST_NO_PFN)
		return -ENOENT;
	if (page->space == PAGES_GMEM)
		operation_begin(machine, CHANGE_FILE,
				machine->state.gmem_file[page->obj],
				page->first, page->first);
	else
		operation_begin(machine, CHANGE_UVA, 0, uva,
				uva + PAGE_BYTES - 1);
	ret = CALL(machine, OP_MEMORY_FAILURE, pfn);
	operation_end(machine);
	return ret;
}
