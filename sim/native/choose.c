// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which operation a task does next, and with what.
 *
 * It is a step of the task's scenario.  One in a few has other pages, addresses
 * or attributes of the same objects; where a step has been done and cannot be
 * done again, what undoes it comes instead, so that a loop goes on.
 */
#include <errno.h>

#include "native.h"
#include "soak.h"

#define PAGE_BYTES 4096UL
/* Userspace addresses of caches without one are no addresses of userspace. */
#define FIRST_ERROR_HVA 0xffff800000000000UL

static bool one_in(uint64_t *dice, unsigned int n)
{
	return native_random(dice) % n == 0;
}

/* ---- Steps that a loop leaves out ----------------------------------------- */

/*
 * What the model of the VM does not follow, and what concerns the whole machine
 * at once.
 */
static bool left_out(const struct step *step)
{
	switch (step->op) {
	case SOP_MODULE_RELOAD:
	case SOP_MODULE_FORCE_RELOAD:
	case SOP_RAW_SLOT:
	case SOP_RAW_ATTRIBUTES:
	case SOP_RAW_GMEM:
	case SOP_RAW_FALLOCATE:
	case SOP_RAW_TRUNCATE:
		return true;
	default:
		return false;
	}
}

bool soak_repeats(const struct scenario *scn)
{
	for (size_t i = 0; i < scn->nr_task; i++)
		for (size_t j = 0; j < scn->task[i].nr_steps; j++)
			if (!left_out(&scn->task[i].steps[j]))
				return true;
	return false;
}

/* How rare a step is that leaves less behind than it found: one in this many. */
static unsigned int rareness(enum scenario_op op)
{
	switch (op) {
	case SOP_VM_CLOSE:
		return 1000;
	case SOP_GMEM_POISON:
	case SOP_MM_POISON:
		return 50;
	case SOP_GMEM_CLOSE:
		return 8;
	default:
		return 1;
	}
}

/* ---- Other arguments -------------------------------------------------------- */

static unsigned long pages_of(const struct soak *soak,
			      const struct page_ref *page)
{
	const struct machine *machine = &soak->machine;

	switch (page->space) {
	case PAGES_GMEM:
		return machine->state.gmem_pages[page->obj];
	case PAGES_REGION:
		return machine->scenario->region[page->obj].pages;
	case PAGES_SLOT:
		return machine->scenario->slot[page->obj].pages;
	default:
		return 0;
	}
}

static void vary_page(const struct soak *soak, uint64_t *dice,
		      struct page_ref *page)
{
	unsigned long pages = pages_of(soak, page);

	if (!pages || page->space == PAGES_NONE)
		return;
	page->first = native_random(dice) % pages;
	page->nr = 1;
	if (page->first + 1 < pages && one_in(dice, 3))
		page->nr = 2;
}

/* A page of some slot. */
static unsigned long any_gpa(const struct soak *soak, uint64_t *dice,
			     unsigned long gpa)
{
	const struct scenario *scn = soak->scenario;
	const struct slot_desc *slot;

	if (!scn->nr_slot)
		return gpa;
	slot = &scn->slot[native_random(dice) % scn->nr_slot];
	if (!slot->pages)
		return gpa;
	return slot->gpa + native_random(dice) % slot->pages * PAGE_BYTES;
}

static void vary(const struct soak *soak, uint64_t *dice, struct step *step)
{
	struct step_args *args = &step->args;

	switch (step->op) {
	case SOP_VM_SET_ATTRIBUTES:
		args->gpa = any_gpa(soak, dice, args->gpa);
		args->pages = 1;
		break;
	case SOP_GPC_ACTIVATE:
		if (args->hva.given ||
		    (args->cache != SCN_NONE &&
		     (soak->scenario->cache[args->cache].by_hva ||
		      soak->scenario->cache[args->cache].count)))
			return;
		args->gpa = any_gpa(soak, dice, args->gpa);
		args->has_gpa = true;
		break;
	case SOP_GUEST_READ:
	case SOP_GUEST_WRITE:
		args->gpa = any_gpa(soak, dice, args->gpa);
		break;
	default:
		vary_page(soak, dice, &args->page);
		break;
	}
}

/* ---- What undoes a step ------------------------------------------------------ */

static void slot_back(const struct soak *soak, int index, struct step *step)
{
	const struct slot_desc *slot = &soak->scenario->slot[index];

	step->op = SOP_SLOT_CREATE;
	step->args = (struct step_args){
		.slot = index,
		.gmem = slot->gmem,
		.gpa = slot->gpa,
		.pages = slot->pages,
		.offset = slot->offset,
		.flags = slot->flags,
		.hva = slot->hva,
		.cache = SCN_NONE,
		.region = SCN_NONE,
	};
}

static void region_back(const struct soak *soak, int index, struct step *step)
{
	const struct region_desc *region = &soak->scenario->region[index];

	step->op = SOP_MM_MMAP;
	step->args = (struct step_args){
		.region = index,
		.gmem = region->gmem,
		.pages = region->pages,
		.offset = region->offset,
		.device = region->device,
		.cache = SCN_NONE,
		.slot = SCN_NONE,
	};
}

