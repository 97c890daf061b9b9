/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Access to the memory of the simulated process.
 *
 * The copying functions return how many bytes were *not* copied; the others
 * return 0 or -EFAULT.  All may sleep, but for the inatomic ones.
 *
 * Fidelity: EMULATED - addresses go through the process's page table and may
 * fault pages in.  Arguments of an ioctl are the exception: they lie in a
 * buffer that the caller of the file operation announced.
 */
#ifndef _LINUX_UACCESS_H
#define _LINUX_UACCESS_H

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/overflow.h>
#include <linux/sched.h>
#include <linux/types.h>
#include <asm/page.h>

static inline bool __access_ok(unsigned long addr, unsigned long size)
{
	return size <= TASK_SIZE_MAX && addr <= TASK_SIZE_MAX - size;
}

/* No tag bits. */
#define untagged_addr(addr) (addr)

#define access_ok(addr, size) __access_ok((unsigned long)(addr), size)

/* Bytes that could not be copied; only the first fills them with zeros. */
unsigned long copy_from_user(void *to, const void __user *from,
			     unsigned long len);
unsigned long __copy_from_user(void *to, const void __user *from,
			       unsigned long len);
unsigned long copy_to_user(void __user *to, const void *from,
			   unsigned long len);
unsigned long __copy_from_user_inatomic(void *to, const void __user *from,
					unsigned long len);
unsigned long __copy_to_user_inatomic(void __user *to, const void *from,
				      unsigned long len);
unsigned long clear_user(void __user *to, unsigned long len);
int copy_struct_from_user(void *to, size_t size, const void __user *from,
			  size_t user_size);
int check_zeroed_user(const void __user *from, size_t size);

/* Only the check of the range is missing in the kernel's versions. */
#define __copy_to_user(to, from, len) copy_to_user(to, from, len)
#define __clear_user(to, len) clear_user(to, len)

#define get_user(x, ptr)                                                       \
	({                                                                     \
		__typeof__(*(ptr)) __value;                                    \
		int __err = copy_from_user(&__value, ptr, sizeof(__value)) ?   \
				    -EFAULT :                                  \
				    0;                                         \
                                                                               \
		(x) = __err ? (__typeof__(*(ptr)))0 : __value;                 \
		__err;                                                         \
	})
#define put_user(x, ptr)                                                       \
	({                                                                     \
		__typeof__(*(ptr)) __value = (x);                              \
                                                                               \
		copy_to_user(ptr, &__value, sizeof(__value)) ? -EFAULT : 0;    \
	})
#define __get_user(x, ptr) get_user(x, ptr)
#define __put_user(x, ptr) put_user(x, ptr)

/* An object of the slab, or ERR_PTR(-EFAULT, -ENOMEM or -EOVERFLOW). */
void *memdup_user(const void __user *from, size_t len);
void *vmemdup_user(const void __user *from, size_t len);
void *memdup_array_user(const void __user *from, size_t n, size_t size);
void *vmemdup_array_user(const void __user *from, size_t n, size_t size);

/* Page faults of this task fail instead of sleeping; calls nest. */
void pagefault_disable(void);
void pagefault_enable(void);
bool pagefault_disabled(void);

#endif /* _LINUX_UACCESS_H */
