/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of the glue share: the VMs by descriptor, the caches by
 * index.
 *
 * A cache belongs to the glue from gpc_user_init() to gpc_users_free(); it acts
 * for a vCPU, whose system calls hold a reference to the VM.
 *
 * Fidelity: EMULATED - the VMM and the vCPUs of the emulated machine.
 */
#ifndef PFNSIM_GLUE_H
#define PFNSIM_GLUE_H

#include <linux/kvm_host.h>

#include "border.h"
#include "kernel.h"

/* A VM by the descriptor that it was created with. */
struct glue_vm {
	struct kvm *kvm; /* NULL once destroyed */
	struct file *file;
	unsigned int fd;
};

/* The youngest VM that was created as @fd, or NULL. */
struct glue_vm *glue_vm_find(unsigned int fd);
/* As glue_vm_find(), but NULL unless the descriptor is still open. */
struct glue_vm *glue_vm_open(unsigned int fd);
/* The first VM of the execution, or NULL. */
struct glue_vm *glue_vm_first(void);

/*
 * Holds the VM's file for the length of an operation, as a system call on it
 * does; no scheduling point unless the reference turns out to be the last.
 */
void glue_vm_hold(struct glue_vm *vm);
void glue_vm_release(struct glue_vm *vm);

long gpc_user_init(struct op_args *args);
long gpc_user_activate(struct op_args *args);
long gpc_user_activate_hva(struct op_args *args);
long gpc_user_check(struct op_args *args);
long gpc_user_refresh(struct op_args *args);
long gpc_user_read(struct op_args *args);
long gpc_user_write(struct op_args *args);
long gpc_user_deactivate(struct op_args *args);

long user_clock_enable(struct op_args *args);
long user_clock_write(struct op_args *args);
long user_clock_update(struct op_args *args);
long user_xen_config(struct op_args *args);
long user_xen_set(struct op_args *args);
long user_xen_run(struct op_args *args);
long user_xen_preempt(struct op_args *args);
long user_xen_send(struct op_args *args);
long user_xen_irq(struct op_args *args);
long user_xen_inject(struct op_args *args);
long user_xen_pending(struct op_args *args);
/* The architecture's cache of @kvm, or NULL where this kernel has none. */
struct gfn_to_pfn_cache *gpc_of_use(struct kvm *kvm, enum cache_use use);

/* 0 or -ENOENT. */
long gpc_user_view(unsigned long cache, struct gpc_view *view);
/* Deactivates the caches of a VM that is being destroyed. */
void gpc_users_destroy(struct kvm *kvm);
/* Frees all caches; their VMs are gone. */
void gpc_users_free(void);

/* The module: its first load; 0 or -errno. */
long module_boot(void);
/* The process's descriptor of /dev/kvm, or a negative number. */
int module_fd(void);
long op_module_reload(struct op_args *args);
/* Once all files are closed: whether somebody still holds the module. */
void module_exit_check(void);

/* KVM_CHECK_EXTENSION. */
long op_extension(struct op_args *args);

/* The architecture tells that @kvm is being destroyed. */
void glue_vm_destroyed(struct kvm *kvm);

long glue_view(enum kernel_view view, unsigned long id, void *out);

#endif /* PFNSIM_GLUE_H */
