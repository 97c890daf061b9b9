// SPDX-License-Identifier: GPL-2.0-only
/* Which operation comes next, and with what. */
#include <errno.h>
#include <string.h>

#include <criterion/criterion.h>

#include "fixture.h"
#include "points.h"
#include "reader.h"

#define DRAWS 4000
#define SEED 0x9e3779b97f4a7c15UL

static struct loaded_kernel kernel;

static struct soak *soak_of(const char *name, const struct gpc_view *gpc)
{
	struct soak *soak = calloc(1, sizeof(*soak));

	cr_assert_not_null(soak);
	kernel = kernel_called("reference", 0, gpc);
	soak->scenario = scenario_called(name);
	soak->kernel = &kernel;
	soak->threads = soak->scenario->nr_task;
	soak->machine.scenario = soak->scenario;
	for (size_t i = 0; i < soak->scenario->nr_gmem; i++)
		soak->machine.state.gmem_pages[i] =
			soak->scenario->gmem[i].pages;
	for (size_t i = 0; i < soak->scenario->nr_slot; i++)
		soak->machine.state.model.slot[i].live = true;
	return soak;
}

static void soak_free(struct soak *soak)
{
	scenario_destroy((struct scenario *)soak->scenario);
	free(soak);
}

static unsigned int task_called(const struct soak *soak, const char *name)
{
	for (size_t i = 0; i < soak->scenario->nr_task; i++)
		if (!strcmp(soak->scenario->task[i].name, name))
			return i;
	cr_assert_fail("no task %s", name);
	return 0;
}

Test(choose, the_same_seed_draws_the_same)
{
	struct soak *soak = soak_of("memslot-recreate-other-gmem", &gpc_active);
	uint64_t a = SEED, b = SEED;

	for (int i = 0; i < DRAWS; i++) {
		unsigned int thread = i % soak->threads;
		struct step x, y;

		memset(&x, 0, sizeof(x));
		memset(&y, 0, sizeof(y));
		soak_choose(soak, thread, &a, &x);
		soak_choose(soak, thread, &b, &y);
		cr_assert_eq(memcmp(&x, &y, sizeof(x)), 0, "draw %d", i);
	}
	cr_assert_eq(a, b);
	soak_free(soak);
}

Test(choose, another_seed_draws_otherwise)
{
	struct soak *soak = soak_of("memslot-recreate-other-gmem", &gpc_active);
	uint64_t a = SEED, b = SEED + 2;
	int equal = 0;

	for (int i = 0; i < DRAWS; i++) {
		struct step x, y;

		memset(&x, 0, sizeof(x));
		memset(&y, 0, sizeof(y));
		soak_choose(soak, i % soak->threads, &a, &x);
		soak_choose(soak, i % soak->threads, &b, &y);
		equal += !memcmp(&x, &y, sizeof(x));
	}
	cr_assert_lt(equal, DRAWS);
	soak_free(soak);
}

static bool has_op(const struct task_desc *task, enum scenario_op op)
{
	for (size_t i = 0; i < task->nr_steps; i++)
		if (task->steps[i].op == op)
			return true;
	return false;
}

Test(choose, a_thread_does_what_its_task_does)
{
	struct soak *soak = soak_of("punch-hole-vs-refresh", &gpc_active);
	uint64_t dice = SEED;

	for (int i = 0; i < DRAWS; i++) {
		unsigned int thread = i % soak->threads;
		struct step step;

		soak_choose(soak, thread, &dice, &step);
		cr_assert(has_op(&soak->scenario->task[thread], step.op), "%s",
			  scenario_op_name(step.op));
	}
	soak_free(soak);
}

Test(choose, one_thread_does_what_all_tasks_do)
{
	struct soak *soak = soak_of("punch-hole-vs-refresh", &gpc_active);
	unsigned long tasks = 0;
	uint64_t dice = SEED;

	soak->threads = 1;
	for (int i = 0; i < DRAWS; i++) {
		struct step step;

		soak_choose(soak, 0, &dice, &step);
		for (size_t t = 0; t < soak->scenario->nr_task; t++)
			if (has_op(&soak->scenario->task[t], step.op))
				tasks |= 1UL << t;
	}
	cr_assert_eq(tasks, (1UL << soak->scenario->nr_task) - 1);
	soak_free(soak);
}

/* Of files and regions there are no pages but those that they have. */
Test(choose, pages_lie_within_their_object)
{
	struct soak *soak = soak_of("punch-hole-vs-refresh", &gpc_active);
	unsigned int vmm = task_called(soak, "vmm");
	unsigned long pages = 0;
	uint64_t dice = SEED;

	for (int i = 0; i < DRAWS; i++) {
		const struct page_ref *page;
		struct step step;

		soak_choose(soak, vmm, &dice, &step);
		page = &step.args.page;
		if (page->space != PAGES_GMEM)
			continue;
		cr_assert_leq(page->first + page->nr,
			      soak->scenario->gmem[page->obj].pages);
		pages |= 1UL << page->first;
	}
	cr_assert_gt(__builtin_popcountl(pages), 1);
	soak_free(soak);
}

