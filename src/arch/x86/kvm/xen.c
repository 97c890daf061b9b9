// SPDX-License-Identifier: GPL-2.0-only
/* Guests that were made for Xen: 64-bit ones, with 2-level event channels. */
#include "xen.h"

#include <linux/preempt.h>
#include <linux/sched.h>
#include <asm/barrier.h>
#include <pfnsim/khva.h>
#include "x86.h"

#define NR_EVTCHNS (BITS_PER_LONG * BITS_PER_LONG)

void kvm_xen_init_vm(struct kvm *kvm)
{
	mutex_init(&kvm->arch.xen.xen_lock);
	kvm_gpc_init(&kvm->arch.xen.shinfo_cache, kvm);
}

void kvm_xen_destroy_vm(struct kvm *kvm)
{
	kvm_gpc_deactivate(&kvm->arch.xen.shinfo_cache);
}

void kvm_xen_init_vcpu(struct kvm_vcpu *vcpu)
{
	struct kvm_vcpu_xen *xen = &vcpu->arch.xen;

	kvm_gpc_init(&xen->vcpu_info_cache, vcpu->kvm);
	kvm_gpc_init(&xen->vcpu_time_info_cache, vcpu->kvm);
	kvm_gpc_init(&xen->runstate_cache, vcpu->kvm);
	kvm_gpc_init(&xen->runstate2_cache, vcpu->kvm);
}

void kvm_xen_destroy_vcpu(struct kvm_vcpu *vcpu)
{
	struct kvm_vcpu_xen *xen = &vcpu->arch.xen;

	kvm_gpc_deactivate(&xen->vcpu_info_cache);
	kvm_gpc_deactivate(&xen->vcpu_time_info_cache);
	kvm_gpc_deactivate(&xen->runstate_cache);
	kvm_gpc_deactivate(&xen->runstate2_cache);
}

/*
 * Takes gpc->lock for read, with interrupts off, and keeps it once @len bytes
 * can be accessed.  Sleeps without it.  Returns 0, or what a refresh said, then
 * without the lock.
 */
static int lock_and_refresh(struct gfn_to_pfn_cache *gpc, unsigned long len,
			    unsigned long *flags)
{
	int ret;

	read_lock_irqsave(&gpc->lock, *flags);
	while (!kvm_gpc_check(gpc, len)) {
		read_unlock_irqrestore(&gpc->lock, *flags);
		ret = kvm_gpc_refresh(gpc, len);
		if (ret)
			return ret;
		read_lock_irqsave(&gpc->lock, *flags);
	}
	return 0;
}

/* ---- The shared page -------------------------------------------------- */

static void write_wall_clock(void *guest, u64 epoch)
{
	struct pvclock_wall_clock *wc = guest +
					offsetof(struct shared_info, wc);
	u32 high = (epoch / NSEC_PER_SEC) >> 32;
	struct pvclock_wall_clock now;
	u32 version;

	khva_read(wc, &now, sizeof(now));
	version = (now.version + 1) | 1;
	now = (struct pvclock_wall_clock){
		.version = version,
		.sec = epoch / NSEC_PER_SEC,
		.nsec = epoch % NSEC_PER_SEC,
	};
	khva_write(&wc->version, &version, sizeof(version));
	smp_wmb();
	khva_write(wc, &now, sizeof(now));
	khva_write(guest + offsetof(struct shared_info, wc_sec_hi), &high,
		   sizeof(high));
	smp_wmb();
	version++;
	khva_write(&wc->version, &version, sizeof(version));
}

/* The page is not marked dirty: whoever migrates the guest copies it always. */
static int shared_info_init(struct kvm *kvm)
{
	struct gfn_to_pfn_cache *gpc = &kvm->arch.xen.shinfo_cache;
	unsigned long flags;
	int ret, idx;

	idx = srcu_read_lock(&kvm->srcu);
	ret = lock_and_refresh(gpc, PAGE_SIZE, &flags);
	if (!ret) {
		write_wall_clock(gpc->khva, kvm_get_wall_clock_epoch(kvm));
		read_unlock_irqrestore(&gpc->lock, flags);
	}
	srcu_read_unlock(&kvm->srcu, idx);
	return ret;
}

static int set_shared_info_gfn(struct kvm *kvm, gfn_t gfn)
{
	struct gfn_to_pfn_cache *gpc = &kvm->arch.xen.shinfo_cache;

	if (gfn != KVM_XEN_INVALID_GFN)
		return kvm_gpc_activate(gpc, (gpa_t)gfn << PAGE_SHIFT,
					PAGE_SIZE);
	kvm_gpc_deactivate(gpc);
	return 0;
}

