/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The paravirtual interface between a KVM guest and its host.
 *
 * Fidelity: STUB - the machine is no KVM guest and its guests use none of it.
 */
#ifndef __LINUX_KVM_PARA_H
#define __LINUX_KVM_PARA_H

#include <linux/types.h>

static inline bool kvm_para_available(void)
{
	return false;
}

#endif /* __LINUX_KVM_PARA_H */