Test(choose, attributes_are_of_pages_of_slots)
{
	struct soak *soak = soak_of("private-to-shared-vs-activate",
				    &gpc_active);
	unsigned int vmm = task_called(soak, "vmm");
	bool seen[2] = { false, false };
	uint64_t dice = SEED;

	for (int i = 0; i < DRAWS; i++) {
		const struct slot_desc *slot = &soak->scenario->slot[0];
		struct step step;

		soak_choose(soak, vmm, &dice, &step);
		if (step.op != SOP_VM_SET_ATTRIBUTES)
			continue;
		cr_assert_eq(step.args.gpa % 4096, 0);
		cr_assert_geq(step.args.gpa, slot->gpa);
		cr_assert_lt(step.args.gpa, slot->gpa + slot->pages * 4096);
		seen[step.args.is_private] = true;
	}
	cr_assert(seen[false] && seen[true]);
	soak_free(soak);
}

Test(choose, a_slot_that_is_gone_comes_back)
{
	struct soak *soak = soak_of("memslot-recreate-other-gmem", &gpc_active);
	unsigned int vmm = task_called(soak, "vmm");
	uint64_t dice = SEED;

	soak->machine.state.model.slot[0].live = false;
	for (int i = 0; i < DRAWS; i++) {
		struct step step;

		soak_choose(soak, vmm, &dice, &step);
		cr_assert_neq(step.op, SOP_SLOT_DELETE);
		if (step.op == SOP_SLOT_CREATE)
			cr_assert_eq(step.args.pages,
				     soak->scenario->slot[0].pages);
	}
	soak_free(soak);
}

Test(choose, a_cache_is_activated_before_it_is_refreshed)
{
	static const struct gpc_view *const views[] = { &gpc_fresh,
							&gpc_active };

	for (int i = 0; i < 2; i++) {
		struct soak *soak = soak_of("refresh-same-page", views[i]);
		unsigned int vcpu = task_called(soak, "vcpu0");
		uint64_t dice = SEED;
		int refreshed = 0;

		for (int j = 0; j < DRAWS; j++) {
			struct step step;

			soak_choose(soak, vcpu, &dice, &step);
			refreshed += step.op == SOP_GPC_REFRESH;
		}
		cr_assert_eq(refreshed > 0, i == 1);
		soak_free(soak);
	}
}

Test(choose, a_clock_is_there_before_it_is_written)
{
	static const char *const files[] = { "clock-write", "xen-vcpu-info" };

	for (int i = 0; i < 2; i++) {
		struct soak *soak = soak_of(files[i], &gpc_fresh);
		unsigned int vcpu = task_called(soak, "vcpu0");
		uint64_t dice = SEED;
		int enabled = 0;

		for (int j = 0; j < DRAWS; j++) {
			struct step step;

			soak_choose(soak, vcpu, &dice, &step);
			cr_assert_neq(step.op, SOP_CLOCK_WRITE);
			enabled += step.op ==
				   (i ? SOP_XEN_SET : SOP_CLOCK_ENABLE);
		}
		cr_assert_gt(enabled, 0);
		soak_free(soak);
	}
}

Test(choose, what_is_not_followed_is_left_out)
{
	static struct step steps[] = { { .op = SOP_RAW_SLOT },
				       { .op = SOP_GPC_CHECK } };
	struct scenario scn = {
		.task = { { .steps = steps, .nr_steps = 1 } },
		.nr_task = 1,
	};
	struct soak *soak = soak_of("module-going", &gpc_active);
	uint64_t dice = SEED;

	cr_assert_not(soak_repeats(&scn));
	scn.task[0].nr_steps = 2;
	cr_assert(soak_repeats(&scn));
	for (int i = 0; i < DRAWS; i++) {
		struct step step;

		soak_choose(soak, i % soak->threads, &dice, &step);
		cr_assert_neq(step.op, SOP_MODULE_FORCE_RELOAD);
	}
	soak_free(soak);
}

Test(choose, who_finds_a_cache_invalid_refreshes_it)
{
	struct soak *soak = soak_of("refresh-same-page", &gpc_active);
	struct step step = { .op = SOP_GPC_READ }, next;

	cr_assert_not(soak_follow(soak, &step, 3, &next));
	cr_assert(soak_follow(soak, &step, -EAGAIN, &next));
	cr_assert_eq(next.op, SOP_GPC_REFRESH);
	cr_assert_not(soak_follow(soak, &next, 0, &step));
	step = next;
	cr_assert(soak_follow(soak, &step, -EINVAL, &next));
	cr_assert_eq(next.op, SOP_GPC_ACTIVATE);
	step = (struct step){ .op = SOP_GPC_CHECK };
	cr_assert_not(soak_follow(soak, &step, 1, &next));
	cr_assert(soak_follow(soak, &step, 0, &next));
	soak_free(soak);
}
