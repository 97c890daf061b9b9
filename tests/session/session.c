// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sessions on the reference kernel: executions start from the same bytes, give
 * the same trace, and leave nothing for the next one.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "diag.h"
#include "engine.h"
#include "reader.h"
#include "runner.h"
#include "session.h"

static const char text[] =
	"scenario: 1\n"
	"name: session\n"
	"title: A page goes while it is looked up\n"
	"vm:\n"
	"  mm:\n"
	"    anon: {pages: 4, hva: 0x7f0000000000, text: {1: old}}\n"
	"  slots:\n"
	"    ram: {gpa: 0x0, pages: 4, hva: anon}\n"
	"  caches:\n"
	"    clock: {gpa: 0x1000, len: 32}\n"
	"setup:\n"
	"  - gpc.activate: clock\n"
	"  - mm.invalidate: anon/1\n"
	"tasks:\n"
	"  vcpu0:\n"
	"    - gpc.refresh: clock\n"
	"      ret: 0\n"
	"    - gpc.read: {cache: clock, len: 3}\n"
	"      id: read\n"
	"  vmm:\n"
	"    - mm.dontneed: anon/1\n"
	"cases:\n"
	"  - name: inside\n"
	"    order:\n"
	"      - vcpu0: gpc.refresh/resolved\n"
	"      - vmm: end\n"
	"      - vcpu0: end\n"
	"    expect:\n"
	"      read: {sees: zeros}\n"
	"      counters: {gpc.retries: 1}\n"
	"  - name: before\n"
	"    order:\n"
	"      - vmm: end\n"
	"      - vcpu0: end\n"
	"    expect:\n"
	"      read: {sees: zeros}\n"
	"      counters: {gpc.retries: 0}\n"
	"  - name: strays\n"
	"    order:\n"
	"      - vcpu0: gpc.refresh/retry\n"
	"      - vcpu0: end\n"
	"      - vmm: end\n"
	"    expect:\n"
	"      read: {sees: old}\n";

static struct loaded_kernel kernel;
static struct scenario *scenario;
static struct session *session;

static void setup(void)
{
	struct diags diags;
	char why[256];
	bool trap;

	cr_assert_eq(engine_init(), 0);
	diags_init(&diags);
	scenario = scenario_read_text("session.yaml", text, strlen(text),
				      &diags);
	if (!scenario)
		diags_print(&diags, stderr);
	cr_assert(scenario);
	cr_assert_eq(loader_open(KERNELS_DIR "/reference.so", &kernel, why,
				 sizeof(why)),
		     0, "%s", why);
	session = session_open(scenario, &kernel, why, sizeof(why), &trap);
	cr_assert(session, "%s", why);
}

static void run(size_t index, struct case_result *result)
{
	*result = (struct case_result){
		.scenario = scenario,
		.desc = &scenario->cases[index],
		.kernel = kernel.name,
	};
	session_run(session, result->desc, result);
}

static void same_text(const char *a, const char *b)
{
	cr_assert(!a == !b);
	if (a)
		cr_assert_str_eq(a, b);
}

static void same_trace(const struct trace *a, const struct trace *b)
{
	cr_assert_eq(a->nr, b->nr);
	for (size_t i = 0; i < a->nr; i++) {
		cr_assert_eq(a->events[i].kind, b->events[i].kind);
		cr_assert_eq(a->events[i].task, b->events[i].task);
		cr_assert_eq(a->events[i].call, b->events[i].call);
		cr_assert_eq(a->events[i].ret, b->events[i].ret);
		cr_assert_eq(a->events[i].pfn, b->events[i].pfn);
		same_text(a->events[i].obj, b->events[i].obj);
		same_text(a->events[i].point, b->events[i].point);
		same_text(a->events[i].text, b->events[i].text);
		same_text(a->events[i].changed, b->events[i].changed);
		same_text(a->events[i].path, b->events[i].path);
	}
}

Test(session, executions_do_not_depend_on_those_before, .init = setup)
{
	struct case_result first, other, again;

	run(0, &first);
	cr_assert_eq(first.verdict, VERDICT_PASS);
	for (int i = 0; i < 20; i++) {
		run(1, &other);
		cr_assert_eq(other.verdict, VERDICT_PASS);
		run(0, &again);
		same_trace(&first.trace, &again.trace);
		case_result_deinit(&other);
		case_result_deinit(&again);
	}
	case_result_deinit(&first);
}

Test(session, resets_to_the_same_bytes, .init = setup)
{
	struct case_result result;
	uint64_t hash;

	run(0, &result);
	case_result_deinit(&result);
	hash = session_reset_hash(session);
	for (int i = 0; i < 20; i++) {
		run(i % 2, &result);
		case_result_deinit(&result);
		cr_assert_eq(session_reset_hash(session), hash);
	}
}

Test(session, reopening_gives_the_same_bytes, .init = setup)
{
	struct case_result first, second;
	char why[256];
	bool trap;

	run(0, &first);
	session_close(session);
	session = session_open(scenario, &kernel, why, sizeof(why), &trap);
	cr_assert(session, "%s", why);
	run(0, &second);
	same_trace(&first.trace, &second.trace);
}

Test(session, tells_why_an_order_does_not_fit, .init = setup)
{
	struct case_result result;

	run(2, &result);
	cr_assert_eq(result.verdict, VERDICT_ERROR);
	cr_assert(strstr(result.reason, "order line 1 (vcpu0: "
					"gpc.refresh/retry): the task ended "
					"without passing that point"),
		  "%s", result.reason);
	case_result_deinit(&result);
}

Test(session, benchmark_runs_the_same_executions, .init = setup)
{
	uint64_t once = session_bench(session, &scenario->cases[0], 1, false);

	cr_assert_gt(once, 50);
	cr_assert_eq(session_bench(session, &scenario->cases[0], 500, false),
		     500 * once);
	cr_assert_eq(session_bench(session, &scenario->cases[2], 1, false), 0);
}

Test(session, an_interrupt_ends_an_execution, .init = setup)
{
	struct case_result result;

	engine.interrupted = 1;
	run(0, &result);
	cr_assert_eq(result.verdict, VERDICT_UNKNOWN);
	engine.interrupted = 0;
	case_result_deinit(&result);
	run(0, &result);
	cr_assert_eq(result.verdict, VERDICT_PASS);
}
