/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the engine's files share: signals, the watchdog, and what goes into a
 * trace.  Private to sim/engine.
 */
#ifndef PFNSIM_ENGINE_FAULTS_H
#define PFNSIM_ENGINE_FAULTS_H

#include "border.h"
#include "symbols.h"

/* Installs handlers for faults and SIGINT. Returns 0 or -errno. */
int faults_init(void);

/* The watchdog runs between the two. */
void faults_arm(void);
void faults_disarm(void);

/* While a signal handler speaks for the task that it interrupted, else NULL. */
extern const struct stack_place *fault_place;

void trace_call(enum shim_call call, const char *obj, int point);
void trace_block(const struct host_wait *wait);
void trace_resume(void);
void trace_fail(const char *what);

/* Collects the blocked tasks of a deadlock, then reports it. */
void deadlock_add(unsigned int task, const struct host_wait *wait, int owner);
void deadlock_report(void);

#endif /* PFNSIM_ENGINE_FAULTS_H */
