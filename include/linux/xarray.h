/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sparse arrays of pointers and small integers.
 *
 * For kernels without a tree's own xarray.h.  Rows are kept sorted in one table
 * on the slab; a row covers one index or a range of them.  Every function is one
 * step for other tasks, except that allocating may let them run first.  xa_load(),
 * xa_store() and xa_store_range() are scheduling points.
 *
 * Fidelity: EMULATED - same results for the functions declared here.  A stored
 * range is visited once by xa_for_each(), the kernel may visit it in parts.
 * Changing one index of a stored range changes that index alone; the kernel
 * changes the whole of the part that it keeps in one entry.  xa_store_range()
 * without memory stores nothing; the kernel may have stored a part.
 */
#ifndef PFNSIM_LINUX_XARRAY_H
#define PFNSIM_LINUX_XARRAY_H

#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/types.h>

struct xa_row {
	unsigned long first, last;
	void *entry; /* NULL: reserved */
};

struct xarray {
	gfp_t xa_flags;
	unsigned int rows, room;
	struct xa_row *row;
};

typedef unsigned int xa_mark_t;
#define XA_PRESENT ((xa_mark_t)8)
#define XA_FLAGS_ACCOUNT ((gfp_t)32)
#define XARRAY_INIT(name, flags)                                               \
	{                                                                      \
		.xa_flags = (flags)                                            \
	}
#define DEFINE_XARRAY(name) struct xarray name = XARRAY_INIT(name, 0)

static inline void xa_init_flags(struct xarray *xa, gfp_t flags)
{
	*xa = (struct xarray){ .xa_flags = flags };
}

static inline void xa_init(struct xarray *xa)
{
	xa_init_flags(xa, 0);
}

/* Small integers carry bit 0; errors carry bit 1 and are negative. */
static inline void *xa_mk_value(unsigned long value)
{
	return (void *)(value << 1 | 1);
}

static inline unsigned long xa_to_value(const void *entry)
{
	return (unsigned long)entry >> 1;
}

static inline bool xa_is_value(const void *entry)
{
	return (unsigned long)entry & 1;
}

static inline void *xa_mk_error(long error)
{
	return (void *)(((unsigned long)error << 2) | 2);
}

static inline bool xa_is_err(const void *entry)
{
	return ((unsigned long)entry & 3) == 2 &&
	       (long)entry >= -(4L * MAX_ERRNO) && (long)entry < 0;
}

/* The error in what a function returned, or 0. */
static inline int xa_err(const void *entry)
{
	return xa_is_err(entry) ? (int)((long)entry >> 2) : 0;
}

static inline bool xa_empty(const struct xarray *xa)
{
	return !xa->rows;
}

void *xa_load(struct xarray *xa, unsigned long index);
/* These return the entry that was replaced, or an error: see xa_err(). */
void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *xa_store_range(struct xarray *xa, unsigned long first, unsigned long last,
		     void *entry, gfp_t gfp);
void *xa_erase(struct xarray *xa, unsigned long index);
/* 0, -EBUSY where the index is taken, or -ENOMEM. */
int xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
/* 0 or -ENOMEM; a later xa_store() to @index cannot fail. */
int xa_reserve(struct xarray *xa, unsigned long index, gfp_t gfp);
void xa_release(struct xarray *xa, unsigned long index);
/* The first entry at *@index .. @max, or NULL; moves *@index to it. */
void *xa_find(struct xarray *xa, unsigned long *index, unsigned long max,
	      xa_mark_t filter);
/* The first entry above *@index that is not the one at *@index. */
void *xa_find_after(struct xarray *xa, unsigned long *index, unsigned long max,
		    xa_mark_t filter);
void xa_destroy(struct xarray *xa);

#define xa_for_each_range(xa, index, entry, start, last)                       \
	for ((index) = (start),                                                \
	    (entry) = xa_find(xa, &(index), last, XA_PRESENT);                 \
	     (entry); (entry) = xa_find_after(xa, &(index), last, XA_PRESENT))
#define xa_for_each_start(xa, index, entry, start)                             \
	xa_for_each_range(xa, index, entry, start, ULONG_MAX)
#define xa_for_each(xa, index, entry) xa_for_each_start(xa, index, entry, 0)

#endif /* PFNSIM_LINUX_XARRAY_H */
