// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "escape.h"
#include "fixture.h"

enum { VMM, CLOSER, VCPU0 };

#define BEGIN(t, what)                                                         \
	{                                                                      \
		.kind = TRACE_BEGIN, .task = t, .text = what                   \
	}
#define END(t)                                                                 \
	{                                                                      \
		.kind = TRACE_END, .task = t, .text = "ret 0"                  \
	}
#define SWAPPED(what)                                                          \
	{                                                                      \
		.kind = TRACE_CALL, .task = VMM, .point = "swapped",           \
		.call = CALL_RCU_ASSIGN_POINTER, .obj = "kvm->memslots",       \
		.nth = 1, .changed = what                                      \
	}
#define LOCK(t, which, name)                                                   \
	{                                                                      \
		.kind = TRACE_CALL, .task = t, .call = which, .obj = name,     \
		.nth = 1                                                       \
	}

/* clang-format off */
static struct trace_event events[] = {
	BEGIN(HOST_SETUP_TASK, "gpc.activate(clock)"),
	END(HOST_SETUP_TASK),
	BEGIN(VMM, "slot.delete(ram)"),
	LOCK(VMM, CALL_MUTEX_LOCK, "kvm->slots_lock"),
	SWAPPED("generation 2 -> 3"),
	{ .kind = TRACE_NOTE, .task = VMM, .note = NR_HOST_NOTES,
	  .text = "unbind g0", .changed = "g0 bindings 1 -> 0" },
	LOCK(VMM, CALL_MUTEX_UNLOCK, "kvm->slots_lock"),
	END(VMM),
	BEGIN(CLOSER, "gmem.close(g0)"),
	{ .kind = TRACE_CALL, .task = CLOSER, .point = "invalidated",
	  .call = CALL_WRITE_UNLOCK, .obj = "kvm->mmu_lock", .nth = 1,
	  .text = "no cache hit" },
	{ .kind = TRACE_NOTE, .task = CLOSER, .note = NOTE_PAGE_FREE,
	  .text = "free P3", .changed = "P3 g0/1 -> free", .cause = true },
	END(CLOSER),
	BEGIN(VMM, "slot.create(ram, g1)"),
	SWAPPED("generation 3 -> 4"),
	END(VMM),
	BEGIN(VCPU0, "gpc.refresh(clock)"),
	{ .kind = TRACE_NOTE, .task = VCPU0, .note = NR_HOST_NOTES,
	  .text = "uhva equal, valid set: keeps P3",
	  .changed = "clock generation 2 -> 4", .cause = true },
	END(VCPU0),
	BEGIN(VCPU0, "gpc.read(clock, 3)"),
	{ .kind = TRACE_VIOLATION, .task = VCPU0, .call = CALL_KHVA_READ,
	  .obj = "P3", .violation = V_USE_AFTER_FREE, .failing = true,
	  .text = "vcpu0 reads 3 bytes" },
};
/* clang-format on */

static struct finding findings[] = {
	{ .is_violation = true,
	  .violation = V_USE_AFTER_FREE,
	  .text = "vcpu0 reads 3 bytes through the khva of cache clock; its "
		  "page P3 was freed at step 7",
	  .signature = "use-after-free in gpc.read / gmem.close",
	  .event = 19,
	  .pfn = 0x1003 },
};

static struct history_line lines[] = {
	{ .verb = "allocated",
	  .event = 0,
	  .in_setup = true,
	  .text = "by gpc.activate(clock) as g0/1" },
	{ .verb = "freed",
	  .event = 10,
	  .text = "by closer: kvm_gmem_release() -> evict_inode() -> "
		  "free_folio()" },
	{ .verb = "used", .event = 19, .text = "by vcpu0: gpc.read(clock, 3)" },
};

static struct history histories[] = {
	{ .name = "P3", .lines = lines, .nr = 3 },
};

static struct case_desc desc = { .name = "recreate-then-refresh" };

static const struct scenario scenario = {
	.path = "memslot-recreate-other-gmem.yaml",
	.name = "memslot-recreate-other-gmem",
	.task = { { .name = "vmm" }, { .name = "closer" }, { .name = "vcpu0" } },
	.nr_task = 3,
	.cases = &desc,
	.nr_cases = 1,
};

const struct case_result recreate_result = {
	.scenario = &scenario,
	.desc = &desc,
	.kernel = "gpc-gmem-rfc-v4",
	.verdict = VERDICT_FAIL,
	.findings = findings,
	.nr_findings = 1,
	.trace = { .events = events,
		   .nr = sizeof(events) / sizeof(events[0]),
		   .setup_end = 2 },
	.histories = histories,
	.nr_histories = 1,
	.order = "vmm:slot.delete/end closer:end vmm:end vcpu0:end",
};

void seeded_trace(const char *name, struct saved_trace *trace)
{
	char folder[] = "/tmp/pfnsim-report-XXXXXX";
	char *command, *path;

	cr_assert(mkdtemp(folder));
	cr_assert_neq(asprintf(&command,
			       "'%s' run -q --kernel-dir '%s' "
			       "-k seeded-hva-no-slot '%s' --case %s "
			       "--out %s >%s/out",
			       PFNSIM_PROGRAM, TEST_KERNELS_DIR,
			       TESTS_DIR "/../scenarios/hva-no-slot.yaml", name,
			       folder, folder),
		      -1);
	cr_assert_eq(system(command), 1 << 8, "%s", command);
	free(command);
	cr_assert_neq(asprintf(&path, "%s/latest", folder), -1);
	cr_assert_eq(saved_trace_read(path, trace), 0);
	free(path);
	cr_assert_neq(asprintf(&command, "rm -r %s", folder), -1);
	cr_assert_eq(system(command), 0, "%s", command);
	free(command);
}

struct report_style plain_style(unsigned int columns)
{
	return (struct report_style){ .columns = columns };
}

char *capture(void (*print)(FILE *out, const struct case_result *result,
			    const struct report_style *style),
	      const struct case_result *result,
	      const struct report_style *style)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	cr_assert(out, "no memory for a stream");
	print(out, result, style);
	fclose(out);
	return text;
}

size_t longest_line(const char *text)
{
	size_t longest = 0;

	while (*text) {
		size_t len = strcspn(text, "\n");
		size_t width = display_width(text, len);

		longest = width > longest ? width : longest;
		text += len + (text[len] == '\n');
	}
	return longest;
}

void expect_text(const char *got, const char *want)
{
	cr_assert(!strcmp(got, want), "got:\n%s\nwant:\n%s\n", got, want);
}
