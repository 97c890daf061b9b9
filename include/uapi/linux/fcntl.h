/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Flags of open().
 *
 * Fidelity: REAL - the numbers of the interface on x86.
 */
#ifndef _UAPI_LINUX_FCNTL_H
#define _UAPI_LINUX_FCNTL_H

#define O_ACCMODE 00000003
#define O_RDONLY 00000000
#define O_WRONLY 00000001
#define O_RDWR 00000002
#define O_CREAT 00000100
#define O_EXCL 00000200
#define O_NONBLOCK 00004000
#define O_LARGEFILE 00100000
#define O_CLOEXEC 02000000

#endif /* _UAPI_LINUX_FCNTL_H */
