/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Operations of a guest of Xen.
 *
 * Fidelity: EMULATED - the one constant that KVM takes from it: a vCPU without
 * a number of Xen's.
 */
#ifndef PFNSIM_XEN_XEN_OPS_H
#define PFNSIM_XEN_XEN_OPS_H

#include <linux/types.h>

#define XEN_VCPU_ID_INVALID U32_MAX

#endif /* PFNSIM_XEN_XEN_OPS_H */
