// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the architecture does with its caches: kvm-clock and Xen's areas.
 *
 * Fidelity: EMULATED - each operation calls the function that the architecture
 * calls in the context that it calls it in: inside an SRCU section where the
 * vCPU is in one, and atomic where an interrupt or the scheduler is.  Xen's are
 * the tree's own; kvm-clock's are src/arch/x86/kvm/kvmclock.c for every kernel,
 * after those in arch/x86/kvm/x86.c.
 */
#include <linux/fs.h>
#include <linux/irqflags.h>
#include <linux/kvm_host.h>
#include <linux/preempt.h>
#include <linux/srcu.h>

#include "../arch/vcpu.h"
#include "glue.h"
#include "kvmclock.h"
#ifdef PFNSIM_HAVE_XEN
#include "xen.h"
#ifdef PFNSIM_TREE
#include <xen/interface/xen.h>
#endif
#endif

struct gfn_to_pfn_cache *gpc_of_use(struct kvm *kvm, enum cache_use use)
{
	struct kvm_vcpu *vcpu = arch_vcpu(kvm);

	switch (use) {
	case USE_KVM_CLOCK:
		return &vcpu->arch.pv_time;
#ifdef PFNSIM_HAVE_XEN
	case USE_XEN_SHARED_INFO:
		return &kvm->arch.xen.shinfo_cache;
	case USE_XEN_VCPU_INFO:
		return &vcpu->arch.xen.vcpu_info_cache;
	case USE_XEN_TIME_INFO:
		return &vcpu->arch.xen.vcpu_time_info_cache;
	case USE_XEN_RUNSTATE:
		return &vcpu->arch.xen.runstate_cache;
	case USE_XEN_RUNSTATE2:
		return &vcpu->arch.xen.runstate2_cache;
#endif
	default:
		return NULL;
	}
}

typedef long (*vcpu_call)(struct kvm_vcpu *vcpu, struct op_args *args);

/* Calls @call for the vCPU of the VM that args->a[0] is a descriptor of. */
static long on_vcpu(struct op_args *args, vcpu_call call)
{
	struct glue_vm *vm = glue_vm_open(args->a[0]);
	long ret;

	if (!vm)
		return -EBADF;
	glue_vm_hold(vm);
	ret = call(arch_vcpu(vm->kvm), args);
	glue_vm_release(vm);
	return ret;
}

/* As on_vcpu(), the vCPU being in KVM_RUN. */
static long on_running_vcpu(struct kvm_vcpu *vcpu, struct op_args *args,
			    vcpu_call call)
{
	int idx = srcu_read_lock(&vcpu->kvm->srcu);
	long ret = call(vcpu, args);

	srcu_read_unlock(&vcpu->kvm->srcu, idx);
	return ret;
}

static long clock_enable(struct kvm_vcpu *vcpu, struct op_args *args)
{
	return kvm_write_system_time(vcpu, args->a[1] | 1);
}

/*
 * There is one CPU, whose time is stable.  A VMM may want Xen's guests not to
 * know; trees keep what it wants in one place or the other.
 */
static u8 clock_flags(const struct kvm_arch *arch, enum cache_use use)
{
	u32 config = arch->xen.hvm_config.flags | arch->xen_hvm_config.flags;

	if (use != USE_KVM_CLOCK &&
	    config & KVM_XEN_HVM_CONFIG_PVCLOCK_TSC_UNSTABLE)
		return 0;
	return PVCLOCK_TSC_STABLE_BIT;
}

static long clock_write(struct kvm_vcpu *vcpu, struct op_args *args)
{
	unsigned int offset = 0;

	vcpu->arch.hv_clock.flags = clock_flags(&vcpu->kvm->arch, args->a[1]);
#ifdef PFNSIM_HAVE_XEN
	if (args->a[1] == USE_XEN_VCPU_INFO)
		offset = offsetof(struct vcpu_info, time);
#endif
	return kvm_setup_guest_pvclock(vcpu, gpc_of_use(vcpu->kvm, args->a[1]),
				       offset);
}

static long run_clock_enable(struct kvm_vcpu *vcpu, struct op_args *args)
{
	return on_running_vcpu(vcpu, args, clock_enable);
}

