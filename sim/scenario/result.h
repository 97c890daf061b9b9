/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The result of one case on one kernel, as the runner leaves it and every
 * report reads it.  case_result_deinit() frees what it owns; the scenario and
 * the kernel outlive it.
 */
#ifndef PFNSIM_SCENARIO_RESULT_H
#define PFNSIM_SCENARIO_RESULT_H

#include "model.h"
#include "trace.h"

enum verdict {
	VERDICT_PASS,
	VERDICT_XFAIL,
	VERDICT_SKIP,
	VERDICT_FAIL,
	VERDICT_XPASS,
	VERDICT_UNKNOWN,
	VERDICT_ERROR,
};

/* Why a case failed: a violation, or an expectation that does not hold. */
struct finding {
	bool is_violation;
	enum violation violation;
	char *text;	   /* "vcpu0 reads 3 bytes through the khva of cache
			     clock; its page P3 was freed at step 7" */
	char *signature;   /* "use-after-free in gpc.read / gmem.close" */
	size_t event;	   /* index in the trace, or (size_t)-1 */
	unsigned long pfn; /* or HOST_NO_PFN */
	struct pos pos;	   /* of the expectation in the file, line 0: none */
	char *path; /* call path in the kernel, innermost first, or NULL */
};

/* One line of an object's life, in KASAN's words. */
struct history_line {
	const char *verb; /* "allocated", "freed", "mapped", "used" */
	size_t event;
	bool in_setup;
	char *text; /* "by closer: kvm_gmem_release() -> ..." */
};
struct history {
	char *name; /* "P3" */
	struct history_line *lines;
	size_t nr;
};

struct explore_report; /* explore.h */

struct case_result {
	const struct scenario *scenario;
	const struct case_desc *desc;
	const char *kernel;		/* name */
	const char *version, *revision; /* of its tree, or NULL */
	unsigned long caps;
	enum verdict verdict;
	char *reason;	 /* of a SKIP, XFAIL, XPASS, UNKNOWN, ERROR */
	bool tool_error; /* an ERROR of the tool, not of its input */
	struct finding *findings;
	size_t nr_findings;
	struct trace trace;
	struct history *histories; /* of the pages that findings name */
	size_t nr_histories;
	unsigned int order_line; /* in the file, that ran when it failed, or 0 */
	struct explore_report *search; /* of a case that is searched, or NULL */
	char *order;	       /* "vmm:slot.delete/end closer:end vcpu0:end" */
	struct gpc_view *gpcs; /* final states, by kernel cache index */
	size_t nr_gpcs;
	uint64_t end; /* the state that the tasks left, see final.h; 0: none */
};

void case_result_deinit(struct case_result *result);

/* Whether @desc is one of the scenario's own cases, not an order from elsewhere. */
bool scenario_has_case(const struct scenario *scenario,
		       const struct case_desc *desc);

/* "PASS", "XFAIL", ... */
const char *verdict_name(enum verdict verdict);

/*
 * Exit status of a set of results: the worst decides (4, 2, 1, 3; 77 where all
 * were skipped; else 0).  An ERROR counts as 4 where its tool_error is set.
 */
int verdict_exit_status(const struct case_result *const *results, size_t nr);

/*
 * The number that a person sees for a trace event: events that matter, counted
 * from 1 after setup.  An event that does not matter has the number of the last
 * one before it that does.  Events of setup have none (0).
 */
unsigned int trace_step_number(const struct trace *trace, size_t event);

/* Whether a terminal report shows the event without -v. */
bool trace_event_matters(const struct trace *trace, size_t event);

#endif /* PFNSIM_SCENARIO_RESULT_H */
