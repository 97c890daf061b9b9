/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stackful coroutines on one host thread.
 *
 * A coroutine is a saved stack pointer; everything else lies on its stack.
 * coro_switch() is a few lines of assembly on x86-64 and arm64 (callee-saved
 * registers only) and ucontext elsewhere.  Nothing here is thread-safe.
 */
#ifndef PFNSIM_ENGINE_CORO_H
#define PFNSIM_ENGINE_CORO_H

#include <stddef.h>

struct coro {
	void *sp;    /* valid while the coroutine is not running */
	char *stack; /* lowest usable byte; NULL for the host's own stack */
	size_t size;
	void *sanitizer; /* fake stack of AddressSanitizer, else unused */
};

/*
 * Makes @coro start in @entry on its own stack at the next switch to it.  @entry
 * must not return.  May be called again at any time to start over.
 */
void coro_prepare(struct coro *coro, void (*entry)(void));

/* Saves the running coroutine in @from and continues @to. */
void coro_switch(struct coro *from, struct coro *to);

/*
 * Tells the sanitizers that no frame on @stack is alive any more; to be called
 * before anything but the coroutine itself writes to an abandoned stack.
 */
void coro_forget(char *stack, size_t size);

/* Must be the first thing that an entry function does. */
void coro_entered(void);

#endif /* PFNSIM_ENGINE_CORO_H */
