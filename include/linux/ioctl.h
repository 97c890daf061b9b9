/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How an ioctl's number is put together: 2 bits of direction, 14 of size,
 * 8 of type, 8 of number.
 *
 * Fidelity: REAL - the numbers of the interface on x86.
 */
#ifndef _LINUX_IOCTL_H
#define _LINUX_IOCTL_H

#define _IOC_NONE 0U
#define _IOC_WRITE 1U
#define _IOC_READ 2U

#define _IOC(dir, type, nr, size)                                              \
	(((dir) << 30) | ((size) << 16) | ((type) << 8) | (nr))
#define _IO(type, nr) _IOC(_IOC_NONE, (type), (nr), 0)
#define _IOR(type, nr, arg) _IOC(_IOC_READ, (type), (nr), sizeof(arg))
#define _IOW(type, nr, arg) _IOC(_IOC_WRITE, (type), (nr), sizeof(arg))
#define _IOWR(type, nr, arg)                                                   \
	_IOC(_IOC_READ | _IOC_WRITE, (type), (nr), sizeof(arg))

#define _IOC_TYPE(cmd) (((cmd) >> 8) & 0xff)
#define _IOC_SIZE(cmd) (((cmd) >> 16) & 0x3fff)
#define _IOC_DIR(cmd) ((cmd) >> 30)

#endif /* _LINUX_IOCTL_H */
