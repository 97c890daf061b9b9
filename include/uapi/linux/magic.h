/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Magic numbers of file systems.
 *
 * Fidelity: EMULATED - the values of the kernel.
 */
#ifndef _UAPI_LINUX_MAGIC_H
#define _UAPI_LINUX_MAGIC_H

#define GUEST_MEMFD_MAGIC 0x474d454d

#endif /* _UAPI_LINUX_MAGIC_H */
