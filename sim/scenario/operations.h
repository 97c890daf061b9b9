/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Operations of a scenario as operations of a kernel: what the files that carry
 * them out share.  Each operation runs on a task and returns what the kernel
 * did.  One that changes what the guest or the VMM sees announces the change to
 * the model before it starts and settles it after it returned.
 */
#ifndef PFNSIM_SCENARIO_OPERATIONS_H
#define PFNSIM_SCENARIO_OPERATIONS_H

#include "machine.h"

#define PAGE_BYTES 4096UL

typedef long (*operation)(struct machine *machine, const struct step *step,
			  struct step_result *result);

long do_activate(struct machine *machine, const struct step *step,
		 struct step_result *result);
long do_check(struct machine *machine, const struct step *step,
	      struct step_result *result);
long do_refresh(struct machine *machine, const struct step *step,
		struct step_result *result);
long do_deactivate(struct machine *machine, const struct step *step,
		   struct step_result *result);
long do_gpc_read(struct machine *machine, const struct step *step,
		 struct step_result *result);
long do_gpc_write(struct machine *machine, const struct step *step,
		  struct step_result *result);
long do_gmem_create(struct machine *machine, const struct step *step,
		    struct step_result *result);
long do_gmem_allocate(struct machine *machine, const struct step *step,
		      struct step_result *result);
long do_punch_hole(struct machine *machine, const struct step *step,
		   struct step_result *result);
long do_gmem_close(struct machine *machine, const struct step *step,
		   struct step_result *result);
long do_gmem_write(struct machine *machine, const struct step *step,
		   struct step_result *result);
long do_gmem_read(struct machine *machine, const struct step *step,
		  struct step_result *result);
long do_gmem_stat(struct machine *machine, const struct step *step,
		  struct step_result *result);
long do_poison(struct machine *machine, const struct step *step,
	       struct step_result *result);
long do_slot_create(struct machine *machine, const struct step *step,
		    struct step_result *result);
long do_slot_delete(struct machine *machine, const struct step *step,
		    struct step_result *result);
long do_slot_move(struct machine *machine, const struct step *step,
		  struct step_result *result);
long do_slot_flags(struct machine *machine, const struct step *step,
		   struct step_result *result);
long do_slot_dirty(struct machine *machine, const struct step *step,
		   struct step_result *result);
long do_set_attributes(struct machine *machine, const struct step *step,
		       struct step_result *result);
long do_check_extension(struct machine *machine, const struct step *step,
			struct step_result *result);
long do_vm_close(struct machine *machine, const struct step *step,
		 struct step_result *result);
long do_mmap(struct machine *machine, const struct step *step,
	     struct step_result *result);
long do_munmap(struct machine *machine, const struct step *step,
	       struct step_result *result);
long do_dontneed(struct machine *machine, const struct step *step,
		 struct step_result *result);
long do_invalidate(struct machine *machine, const struct step *step,
		   struct step_result *result);
long do_migrate(struct machine *machine, const struct step *step,
		struct step_result *result);
long do_age(struct machine *machine, const struct step *step,
	    struct step_result *result);
long do_mm_write(struct machine *machine, const struct step *step,
		 struct step_result *result);
long do_mm_read(struct machine *machine, const struct step *step,
		struct step_result *result);
long do_guest_read(struct machine *machine, const struct step *step,
		   struct step_result *result);
long do_guest_write(struct machine *machine, const struct step *step,
		    struct step_result *result);
long do_module_reload(struct machine *machine, const struct step *step,
		      struct step_result *result);
long do_grace_period(struct machine *machine, const struct step *step,
		     struct step_result *result);
long do_clock_enable(struct machine *machine, const struct step *step,
		     struct step_result *result);
long do_clock_write(struct machine *machine, const struct step *step,
		    struct step_result *result);
long do_clock_update(struct machine *machine, const struct step *step,
		     struct step_result *result);
long do_xen_config(struct machine *machine, const struct step *step,
		   struct step_result *result);
long do_xen_set(struct machine *machine, const struct step *step,
		struct step_result *result);
long do_xen_unset(struct machine *machine, const struct step *step,
		  struct step_result *result);
long do_xen_vcpu(struct machine *machine, const struct step *step,
		 struct step_result *result);
long do_xen_event(struct machine *machine, const struct step *step,
		  struct step_result *result);
long do_xen_pending(struct machine *machine, const struct step *step,
		    struct step_result *result);
long do_raw(struct machine *machine, const struct step *step,
	    struct step_result *result);

/* Issues one operation of the kernel under test. */
long operation_call(struct machine *machine, enum kernel_op op,
		    struct op_args *args);

#define CALL(machine, op, ...)                                                 \
	operation_call(machine, op, &(struct op_args){ .a = { __VA_ARGS__ } })

/* The running task begins, or has finished, a change of what users see. */
void operation_begin(struct machine *machine, enum change_kind kind,
		     unsigned long file, unsigned long first,
		     unsigned long last);
void operation_end(struct machine *machine);

/* Runs a kernel operation that fills a buffer and keeps its first bytes. */
long operation_read(struct machine *machine, enum kernel_op op,
		    unsigned long a0, unsigned long a1, unsigned long a2,
		    unsigned long len, struct step_result *result);

#endif /* PFNSIM_SCENARIO_OPERATIONS_H */