static long run_clock_write(struct kvm_vcpu *vcpu, struct op_args *args)
{
	return on_running_vcpu(vcpu, args, clock_write);
}

long user_clock_enable(struct op_args *args)
{
	return on_vcpu(args, run_clock_enable);
}

long user_clock_write(struct op_args *args)
{
	return on_vcpu(args, run_clock_write);
}

/* Which caches hold the time of a vCPU. */
static const enum cache_use clocks[] = {
	USE_KVM_CLOCK,
	USE_XEN_VCPU_INFO,
	USE_XEN_TIME_INFO,
};

/*
 * The part of vcpu_enter_guest() that is of clocks.  A clock that cannot be
 * written stays behind, which nobody is told.
 */
static long clock_update(struct kvm_vcpu *vcpu, struct op_args *args)
{
	struct gfn_to_pfn_cache *gpc;
	unsigned int i;

	if (!kvm_check_request(KVM_REQ_CLOCK_UPDATE, vcpu))
		return 0;
	for (i = 0; i < ARRAY_SIZE(clocks); i++) {
		gpc = gpc_of_use(vcpu->kvm, clocks[i]);
		if (gpc && gpc->active)
			clock_write(vcpu,
				    &(struct op_args){ .a = { 0, clocks[i] } });
	}
	return 1;
}

static long run_clock_update(struct kvm_vcpu *vcpu, struct op_args *args)
{
	return on_running_vcpu(vcpu, args, clock_update);
}

long user_clock_update(struct op_args *args)
{
	return on_vcpu(args, run_clock_update);
}

#ifdef PFNSIM_HAVE_XEN

static long xen_config(struct kvm_vcpu *vcpu, struct op_args *args)
{
	struct kvm_xen_hvm_config config = {};

	if (args->a[1] & XEN_EVTCHN_SEND)
		config.flags |= KVM_XEN_HVM_CONFIG_EVTCHN_SEND;
	if (args->a[1] & XEN_PVCLOCK_TSC_UNSTABLE)
		config.flags |= KVM_XEN_HVM_CONFIG_PVCLOCK_TSC_UNSTABLE;
	if (args->a[1] & XEN_UNKNOWN_FLAG)
		config.flags |= 1U << 31;
	return kvm_xen_hvm_config(vcpu->kvm, &config);
}

long user_xen_config(struct op_args *args)
{
	return on_vcpu(args, xen_config);
}

#define NO_ADDRESS (~0UL)

static long set_shared_info(struct kvm *kvm, bool by_hva, unsigned long address)
{
	struct kvm_xen_hvm_attr attr = {
		.type = KVM_XEN_ATTR_TYPE_SHARED_INFO,
	};

	if (by_hva) {
		attr.type = KVM_XEN_ATTR_TYPE_SHARED_INFO_HVA;
		attr.u.shared_info.hva = address == NO_ADDRESS ? 0 : address;
	} else {
		attr.u.shared_info.gfn = address == NO_ADDRESS ?
						 KVM_XEN_INVALID_GFN :
						 address >> PAGE_SHIFT;
	}
	return kvm_xen_hvm_set_attr(kvm, &attr);
}

static long set_vcpu_area(struct kvm_vcpu *vcpu, enum cache_use use,
			  bool by_hva, unsigned long address)
{
	struct kvm_xen_vcpu_attr attr = { .u.gpa = address };

	switch (use) {
	case USE_XEN_VCPU_INFO:
		attr.type = by_hva ? KVM_XEN_VCPU_ATTR_TYPE_VCPU_INFO_HVA :
				     KVM_XEN_VCPU_ATTR_TYPE_VCPU_INFO;
		if (by_hva && address == NO_ADDRESS)
			attr.u.hva = 0;
		break;
	case USE_XEN_TIME_INFO:
		attr.type = KVM_XEN_VCPU_ATTR_TYPE_VCPU_TIME_INFO;
		break;
	case USE_XEN_RUNSTATE:
		attr.type = KVM_XEN_VCPU_ATTR_TYPE_RUNSTATE_ADDR;
		break;
	default:
		return -EINVAL;
	}
	return kvm_xen_vcpu_set_attr(vcpu, &attr);
}

