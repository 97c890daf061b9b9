// SPDX-License-Identifier: GPL-2.0-only
/*
 * System calls with numbers as the file gives them.  The model does not follow
 * what they change: the reader sees to it that the kernel is to refuse them.
 */
#include "machine.h"

/* Arguments of the call behind the descriptor. */
#define MAX_NUMBERS 7

static long raw_call(struct machine *machine, enum kernel_op op, long fd,
		     const unsigned long *numbers)
{
	struct op_args args = { .a = { fd } };

	for (int i = 0; i < MAX_NUMBERS; i++)
		args.a[1 + i] = numbers[i];
	return machine->kernel->desc->op(op, &args);
}

static long raw_slot(struct machine *machine, const struct step_args *args)
{
	unsigned long numbers[MAX_NUMBERS];

	for (int i = 0; i < MAX_NUMBERS; i++)
		numbers[i] = args->raw[i];
	if (args->gmem != SCN_NONE)
		numbers[5] = machine->state.gmem_fd[args->gmem];
	return raw_call(machine, OP_RAW_SLOT, machine->state.vm_fd, numbers);
}

long machine_raw_call(struct machine *machine, const struct step *step)
{
	const struct step_args *args = &step->args;

	switch (step->op) {
	case SOP_RAW_SLOT:
		return raw_slot(machine, args);
	case SOP_RAW_ATTRIBUTES:
		return raw_call(machine, OP_RAW_ATTR, machine->state.vm_fd,
				args->raw);
	case SOP_RAW_GMEM:
		return raw_call(machine, OP_RAW_GMEM, machine->state.vm_fd,
				args->raw);
	case SOP_RAW_TRUNCATE:
		return raw_call(machine, OP_FTRUNCATE,
				machine->state.gmem_fd[args->gmem], args->raw);
	default:
		return raw_call(machine, OP_RAW_FALLOCATE,
				machine->state.gmem_fd[args->gmem], args->raw);
	}
}
