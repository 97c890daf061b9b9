// SPDX-License-Identifier: GPL-2.0-only
/*
 * A kernel under test may follow a wild pointer, recurse or loop without end.
 * None of that may end the tool: a handler turns it into an outcome and leaves
 * the task's stack for the host's.
 */
#include "faults.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "direct.h"
#include "engine.h"
#include "world.h"

#define TICK_MS 200
#define HANG_TICKS 10
#define SLAB_POISON 0x6b6b6b6b6b6b6b6bUL
#define LIST_POISON_LOW 0xdead000000000000UL

static volatile sig_atomic_t armed;
static volatile uint64_t seen_points;
static volatile unsigned int idle_ticks;

static char handler_stack[64 << 10];

const struct stack_place *fault_place;

static void unblock(int sig)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, sig);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

static bool looks_poisoned(uintptr_t addr)
{
	return addr - (SLAB_POISON - 4096) < 2 * 4096UL ||
	       addr - LIST_POISON_LOW < 0x10000;
}

/*
 * A non-canonical address does not reach si_addr; look for the poison in the
 * registers instead.
 */
static bool registers_poisoned(const ucontext_t *context)
{
#ifdef __x86_64__
	for (int i = 0; i < 16; i++)
		if (looks_poisoned(context->uc_mcontext.gregs[i]))
			return true;
#elif defined(__aarch64__)
	for (int i = 0; i < 31; i++)
		if (looks_poisoned(context->uc_mcontext.regs[i]))
			return true;
#else
	(void)context;
#endif
	return false;
}

static void classify(int sig, const siginfo_t *info, const ucontext_t *context)
{
	uintptr_t addr = (uintptr_t)info->si_addr;
	unsigned int task = host_task;

	if (world_is_stack_guard(addr))
		engine_find(V_CONTRACT, task, HOST_NO_PFN,
			    "the kernel's stack overflowed: recursion without "
			    "end");
	else if (looks_poisoned(addr) ||
		 (info->si_code == SI_KERNEL && registers_poisoned(context)))
		engine_find(V_USE_AFTER_FREE, task, HOST_NO_PFN,
			    "a pointer was read from freed memory (poison)");
	else if (addr >= 0xffff800000000000UL || direct_is_khva(addr))
		engine_find(V_CONTRACT, task, HOST_NO_PFN,
			    "a kernel mapping was dereferenced directly");
	else if (sig == SIGFPE)
		engine_find(V_WARN, task, HOST_NO_PFN, "division by zero");
	else if (addr < 4096)
		engine_find(V_WARN, task, HOST_NO_PFN,
			    "NULL pointer dereference");
	else
		engine_find(V_WARN, task, HOST_NO_PFN,
			    "access to an address that is not mapped");
}

static struct stack_place place_of(const ucontext_t *context)
{
	struct stack_place place = { 0 };

#ifdef __x86_64__
	place.pc = context->uc_mcontext.gregs[REG_RIP];
	place.frame = context->uc_mcontext.gregs[REG_RBP];
#elif defined(__aarch64__)
	place.pc = context->uc_mcontext.pc;
	place.frame = context->uc_mcontext.regs[29];
#else
	(void)context;
#endif
	return place;
}

static void on_fault(int sig, siginfo_t *info, void *context)
{
	struct stack_place place = place_of(context);
	enum direct direct = DIRECT_NOT;

	if (!engine.in_task) {
		/* The tool itself is at fault: die of it. */
		signal(sig, SIG_DFL);
		return;
	}
	fault_place = &place;
	if (sig == SIGSEGV)
		direct = direct_fault(info, context);
	if (direct == DIRECT_STEPS) {
		fault_place = NULL;
		return;
	}
	unblock(sig);
	engine.quiet = 0;
	if (direct == DIRECT_NOT)
		classify(sig, info, context);
	fault_place = NULL;
	engine_stop(OUTCOME_FATAL, "the kernel cannot go on");
}

static void on_tick(int sig, siginfo_t *info, void *context)
{
	struct stack_place place = place_of(context);

	(void)info;
	if (!armed || !engine.in_task || engine.points != seen_points) {
		seen_points = engine.points;
		idle_ticks = 0;
		return;
	}
	if (++idle_ticks < HANG_TICKS)
		return;
	idle_ticks = 0;
	unblock(sig);
	engine.quiet = 0;
	fault_place = &place;
	engine_find(V_LIVELOCK, host_task, HOST_NO_PFN,
		    "the kernel loops without passing a scheduling point");
	fault_place = NULL;
	engine_stop(OUTCOME_HANG, "the kernel loops without end");
}

/* SA_RESETHAND: the second one kills. */
static void on_interrupt(int sig)
{
	(void)sig;
	engine.interrupted = 1;
}

static int handle(int sig, void (*action)(int, siginfo_t *, void *),
		  void (*simple)(int), int flags)
{
	struct sigaction sa = { .sa_flags = flags };

	sigemptyset(&sa.sa_mask);
	/* Raised by one handler, it must not arrive before that has returned. */
	sigaddset(&sa.sa_mask, SIGUSR2);
	if (action) {
		sa.sa_sigaction = action;
		sa.sa_flags |= SA_SIGINFO;
	} else {
		sa.sa_handler = simple;
	}
	return sigaction(sig, &sa, NULL) ? -errno : 0;
}

static int start_ticking(void)
{
	struct itimerval tick = {
		.it_interval.tv_usec = TICK_MS * 1000,
		.it_value.tv_usec = TICK_MS * 1000,
	};

	return setitimer(ITIMER_REAL, &tick, NULL) ? -errno : 0;
}

void engine_forked(void)
{
	signal(SIGINT, SIG_IGN);
	handle(SIGTERM, NULL, on_interrupt, SA_ONSTACK | SA_RESTART);
	start_ticking();
}

int faults_init(void)
{
	static const int faults[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE };
	stack_t stack = { .ss_sp = handler_stack,
			  .ss_size = sizeof(handler_stack) };
	int err;

	if (sigaltstack(&stack, NULL))
		return -errno;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		err = handle(faults[i], on_fault, NULL, SA_ONSTACK);
		if (err)
			return err;
	}
	err = handle(SIGALRM, on_tick, NULL, SA_ONSTACK | SA_RESTART);
	if (!err)
		err = handle(SIGINT, NULL, on_interrupt,
			     SA_ONSTACK | SA_RESTART | SA_RESETHAND);
	if (!err)
		err = start_ticking();
	return err ? err : direct_init();
}

void faults_arm(void)
{
	direct_reset();
	/* Whoever was stopped by a handler left its frames there. */
	coro_forget(handler_stack, sizeof(handler_stack));
	idle_ticks = 0;
	armed = 1;
}

void faults_disarm(void)
{
	armed = 0;
}
