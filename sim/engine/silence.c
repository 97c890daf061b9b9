// SPDX-License-Identifier: GPL-2.0-only
#include "silence.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define CALL 0xe8
#define CALL_SIZE 5 /* with the distance from its end to what is called */

struct silent_call {
	unsigned char *at;
	unsigned char bytes[CALL_SIZE];
};

static struct silent_call *calls;
static size_t nr_calls, room;
static bool refused;

unsigned char silence_hooks(void)
{
#ifdef __x86_64__
	return refused ? HOOKS_NONE : HOOKS_SILENT;
#else
	return HOOKS_NONE;
#endif
}

size_t silence_calls(void)
{
	return nr_calls;
}

/* Returns whether it may. */
static bool protect(const unsigned char *at, int protection)
{
	uintptr_t page = sysconf(_SC_PAGESIZE);
	uintptr_t start = (uintptr_t)at & -page;

	return !mprotect((void *)start, (uintptr_t)at + CALL_SIZE - start,
			 protection);
}

static void keep(const unsigned char *at)
{
	if (nr_calls == room) {
		room = room ? 2 * room : 1024;
		calls = realloc(calls, room * sizeof(*calls));
		if (!calls)
			abort();
	}
	calls[nr_calls].at = (unsigned char *)at;
	memcpy(calls[nr_calls++].bytes, at, CALL_SIZE);
}

/*
 * What returns to @after was called from right before it.  If a call of @hook
 * stands there it is the one: an indirect call ends in bytes that are no such
 * distance.
 */
static bool is_call_of(const void *hook, const unsigned char *after)
{
	int32_t distance;

	memcpy(&distance, after - 4, sizeof(distance));
	return after[-CALL_SIZE] == CALL && after + distance == hook;
}

void host_silence(const void *hook, const void *after)
{
	static const unsigned char nop[CALL_SIZE] = { 0x0f, 0x1f, 0x44, 0, 0 };
	unsigned char *at = (unsigned char *)after - CALL_SIZE;

	if (refused || !is_call_of(hook, after))
		return;
	/* Where one is not to have both, this fails and nothing is changed. */
	refused = !protect(at, PROT_READ | PROT_WRITE | PROT_EXEC);
	if (refused)
		return;
	keep(at);
	memcpy(at, nop, sizeof(nop));
}

void silence_end(void)
{
	host_hooks &= ~HOOKS_SILENT;
	for (size_t i = 0; i < nr_calls; i++)
		memcpy(calls[i].at, calls[i].bytes, CALL_SIZE);
	/* It does no harm where code that was written may only stay so. */
	for (size_t i = 0; i < nr_calls; i++)
		protect(calls[i].at, PROT_READ | PROT_EXEC);
	nr_calls = 0;
}
