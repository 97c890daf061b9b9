/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The architecture's set of signals.
 *
 * Fidelity: STUB - see linux/signal.h.
 */
#ifndef _ASM_SIGNAL_H
#define _ASM_SIGNAL_H

typedef struct {
	unsigned long sig[1];
} sigset_t;

#endif /* _ASM_SIGNAL_H */
