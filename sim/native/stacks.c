// SPDX-License-Identifier: GPL-2.0-only
/* Call stacks of tasks, by frame pointers. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "native.h"
#include "stacks.h"
#include "symbols.h"

static bool on_stack(const struct native_task *task, uintptr_t frame)
{
	return frame >= task->stack_low && frame + 16 <= task->stack_high &&
	       !(frame & 7);
}

void stack_walk(struct native_stack *stack, uintptr_t pc, uintptr_t frame)
{
	const struct native_task *me = native_me;

	stack->nr = 0;
	stack->nr_crossings = 0;
	if (pc)
		stack->pc[stack->nr++] = pc;
	while (stack->nr < NATIVE_FRAMES && on_stack(me, frame)) {
		const uintptr_t *at = (const uintptr_t *)frame;

		stack->pc[stack->nr++] = at[1];
		if (at[0] <= frame)
			break;
		frame = at[0];
	}
	for (unsigned int i = me->nr_crossings; i-- > 0;)
		stack->crossing[stack->nr_crossings++] = me->crossing[i].ret;
}

void native_stack_here(struct native_stack *stack)
{
	stack_walk(stack, 0, (uintptr_t)__builtin_frame_address(0));
}

void stack_asked(uintptr_t pc, uintptr_t frame)
{
	if (!native_me)
		return;
	stack_walk(&native_me->stack, pc, frame);
	__atomic_store_n(&native_me->captured, true, __ATOMIC_RELEASE);
}

bool native_capture(struct native_task *task, struct native_stack *stack)
{
	struct timespec pause = { .tv_nsec = 1000000 };

	task->captured = false;
	if (pthread_kill(task->thread, SIGUSR1))
		return false;
	for (int i = 0; i < 500; i++) {
		if (__atomic_load_n(&task->captured, __ATOMIC_ACQUIRE)) {
			*stack = task->stack;
			return true;
		}
		nanosleep(&pause, NULL);
	}
	return false;
}

/* A frame of a stub between the worlds hides who called. */
static const char *name_of(const struct native_stack *stack, unsigned int i,
			   unsigned int *crossing)
{
	const char *name = symbols_function((void *)stack->pc[i]);

	if (!name || strncmp(name, "cross_", 6))
		return name;
	if (*crossing == stack->nr_crossings)
		return NULL;
	return symbols_function((void *)stack->crossing[(*crossing)++]);
}

void native_stack_text(const struct native_stack *stack, char *text,
		       size_t size)
{
	unsigned int crossing = 0;
	const char *last = "";
	size_t used = 0;

	text[0] = '\0';
	for (unsigned int i = 0; i < stack->nr && used + 80 < size; i++) {
		const char *name = name_of(stack, i, &crossing);

		if (!name || !strcmp(name, last))
			continue;
		used += snprintf(text + used, size - used, "%s%.*s()",
				 used ? " <- " : "", (int)strcspn(name, "."),
				 name);
		last = name;
	}
}
