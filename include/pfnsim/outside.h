/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Calls from the emulation back into code under test, through a pointer.
 *
 * Fidelity: EMULATED - on native threads the machine is left for the length of
 * the call; elsewhere these are the calls alone.
 */
#ifndef PFNSIM_OUTSIDE_H
#define PFNSIM_OUTSIDE_H

#ifdef PFNSIM_NATIVE
#include "border.h"
#define outside(call)                                                          \
	({                                                                     \
		unsigned int __depth = host_machine_leave();                   \
		__auto_type __result = (call);                                 \
                                                                               \
		host_machine_resume(__depth);                                  \
		__result;                                                      \
	})
#define outside_void(call)                                                     \
	do {                                                                   \
		unsigned int __depth = host_machine_leave();                   \
                                                                               \
		call;                                                          \
		host_machine_resume(__depth);                                  \
	} while (0)
#else
#define outside(call) (call)
#define outside_void(call)                                                     \
	do {                                                                   \
		call;                                                          \
	} while (0)
#endif

#endif /* PFNSIM_OUTSIDE_H */
