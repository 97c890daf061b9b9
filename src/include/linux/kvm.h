/* SPDX-License-Identifier: GPL-2.0-only */
/* The interface to user space, under the name that kernel code includes. */
#ifndef _LINUX_KVM_H
#define _LINUX_KVM_H

#include <uapi/linux/kvm.h>

#endif /* _LINUX_KVM_H */
