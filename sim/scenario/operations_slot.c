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

/* A deletion or a move touches what is there, too. */
static void slot_changes(struct machine *machine, const struct effect *effect)
{
	const struct model_slot *old =
		&machine->state.model.slot[effect->index];
	const struct model_slot *slot = &effect->slot;
	struct model_change change[MODEL_CHANGES] = { 0 };

	if (old->live)
		change[0] = (struct model_change){
			.kind = CHANGE_GPA,
			.first = old->gpa,
			.last = old->gpa + old->pages * PAGE_BYTES - 1,
		};
	if (slot->live)
		change[1] = (struct model_change){
			.kind = CHANGE_GPA,
			.first = slot->gpa,
			.last = slot->gpa + slot->pages * PAGE_BYTES - 1,
		};
	vm_model_begin(&machine->state.model, host_task, change);
}

static void set_slot(struct machine *machine, struct effect *effect)
{
	struct model_slot *slot = &machine->state.model.slot[effect->index];

	effect->before = *slot;
	if (effect->keeps_file) {
		effect->slot.file = slot->file;
		effect->slot.pgoff = slot->pgoff;
		effect->slot.gmem_only = slot->gmem_only;
	}
	/* What is there now need not be what was there when the call began. */
	slot_changes(machine, effect);
	*slot = effect->slot;
}

static void take_effect(struct machine *machine, struct effect *effect)
{
	if (effect->taken)
		return;
	effect->taken = true;
	if (effect->kind == EFFECT_SLOT)
		set_slot(machine, effect);
	else
		vm_model_set_private(&machine->state.model, effect->gpa,
				     effect->pages, effect->is_private);
}

void machine_published(struct machine *machine, enum shim_call call,
		       const char *name)
{
	struct effect *effect = &machine->state.effect[host_task];

	if (effect->kind == EFFECT_SLOT ?
		    call == CALL_RCU_ASSIGN_POINTER && name &&
			    !strcmp(name, "kvm->memslots[as_id]") :
		    effect->kind == EFFECT_ATTRIBUTES && call == CALL_XA_STORE)
		take_effect(machine, effect);
}

/*
 * The call is over and returned @ret.  One that published nothing changed
 * nothing; where nobody looks, what was called for is what happened.
 */
static void end_effect(struct machine *machine, struct effect *effect, long ret)
{
	struct model_slot *slot = &machine->state.model.slot[effect->index];

	if (ret >= 0 && engine.quiet)
		take_effect(machine, effect);
	if (ret < 0 && effect->kind == EFFECT_SLOT && effect->taken &&
	    !memcmp(slot, &effect->slot, sizeof(*slot)))
		*slot = effect->before;
	effect->kind = EFFECT_NONE;
	operation_end(machine);
}

static long slot_set(struct machine *machine, const struct effect *wanted,
		     int fd, unsigned int flags)
{
	struct effect *effect = &machine->state.effect[host_task];
	const struct model_slot *slot = &wanted->slot;
	long ret;

	*effect = *wanted;
	slot_changes(machine, effect);
	ret = CALL(machine, OP_SLOT_SET, machine->state.vm_fd, effect->index,
		   flags, slot->gpa, slot->pages * PAGE_BYTES, slot->uva, fd,
		   slot->pgoff * PAGE_BYTES);
	end_effect(machine, effect, ret);
	return ret;
}

long machine_slot_set(struct machine *machine, int index, unsigned long gpa,
		      unsigned long pages, unsigned long uva, int gmem,
		      unsigned long offset, unsigned int flags)
{
	const struct effect effect = {
		.kind = EFFECT_SLOT,
		.index = index,
		.slot = {
			.live = pages != 0,
			.gmem_only = gmem_only(machine, gmem),
			.gpa = gpa,
			.pages = pages,
			.uva = uva,
			.file = gmem == SCN_NONE ?
					0 :
					machine->state.gmem_file[gmem],
			.pgoff = offset,
		},
	};

	if (gmem == SCN_NONE)
		return slot_set(machine, &effect, -1, flags);
	return slot_set(machine, &effect, machine->state.gmem_fd[gmem],
			flags | SLOT_GMEM);
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
	struct effect effect = {
		.kind = EFFECT_SLOT,
		.keeps_file = true,
		.index = step->args.slot,
		.slot = machine->state.model.slot[step->args.slot],
	};

	(void)result;
	if (!effect.slot.live)
		return -EINVAL;
	/*
	 * Without the file on purpose: a change of flags that forgets
	 * KVM_MEM_GUEST_MEMFD must be refused for slots that have one.
	 */
	effect.slot.file = effect.slot.pgoff = effect.slot.gmem_only = 0;
	return slot_set(machine, &effect, -1, step->args.flags);
}

long do_set_attributes(struct machine *machine, const struct step *step,
		       struct step_result *result)
{
	struct effect *effect = &machine->state.effect[host_task];
	const struct step_args *args = &step->args;
	unsigned long bytes = args->pages * PAGE_BYTES;
	long ret;

	(void)result;
	*effect = (struct effect){
		.kind = EFFECT_ATTRIBUTES,
		.gpa = args->gpa,
		.pages = args->pages,
		.is_private = args->is_private,
	};
	operation_begin(machine, CHANGE_GPA, 0, args->gpa,
			args->gpa + bytes - 1);
	ret = CALL(machine, OP_ATTR_SET, machine->state.vm_fd, args->gpa, bytes,
		   args->is_private);
	end_effect(machine, effect, ret);
	return ret;
}

long do_check_extension(struct machine *machine, const struct step *step,
			struct step_result *result)
{
	const struct step_args *args = &step->args;
	long ret;

	(void)result;
	ret = CALL(machine, OP_EXTENSION,
		   args->system ? ~0UL : (unsigned long)machine->state.vm_fd,
		   args->extension);
	return ret > 0 && args->mask ? ret & (long)args->mask : ret;
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
