/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Loads and stores that a kernel makes through a kernel address itself.
 *
 * Nothing is mapped at such an address, so that every instruction that uses one
 * faults.  It is carried out alone, with a copy of the page mapped for its
 * length: single step is what makes the copy as good as the page.
 *
 * The instruction is a scheduling point, as khva_read() and khva_write() are;
 * those that follow it before the next call of the shim, on the same page and in
 * the same direction, are not, whatever the compiler made of an assignment.
 *
 * x86-64 alone has what it takes; elsewhere the fault ends the execution.
 */
#ifndef PFNSIM_ENGINE_DIRECT_H
#define PFNSIM_ENGINE_DIRECT_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

/* Installs the handlers. Returns 0 or -errno. */
int direct_init(void);

/* Whether @addr is one that kernels map pages at. */
bool direct_is_khva(uintptr_t addr);

enum direct {
	DIRECT_NOT,   /* another fault: nothing is left of what was begun */
	DIRECT_STEPS, /* carried out once the handler returns */
	DIRECT_ENDS,  /* nothing is there, which was reported */
};

/* For the handler of a fault, on its own stack and with fault_place set. */
enum direct direct_fault(const siginfo_t *info, void *context);

/* Forgets an instruction whose task was stopped in it. */
void direct_reset(void);

#endif /* PFNSIM_ENGINE_DIRECT_H */
