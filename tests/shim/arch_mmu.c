// SPDX-License-Identifier: GPL-2.0-only
/*
 * The architecture's hooks of KVM: what they zap, under which lock, and what they
 * tell; after arch/x86/kvm/mmu/mmu.c and include/linux/kvm_host.h.
 */
#include <linux/kvm.h>
#include <linux/kvm_host.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>
#include <pfnsim/counters.h>

#include "../../sim/kernel/arch/mmu.h"
#include "../../sim/kernel/glue/glue.h"
#include "mm_fixture.h"

#define SLOT_PAGES 4
#define OTHER_GFN 16UL

extern const struct kernel_desc pfnsim_kernel;

static struct kvm *kvm;
static long vm_fd;

static long op(enum kernel_op number, struct op_args args)
{
	return pfnsim_kernel.op(number, &args);
}

static void set_slot(unsigned long slot, unsigned long gfn, unsigned long flags)
{
	unsigned long uva = MM_TEST_UVA + (slot << 30);

	CHECK(!op(OP_SLOT_SET,
		  (struct op_args){ .a = { vm_fd, slot, flags, gfn << PAGE_SHIFT,
					   SLOT_PAGES * PAGE_SIZE, uva } }));
}

/* A VM with two slots; the first one's pages are mapped into the guest. */
static void make_vm(void)
{
	for (unsigned long slot = 0; slot < 2; slot++)
		CHECK(!mm_mmap(MM_TEST_UVA + (slot << 30),
			       SLOT_PAGES * PAGE_SIZE, NULL, 0, 0));
	vm_fd = op(OP_VM_CREATE, (struct op_args){});
	kvm = glue_vm_find(vm_fd)->kvm;
	set_slot(0, 0, 0);
	set_slot(1, OTHER_GFN, 0);
}

static struct kvm_memory_slot *slot_of(gfn_t gfn)
{
	int idx = srcu_read_lock(&kvm->srcu);
	struct kvm_memory_slot *slot = gfn_to_memslot(kvm, gfn);

	srcu_read_unlock(&kvm->srcu, idx);
	return slot;
}

static bool guest_writes(unsigned long gfn, const char *text)
{
	return !guest_access(kvm, gfn << PAGE_SHIFT, (void *)text, 3, true);
}

static void touch_all(void)
{
	for (gfn_t gfn = 0; gfn < SLOT_PAGES; gfn++)
		CHECK(guest_writes(gfn, "old"));
	CHECK(guest_writes(OTHER_GFN, "old"));
}

static bool mapped(gfn_t gfn)
{
	return spte_lookup(kvm, gfn);
}

static bool unmap(gfn_t start, gfn_t end)
{
	struct kvm_gfn_range range = { .start = start, .end = end };
	bool any;

	write_lock(&kvm->mmu_lock);
	any = kvm_unmap_gfn_range(kvm, &range);
	write_unlock(&kvm->mmu_lock);
	return any;
}

/* ---- Zapping ------------------------------------------------------------- */

static void unmap_range(void)
{
	touch_all();
	CHECK(unmap(1, 3));
	CHECK(mapped(0) && !mapped(1) && !mapped(2) && mapped(3));
	CHECK(mapped(OTHER_GFN));
	CHECK(!unmap(1, 3));
	CHECK(!unmap(3, 3) && mapped(3));
}

static void unmap_without_lock(void)
{
	struct kvm_gfn_range range = { .start = 0, .end = 1 };

	kvm_unmap_gfn_range(kvm, &range);
}

static void unmap_under_read_lock(void)
{
	struct kvm_gfn_range range = { .start = 0, .end = 1 };

	read_lock(&kvm->mmu_lock);
	kvm_unmap_gfn_range(kvm, &range);
	read_unlock(&kvm->mmu_lock);
}

static void flush_memslot(void)
{
	struct kvm_memory_slot *slot = slot_of(0);
	unsigned long flushes = pfnsim_counters[CTR_TLB_FLUSHES];

	touch_all();
	kvm_arch_flush_shadow_memslot(kvm, slot);
	CHECK(!mapped(0) && !mapped(3) && mapped(OTHER_GFN));
	CHECK(pfnsim_counters[CTR_TLB_FLUSHES] == flushes + 1);
}

static void flush_all(void)
{
	touch_all();
	kvm_arch_flush_shadow_all(kvm);
	CHECK(!mapped(0) && !mapped(3) && !mapped(OTHER_GFN));
}

