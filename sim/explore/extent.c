// SPDX-License-Identifier: GPL-2.0-only
#include "extent.h"

#include <math.h>

/* Factors that are known, by their logarithms. */
struct growth {
	double sum, squares;
	size_t nr;
};

/* Adds what parts that are done added; returns whether @extent is all done. */
static bool learn(const struct extent *extent, struct growth *growth,
		  double *all)
{
	bool done = extent->known;

	*all = extent->own;
	for (size_t i = 0; i < extent->nr_parts; i++) {
		double part, factor;

		if (!learn(extent->parts[i], growth, &part)) {
			done = false;
			continue;
		}
		if (*all > 0) {
			factor = log1p(part / *all);
			growth->sum += factor;
			growth->squares += factor * factor;
			growth->nr++;
		}
		*all += part;
	}
	return done;
}

static double guess(const struct extent *extent, double factor)
{
	double all = extent->own;

	for (size_t i = 0; i < extent->nr_parts; i++) {
		if (extent->parts[i]->known)
			all += guess(extent->parts[i], factor);
		else
			all *= factor;
	}
	return all;
}

struct extent_estimate extent_estimate(const struct extent *extent)
{
	struct extent_estimate estimate = { 0 };
	struct growth growth = { 0 };
	double mean, error = 0, all;

	if (!extent->known)
		return estimate;
	if (learn(extent, &growth, &all)) {
		estimate.all = all;
		return estimate;
	}
	if (growth.nr < 2)
		return estimate;
	mean = growth.sum / growth.nr;
	error = growth.squares / growth.nr - mean * mean;
	error = error > 0 ? sqrt(error / (growth.nr - 1)) : 0;
	estimate.all = guess(extent, exp(mean));
	estimate.error = (guess(extent, exp(mean + error)) -
			  guess(extent, exp(mean - error))) /
			 2;
	return estimate;
}
