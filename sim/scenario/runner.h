/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Runs cases of a scenario on a kernel and judges them.
 *
 * A session holds one scenario set up on one kernel: the VM is built and the
 * setup steps run once, then every execution starts from that snapshot.
 */
#ifndef PFNSIM_SCENARIO_RUNNER_H
#define PFNSIM_SCENARIO_RUNNER_H

#include "loader.h"
#include "model.h"
#include "result.h"

struct session;

/*
 * Boots @kernel and runs the scenario's setup.  Returns NULL and a reason for a
 * person in @why where that fails; @trap tells that the kernel reached something
 * that is not emulated.
 */
struct session *session_open(const struct scenario *scenario,
			     const struct loaded_kernel *kernel, char *why,
			     size_t size, bool *trap);
void session_close(struct session *session);

/*
 * Runs one case, keeping a trace, and judges it.  @result is owned by the caller
 * and outlives the session.
 */
void session_run(struct session *session, const struct case_desc *desc,
		 struct case_result *result);

/* Whether the scenario's needs are met; else the missing ones in @why. */
bool scenario_runs_on(const struct scenario *scenario,
		      const struct kernel_desc *kernel, char *why, size_t size);

/*
 * Opens a session, runs @desc and closes it.  Handles SKIP, XFAIL, XPASS and
 * everything that goes wrong before the first step.  A case that is searched is
 * so for as long as it says itself, or 20 seconds.
 */
void run_case(const struct scenario *scenario, const struct case_desc *desc,
	      const struct loaded_kernel *kernel, struct case_result *result);

/* The same, but that a case that is searched is skipped. */
void run_order_case(const struct scenario *scenario,
		    const struct case_desc *desc,
		    const struct loaded_kernel *kernel,
		    struct case_result *result);

struct explore_limits;
struct explore_report;

/*
 * The same for a case that is searched, by the limits that it names or by
 * @limits; see explore.h.
 */
void run_explore(const struct scenario *scenario, const struct case_desc *desc,
		 const struct loaded_kernel *kernel,
		 const struct explore_limits *limits,
		 void (*progress)(const struct explore_report *report),
		 struct case_result *result, struct explore_report *report);

/* ---- For benchmarks ------------------------------------------------------ */

/*
 * Executes @desc @times times without a trace, oracles on, and checks nothing
 * but that no execution has findings; returns the number of scheduling points
 * passed, or 0 where an execution failed.  @serial runs the tasks one after the
 * other with no scheduling point at all.
 */
uint64_t session_bench(struct session *session, const struct case_desc *desc,
		       uint64_t times, bool serial);

/* Bytes copied by a reset. */
size_t session_snapshot_bytes(const struct session *session);

/* Hash of the world after a reset; equal for every reset of a session. */
uint64_t session_reset_hash(struct session *session);

#endif /* PFNSIM_SCENARIO_RUNNER_H */
