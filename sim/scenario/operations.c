// SPDX-License-Identifier: GPL-2.0-only
#include "operations.h"

#include <string.h>

long operation_call(struct machine *machine, enum kernel_op op,
		    struct op_args *args)
{
	return machine->kernel->desc->op(op, args);
}

void operation_begin(struct machine *machine, enum change_kind kind,
		     unsigned long file, unsigned long first,
		     unsigned long last)
{
	struct model_change change[MODEL_CHANGES] = {
		{ .kind = kind, .file = file, .first = first, .last = last },
	};

	vm_model_begin(&machine->state.model, host_task, change);
}

void operation_end(struct machine *machine)
{
	vm_model_end(&machine->state.model, host_task);
}

long operation_read(struct machine *machine, enum kernel_op op,
		    unsigned long a0, unsigned long a1, unsigned long a2,
		    unsigned long len, struct step_result *result)
{
	unsigned char buf[SEES_MAX];
	struct op_args args = { .a = { a0, a1, a2 }, .buf = buf };
	long ret;

	memset(buf, 0, len < sizeof(buf) ? len : sizeof(buf));
	ret = operation_call(machine, op, &args);
	if (ret < 0)
		return ret;
	result->len = len < sizeof(result->bytes) ? len : sizeof(result->bytes);
	memcpy(result->bytes, buf, result->len);
	return 0;
}

static const operation operations[NR_SCENARIO_OPS] = {
	[SOP_GPC_ACTIVATE] = do_activate,
	[SOP_GPC_CHECK] = do_check,
	[SOP_GPC_REFRESH] = do_refresh,
	[SOP_GPC_READ] = do_gpc_read,
	[SOP_GPC_WRITE] = do_gpc_write,
	[SOP_GPC_DEACTIVATE] = do_deactivate,
	[SOP_GMEM_CREATE] = do_gmem_create,
	[SOP_GMEM_ALLOCATE] = do_gmem_allocate,
	[SOP_GMEM_PUNCH_HOLE] = do_punch_hole,
	[SOP_GMEM_CLOSE] = do_gmem_close,
	[SOP_GMEM_WRITE] = do_gmem_write,
	[SOP_GMEM_READ] = do_gmem_read,
	[SOP_GMEM_POISON] = do_poison,
	[SOP_GMEM_STAT] = do_gmem_stat,
	[SOP_SLOT_CREATE] = do_slot_create,
	[SOP_SLOT_DELETE] = do_slot_delete,
	[SOP_SLOT_MOVE] = do_slot_move,
	[SOP_SLOT_FLAGS] = do_slot_flags,
	[SOP_SLOT_DIRTY] = do_slot_dirty,
	[SOP_VM_SET_ATTRIBUTES] = do_set_attributes,
	[SOP_VM_CHECK_EXTENSION] = do_check_extension,
	[SOP_VM_CLOSE] = do_vm_close,
	[SOP_MM_MMAP] = do_mmap,
	[SOP_MM_MUNMAP] = do_munmap,
	[SOP_MM_DONTNEED] = do_dontneed,
	[SOP_MM_INVALIDATE] = do_invalidate,
	[SOP_MM_MIGRATE] = do_migrate,
	[SOP_MM_AGE] = do_age,
	[SOP_MM_WRITE] = do_mm_write,
	[SOP_MM_READ] = do_mm_read,
	[SOP_MM_POISON] = do_poison,
	[SOP_GUEST_READ] = do_guest_read,
	[SOP_GUEST_WRITE] = do_guest_write,
	[SOP_RCU_GRACE_PERIOD] = do_grace_period,
	[SOP_CLOCK_ENABLE] = do_clock_enable,
	[SOP_CLOCK_WRITE] = do_clock_write,
	[SOP_CLOCK_UPDATE] = do_clock_update,
	[SOP_XEN_CONFIG] = do_xen_config,
	[SOP_XEN_SET] = do_xen_set,
	[SOP_XEN_UNSET] = do_xen_unset,
	[SOP_XEN_RUN] = do_xen_vcpu,
	[SOP_XEN_PREEMPT] = do_xen_vcpu,
	[SOP_XEN_SEND] = do_xen_event,
	[SOP_XEN_IRQ] = do_xen_event,
	[SOP_XEN_INJECT] = do_xen_vcpu,
	[SOP_XEN_PENDING] = do_xen_pending,
	[SOP_MODULE_RELOAD] = do_module_reload,
	[SOP_MODULE_FORCE_RELOAD] = do_module_reload,
	[SOP_RAW_SLOT] = do_raw,
	[SOP_RAW_ATTRIBUTES] = do_raw,
	[SOP_RAW_GMEM] = do_raw,
	[SOP_RAW_FALLOCATE] = do_raw,
	[SOP_RAW_TRUNCATE] = do_raw,
};

void machine_step(struct machine *machine, const struct step *step,
		  struct step_result *result)
{
	result->len = 0;
	result->ret = operations[step->op](machine, step, result);
	result->done = true;
}
