/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Objects with a reference count.
 *
 * Fidelity: EMULATED - same results as the kernel's.
 */
#ifndef PFNSIM_LINUX_KREF_H
#define PFNSIM_LINUX_KREF_H

#include <linux/refcount.h>

struct kref {
	refcount_t refcount;
};
#define KREF_INIT(n)                                                           \
	{                                                                      \
		.refcount = REFCOUNT_INIT(n)                                   \
	}

#define kref_init(k) refcount_set(&(k)->refcount, 1)
#define kref_read(k) refcount_read(&(k)->refcount)
#define kref_get(k) refcount_inc(&(k)->refcount)
#define kref_get_unless_zero(k) refcount_inc_not_zero(&(k)->refcount)

/* Returns 1 where @free was called. */
static inline int kref_put(struct kref *k, void (*free)(struct kref *k))
{
	if (!refcount_dec_and_test(&k->refcount))
		return 0;
	free(k);
	return 1;
}

#endif /* PFNSIM_LINUX_KREF_H */
