/* SPDX-License-Identifier: GPL-2.0-only */
/* The stack of the calling task from a place in it.  Private to sim/native. */
#ifndef PFNSIM_NATIVE_STACKS_H
#define PFNSIM_NATIVE_STACKS_H

#include "native.h"

/* @pc is where it was interrupted, 0: nowhere; @frame its frame pointer. */
void stack_walk(struct native_stack *stack, uintptr_t pc, uintptr_t frame);
/* For the handler of the signal that asks for the stack. */
void stack_asked(uintptr_t pc, uintptr_t frame);

#endif /* PFNSIM_NATIVE_STACKS_H */
