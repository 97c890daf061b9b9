// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reference counts.
 *
 * A saturated count stays so silently: the misuse was reported when it
 * saturated.
 *
 * Fidelity: EMULATED - see refcount.h.
 */
#include <linux/refcount.h>
#include <linux/spinlock.h>
#include "backend.h"

/* What to make of a count: false where it stays. */
typedef bool (*change)(int old, int i, int *new, const char **misuse);

/* Returns the count before. */
static __always_inline int change_count(refcount_t *r, int i, change how,
					const char *name)
{
	const char *misuse;
	int old, new;

	host_enter(CALL_REFCOUNT, r, name);
	old = word_load(&r->refs.counter);
	do {
		misuse = NULL;
		if (!how(old, i, &new, &misuse))
			goto out;
	} while (!word_change(&r->refs.counter, &old, new));
	sync_release(r);
	if (new <= 0)
		sync_acquire(r);
	if (unlikely(misuse) && old != REFCOUNT_SATURATED)
		host_report(V_REFCOUNT, HOST_NO_PFN, "%s %s", name, misuse);
out:
	host_leave(CALL_REFCOUNT, r, name);
	return old;
}

static __always_inline bool saturate(int *new, const char **misuse,
				     const char *what)
{
	*new = REFCOUNT_SATURATED;
	*misuse = what;
	return true;
}

static __always_inline bool grow(int old, int i, int *new, const char **misuse)
{
	if (!old)
		return saturate(new, misuse,
				"is taken after it dropped to zero");
	if (old < 0 || old + (long)i > REFCOUNT_MAX)
		return saturate(new, misuse, "overflows");
	*new = old + i;
	return true;
}

static __always_inline bool grow_not_zero(int old, int i, int *new,
					  const char **misuse)
{
	return old && grow(old, i, new, misuse);
}

static __always_inline bool shrink(int old, int i, int *new,
				   const char **misuse)
{
	if (old < i)
		return saturate(new, misuse, "is dropped below zero");
	*new = old - i;
	return true;
}

static __always_inline bool shrink_above_one(int old, int i, int *new,
					     const char **misuse)
{
	if (old == 1)
		return saturate(new, misuse,
				"drops to zero in refcount_dec(): a leak");
	return shrink(old, i, new, misuse);
}

static __always_inline bool shrink_one(int old, int i, int *new,
				       const char **misuse)
{
	*new = 0;
	return old == 1;
}

static __always_inline bool shrink_not_one(int old, int i, int *new,
					   const char **misuse)
{
	return old != 1 && shrink(old, i, new, misuse);
}

void sim_refcount_add(int i, refcount_t *r, const char *name)
{
	change_count(r, i, grow, name);
}

bool sim_refcount_add_not_zero(int i, refcount_t *r, const char *name)
{
	return change_count(r, i, grow_not_zero, name);
}

bool sim_refcount_sub_and_test(int i, refcount_t *r, const char *name)
{
	return change_count(r, i, shrink, name) == i;
}

void sim_refcount_dec(refcount_t *r, const char *name)
{
	change_count(r, 1, shrink_above_one, name);
}

bool sim_refcount_dec_if_one(refcount_t *r, const char *name)
{
	return change_count(r, 1, shrink_one, name) == 1;
}

bool sim_refcount_dec_not_one(refcount_t *r, const char *name)
{
	return change_count(r, 1, shrink_not_one, name) != 1;
}

bool sim_refcount_dec_and_mutex_lock(refcount_t *r, struct mutex *lock,
				     const char *name)
{
	if (sim_refcount_dec_not_one(r, name))
		return false;
	mutex_lock(lock);
	if (sim_refcount_sub_and_test(1, r, name))
		return true;
	mutex_unlock(lock);
	return false;
}

bool sim_refcount_dec_and_lock(refcount_t *r, spinlock_t *lock,
			       const char *name)
{
	if (sim_refcount_dec_not_one(r, name))
		return false;
	spin_lock(lock);
	if (sim_refcount_sub_and_test(1, r, name))
		return true;
	spin_unlock(lock);
	return false;
}
