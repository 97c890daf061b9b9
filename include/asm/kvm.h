/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The architecture's part of the KVM interface, for kernel code.
 *
 * Fidelity: EMULATED - see uapi/asm/kvm.h.
 */
#ifndef _ASM_KVM_H
#define _ASM_KVM_H

#include <uapi/asm/kvm.h>

#endif /* _ASM_KVM_H */