static void gmem_back(const struct soak *soak, int index, struct step *step)
{
	const struct gmem_desc *gmem = &soak->scenario->gmem[index];

	step->op = SOP_GMEM_CREATE;
	step->args = (struct step_args){
		.gmem = index,
		.pages = gmem->pages,
		.flags = gmem->flags,
		.cache = SCN_NONE,
		.slot = SCN_NONE,
		.region = SCN_NONE,
	};
}

static void undo(const struct soak *soak, uint64_t *dice, struct step *step)
{
	const struct machine_state *state = &soak->machine.state;
	int slot = step->args.slot, gmem = step->args.gmem;

	switch (step->op) {
	case SOP_SLOT_DELETE:
		if (!state->model.slot[slot].live)
			slot_back(soak, slot, step);
		break;
	case SOP_SLOT_CREATE:
		if (state->model.slot[slot].live)
			step->op = SOP_SLOT_DELETE;
		break;
	case SOP_SLOT_MOVE:
		if (one_in(dice, 2))
			step->args.gpa = soak->scenario->slot[slot].gpa;
		break;
	case SOP_MM_MUNMAP:
		if (step->args.page.space == PAGES_REGION && one_in(dice, 2))
			region_back(soak, step->args.page.obj, step);
		break;
	case SOP_GMEM_CLOSE:
		if (state->gmem_fd[gmem] < 0)
			gmem_back(soak, gmem, step);
		break;
	case SOP_GMEM_CREATE:
		if (state->gmem_fd[gmem] >= 0)
			step->op = SOP_GMEM_CLOSE;
		break;
	case SOP_VM_SET_ATTRIBUTES:
		step->args.is_private = one_in(dice, 2);
		break;
	case SOP_XEN_UNSET:
		if (one_in(dice, 2))
			step->op = SOP_XEN_SET;
		break;
	default:
		break;
	}
}

/* What makes of a cache one that the architecture uses. */
static enum scenario_op activation_of(enum scenario_op op, enum cache_use use)
{
	if (op == SOP_GPC_REFRESH)
		return SOP_GPC_ACTIVATE;
	return use == USE_KVM_CLOCK ? SOP_CLOCK_ENABLE : SOP_XEN_SET;
}

/*
 * A cache is refreshed, and a clock written, once it was activated, which their
 * users see to; the kernel warns of anything else.
 */
static void activate_first(const struct soak *soak, struct step *step)
{
	const struct cache_desc *cache;
	struct gpc_view gpc;
	unsigned int last;

	if (step->op != SOP_GPC_REFRESH && step->op != SOP_CLOCK_WRITE)
		return;
	cache = &soak->scenario->cache[step->args.cache];
	/* Several are activated in order. */
	last = cache->first + (cache->count ? cache->count - 1 : 0);
	if (kernel_look(soak->kernel->desc, VIEW_GPC, last, &gpc) < 0 ||
	    gpc.gpa != ~0UL || gpc.uhva < FIRST_ERROR_HVA)
		return;
	step->op = activation_of(step->op, cache->use);
	step->args.hva.given = false;
	step->args.has_gpa = false;
}

/* ---- Choosing ------------------------------------------------------------------ */

/* Where there are fewer threads than tasks, one does what several would do. */
static const struct task_desc *task_of(const struct soak *soak,
				       unsigned int thread, uint64_t *dice)
{
	const struct scenario *scn = soak->scenario;
	unsigned int nr = scn->nr_task;

	if (soak->threads >= nr)
		return &scn->task[thread % nr];
	nr = (nr - thread - 1) / soak->threads + 1;
	return &scn->task[thread + native_random(dice) % nr * soak->threads];
}

void soak_choose(const struct soak *soak, unsigned int thread, uint64_t *dice,
		 struct step *step)
{
	const struct task_desc *task = task_of(soak, thread, dice);

	step->op = NR_SCENARIO_OPS;
	for (int i = 0; i < 32 && task->nr_steps; i++) {
		const struct step *at =
			&task->steps[native_random(dice) % task->nr_steps];

		if (left_out(at) || !one_in(dice, rareness(at->op)))
			continue;
		*step = *at;
		undo(soak, dice, step);
		activate_first(soak, step);
		if (one_in(dice, 4))
			vary(soak, dice, step);
		return;
	}
}

bool soak_follow(const struct soak *soak, const struct step *step, long ret,
		 struct step *next)
{
	bool invalid = step->op == SOP_GPC_CHECK ? ret == 0 : ret == -EAGAIN;

	*next = *step;
	switch (step->op) {
	case SOP_GPC_READ:
	case SOP_GPC_WRITE:
	case SOP_GPC_CHECK:
		next->op = SOP_GPC_REFRESH;
		if (invalid)
			activate_first(soak, next);
		return invalid;
	case SOP_GPC_REFRESH:
		next->op = SOP_GPC_ACTIVATE;
		next->args.hva.given = false;
		next->args.has_gpa = false;
		return ret == -EINVAL;
	default:
		return false;
	}
}