static void faults_come_back(void)
{
	char bytes[3];

	touch_all();
	CHECK(unmap(0, 1) && !mapped(0));
	CHECK(!guest_access(kvm, 0, bytes, 3, false));
	CHECK(!memcmp(bytes, "old", 3) && mapped(0));
	CHECK(spte_lookup(kvm, 0)->pfn == mm_view_pte(MM_TEST_UVA));
}

static void notifier_reaches_guest(void)
{
	touch_all();
	CHECK(!mm_dontneed(MM_TEST_UVA + PAGE_SIZE, PAGE_SIZE));
	CHECK(mapped(0) && !mapped(1) && mapped(2));
}

static void flushes(void)
{
	unsigned long before = pfnsim_counters[CTR_TLB_FLUSHES];

	CHECK(!kvm_arch_flush_remote_tlbs(kvm));
	CHECK(!kvm_arch_flush_remote_tlbs_range(kvm, 0, 1));
	CHECK(pfnsim_counters[CTR_TLB_FLUSHES] == before + 2);
}

/* ---- Write protection ---------------------------------------------------- */

static void dirty_log(void)
{
	touch_all();
	CHECK(spte_lookup(kvm, 0)->writable);
	set_slot(0, 0, SLOT_LOG_DIRTY);
	CHECK(mapped(0) && !spte_lookup(kvm, 0)->writable);
	CHECK(spte_lookup(kvm, OTHER_GFN)->writable);
	CHECK(guest_writes(0, "new") && spte_lookup(kvm, 0)->writable);
	CHECK(!spte_lookup(kvm, 1)->writable);
}

#ifdef PFNSIM_TREE
static void protect_masked(void)
{
	touch_all();
	write_lock(&kvm->mmu_lock);
	kvm_arch_mmu_enable_log_dirty_pt_masked(kvm, slot_of(0), 0, 0x6);
	write_unlock(&kvm->mmu_lock);
	CHECK(spte_lookup(kvm, 0)->writable && spte_lookup(kvm, 3)->writable);
	CHECK(!spte_lookup(kvm, 1)->writable && !spte_lookup(kvm, 2)->writable);
}

static void unknown_ioctl(void)
{
	CHECK(kvm_arch_vm_ioctl(NULL, 0xffff, 0) == -ENOTTY);
	CHECK(kvm_arch_dev_ioctl(NULL, 0xffff, 0) == -EINVAL);
}
#endif

static void extensions(void)
{
	CHECK(kvm_vm_ioctl_check_extension(kvm, KVM_CAP_READONLY_MEM) == 1);
	CHECK(kvm_vm_ioctl_check_extension(NULL, KVM_CAP_VM_TYPES) == 3);
	CHECK(!kvm_vm_ioctl_check_extension(kvm, 0xffff));
}

/* ---- Ageing -------------------------------------------------------------- */

static bool age(gfn_t start, gfn_t end)
{
	struct kvm_gfn_range range = { .start = start, .end = end };
	bool young;

	write_lock(&kvm->mmu_lock);
	young = kvm_age_gfn(kvm, &range);
	write_unlock(&kvm->mmu_lock);
	return young;
}

static bool test_age(gfn_t start, gfn_t end)
{
	struct kvm_gfn_range range = { .start = start, .end = end };
	bool young;

	write_lock(&kvm->mmu_lock);
	young = kvm_test_age_gfn(kvm, &range);
	write_unlock(&kvm->mmu_lock);
	return young;
}

static void accessed_bits(void)
{
	touch_all();
	CHECK(test_age(1, 3) && test_age(1, 3) && age(1, 3));
	CHECK(!age(1, 3) && !test_age(1, 3) && mapped(1));
	CHECK(test_age(0, 1) && test_age(3, 4) && !test_age(3, 3));
	CHECK(guest_writes(2, "new") && !age(1, 2) && age(2, 3));
	CHECK(!age(SLOT_PAGES, OTHER_GFN));
}

static void aged_by_notifier(void)
{
	touch_all();
	CHECK(mm_age(MM_TEST_UVA, PAGE_SIZE, AGE_CLEAR) == 1);
	CHECK(!test_age(0, 1) && test_age(1, 2) && test_age(OTHER_GFN, -1));
	CHECK(!mm_age(MM_TEST_UVA, PAGE_SIZE, AGE_CLEAR_FLUSH) && mapped(0));
}

/* ---- Attributes ---------------------------------------------------------- */

