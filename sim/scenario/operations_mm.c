// SPDX-License-Identifier: GPL-2.0-only
/* Operations on userspace memory, of the guest, and grace periods. */
#include <errno.h>
#include <string.h>

#include "operations.h"
#include "points.h"

static unsigned long page_uva(const struct machine *machine,
			      const struct page_ref *page)
{
	return machine_uva(machine, &(struct uva_ref){ .page = *page });
}

static unsigned long page_span(const struct machine *machine,
			       const struct page_ref *page)
{
	unsigned long pages = 0;

	if (page->nr)
		return page->nr;
	if (page->space == PAGES_REGION)
		pages = machine->scenario->region[page->obj].pages;
	else if (page->space == PAGES_SLOT)
		pages = machine->state.model.slot[page->obj].pages;
	return page->first < pages ? pages - page->first : 0;
}

static long change_uva(struct machine *machine, const struct step *step,
		       enum kernel_op op)
{
	unsigned long uva = page_uva(machine, &step->args.page);
	unsigned long bytes = page_span(machine, &step->args.page) * PAGE_BYTES;
	long ret;

	operation_begin(machine, CHANGE_UVA, 0, uva, uva + bytes - 1);
	ret = CALL(machine, op, uva, bytes);
	operation_end(machine);
	return ret;
}

long do_mmap(struct machine *machine, const struct step *step,
	     struct step_result *result)
{
	const struct step_args *args = &step->args;
	unsigned long uva = machine->scenario->region[args->region].hva;
	unsigned long bytes = args->pages * PAGE_BYTES;
	long fd = args->device		 ? -2 :
		  args->gmem == SCN_NONE ? -1 :
					   machine->state.gmem_fd[args->gmem];
	long ret;

	(void)result;
	if (args->hva.given)
		uva = machine_uva(machine, &args->hva);
	operation_begin(machine, CHANGE_UVA, 0, uva, uva + bytes - 1);
	ret = CALL(machine, OP_MMAP, uva, bytes, fd, args->offset * PAGE_BYTES,
		   (args->readonly ? MMAP_READONLY : 0) |
			   (args->is_private ? MMAP_PRIVATE : 0));
	if (ret >= 0)
		machine->state.model
			.region[args->region] = (struct model_region){
			.live = true,
			.uva = uva,
			.pages = args->pages,
			.file = args->gmem == SCN_NONE ?
					0 :
					machine->state.gmem_file[args->gmem],
			.pgoff = args->offset,
		};
	operation_end(machine);
	return ret < 0 ? ret : 0;
}

long do_munmap(struct machine *machine, const struct step *step,
	       struct step_result *result)
{
	(void)result;
	return change_uva(machine, step, OP_MUNMAP);
}

long do_dontneed(struct machine *machine, const struct step *step,
		 struct step_result *result)
{
	(void)result;
	return change_uva(machine, step, OP_DONTNEED);
}

long do_invalidate(struct machine *machine, const struct step *step,
		   struct step_result *result)
{
	(void)result;
	return change_uva(machine, step, OP_MM_INVALIDATE);
}

long do_migrate(struct machine *machine, const struct step *step,
		struct step_result *result)
{
	(void)result;
	return change_uva(machine, step, OP_MM_MIGRATE);
}

long do_age(struct machine *machine, const struct step *step,
	    struct step_result *result)
{
	(void)result;
	return CALL(machine, OP_MM_AGE, page_uva(machine, &step->args.page),
		    page_span(machine, &step->args.page) * PAGE_BYTES,
		    step->args.ageing);
}

long do_mm_write(struct machine *machine, const struct step *step,
		 struct step_result *result)
{
	struct op_args args = {
		.a = { page_uva(machine, &step->args.page),
		       step->args.text.len },
		.buf = step->args.text.data,
	};

	(void)result;
	return operation_call(machine, OP_USER_WRITE, &args);
}

long do_mm_read(struct machine *machine, const struct step *step,
		struct step_result *result)
{
	return operation_read(machine, OP_USER_READ,
			      page_uva(machine, &step->args.page),
			      step->args.len, 0, step->args.len, result);
}

/* ---- The guest and RCU --------------------------------------------------- */

long do_guest_read(struct machine *machine, const struct step *step,
		   struct step_result *result)
{
	return operation_read(machine, OP_GUEST_READ, machine->state.vm_fd,
			      step->args.gpa, step->args.len, step->args.len,
			      result);
}

long do_guest_write(struct machine *machine, const struct step *step,
		    struct step_result *result)
{
	struct op_args args = {
		.a = { machine->state.vm_fd, step->args.gpa,
		       step->args.text.len },
		.buf = step->args.text.data,
	};

	(void)result;
	return operation_call(machine, OP_GUEST_WRITE, &args);
}

long do_grace_period(struct machine *machine, const struct step *step,
		     struct step_result *result)
{
	(void)step;
	(void)result;
	return CALL(machine, OP_GRACE_PERIOD, 0);
}

long do_module_reload(struct machine *machine, const struct step *step,
		      struct step_result *result)
{
	(void)result;
	return CALL(machine, OP_MODULE_RELOAD,
		    step->op == SOP_MODULE_FORCE_RELOAD);
}

long do_raw(struct machine *machine, const struct step *step,
	    struct step_result *result)
{
	(void)result;
	return machine_raw_call(machine, step);
}
