// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions that a tree refers to and that no operation of a scenario reaches.
 *
 * Fidelity: TRAP - each ends the execution and says its name.  Guest code, irqs,
 * timers, eventfds, statistics files, uevents and debugfs are not emulated.
 */
#include "border.h"

/* The declarations differ from tree to tree; none of these returns. */
#define TRAP(name)                                                             \
	__attribute__((noreturn)) void name(void);                             \
	void name(void)                                                        \
	{                                                                      \
		host_trap(#name);                                              \
	}

/* vCPUs. */
TRAP(kvm_arch_dy_has_pending_interrupt)
TRAP(kvm_arch_dy_runnable)
TRAP(kvm_arch_vcpu_create)
TRAP(kvm_arch_vcpu_destroy)
TRAP(kvm_arch_vcpu_fault)
TRAP(kvm_arch_vcpu_in_kernel)
TRAP(kvm_arch_vcpu_ioctl)
TRAP(kvm_arch_vcpu_ioctl_get_fpu)
TRAP(kvm_arch_vcpu_ioctl_get_mpstate)
TRAP(kvm_arch_vcpu_ioctl_get_regs)
TRAP(kvm_arch_vcpu_ioctl_get_sregs)
TRAP(kvm_arch_vcpu_ioctl_run)
TRAP(kvm_arch_vcpu_ioctl_set_fpu)
TRAP(kvm_arch_vcpu_ioctl_set_guest_debug)
TRAP(kvm_arch_vcpu_ioctl_set_mpstate)
TRAP(kvm_arch_vcpu_ioctl_set_regs)
TRAP(kvm_arch_vcpu_ioctl_set_sregs)
TRAP(kvm_arch_vcpu_ioctl_translate)
TRAP(kvm_arch_vcpu_load)
TRAP(kvm_arch_vcpu_postcreate)
TRAP(kvm_arch_vcpu_precreate)
TRAP(kvm_arch_vcpu_preempted_in_kernel)
TRAP(kvm_arch_vcpu_put)
TRAP(kvm_arch_vcpu_runnable)
TRAP(kvm_arch_vcpu_unlocked_ioctl)
TRAP(kvm_cpu_has_pending_timer)

/* The tasks that run vCPUs. */
TRAP(get_pid_task)
TRAP(get_task_pid)
TRAP(put_pid)
TRAP(put_task_struct)
TRAP(sigdelsetmask)
TRAP(sigemptyset)
TRAP(sigprocmask)
TRAP(task_pid)

/* Interrupts, devices, timers. */
TRAP(__pvclock_read_cycles)
TRAP(eventfd_ctx_fdget)
TRAP(eventfd_ctx_put)
TRAP(hrtimer_start)
TRAP(hrtimer_start_expires)
TRAP(idr_alloc)
TRAP(kthread_unuse_mm)
TRAP(kthread_use_mm)
TRAP(kvm_irq_delivery_to_apic)
TRAP(kvm_ioeventfd)
TRAP(kvm_send_userspace_msi)
TRAP(kvm_vm_ioctl_irq_line)

/* Files that are never opened, events that are never sent. */
TRAP(add_uevent_var)
TRAP(dentry_path_raw)
TRAP(dput)
TRAP(kobject_uevent_env)
TRAP(kvm_stats_read)
TRAP(simple_attr_open)
TRAP(simple_attr_read)
TRAP(simple_attr_release)
TRAP(simple_attr_write)
TRAP(simple_read_from_buffer)
TRAP(simple_statfs)
