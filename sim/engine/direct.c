// SPDX-License-Identifier: GPL-2.0-only
/*
 * The fault's handler runs on a stack that all tasks share, so that no other
 * task may run before it has returned.  It only raises a signal, which arrives
 * on the task's own stack, in front of the same instruction:
 *
 *	fault	-> SIGUSR2: point, check, map the copy, single step
 *		-> SIGTRAP: take the copy back, point
 *
 * From the mapping to the trap nothing else runs.  An access that is no point
 * needs no other stack and goes without the signal.
 */
#include "direct.h"

#include <errno.h>
#include <sys/mman.h>
#include <ucontext.h>

#include "border.h"
#include "engine.h"
#include "faults.h"
#include "kernel.h"

bool direct_is_khva(uintptr_t addr)
{
	return addr >= HOST_KHVA_START && addr < HOST_KHVA_END;
}

#if defined(__x86_64__)

#define PAGE_SIZE 4096UL
#define EFLAGS_TRAP 0x100
#define FAULT_WRITE 2

/* One instruction touches two pages at most with each of two operands. */
#define MAX_PAGES 4
#define MAX_SEEN 8

struct touched {
	uintptr_t addr;
	bool write;
};

/* What the signal is about that direct_fault() raised. */
static struct touched raised;
/* Pages that are mapped while an instruction is stepped over. */
static struct touched mapped[MAX_PAGES];
static unsigned int nr_mapped;
static bool is_point;

/* Pages that were touched since the last call of the shim. */
static struct {
	struct touched page[MAX_SEEN];
	unsigned int nr;
	uint64_t points;
	unsigned int task;
} seen;

static void *page_of(uintptr_t addr)
{
	return (void *)(addr & ~(PAGE_SIZE - 1));
}

static enum shim_call call_of(const struct touched *touched)
{
	return touched->write ? CALL_KHVA_WRITE : CALL_KHVA_READ;
}

static bool was_seen(const struct touched *touched)
{
	if (seen.points != engine.points || seen.task != host_task)
		return false;
	for (unsigned int i = 0; i < seen.nr; i++)
		if (page_of(seen.page[i].addr) == page_of(touched->addr) &&
		    seen.page[i].write == touched->write)
			return true;
	return false;
}

/* Right after its point was counted, before any other task runs. */
static void see(const struct touched *touched, uint64_t points)
{
	if (seen.points != points - 1 || seen.task != host_task ||
	    seen.nr == MAX_SEEN)
		seen.nr = 0;
	seen.page[seen.nr++] = *touched;
	seen.points = points;
	seen.task = host_task;
}

/* Neither of the two leaves anything mapped that was not before. */
static enum direct map_copy(const struct touched *touched)
{
	void *page = page_of(touched->addr);

	if (nr_mapped == MAX_PAGES ||
	    mmap(page, PAGE_SIZE, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1,
		 0) != page)
		return DIRECT_NOT;
	if (engine.kernel->touch_begin(touched->addr, touched->write, page)) {
		munmap(page, PAGE_SIZE);
		return DIRECT_ENDS;
	}
	mapped[nr_mapped++] = *touched;
	return DIRECT_STEPS;
}

static void unmap_copies(bool keep)
{
	while (nr_mapped) {
		const struct touched *touched = &mapped[--nr_mapped];
		void *page = page_of(touched->addr);

		if (keep)
			engine.kernel->touch_end(touched->addr, page);
		munmap(page, PAGE_SIZE);
	}
}

enum direct direct_fault(const siginfo_t *info, void *context)
{
	ucontext_t *uc = context;
	struct touched touched = {
		.addr = (uintptr_t)info->si_addr,
		.write = uc->uc_mcontext.gregs[REG_ERR] & FAULT_WRITE,
	};
	enum direct ret = DIRECT_NOT;

	if (engine.kernel && direct_is_khva(touched.addr)) {
		if (nr_mapped) {
			ret = map_copy(&touched);
		} else if (was_seen(&touched)) {
			is_point = false;
			uc->uc_mcontext.gregs[REG_EFL] |= EFLAGS_TRAP;
			ret = map_copy(&touched);
		} else {
			raised = touched;
			ret = raise(SIGUSR2) ? DIRECT_NOT : DIRECT_STEPS;
		}
	}
	if (ret != DIRECT_STEPS)
		unmap_copies(false);
	return ret;
}

static void leave(const struct touched *touched)
{
	host_leave(call_of(touched), (void *)touched->addr, NULL);
}

static void on_raised(int sig, siginfo_t *info, void *context)
{
	struct touched touched = raised;
	ucontext_t *uc = context;
	struct stack_place place = {
		.pc = uc->uc_mcontext.gregs[REG_RIP],
		.frame = uc->uc_mcontext.gregs[REG_RBP],
	};
	enum direct ret;

	(void)sig;
	(void)info;
	host_enter(call_of(&touched), (void *)touched.addr, NULL);
	is_point = true;
	fault_place = &place;
	ret = map_copy(&touched);
	if (ret == DIRECT_NOT)
		engine_find(V_CONTRACT, host_task, HOST_NO_PFN,
			    "an instruction touches more pages than it can");
	fault_place = NULL;
	if (ret != DIRECT_STEPS)
		engine_stop(OUTCOME_FATAL, "the kernel cannot go on");
	uc->uc_mcontext.gregs[REG_EFL] |= EFLAGS_TRAP;
}

static void on_trap(int sig, siginfo_t *info, void *context)
{
	struct touched touched = mapped[0];
	ucontext_t *uc = context;

	(void)info;
	if (!nr_mapped) {
		signal(sig, SIG_DFL);
		raise(sig);
		return;
	}
	uc->uc_mcontext.gregs[REG_EFL] &= ~EFLAGS_TRAP;
	unmap_copies(true);
	if (!is_point)
		return;
	if (engine.in_task && !engine.quiet)
		see(&touched, engine.points + 1);
	leave(&touched);
}

int direct_init(void)
{
	struct sigaction sa = { .sa_flags = SA_SIGINFO | SA_NODEFER };

	sigemptyset(&sa.sa_mask);
	sa.sa_sigaction = on_raised;
	if (sigaction(SIGUSR2, &sa, NULL))
		return -errno;
	sa.sa_sigaction = on_trap;
	return sigaction(SIGTRAP, &sa, NULL) ? -errno : 0;
}

void direct_reset(void)
{
	unmap_copies(false);
	seen.nr = 0;
	seen.points = 0;
}

#else

enum direct direct_fault(const siginfo_t *info, void *context)
{
	(void)info;
	(void)context;
	return DIRECT_NOT;
}

int direct_init(void)
{
	return 0;
}

void direct_reset(void)
{
}

#endif
