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
#include <border.h>

static __cold void saturate(refcount_t *r, const char *name, const char *what)
{
	if (refcount_read(r) != (unsigned int)REFCOUNT_SATURATED)
		host_report(V_REFCOUNT, HOST_NO_PFN, "%s %s", name, what);
	refcount_set(r, REFCOUNT_SATURATED);
}

/* Adds @i to a count that is not zero. */
static void grow(int i, refcount_t *r, const char *name)
{
	int old = r->refs.counter;

	if (old < 0 || old + (long)i > REFCOUNT_MAX)
		saturate(r, name, "overflows");
	else
		refcount_set(r, old + i);
}

void sim_refcount_add(int i, refcount_t *r, const char *name)
{
	host_enter(CALL_REFCOUNT, r, name);
	if (!refcount_read(r))
		saturate(r, name, "is taken after it dropped to zero");
	else
		grow(i, r, name);
	host_leave(CALL_REFCOUNT, r, name);
}

bool sim_refcount_add_not_zero(int i, refcount_t *r, const char *name)
{
	bool alive;

	host_enter(CALL_REFCOUNT, r, name);
	alive = refcount_read(r);
	if (alive)
		grow(i, r, name);
	host_leave(CALL_REFCOUNT, r, name);
	return alive;
}

/* Subtracts @i; returns whether the count is zero now. */
static bool shrink(int i, refcount_t *r, const char *name)
{
	int old = r->refs.counter;

	if (old < i) {
		saturate(r, name, "is dropped below zero");
		return false;
	}
	refcount_set(r, old - i);
	return old == i;
}

bool sim_refcount_sub_and_test(int i, refcount_t *r, const char *name)
{
	bool zero;

	host_enter(CALL_REFCOUNT, r, name);
	zero = shrink(i, r, name);
	host_leave(CALL_REFCOUNT, r, name);
	return zero;
}

void sim_refcount_dec(refcount_t *r, const char *name)
{
	host_enter(CALL_REFCOUNT, r, name);
	if (r->refs.counter == 1)
		saturate(r, name, "drops to zero in refcount_dec(): a leak");
	else
		shrink(1, r, name);
	host_leave(CALL_REFCOUNT, r, name);
}

bool sim_refcount_dec_if_one(refcount_t *r, const char *name)
{
	bool one;

	host_enter(CALL_REFCOUNT, r, name);
	one = refcount_read(r) == 1;
	if (one)
		refcount_set(r, 0);
	host_leave(CALL_REFCOUNT, r, name);
	return one;
}

bool sim_refcount_dec_not_one(refcount_t *r, const char *name)
{
	bool other;

	host_enter(CALL_REFCOUNT, r, name);
	other = refcount_read(r) != 1;
	if (other)
		shrink(1, r, name);
	host_leave(CALL_REFCOUNT, r, name);
	return other;
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
