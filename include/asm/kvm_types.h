/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The architecture's choices for KVM's types.
 *
 * Fidelity: EMULATED - no memory caches: the shadow page table is a fixed
 * array inside struct kvm.
 */
#ifndef _ASM_KVM_TYPES_H
#define _ASM_KVM_TYPES_H

#endif /* _ASM_KVM_TYPES_H */