static long xen_set(struct kvm_vcpu *vcpu, struct op_args *args)
{
	if (args->a[1] == USE_XEN_SHARED_INFO)
		return set_shared_info(vcpu->kvm, args->a[2], args->a[3]);
	return set_vcpu_area(vcpu, args->a[1], args->a[2], args->a[3]);
}

long user_xen_set(struct op_args *args)
{
	return on_vcpu(args, xen_set);
}

/* As in KVM_RUN, which is sure to be able to sleep. */
static long xen_run(struct kvm_vcpu *vcpu, struct op_args *args)
{
	kvm_xen_update_runstate(vcpu, RUNSTATE_running);
	return 0;
}

static long run_xen_run(struct kvm_vcpu *vcpu, struct op_args *args)
{
	return on_running_vcpu(vcpu, args, xen_run);
}

long user_xen_run(struct op_args *args)
{
	return on_vcpu(args, run_xen_run);
}

/* As from the scheduler, which switches interrupts and preemption off. */
static long xen_preempt(struct kvm_vcpu *vcpu, struct op_args *args)
{
	int idx;

	preempt_disable();
	local_irq_disable();
	idx = srcu_read_lock(&vcpu->kvm->srcu);
	kvm_xen_update_runstate(vcpu, RUNSTATE_runnable);
	srcu_read_unlock(&vcpu->kvm->srcu, idx);
	local_irq_enable();
	preempt_enable();
	return 0;
}

long user_xen_preempt(struct op_args *args)
{
	return on_vcpu(args, xen_preempt);
}

static long xen_send(struct kvm_vcpu *vcpu, struct op_args *args)
{
	struct kvm_irq_routing_xen_evtchn evtchn = {
		.port = args->a[1],
		.priority = KVM_IRQ_ROUTING_XEN_EVTCHN_PRIO_2LEVEL,
	};

	return kvm_xen_hvm_evtchn_send(vcpu->kvm, &evtchn);
}

long user_xen_send(struct op_args *args)
{
	return on_vcpu(args, xen_send);
}

/* As from a device's interrupt that is routed to the event channel. */
static long xen_irq(struct kvm_vcpu *vcpu, struct op_args *args)
{
	struct kvm_xen_evtchn evtchn = {
		.port = args->a[1],
		.vcpu_idx = -1,
		.priority = KVM_IRQ_ROUTING_XEN_EVTCHN_PRIO_2LEVEL,
	};
	long ret;

	preempt_disable();
	local_irq_disable();
	ret = kvm_xen_set_evtchn_fast(&evtchn, vcpu->kvm);
	local_irq_enable();
	preempt_enable();
	return ret;
}

long user_xen_irq(struct op_args *args)
{
	return on_vcpu(args, xen_irq);
}

/* As on the way into the guest: only where something is kept. */
static long xen_inject(struct kvm_vcpu *vcpu, struct op_args *args)
{
	long words = vcpu->arch.xen.evtchn_pending_sel;

	if (words)
		kvm_xen_inject_pending_events(vcpu);
	return words;
}

static long run_xen_inject(struct kvm_vcpu *vcpu, struct op_args *args)
{
	return on_running_vcpu(vcpu, args, xen_inject);
}

long user_xen_inject(struct op_args *args)
{
	return on_vcpu(args, run_xen_inject);
}

static long xen_pending(struct kvm_vcpu *vcpu, struct op_args *args)
{
	/* As kvm_xen_has_interrupt() looks before it calls. */
	if (!vcpu->arch.xen.vcpu_info_cache.active)
		return 0;
	return __kvm_xen_has_interrupt(vcpu);
}

static long run_xen_pending(struct kvm_vcpu *vcpu, struct op_args *args)
{
	return on_running_vcpu(vcpu, args, xen_pending);
}

/* As from kvm_vcpu_block(), when the task's state is set but it still runs. */
static long block_xen_pending(struct kvm_vcpu *vcpu, struct op_args *args)
{
	long ret;

	set_current_state(TASK_INTERRUPTIBLE);
	ret = xen_pending(vcpu, args);
	__set_current_state(TASK_RUNNING);
	return ret;
}

long user_xen_pending(struct op_args *args)
{
	return on_vcpu(args, args->a[1] ? block_xen_pending : run_xen_pending);
}

#endif