static int set_shared_info_hva(struct kvm *kvm, unsigned long hva)
{
	struct gfn_to_pfn_cache *gpc = &kvm->arch.xen.shinfo_cache;

	if (!PAGE_ALIGNED(hva))
		return -EINVAL;
	if (hva)
		return kvm_gpc_activate_hva(gpc, hva, PAGE_SIZE);
	kvm_gpc_deactivate(gpc);
	return 0;
}

static int set_shared_info(struct kvm *kvm, const struct kvm_xen_hvm_attr *data)
{
	int idx = srcu_read_lock(&kvm->srcu);
	int ret;

	if (data->type == KVM_XEN_ATTR_TYPE_SHARED_INFO)
		ret = set_shared_info_gfn(kvm, data->u.shared_info.gfn);
	else
		ret = set_shared_info_hva(kvm, data->u.shared_info.hva);
	srcu_read_unlock(&kvm->srcu, idx);
	if (!ret && kvm->arch.xen.shinfo_cache.active)
		ret = shared_info_init(kvm);
	return ret;
}

int kvm_xen_hvm_set_attr(struct kvm *kvm, struct kvm_xen_hvm_attr *data)
{
	struct kvm_xen *xen = &kvm->arch.xen;
	int ret = 0;

	mutex_lock(&xen->xen_lock);
	switch (data->type) {
	case KVM_XEN_ATTR_TYPE_LONG_MODE:
		xen->long_mode = data->u.long_mode;
		if (xen->shinfo_cache.active)
			ret = shared_info_init(kvm);
		break;
	case KVM_XEN_ATTR_TYPE_SHARED_INFO:
	case KVM_XEN_ATTR_TYPE_SHARED_INFO_HVA:
		ret = set_shared_info(kvm, data);
		break;
	case KVM_XEN_ATTR_TYPE_RUNSTATE_UPDATE_FLAG:
		xen->runstate_update_flag = data->u.runstate_update_flag;
		break;
	default:
		ret = -ENOENT;
	}
	mutex_unlock(&xen->xen_lock);
	return ret;
}

/* ---- Configuration ---------------------------------------------------- */

#define CONFIG_FLAGS                                                           \
	(KVM_XEN_HVM_CONFIG_EVTCHN_SEND |                                      \
	 KVM_XEN_HVM_CONFIG_PVCLOCK_TSC_UNSTABLE)

int kvm_xen_hvm_config(struct kvm *kvm, struct kvm_xen_hvm_config *xhc)
{
	struct kvm_xen *xen = &kvm->arch.xen;
	u32 changed;

	if (xhc->flags & ~CONFIG_FLAGS || xhc->msr)
		return -EINVAL;
	mutex_lock(&xen->xen_lock);
	changed = xen->hvm_config.flags ^ xhc->flags;
	xen->hvm_config = *xhc;
	mutex_unlock(&xen->xen_lock);
	/* What is in the guest's memory by now says the opposite. */
	if (changed & KVM_XEN_HVM_CONFIG_PVCLOCK_TSC_UNSTABLE)
		kvm_make_all_cpus_request(kvm, KVM_REQ_CLOCK_UPDATE);
	return 0;
}

/* ---- A vCPU's areas --------------------------------------------------- */

static void runstate_forget(struct kvm_vcpu_xen *xen)
{
	kvm_gpc_deactivate(&xen->runstate_cache);
	kvm_gpc_deactivate(&xen->runstate2_cache);
}

static int set_runstate(struct kvm_vcpu *vcpu, gpa_t gpa)
{
	unsigned long len = sizeof(struct vcpu_runstate_info);
	unsigned long room = PAGE_SIZE - offset_in_page(gpa);
	struct kvm_vcpu_xen *xen = &vcpu->arch.xen;
	int ret = 0;

	if (gpa == KVM_XEN_INVALID_GPA) {
		runstate_forget(xen);
		return 0;
	}
	ret = kvm_gpc_activate(&xen->runstate_cache, gpa, room);
	if (!ret && room < len)
		ret = kvm_gpc_activate(&xen->runstate2_cache, gpa + room,
				       len - room);
	else if (!ret)
		kvm_gpc_deactivate(&xen->runstate2_cache);
	if (ret)
		runstate_forget(xen);
	else
		kvm_xen_update_runstate_guest(vcpu, false);
	return ret;
}

