// SPDX-License-Identifier: GPL-2.0-only
/* Operations on memslots, attributes and the VM. */
#include <errno.h>
#include <string.h>

#include "operations.h"
#include "points.h"

static bool gmem_only(const struct machine *machine, int gmem)
{
	return gmem != SCN_NONE &&
	       (machine->scenario->gmem[gmem].flags & GMEM_MMAP) &&
	       (machine->kernel->desc->caps & (1UL << CAP_GMEM_MMAP));
}

static void slot_changes(struct machine *machine, const struct model_slot *old,
			 unsigned long gpa, unsigned long pages)
{
	struct model_change change[MODEL_CHANGES] = { 0 };

	if (old->live)
		change[0] = (struct model_change){
			.kind = CHANGE_GPA,
			.first = old->gpa,
			.last = old->gpa + old->pages * PAGE_BYTES - 1,
		};
	if (pages)
		change[1] = (struct model_change){
			.kind = CHANGE_GPA,
			.first = gpa,
			.last = gpa + pages * PAGE_BYTES - 1,
		};
	vm_model_begin(&machine->state.model, host_task, change);
}

long machine_slot_set(struct machine *machine, int index, unsigned long gpa,
		      unsigned long pages, unsigned long uva, int gmem,
		      unsigned long offset, unsigned int flags)
{
	struct model_slot *slot = &machine->state.model.slot[index];
	int fd = gmem == SCN_NONE ? -1 : machine->state.gmem_fd[gmem];
	long ret;

	if (gmem != SCN_NONE)
		flags |= SLOT_GMEM;
	slot_changes(machine, slot, gpa, pages);
	ret = CALL(machine, OP_SLOT_SET, machine->state.vm_fd, index, flags,
		   gpa, pages * PAGE_BYTES, uva, fd, offset * PAGE_BYTES);
	if (ret >= 0)
		*slot = (struct model_slot){
			.live = pages != 0,
			.gmem_only = gmem_only(machine, gmem),
			.gpa = gpa,
			.pages = pages,
			.uva = uva,
			.file = gmem == SCN_NONE ?
					0 :
					machine->state.gmem_file[gmem],
			.pgoff = offset,
		};
	operation_end(machine);
	return ret;
}

long do_slot_create(struct machine *machine, const struct step *step,
		    struct step_result *result)
{
	const struct step_args *args = &step->args;
	unsigned long *uva = &machine->state.slot_uva[args->slot];

	(void)result;
	if (args->hva.given)
		*uva = machine_uva(machine, &args->hva);
	return machine_slot_set(machine, args->slot, args->gpa, args->pages,
				*uva, args->gmem, args->offset, args->flags);
}

long do_slot_delete(struct machine *machine, const struct step *step,
		    struct step_result *result)
{
	(void)result;
	return machine_slot_set(machine, step->args.slot, 0, 0, 0, SCN_NONE, 0,
				0);
}

/* The guest_memfd that the slot was made on, by its descriptor. */
static int slot_gmem(const struct machine *machine,
		     const struct model_slot *slot)
{
	for (int i = 0; i < (int)machine->scenario->nr_gmem; i++)
		if (slot->file && machine->state.gmem_file[i] == slot->file)
			return i;
	return SCN_NONE;
}

long do_slot_move(struct machine *machine, const struct step *step,
		  struct step_result *result)
{
	const struct model_slot old =
		machine->state.model.slot[step->args.slot];

	(void)result;
	if (!old.live)
		return -EINVAL;
	return machine_slot_set(machine, step->args.slot, step->args.gpa,
				old.pages, old.uva, slot_gmem(machine, &old),
				old.pgoff,
				machine->scenario->slot[step->args.slot].flags);
}

long do_slot_flags(struct machine *machine, const struct step *step,
		   struct step_result *result)
{
	const struct model_slot old =
		machine->state.model.slot[step->args.slot];
	struct model_slot *slot = &machine->state.model.slot[step->args.slot];
	long ret;

	(void)result;
	if (!old.live)
		return -EINVAL;
	/*
	 * Without the file on purpose: a change of flags that forgets
	 * KVM_MEM_GUEST_MEMFD must be refused for slots that have one.
	 */
	ret = machine_slot_set(machine, step->args.slot, old.gpa, old.pages,
			       old.uva, SCN_NONE, 0, step->args.flags);
	if (ret >= 0) {
		slot->file = old.file;
		slot->pgoff = old.pgoff;
		slot->gmem_only = old.gmem_only;
	}
	return ret;
}

long do_set_attributes(struct machine *machine, const struct step *step,
		       struct step_result *result)
{
	const struct step_args *args = &step->args;
	unsigned long bytes = args->pages * PAGE_BYTES;
	long ret;

	(void)result;
	operation_begin(machine, CHANGE_GPA, 0, args->gpa,
			args->gpa + bytes - 1);
	ret = CALL(machine, OP_ATTR_SET, machine->state.vm_fd, args->gpa, bytes,
		   args->is_private);
	if (ret >= 0)
		vm_model_set_private(&machine->state.model, args->gpa,
				     args->pages, args->is_private);
	operation_end(machine);
	return ret;
}

long do_vm_close(struct machine *machine, const struct step *step,
		 struct step_result *result)
{
	(void)step;
	(void)result;
	machine->state.model.vm_open = false;
	return CALL(machine, OP_CLOSE, machine->state.vm_fd);
}

long do_slot_dirty(struct machine *machine, const struct step *step,
		   struct step_result *result)
{
	(void)result;
	return CALL(machine, OP_SLOT_DIRTY, machine->state.vm_fd,
		    step->args.page.obj, step->args.page.first);
}
