// SPDX-License-Identifier: GPL-2.0-only
/*
 * The vCPU of a VM, its clocks and its interrupts.
 *
 * Fidelity: EMULATED - the VM's clock goes on by 1 us whenever it is read, so
 * that it is the same in every execution of one order.  Interrupts are TRAPs:
 * there is no local APIC.
 */
#include "vcpu.h"

#include <linux/rcuwait.h>
#include <linux/xarray.h>
#include "x86.h"

#include "../mm/mm_internal.h"

#ifdef PFNSIM_HAVE_XEN
#include "xen.h"
#endif

#define CLOCK_STEP 1000

u64 get_kvmclock_ns(struct kvm *kvm)
{
	return kvm->arch.clock_ns += CLOCK_STEP;
}

uint64_t kvm_get_wall_clock_epoch(struct kvm *kvm)
{
	return 0;
}

/* What KVM_CREATE_VCPU leaves behind in struct kvm. */
#ifdef PFNSIM_TREE
static void vcpu_online(struct kvm *kvm, struct kvm_vcpu *vcpu)
{
	mutex_init(&vcpu->mutex);
	rcuwait_init(&vcpu->wait);
	vcpu->cpu = -1;
	xa_store(&kvm->vcpu_array, 0, vcpu, GFP_KERNEL);
	kvm->created_vcpus = 1;
	atomic_set(&kvm->online_vcpus, 1);
}

/* It is never in guest mode, where an interprocessor interrupt would get it. */
int kvm_arch_vcpu_should_kick(struct kvm_vcpu *vcpu)
{
	return 0;
}

static void vcpu_offline(struct kvm *kvm)
{
	atomic_set(&kvm->online_vcpus, 0);
	kvm->created_vcpus = 0;
	xa_store(&kvm->vcpu_array, 0, NULL, GFP_KERNEL);
}
#else
static void vcpu_online(struct kvm *kvm, struct kvm_vcpu *vcpu)
{
	kvm->vcpus[0] = vcpu;
	kvm->online_vcpus = 1;
}

static void vcpu_offline(struct kvm *kvm)
{
	kvm->online_vcpus = 0;
}
#endif

#ifdef PFNSIM_HAVE_XEN
/* A 64-bit guest that wants to be told of updates of its run state. */
static void xen_init(struct kvm *kvm, struct kvm_vcpu *vcpu)
{
	struct kvm_xen_hvm_attr mode = {
		.type = KVM_XEN_ATTR_TYPE_LONG_MODE,
		.u.long_mode = 1,
	};
	struct kvm_xen_hvm_attr flag = {
		.type = KVM_XEN_ATTR_TYPE_RUNSTATE_UPDATE_FLAG,
		.u.runstate_update_flag = 1,
	};

	kvm_xen_init_vm(kvm);
	kvm_xen_init_vcpu(vcpu);
	kvm_xen_hvm_set_attr(kvm, &mode);
	kvm_xen_hvm_set_attr(kvm, &flag);
}

static void xen_destroy(struct kvm *kvm, struct kvm_vcpu *vcpu)
{
	kvm_xen_destroy_vcpu(vcpu);
	kvm_xen_destroy_vm(kvm);
}
#else
static void xen_init(struct kvm *kvm, struct kvm_vcpu *vcpu)
{
}

static void xen_destroy(struct kvm *kvm, struct kvm_vcpu *vcpu)
{
}
#endif

struct kvm_vcpu *arch_vcpu(struct kvm *kvm)
{
	struct kvm_vcpu *vcpu = kvm->arch.vcpu;

	if (vcpu)
		return vcpu;
	vcpu = heap_alloc(sizeof(*vcpu), __alignof__(*vcpu));
	vcpu->kvm = kvm;
	kvm_gpc_init(&vcpu->arch.pv_time, kvm);
	vcpu_online(kvm, vcpu);
	kvm->arch.vcpu = vcpu;
	xen_init(kvm, vcpu);
	return vcpu;
}

void arch_vcpu_destroy(struct kvm *kvm)
{
	struct kvm_vcpu *vcpu = kvm->arch.vcpu;

	if (!vcpu)
		return;
	kvm_gpc_deactivate(&vcpu->arch.pv_time);
	xen_destroy(kvm, vcpu);
	vcpu_offline(kvm);
	kvm->arch.vcpu = NULL;
}
