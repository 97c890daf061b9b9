/* SPDX-License-Identifier: GPL-2.0-only */
/* Violations, counted: what is the same is kept once. */
#ifndef PFNSIM_NATIVE_FOUND_H
#define PFNSIM_NATIVE_FOUND_H

#include "native.h"
#include "soak.h"

/* Counts @violation of the running task; for native_on_violation. */
void found_violation(const struct native_violation *violation);

/* The task's name in the scenario, "vcpu0.1" where several threads do the same. */
const char *found_task_name(unsigned int task);

/* Equal but for numbers. */
bool found_same_text(const char *a, const char *b);

#endif /* PFNSIM_NATIVE_FOUND_H */
