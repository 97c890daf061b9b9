// SPDX-License-Identifier: GPL-2.0-only
#include "known.h"

#include <fnmatch.h>

/*
 * Known where both operations are done at the same time; the scenario that shows it
 * in order is named for each.
 */
static const struct {
	enum scenario_op one, other;
	unsigned long has;   /* capabilities of the kernel */
	unsigned long kinds; /* violations, a bit each */
	bool once;	     /* loops leave it out */
	const char *scenario;
} known[] = {
	/* kvm_gmem_error_folio() takes the invalidate lock inside folio_lock(). */
	{ SOP_GMEM_POISON, SOP_GMEM_PUNCH_HOLE, 1UL << CAP_GMEM_ERROR_LOCKS,
	  1UL << V_DEADLOCK, false, "gmem-poison-vs-punch" },
	/* What is open then refers to a module that is gone. */
	{ SOP_MODULE_FORCE_RELOAD, SOP_MODULE_FORCE_RELOAD, 0,
	  1UL << V_CONTRACT | 1UL << V_LEAK | 1UL << V_USE_AFTER_FREE |
		  1UL << V_WARN,
	  true, "module-going" },
};

static bool has_step(const struct scenario *scn, enum scenario_op op)
{
	for (size_t i = 0; i < scn->nr_task; i++)
		for (size_t j = 0; j < scn->task[i].nr_steps; j++)
			if (scn->task[i].steps[j].op == op)
				return true;
	return false;
}

static unsigned long of_table(const struct scenario *scn, unsigned long caps,
			      bool once)
{
	unsigned long kinds = 0;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (!(known[i].has & ~caps) && (once || !known[i].once) &&
		    has_step(scn, known[i].one) &&
		    has_step(scn, known[i].other))
			kinds |= known[i].kinds;
	return kinds;
}

static bool xfail_fits(const struct xfail *xfail,
		       const struct loaded_kernel *kernel)
{
	unsigned long caps = kernel->desc->caps;

	if (xfail->kernel && fnmatch(xfail->kernel, kernel->name, 0))
		return false;
	return !(xfail->has & ~caps) && !(xfail->lacks & caps);
}

unsigned long known_violations(const struct scenario *scn,
			       const struct loaded_kernel *kernel, bool once)
{
	const unsigned long outdated = 1UL << V_USE_AFTER_FREE |
				       1UL << V_STALE_PAGE |
				       1UL << V_UNMAPPED_ACCESS;
	unsigned long kinds = of_table(scn, kernel->desc->caps, once);

	for (size_t i = 0; i < scn->nr_xfail; i++)
		if (xfail_fits(&scn->xfail[i], kernel))
			kinds |= scn->xfail[i].fails;
	for (size_t i = 0; i < scn->nr_cases; i++)
		kinds |= scn->cases[i].expect.allow;
	/* What an outdated cache leads to is a matter of when it is used. */
	return kinds & outdated ? kinds | outdated : kinds;
}
