/* SPDX-License-Identifier: GPL-2.0-only */
/* Scenarios and kernels that tests of the soak's decisions make up. */
#ifndef PFNSIM_TESTS_NATIVE_FIXTURE_H
#define PFNSIM_TESTS_NATIVE_FIXTURE_H

#include "soak.h"

/* scenarios/NAME.yaml, which can be read. */
struct scenario *scenario_called(const char *name);

/* A kernel of that name and with these capabilities, all of whose caches are @gpc. */
struct loaded_kernel kernel_called(const char *name, unsigned long caps,
				   const struct gpc_view *gpc);

/* One that was activated, and one that never was. */
extern const struct gpc_view gpc_active, gpc_fresh;

#endif /* PFNSIM_TESTS_NATIVE_FIXTURE_H */
