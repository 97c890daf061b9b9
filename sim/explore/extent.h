/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How large a search is of which only a part was done.
 *
 * A search that is cut (dpor_left()) leaves parts, from the deepest state that its
 * last execution passed up to the first one.  Each adds to what was found below
 * that state.  By how much, relative to that, the parts that are done tell of
 * those that are not: the logarithms of these factors are averaged over all of
 * the search, and their standard error is that of the estimate.
 */
#ifndef PFNSIM_EXPLORE_EXTENT_H
#define PFNSIM_EXPLORE_EXTENT_H

#include <stdbool.h>
#include <stddef.h>

struct extent {
	bool known; /* @own is, and what parts there are */
	double own; /* executions */
	struct extent **parts;
	size_t nr_parts;
};

struct extent_estimate {
	double all;   /* executions; 0: there is no telling */
	double error; /* as many more or less */
};

struct extent_estimate extent_estimate(const struct extent *extent);

#endif /* PFNSIM_EXPLORE_EXTENT_H */