static int set_vcpu_info(struct kvm_vcpu *vcpu,
			 const struct kvm_xen_vcpu_attr *data)
{
	struct gfn_to_pfn_cache *gpc = &vcpu->arch.xen.vcpu_info_cache;
	bool by_hva = data->type == KVM_XEN_VCPU_ATTR_TYPE_VCPU_INFO_HVA;
	int ret;

	if (data->u.gpa == (by_hva ? 0 : KVM_XEN_INVALID_GPA)) {
		kvm_gpc_deactivate(gpc);
		return 0;
	}
	if (data->u.gpa % sizeof(u32))
		return -ENXIO;
	if (by_hva)
		ret = kvm_gpc_activate_hva(gpc, data->u.hva,
					   sizeof(struct vcpu_info));
	else
		ret = kvm_gpc_activate(gpc, data->u.gpa,
				       sizeof(struct vcpu_info));
	if (!ret)
		kvm_make_request(KVM_REQ_CLOCK_UPDATE, vcpu);
	return ret;
}

static int set_vcpu_time_info(struct kvm_vcpu *vcpu, gpa_t gpa)
{
	struct gfn_to_pfn_cache *gpc = &vcpu->arch.xen.vcpu_time_info_cache;
	int ret;

	if (gpa == KVM_XEN_INVALID_GPA) {
		kvm_gpc_deactivate(gpc);
		return 0;
	}
	ret = kvm_gpc_activate(gpc, gpa, sizeof(struct pvclock_vcpu_time_info));
	if (!ret)
		kvm_make_request(KVM_REQ_CLOCK_UPDATE, vcpu);
	return ret;
}

int kvm_xen_vcpu_set_attr(struct kvm_vcpu *vcpu, struct kvm_xen_vcpu_attr *data)
{
	struct kvm *kvm = vcpu->kvm;
	int idx, ret;

	mutex_lock(&kvm->arch.xen.xen_lock);
	idx = srcu_read_lock(&kvm->srcu);
	switch (data->type) {
	case KVM_XEN_VCPU_ATTR_TYPE_VCPU_INFO:
	case KVM_XEN_VCPU_ATTR_TYPE_VCPU_INFO_HVA:
		ret = set_vcpu_info(vcpu, data);
		break;
	case KVM_XEN_VCPU_ATTR_TYPE_VCPU_TIME_INFO:
		ret = set_vcpu_time_info(vcpu, data->u.gpa);
		break;
	case KVM_XEN_VCPU_ATTR_TYPE_RUNSTATE_ADDR:
		ret = set_runstate(vcpu, data->u.gpa);
		break;
	default:
		ret = -ENOENT;
	}
	srcu_read_unlock(&kvm->srcu, idx);
	mutex_unlock(&kvm->arch.xen.xen_lock);
	return ret;
}

/* ---- Event channels --------------------------------------------------- */

static bool guest_test_bit(unsigned int nr, const unsigned long *words)
{
	unsigned long word;

	khva_read(words + nr / BITS_PER_LONG, &word, sizeof(word));
	return word >> nr % BITS_PER_LONG & 1;
}

static void guest_set_upcall(struct vcpu_info *info)
{
	u8 one = 1;

	khva_write(&info->evtchn_upcall_pending, &one, sizeof(one));
}

/*
 * Tells the vCPU which word of the shared page to look at; keeps it in the
 * kernel where its information block is out of reach.  True where it is news.
 */
static bool tell_vcpu(struct kvm_vcpu *vcpu, unsigned int word)
{
	struct gfn_to_pfn_cache *gpc = &vcpu->arch.xen.vcpu_info_cache;
	struct vcpu_info *info;
	unsigned long flags;
	bool news;

	read_lock_irqsave(&gpc->lock, flags);
	if (!kvm_gpc_check(gpc, sizeof(*info))) {
		news = !test_and_set_bit(word,
					 &vcpu->arch.xen.evtchn_pending_sel);
	} else {
		info = gpc->khva;
		news = !khva_test_and_set_bit(word, &info->evtchn_pending_sel);
		if (news)
			guest_set_upcall(info);
	}
	read_unlock_irqrestore(&gpc->lock, flags);
	return news;
}