static void attributes_zap(void)
{
	struct kvm_gfn_range range = { .start = 0, .end = 2 };

	touch_all();
	write_lock(&kvm->mmu_lock);
	CHECK(kvm_arch_pre_set_memory_attributes(kvm, &range));
	CHECK(!mapped(0) && !mapped(1) && mapped(2));
	CHECK(!kvm_arch_post_set_memory_attributes(kvm, &range));
	write_unlock(&kvm->mmu_lock);
}

static void attributes_without_lock(void)
{
	struct kvm_gfn_range range = { .start = 0, .end = 2 };

	kvm_arch_post_set_memory_attributes(kvm, &range);
}

static void attributes_of_ordinary_vm(void)
{
	struct kvm_gfn_range range = { .start = 0, .end = 2 };

	kvm->arch.vm_type = KVM_X86_DEFAULT_VM;
	write_lock(&kvm->mmu_lock);
	CHECK(!kvm_arch_pre_set_memory_attributes(kvm, &range));
	write_unlock(&kvm->mmu_lock);
}

/* ---- The VM -------------------------------------------------------------- */

static void vm_types(void)
{
	CHECK(kvm_arch_has_private_mem(kvm));
	CHECK(kvm_arch_nr_memslot_as_ids(kvm) == 1);
	CHECK(kvm_arch_init_vm(kvm, 77) == -EINVAL);
	CHECK(!kvm_arch_init_vm(kvm, KVM_X86_DEFAULT_VM));
	CHECK(!kvm_arch_has_private_mem(kvm));
	CHECK(kvm_arch_nr_memslot_as_ids(kvm) == 2);
}

static void destroyed(void)
{
	touch_all();
	CHECK(!op(OP_CLOSE, (struct op_args){ .a = { vm_fd } }));
	CHECK(!glue_vm_find(vm_fd)->kvm);
	CHECK(!pfnsim_counters[CTR_SPTES]);
}

/* A zap and a fault: an entry never outlives its page. */
static void guest_load(void)
{
	char bytes[3];

	CHECK(!guest_access(kvm, 0, bytes, 3, false));
	CHECK(!memcmp(bytes, "old", 3) || !memchr_inv(bytes, 0, 3));
}

static void drop(void)
{
	mm_dontneed(MM_TEST_UVA, PAGE_SIZE);
}

static void make_vm_and_touch(void)
{
	make_vm();
	touch_all();
}

static void entry_is_current(void)
{
	struct pfnsim_spte *spte = spte_lookup(kvm, 0);

	CHECK(!spte || spte->pfn == mm_view_pte(MM_TEST_UVA));
}

#define ARCH(title, names, source, function)                                   \
	LONE_TEST(title, names, source, make_vm, function)
#define BAD_ARCH(title, names, source, function, violation)                    \
	BAD_TEST(title, names, source, make_vm, function, violation)

