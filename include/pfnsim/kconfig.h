/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel configuration that every kernel-side object is compiled with.
 * It is included before anything else and is the only place that sets a
 * CONFIG_ symbol: a symbol that differed from object to object would change
 * the layout of structures without a word.
 *
 * Fidelity: EMULATED - a small x86-like machine: SMP, MMU, device memory,
 * private memory and memory attributes; no dirty ring, no irqchip, no
 * coalesced MMIO, no 32-bit ioctls, no debugfs.  The shadow page table needs
 * mmu_lock, so that newer kernels' KVM_MMU_LOCKLESS_AGING is not selected;
 * neither is KVM_ELIDE_TLB_FLUSH_IF_YOUNG: each page that was young is flushed.
 * CONFIG_BASE_SMALL makes the tree's xarray use nodes of 16 slots: deeper trees,
 * the same protocol.
 */
#ifndef PFNSIM_KCONFIG_H
#define PFNSIM_KCONFIG_H

#define CONFIG_64BIT 1
#define CONFIG_BASE_SMALL 1
#define CONFIG_HAS_IOMEM 1
#define CONFIG_MMU 1
#define CONFIG_MMU_NOTIFIER 1
#define CONFIG_PREEMPT_NOTIFIERS 1
#define CONFIG_PROVE_LOCKING 1
#define CONFIG_LOCKDEP 1
#define CONFIG_SMP 1
#define CONFIG_NR_CPUS 1
#define CONFIG_PGTABLE_LEVELS 4
#define CONFIG_X86_64 1
#define CONFIG_XARRAY_MULTI 1

#define CONFIG_KVM 1
#define CONFIG_KVM_COMMON 1
#define CONFIG_HAVE_KVM_PFNCACHE 1
#define CONFIG_HAVE_KVM_READONLY_MEM 1
#define CONFIG_HAVE_KVM_ARCH_GMEM_INVALIDATE 1
#define CONFIG_HAVE_KVM_ARCH_GMEM_RECLAIM 1
#define CONFIG_KVM_GENERIC_DIRTYLOG_READ_PROTECT 1
#define CONFIG_KVM_GENERIC_MEMORY_ATTRIBUTES 1
#define CONFIG_KVM_GENERIC_MMU_NOTIFIER 1
#define CONFIG_KVM_SW_PROTECTED_VM 1
#define CONFIG_KVM_XEN 1
/* One option under its older and its newer names. */
#define CONFIG_KVM_PRIVATE_MEM 1
#define CONFIG_KVM_GUEST_MEMFD 1
#define CONFIG_KVM_VM_MEMORY_ATTRIBUTES 1

#define KBUILD_MODFILE "virt/kvm/kvm"

#include <linux/kconfig.h>
#include <linux/compiler_types.h>

#endif /* PFNSIM_KCONFIG_H */
