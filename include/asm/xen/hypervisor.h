/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Running as a guest of Xen.
 *
 * Fidelity: STUB - the machine is no guest of Xen; KVM's headers need nothing of
 * it but that it can be included.
 */
#ifndef _ASM_XEN_HYPERVISOR_H
#define _ASM_XEN_HYPERVISOR_H

#endif /* _ASM_XEN_HYPERVISOR_H */