DEFINE_SHIM_TESTS(
	arch_mmu,
	ARCH("arch/kvm_unmap_gfn_range-zaps-start-to-end",
	     "kvm_unmap_gfn_range",
	     "arch/x86/kvm/mmu/mmu.c, kvm_unmap_gfn_range(): zaps from start up to, and without, end; true where a flush is needed",
	     unmap_range),
	BAD_ARCH(
		"arch/kvm_unmap_gfn_range-needs-mmu_lock",
		"kvm_unmap_gfn_range",
		"virt/kvm/kvm_main.c, kvm_handle_hva_range(): handlers run under mmu_lock",
		unmap_without_lock, V_CONTRACT),
	BAD_ARCH(
		"arch/kvm_unmap_gfn_range-needs-it-for-write",
		"kvm_unmap_gfn_range",
		"arch/x86/kvm/mmu/mmu.c, __kvm_rmap_zap_gfn_range(): lockdep_assert_held_write(mmu_lock)",
		unmap_under_read_lock, V_CONTRACT),
	ARCH("arch/kvm_arch_flush_shadow_memslot-zaps-its-slot",
	     "kvm_arch_flush_shadow_memslot kvm_arch_flush_remote_tlbs",
	     "include/linux/kvm_host.h, kvm_arch_flush_shadow_memslot(): everything that shadows the slot, flushed",
	     flush_memslot),
	ARCH("arch/kvm_arch_flush_shadow_all-zaps-everything",
	     "kvm_arch_flush_shadow_all",
	     "include/linux/kvm_host.h, kvm_arch_flush_shadow_all(): all shadow pages go",
	     flush_all),
	ARCH("arch/a-zapped-page-is-faulted-in-again", "kvm_unmap_gfn_range",
	     "arch/x86/kvm/mmu/mmu.c, kvm_tdp_page_fault(): an entry that is missing is made from the page table of the process",
	     faults_come_back),
	ARCH("arch/an-invalidation-reaches-the-guest", "kvm_unmap_gfn_range",
	     "virt/kvm/kvm_main.c, kvm_mmu_notifier_invalidate_range_start(): the range's gfns and no others",
	     notifier_reaches_guest),
	ARCH("arch/flushes-return-zero-and-are-counted",
	     "kvm_arch_flush_remote_tlbs kvm_arch_flush_remote_tlbs_range",
	     "virt/kvm/kvm_main.c, kvm_flush_remote_tlbs(): 0 from the architecture means that it has flushed",
	     flushes),
	ARCH("arch/dirty-logging-write-protects",
	     "kvm_arch_commit_memory_region",
	     "arch/x86/kvm/x86.c, kvm_mmu_slot_apply_flags(): a slot whose log is switched on is write-protected, others are not",
	     dirty_log),
#ifdef PFNSIM_TREE
	ARCH("arch/only-the-masked-pages-are-write-protected",
	     "kvm_arch_mmu_enable_log_dirty_pt_masked",
	     "arch/x86/kvm/mmu/mmu.c, kvm_arch_mmu_enable_log_dirty_pt_masked(): the pages of the bits that are set",
	     protect_masked),
	ARCH("arch/unknown-requests", "kvm_arch_vm_ioctl kvm_arch_dev_ioctl",
	     "Documentation/virt/kvm/api.rst: an unknown ioctl is an error",
	     unknown_ioctl),
#endif
	ARCH("arch/extensions", "kvm_vm_ioctl_check_extension",
	     "Documentation/virt/kvm/api.rst, 4.4 KVM_CHECK_EXTENSION: 0 for what there is not; 8.41 for types of VMs, a bit each",
	     extensions),
	ARCH("arch/an-access-is-noted-until-it-is-cleared",
	     "kvm_age_gfn kvm_test_age_gfn",
	     "arch/x86/kvm/mmu/mmu.c, kvm_age_gfn(), kvm_test_age_gfn(): whether the range was accessed; one clears, entries stay",
	     accessed_bits),
	ARCH("arch/reclaim-asks-for-the-guest's-accesses", "kvm_age_gfn",
	     "virt/kvm/kvm_main.c, kvm_mmu_notifier_clear_young(): the gfns of the range and no others",
	     aged_by_notifier),
	ARCH("arch/attributes-zap-before-they-change",
	     "kvm_arch_pre_set_memory_attributes kvm_arch_post_set_memory_attributes",
	     "arch/x86/kvm/mmu/mmu.c, kvm_arch_pre_set_memory_attributes(): zaps the range, so that it is faulted in by the new attributes",
	     attributes_zap),
	BAD_ARCH(
		"arch/attributes-need-mmu_lock",
		"kvm_arch_post_set_memory_attributes",
		"arch/x86/kvm/mmu/mmu.c, kvm_arch_post_set_memory_attributes(): lockdep_assert_held_write(mmu_lock)",
		attributes_without_lock, V_CONTRACT),
	BAD_ARCH(
		"arch/attributes-of-an-ordinary-vm",
		"kvm_arch_pre_set_memory_attributes",
		"arch/x86/kvm/mmu/mmu.c, kvm_arch_pre_set_memory_attributes(): a WARN for a VM without private memory",
		attributes_of_ordinary_vm, V_WARN),
	ARCH("arch/two-types-of-vm",
	     "kvm_arch_init_vm kvm_arch_has_private_mem kvm_arch_nr_memslot_as_ids",
	     "arch/x86/kvm/x86.c, kvm_arch_init_vm(): -EINVAL for a type that it does not support; x86: no SMM beside private memory",
	     vm_types),
	ARCH("arch/a-destroyed-vm-maps-nothing",
	     "kvm_arch_destroy_vm kvm_arch_flush_shadow_all",
	     "virt/kvm/kvm_main.c, kvm_destroy_vm(): shadow pages go with the notifier, then kvm_arch_destroy_vm()",
	     destroyed),
	{ .name = "arch/a-guest's-fault-against-a-zap",
	  .of = "kvm_unmap_gfn_range",
	  .follows =
		  "arch/x86/kvm/mmu/mmu.c, is_page_fault_stale(): a fault whose page was invalidated meanwhile is tried again",
	  .tasks = 3,
	  .setup = make_vm_and_touch,
	  .task = { guest_load, drop, guest_load },
	  .check = entry_is_current,
	  .expect = NO_VIOLATION });
