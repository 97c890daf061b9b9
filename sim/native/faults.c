// SPDX-License-Identifier: GPL-2.0-only
/*
 * Faults of kernels' instructions.
 *
 * One in the range of kernel addresses is an access through a mapping: it is
 * checked as khva_read() checks, then the page is mapped there and the
 * instruction goes on.  Every other fault is the end of the kernel.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

#include "native.h"
#include "stacks.h"
#include "world.h"
#include "worldmap.h"

#define SLAB_POISON 0x6b6b6b6b6b6b6b6bUL
#define LIST_POISON_LOW 0xdead000000000000UL

static const struct kernel_desc *kernel;

void native_use(const struct kernel_desc *desc)
{
	kernel = desc;
}

static bool poisoned(uintptr_t addr)
{
	return addr - (SLAB_POISON - 4096) < 2 * 4096UL ||
	       addr - LIST_POISON_LOW < 0x10000;
}

static bool registers_poisoned(const ucontext_t *context)
{
	for (int i = 0; i < 16; i++)
		if (poisoned(context->uc_mcontext.gregs[i]))
			return true;
	return false;
}

/* Bit 1 of the error code says that it was a store. */
static bool access_page(uintptr_t addr, bool write)
{
	void *frame = NULL;
	bool mapped;

	host_machine_enter();
	mapped = !kernel->touch_begin(addr, write, &frame) && frame &&
		 alias_make(addr, frame);
	if (mapped && native_on_access)
		native_on_access((const void *)addr);
	host_machine_exit();
	return mapped;
}

static void on_fault(int sig, siginfo_t *info, void *arg)
{
	const ucontext_t *context = arg;
	uintptr_t addr = (uintptr_t)info->si_addr;
	bool write = context->uc_mcontext.gregs[REG_ERR] & 2;

	if (!native_me || !kernel) {
		signal(sig, SIG_DFL);
		return;
	}
	if (sig == SIGSEGV &&
	    addr - HOST_KHVA_START < HOST_KHVA_END - HOST_KHVA_START) {
		if (access_page(addr, write))
			return;
		host_fatal(
			V_UNMAPPED_ACCESS, HOST_NO_PFN,
			"an instruction uses a kernel address that was never "
			"mapped");
	}
	if (poisoned(addr) ||
	    (info->si_code == SI_KERNEL && registers_poisoned(context)))
		host_fatal(V_USE_AFTER_FREE, HOST_NO_PFN,
			   "a pointer was read from freed memory (poison)");
	host_fatal(V_WARN, HOST_NO_PFN, "%s",
		   sig == SIGFPE ? "division by zero" :
		   addr < 4096	 ? "NULL pointer dereference" :
				   "access to an address that is not mapped");
}

static void on_asked(int sig, siginfo_t *info, void *arg)
{
	const ucontext_t *context = arg;

	(void)sig;
	(void)info;
	stack_asked(context->uc_mcontext.gregs[REG_RIP],
		    context->uc_mcontext.gregs[REG_RBP]);
}

static int handle(int sig, void (*action)(int, siginfo_t *, void *))
{
	struct sigaction sa = {
		.sa_sigaction = action,
		.sa_flags = SA_SIGINFO | SA_RESTART | SA_NODEFER,
	};

	sigemptyset(&sa.sa_mask);
	return sigaction(sig, &sa, NULL) ? -errno : 0;
}

int native_init(void)
{
	int err = world_init();

	if (!err)
		err = handle(SIGSEGV, on_fault);
	if (!err)
		err = handle(SIGBUS, on_fault);
	if (!err)
		err = handle(SIGFPE, on_fault);
	return err ? err : handle(SIGUSR1, on_asked);
}
