// SPDX-License-Identifier: GPL-2.0-only
#include "coro.h"

#include <stdint.h>
#include <string.h>

#ifdef PFNSIM_ASAN
#include <pthread.h>
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>

static struct coro *leaving, *entering;

/* A stack that was left for good keeps what ASan poisoned around its frames. */
void coro_forget(char *stack, size_t size)
{
	__asan_unpoison_memory_region(stack, size);
}

static void sanitizer_leave(struct coro *from, struct coro *to)
{
	leaving = from;
	entering = to;
	__sanitizer_start_switch_fiber(&from->sanitizer, to->stack, to->size);
}

/*
 * The bounds of the host's own stack are learned when it is left for the first
 * time; only then can a switch back to it name them.
 */
static void sanitizer_arrive(void *fake_stack)
{
	const void *bottom;
	size_t size;

	__sanitizer_finish_switch_fiber(fake_stack, &bottom, &size);
	if (leaving && !leaving->stack) {
		leaving->stack = (char *)bottom;
		leaving->size = size;
	}
}
#else
void coro_forget(char *stack, size_t size)
{
	(void)stack;
	(void)size;
}

static void sanitizer_leave(struct coro *from, struct coro *to)
{
	(void)from;
	(void)to;
}

static void sanitizer_arrive(void *fake_stack)
{
	(void)fake_stack;
}
#endif

#if defined(__x86_64__) || defined(__aarch64__)

void coro_jump(void **save, void *load);

/* Words of a saved context, lowest address first, as coro_jump() pops them. */
#ifdef __x86_64__
enum { CONTEXT_WORDS = 8, CONTEXT_PC = 6 };
#else
enum { CONTEXT_WORDS = 22, CONTEXT_PC = 11 };
#endif

void coro_prepare(struct coro *coro, void (*entry)(void))
{
	uintptr_t top = ((uintptr_t)coro->stack + coro->size) & ~(uintptr_t)15;
	uintptr_t *context = (uintptr_t *)(top - 32) - CONTEXT_WORDS;

	coro_forget(coro->stack, coro->size);
	memset(context, 0, CONTEXT_WORDS * sizeof(*context) + 32);
	context[CONTEXT_PC] = (uintptr_t)entry;
	coro->sp = context;
	coro->sanitizer = NULL;
}

void coro_switch(struct coro *from, struct coro *to)
{
	sanitizer_leave(from, to);
	coro_jump(&from->sp, to->sp);
	sanitizer_arrive(from->sanitizer);
}

#else /* no assembly for this machine: ucontext, at two system calls a switch */

#include <stdlib.h>
#include <ucontext.h>

static ucontext_t *context_of(struct coro *coro)
{
	if (!coro->sp)
		coro->sp = calloc(1, sizeof(ucontext_t));
	if (!coro->sp)
		abort();
	return coro->sp;
}

void coro_prepare(struct coro *coro, void (*entry)(void))
{
	ucontext_t *context = context_of(coro);

	coro_forget(coro->stack, coro->size);
	getcontext(context);
	context->uc_stack.ss_sp = coro->stack;
	context->uc_stack.ss_size = coro->size;
	context->uc_link = NULL;
	makecontext(context, entry, 0);
}

void coro_switch(struct coro *from, struct coro *to)
{
	sanitizer_leave(from, to);
	swapcontext(context_of(from), context_of(to));
	sanitizer_arrive(from->sanitizer);
}

#endif

void coro_entered(void)
{
	sanitizer_arrive(NULL);
}
