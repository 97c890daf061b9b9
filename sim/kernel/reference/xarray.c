// SPDX-License-Identifier: GPL-2.0-only
/*
 * Our own xarray: a table of rows, sorted and without overlap.
 *
 * Memory is allocated before a function looks at the table, since other tasks
 * may run meanwhile; from then on the function is one step.
 *
 * Fidelity: EMULATED - see include/linux/xarray.h.
 */
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/xarray.h>
#include <border.h>
#include "../lib/lib.h"

void xarray_init(void)
{
}

/* The first row that ends at or after @index; xa->rows where there is none. */
static unsigned int row_at(const struct xarray *xa, unsigned long index)
{
	unsigned int low = 0, high = xa->rows;

	while (low < high) {
		unsigned int mid = (low + high) / 2;

		if (xa->row[mid].last < index)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static struct xa_row *row_of(const struct xarray *xa, unsigned long index)
{
	unsigned int at = row_at(xa, index);

	if (at == xa->rows || xa->row[at].first > index)
		return NULL;
	return &xa->row[at];
}

/* Makes room for @more rows. 0 or -ENOMEM. */
static int make_room(struct xarray *xa, unsigned int more, gfp_t gfp)
{
	while (xa->rows + more > xa->room) {
		unsigned int room = max(8U, xa->room * 2);
		struct xa_row *table, *old;

		table = kmalloc_array(room, sizeof(*table), gfp);
		if (!table)
			return -ENOMEM;
		if (room <= xa->room) {
			kfree(table);
			continue;
		}
		old = xa->row;
		if (old)
			memcpy(table, old, xa->rows * sizeof(*table));
		xa->row = table;
		xa->room = room;
		kfree(old);
	}
	return 0;
}

static void insert_row(struct xarray *xa, unsigned int at, unsigned long first,
		       unsigned long last, void *entry)
{
	memmove(&xa->row[at + 1], &xa->row[at],
		(xa->rows - at) * sizeof(*xa->row));
	xa->row[at] = (struct xa_row){ first, last, entry };
	xa->rows++;
}

static void delete_row(struct xarray *xa, unsigned int at)
{
	xa->rows--;
	memmove(&xa->row[at], &xa->row[at + 1],
		(xa->rows - at) * sizeof(*xa->row));
}

/* Removes @first .. @last; needs room for one row, where it splits one. */
static void clear_range(struct xarray *xa, unsigned long first,
			unsigned long last)
{
	unsigned int at = row_at(xa, first);

	while (at < xa->rows && xa->row[at].first <= last) {
		struct xa_row *row = &xa->row[at];

		if (row->first < first && row->last > last) {
			insert_row(xa, at + 1, last + 1, row->last, row->entry);
			row->last = first - 1;
			return;
		}
		if (row->first < first) {
			row->last = first - 1;
			at++;
		} else if (row->last > last) {
			row->first = last + 1;
			return;
		} else {
			delete_row(xa, at);
		}
	}
}

static void *load(const struct xarray *xa, unsigned long index)
{
	const struct xa_row *row = row_of(xa, index);

	return row ? row->entry : NULL;
}

/* To a search each entry is an object: a loop that stores another gets on. */
static const void *entry_of(const struct xarray *xa, unsigned long index)
{
	return (const char *)xa + index;
}

void *xa_load(struct xarray *xa, unsigned long index)
{
	void *entry;

	host_enter(CALL_XA_LOAD, entry_of(xa, index), NULL);
	entry = load(xa, index);
	host_leave(CALL_XA_LOAD, entry_of(xa, index), NULL);
	return entry;
}

static void *store(struct xarray *xa, unsigned long first, unsigned long last,
		   void *entry)
{
	void *old = load(xa, first);

	clear_range(xa, first, last);
	if (entry)
		insert_row(xa, row_at(xa, first), first, last, entry);
	else if (!xa->rows)
		xa_destroy(xa);
	return old;
}

/* A row of just @index takes a new entry in place. */
static bool needs_no_room(const struct xarray *xa, unsigned long index)
{
	const struct xa_row *row = row_of(xa, index);

	return row && row->first == row->last;
}

void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	void *old;

	might_alloc(gfp);
	if (!needs_no_room(xa, index) && make_room(xa, 2, gfp))
		return xa_mk_error(-ENOMEM);
	host_enter(CALL_XA_STORE, entry_of(xa, index), NULL);
	/* Another task may have used the room up at the point. */
	if (!needs_no_room(xa, index) && make_room(xa, 2, gfp))
		old = xa_mk_error(-ENOMEM);
	else
		old = store(xa, index, index, entry);
	host_leave(CALL_XA_STORE, entry_of(xa, index), NULL);
	return old;
}

void *xa_store_range(struct xarray *xa, unsigned long first, unsigned long last,
		     void *entry, gfp_t gfp)
{
	void *result = NULL;

	if (last < first)
		return xa_mk_error(-EINVAL);
	might_alloc(gfp);
	if (make_room(xa, 2, gfp))
		return xa_mk_error(-ENOMEM);
	host_enter(CALL_XA_STORE, entry_of(xa, first), NULL);
	if (make_room(xa, 2, gfp))
		result = xa_mk_error(-ENOMEM);
	else
		store(xa, first, last, entry);
	host_leave(CALL_XA_STORE, entry_of(xa, first), NULL);
	return result;
}

/* The room for the split is the one thing that erasing may lack. */
void *xa_erase(struct xarray *xa, unsigned long index)
{
	if (!row_of(xa, index))
		return NULL;
	if (!needs_no_room(xa, index) &&
	    make_room(xa, 1, GFP_NOWAIT | __GFP_NOFAIL))
		return NULL;
	return store(xa, index, index, NULL);
}

int xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	might_alloc(gfp);
	if (make_room(xa, 1, gfp))
		return -ENOMEM;
	if (row_of(xa, index))
		return -EBUSY;
	insert_row(xa, row_at(xa, index), index, index, entry);
	return 0;
}

int xa_reserve(struct xarray *xa, unsigned long index, gfp_t gfp)
{
	int err = row_of(xa, index) ? 0 : xa_insert(xa, index, NULL, gfp);

	return err == -EBUSY ? 0 : err;
}

void xa_release(struct xarray *xa, unsigned long index)
{
	struct xa_row *row = row_of(xa, index);

	if (row && !row->entry)
		xa_erase(xa, index);
}

void *xa_find(struct xarray *xa, unsigned long *index, unsigned long max,
	      xa_mark_t filter)
{
	unsigned int at = row_at(xa, *index);

	while (at < xa->rows && !xa->row[at].entry)
		at++;
	if (at == xa->rows || xa->row[at].first > max)
		return NULL;
	*index = max(*index, xa->row[at].first);
	return *index <= max ? xa->row[at].entry : NULL;
}

void *xa_find_after(struct xarray *xa, unsigned long *index, unsigned long max,
		    xa_mark_t filter)
{
	struct xa_row *row = row_of(xa, *index);
	unsigned long last = row ? row->last : *index, next = last + 1;
	void *entry;

	if (!next || next > max)
		return NULL;
	entry = xa_find(xa, &next, max, filter);
	if (entry)
		*index = next;
	return entry;
}

void xa_destroy(struct xarray *xa)
{
	struct xa_row *table = xa->row;

	xa->rows = xa->room = 0;
	xa->row = NULL;
	kfree(table);
}