static int raise_port(struct gfn_to_pfn_cache *gpc, unsigned int port)
{
	struct shared_info *info;
	unsigned long flags;
	int ret;

	read_lock_irqsave(&gpc->lock, flags);
	if (!kvm_gpc_check(gpc, PAGE_SIZE)) {
		ret = -EWOULDBLOCK;
	} else {
		info = gpc->khva;
		if (khva_test_and_set_bit(port, info->evtchn_pending))
			ret = 0;
		else
			ret = guest_test_bit(port, info->evtchn_mask) ?
				      -ENOTCONN :
				      1;
	}
	read_unlock_irqrestore(&gpc->lock, flags);
	return ret;
}

int kvm_xen_set_evtchn_fast(struct kvm_xen_evtchn *xe, struct kvm *kvm)
{
	struct kvm_vcpu *vcpu = kvm_get_vcpu(kvm, xe->vcpu_id);
	int idx, ret;

	if (!vcpu || xe->port >= NR_EVTCHNS)
		return -EINVAL;
	idx = srcu_read_lock(&kvm->srcu);
	ret = raise_port(&kvm->arch.xen.shinfo_cache, xe->port);
	if (ret > 0 && tell_vcpu(vcpu, xe->port / BITS_PER_LONG))
		kvm_make_request(KVM_REQ_UNBLOCK, vcpu);
	srcu_read_unlock(&kvm->srcu, idx);
	return ret;
}

/* Another task may have refreshed the page meanwhile: always try first. */
static int set_evtchn(struct kvm_xen_evtchn *xe, struct kvm *kvm)
{
	int idx, ret = 0;

	while (!ret) {
		ret = kvm_xen_set_evtchn_fast(xe, kvm);
		if (ret != -EWOULDBLOCK)
			return ret;
		idx = srcu_read_lock(&kvm->srcu);
		ret = kvm_gpc_refresh(&kvm->arch.xen.shinfo_cache, PAGE_SIZE);
		srcu_read_unlock(&kvm->srcu, idx);
	}
	return ret;
}

int kvm_xen_hvm_evtchn_send(struct kvm *kvm,
			    struct kvm_irq_routing_xen_evtchn *evtchn)
{
	struct kvm_xen_evtchn xe = {
		.port = evtchn->port,
		.vcpu_id = evtchn->vcpu,
		.vcpu_idx = -1,
		.priority = evtchn->priority,
	};
	int ret;

	if (!xe.port || xe.port >= NR_EVTCHNS ||
	    xe.priority != KVM_IRQ_ROUTING_XEN_EVTCHN_PRIO_2LEVEL)
		return -EINVAL;
	ret = set_evtchn(&xe, kvm);
	/* Masked or new, the guest finds it. */
	return ret > 0 || ret == -ENOTCONN ? 0 : ret;
}

void kvm_xen_inject_pending_events(struct kvm_vcpu *vcpu)
{
	unsigned long *pending = &vcpu->arch.xen.evtchn_pending_sel;
	struct gfn_to_pfn_cache *gpc = &vcpu->arch.xen.vcpu_info_cache;
	unsigned long flags, words = READ_ONCE(*pending);
	struct vcpu_info *info;
	unsigned int word;

	if (!words || lock_and_refresh(gpc, sizeof(*info), &flags))
		return;
	info = gpc->khva;
	for_each_set_bit(word, &words, BITS_PER_LONG) {
		khva_test_and_set_bit(word, &info->evtchn_pending_sel);
		clear_bit(word, pending);
	}
	guest_set_upcall(info);
	kvm_gpc_mark_dirty_in_slot(gpc);
	read_unlock_irqrestore(&gpc->lock, flags);
}

int __kvm_xen_has_interrupt(struct kvm_vcpu *vcpu)
{
	struct gfn_to_pfn_cache *gpc = &vcpu->arch.xen.vcpu_info_cache;
	struct vcpu_info *info;
	unsigned long flags;
	u8 pending = 0;
	int idx;

	idx = srcu_read_lock(&vcpu->kvm->srcu);
	read_lock_irqsave(&gpc->lock, flags);
	while (!kvm_gpc_check(gpc, sizeof(*info))) {
		read_unlock_irqrestore(&gpc->lock, flags);
		if (in_atomic() || !task_is_running(current)) {
			pending = 1;
			goto out;
		}
		if (kvm_gpc_refresh(gpc, sizeof(*info)))
			goto out;
		read_lock_irqsave(&gpc->lock, flags);
	}
	info = gpc->khva;
	khva_read(&info->evtchn_upcall_pending, &pending, sizeof(pending));
	read_unlock_irqrestore(&gpc->lock, flags);
out:
	srcu_read_unlock(&vcpu->kvm->srcu, idx);
	return pending;
}
