/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Instructions that ask a hypervisor to emulate one.
 *
 * Fidelity: STUB - none is ever executed.
 */
#ifndef _ASM_EMULATE_PREFIX_H
#define _ASM_EMULATE_PREFIX_H

#define __XEN_EMULATE_PREFIX 0
#define __KVM_EMULATE_PREFIX 0

#endif /* _ASM_EMULATE_PREFIX_H */
