// SPDX-License-Identifier: GPL-2.0-only
/*
 * The run state of a vCPU of a guest that was made for Xen: what it does, and
 * how long it did what.  The guest's area may lie across two pages, each of which
 * has a cache.
 */
#include "xen.h"

#include <linux/irqflags.h>
#include <linux/string.h>
#include <asm/barrier.h>
#include <pfnsim/khva.h>
#include "x86.h"

/* The area, and how much of it lies in the page of the first cache. */
struct runstate_area {
	struct gfn_to_pfn_cache *gpc1, *gpc2;
	unsigned long len1, len2;
	unsigned long flags;
};

static void runstate_unlock(const struct runstate_area *area, bool both)
{
	if (both)
		read_unlock(&area->gpc2->lock);
	read_unlock_irqrestore(&area->gpc1->lock, area->flags);
}

/* In atomic context a writer is not waited for: it may sleep or be preempted. */
static bool runstate_lock_first(struct runstate_area *area, bool atomic)
{
	if (!atomic) {
		read_lock_irqsave(&area->gpc1->lock, area->flags);
		return true;
	}
	local_irq_save(area->flags);
	if (read_trylock(&area->gpc1->lock))
		return true;
	local_irq_restore(area->flags);
	return false;
}

/* The second lock nests in the first; nothing else holds two of the class. */
static bool runstate_lock_second(struct runstate_area *area, bool atomic)
{
	lock_set_subclass(&area->gpc1->lock.dep_map, 1, _THIS_IP_);
	if (!atomic) {
		read_lock(&area->gpc2->lock);
		return true;
	}
	if (read_trylock(&area->gpc2->lock))
		return true;
	runstate_unlock(area, false);
	return false;
}

/*
 * One round: 0 with both locks held and both checks passed; else without any
 * lock, -EAGAIN where a cache was brought up to date and all must be checked
 * again, -EBUSY where that would have to sleep, or what a refresh said.
 */
static int runstate_try(struct runstate_area *area, bool atomic)
{
	if (!runstate_lock_first(area, atomic))
		return -EBUSY;
	if (!kvm_gpc_check(area->gpc1, area->len1)) {
		runstate_unlock(area, false);
		if (atomic)
			return -EBUSY;
		return kvm_gpc_refresh(area->gpc1, area->len1) ?: -EAGAIN;
	}
	if (!area->len2)
		return 0;
	if (!runstate_lock_second(area, atomic))
		return -EBUSY;
	if (kvm_gpc_check(area->gpc2, area->len2))
		return 0;
	runstate_unlock(area, true);
	if (atomic)
		return -EBUSY;
	/* Not refresh: it may never have been active. */
	return kvm_gpc_activate(area->gpc2, area->gpc1->gpa + area->len1, area->len2) ?:
		       -EAGAIN;
}

/* Bytes [from, from + len) of the area. */
static void runstate_store(const struct runstate_area *area, const void *bytes,
			   unsigned long from, unsigned long len)
{
	unsigned long first = 0;

	if (from < area->len1) {
		first = min(len, area->len1 - from);
		khva_write(area->gpc1->khva + from, bytes, first);
	}
	if (first < len)
		khva_write(area->gpc2->khva + from + first - area->len1,
			   bytes + first, len - first);
}

static void runstate_write(const struct runstate_area *area,
			   const struct kvm_vcpu *vcpu)
{
	const struct kvm_vcpu_xen *xen = &vcpu->arch.xen;
	bool announce = vcpu->kvm->arch.xen.runstate_update_flag;
	unsigned long top =
		offsetof(struct vcpu_runstate_info, state_entry_time) + 7;
	u64 entry = xen->runstate_entry_time;
	struct vcpu_runstate_info info;
	u8 byte;

	memset(&info, 0, sizeof(info));
	info.state = xen->current_runstate;
	info.state_entry_time = announce ? entry | XEN_RUNSTATE_UPDATE : entry;
	memcpy(info.time, xen->runstate_times, sizeof(info.time));
	if (announce) {
		/* The flag's byte alone: it may lie in the other page. */
		byte = info.state_entry_time >> 56;
		runstate_store(area, &byte, top, 1);
		smp_wmb();
	}
	runstate_store(area, &info, 0, sizeof(info));
	smp_wmb();
	if (announce) {
		byte = entry >> 56;
		runstate_store(area, &byte, top, 1);
		smp_wmb();
	}
}

void kvm_xen_update_runstate_guest(struct kvm_vcpu *vcpu, bool atomic)
{
	struct kvm_vcpu_xen *xen = &vcpu->arch.xen;
	unsigned long len = sizeof(struct vcpu_runstate_info);
	struct runstate_area area = {
		.gpc1 = &xen->runstate_cache,
		.gpc2 = &xen->runstate2_cache,
	};
	int ret;

	area.len1 = min(len,
			PAGE_SIZE - offset_in_page(xen->runstate_cache.gpa));
	area.len2 = len - area.len1;
	do {
		ret = runstate_try(&area, atomic);
	} while (ret == -EAGAIN);
	if (ret)
		return;
	runstate_write(&area, vcpu);
	if (area.len2)
		kvm_gpc_mark_dirty_in_slot(area.gpc2);
	kvm_gpc_mark_dirty_in_slot(area.gpc1);
	runstate_unlock(&area, area.len2);
}

void kvm_xen_update_runstate(struct kvm_vcpu *vcpu, int state)
{
	struct kvm_vcpu_xen *xen = &vcpu->arch.xen;
	u64 now = get_kvmclock_ns(vcpu->kvm);

	if (!xen->runstate_entry_time)
		xen->current_runstate = RUNSTATE_offline;
	xen->runstate_times[xen->current_runstate] += now -
						      xen->runstate_entry_time;
	xen->runstate_entry_time = now;
	xen->current_runstate = state;
	if (xen->runstate_cache.active)
		kvm_xen_update_runstate_guest(vcpu, state == RUNSTATE_runnable);
}
