// SPDX-License-Identifier: GPL-2.0-only
/*
 * The shadow page table: installing, looking up, zapping.
 *
 * Fidelity: EMULATED - an entry is gone for the guest the moment it is
 * cleared, as if every zap flushed at once; a flush that KVM forgets is
 * therefore not detected.  kvm_unmap_gfn_range() zaps shared and private
 * mappings alike, as x86 does for software protected VMs.  Accessed bits are
 * looked at under mmu_lock, which newer kernels do without on x86.
 */
#include <linux/kvm_host.h>
#include <pfnsim/counters.h>
#include <pfnsim/page.h>

#include "border.h"
#include "mmu.h"

struct pfnsim_spte *spte_lookup(struct kvm *kvm, gfn_t gfn)
{
	struct pfnsim_spte *spte = kvm->arch.sptes;
	struct pfnsim_spte *end = spte + NR_SPTES;

	for (; spte < end; spte++) {
		if (spte->present && spte->gfn == gfn)
			return spte;
	}
	return NULL;
}

static void spte_clear(struct pfnsim_spte *spte)
{
	spte->present = false;
	pfnsim_count(CTR_SPTES, -1);
	host_note(NOTE_SPTE_CLEAR, spte->pfn, spte->gfn, NULL);
}

/* A free entry, or the oldest one after zapping it. */
static struct pfnsim_spte *spte_get(struct kvm *kvm)
{
	struct pfnsim_spte *spte;
	unsigned int i;

	for (i = 0; i < NR_SPTES; i++) {
		spte = &kvm->arch.sptes[kvm->arch.next_spte++ % NR_SPTES];
		if (!spte->present)
			return spte;
	}
	spte = &kvm->arch.sptes[kvm->arch.next_spte++ % NR_SPTES];
	spte_clear(spte);
	return spte;
}

void spte_install(struct kvm *kvm, gfn_t gfn, kvm_pfn_t pfn, bool writable)
{
	struct pfnsim_spte *spte;

	host_enter(CALL_SPTE_INSTALL, kvm, "spte");
	spte = spte_lookup(kvm, gfn);
	if (spte)
		spte_clear(spte);
	else
		spte = spte_get(kvm);
	*spte = (struct pfnsim_spte){
		.gfn = gfn,
		.pfn = pfn,
		.life = page_life(pfn),
		.present = true,
		.writable = writable,
		.accessed = true,
	};
	pfnsim_count(CTR_SPTES, 1);
	host_note(NOTE_SPTE_SET, pfn, gfn, NULL);
	host_leave(CALL_SPTE_INSTALL, kvm, "spte");
}

/* Clears the entries of gfns [start, end): true if there were any. */
static bool zap_range(struct kvm *kvm, gfn_t start, gfn_t end)
{
	struct pfnsim_spte *spte = kvm->arch.sptes;
	struct pfnsim_spte *last = spte + NR_SPTES;
	bool zapped = false;

	for (; spte < last; spte++) {
		if (!spte->present || spte->gfn < start || spte->gfn >= end)
			continue;
		spte_clear(spte);
		zapped = true;
	}
	return zapped;
}

bool kvm_unmap_gfn_range(struct kvm *kvm, struct kvm_gfn_range *range)
{
	bool zapped;

	host_enter(CALL_UNMAP_GFN_RANGE, kvm, NULL);
	lockdep_assert_held_write(&kvm->mmu_lock);
	zapped = zap_range(kvm, range->start, range->end);
	host_leave(CALL_UNMAP_GFN_RANGE, kvm, NULL);
	return zapped;
}

/* Whether the guest accessed a page of @range. */
static bool age_range(struct kvm *kvm, struct kvm_gfn_range *range, bool clear)
{
	struct pfnsim_spte *spte = kvm->arch.sptes;
	struct pfnsim_spte *last = spte + NR_SPTES;
	bool young = false;

	lockdep_assert_held_write(&kvm->mmu_lock);
	for (; spte < last; spte++) {
		if (!spte->present || spte->gfn < range->start ||
		    spte->gfn >= range->end || !spte->accessed)
			continue;
		if (clear)
			spte->accessed = false;
		young = true;
	}
	return young;
}

bool kvm_age_gfn(struct kvm *kvm, struct kvm_gfn_range *range)
{
	return age_range(kvm, range, true);
}

bool kvm_test_age_gfn(struct kvm *kvm, struct kvm_gfn_range *range)
{
	return age_range(kvm, range, false);
}

bool kvm_arch_pre_set_memory_attributes(struct kvm *kvm,
					struct kvm_gfn_range *range)
{
	if (WARN_ON_ONCE(!kvm_arch_has_private_mem(kvm)))
		return false;
	return kvm_unmap_gfn_range(kvm, range);
}

/* No huge pages, so that mixed attributes need no tracking. */
bool kvm_arch_post_set_memory_attributes(struct kvm *kvm,
					 struct kvm_gfn_range *range)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	return false;
}

int kvm_arch_flush_remote_tlbs(struct kvm *kvm)
{
	host_enter(CALL_FLUSH_TLBS, kvm, NULL);
	pfnsim_count(CTR_TLB_FLUSHES, 1);
	host_leave(CALL_FLUSH_TLBS, kvm, NULL);
	return 0;
}

int kvm_arch_flush_remote_tlbs_range(struct kvm *kvm, gfn_t gfn, u64 nr_pages)
{
	return kvm_arch_flush_remote_tlbs(kvm);
}

static void zap_and_flush(struct kvm *kvm, gfn_t start, gfn_t end)
{
	write_lock(&kvm->mmu_lock);
	if (zap_range(kvm, start, end))
		kvm_flush_remote_tlbs(kvm);
	write_unlock(&kvm->mmu_lock);
}

void kvm_arch_flush_shadow_all(struct kvm *kvm)
{
	zap_and_flush(kvm, 0, ~0ULL);
}

void kvm_arch_flush_shadow_memslot(struct kvm *kvm,
				   struct kvm_memory_slot *slot)
{
	zap_and_flush(kvm, slot->base_gfn, slot->base_gfn + slot->npages);
}

/* Write-protects a slot whose log was switched on, or cleared in part. */
static void write_protect(struct kvm *kvm, gfn_t start, gfn_t end)
{
	struct pfnsim_spte *spte = kvm->arch.sptes;
	struct pfnsim_spte *last = spte + NR_SPTES;

	for (; spte < last; spte++) {
		if (spte->present && spte->gfn >= start && spte->gfn < end)
			spte->writable = false;
	}
}

void kvm_arch_mmu_enable_log_dirty_pt_masked(struct kvm *kvm,
					     struct kvm_memory_slot *slot,
					     gfn_t gfn_offset,
					     unsigned long mask)
{
	gfn_t base = slot->base_gfn + gfn_offset;

	lockdep_assert_held_write(&kvm->mmu_lock);
	write_protect(kvm, base + __builtin_ctzl(mask),
		      base + BITS_PER_LONG - __builtin_clzl(mask));
}

void kvm_arch_commit_memory_region(struct kvm *kvm, struct kvm_memory_slot *old,
				   const struct kvm_memory_slot *new,
				   enum kvm_mr_change change)
{
	if (change != KVM_MR_FLAGS_ONLY)
		return;
	if (!kvm_slot_dirty_track_enabled(new))
		return;
	write_lock(&kvm->mmu_lock);
	write_protect(kvm, new->base_gfn, new->base_gfn + new->npages);
	write_unlock(&kvm->mmu_lock);
	kvm_flush_remote_tlbs_memslot(kvm, new);
}
