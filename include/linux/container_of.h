/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * container_of().
 *
 * Fidelity: EMULATED - same meaning as the kernel's.
 */
#ifndef PFNSIM_LINUX_CONTAINER_OF_H
#define PFNSIM_LINUX_CONTAINER_OF_H

#include <linux/build_bug.h>
#include <linux/stddef.h>

#define typeof_member(T, m) __typeof__(((T *)0)->m)

#define container_of(ptr, type, member)                                        \
	({                                                                     \
		_Static_assert(__same_type(*(ptr), ((type *)0)->member) ||     \
				       __same_type(*(ptr), void),              \
			       "container_of: the types differ");              \
		(type *)((char *)(ptr)-offsetof(type, member));                \
	})
#define container_of_const(ptr, type, member)                                  \
	_Generic(ptr,							\
		 const __typeof__(*(ptr)) *:				\
			(const type *)container_of(ptr, type, member),	\
		 default: container_of(ptr, type, member))

#endif /* PFNSIM_LINUX_CONTAINER_OF_H */
