/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A trace as trace events in JSON, as Perfetto and chrome://tracing read them.
 *
 * Step N stands at N ms.  Tasks are the threads of one process, with operations as
 * slices and points as slices within; caches and pages are the threads of another,
 * and held locks those of a third, as their times do not nest with operations.
 * Arrows lead from what a failure depends on to the failure, and from whoever ends a
 * wait to who waited.
 */
#ifndef PFNSIM_REPORT_PERFETTO_H
#define PFNSIM_REPORT_PERFETTO_H

#include <stdio.h>

#include "result.h"

void perfetto_write(FILE *out, const struct case_result *result);

#endif /* PFNSIM_REPORT_PERFETTO_H */
