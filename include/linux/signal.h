/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Signals.
 *
 * Fidelity: TRAP - no signal is ever sent; the functions are for vCPUs.
 */
#ifndef _LINUX_SIGNAL_H
#define _LINUX_SIGNAL_H

#include <linux/types.h>
#include <asm/signal.h>

#define SIG_BLOCK 0
#define SIG_SETMASK 2

#define SIGKILL 9
#define SIGSTOP 19
#define sigmask(sig) (1UL << ((sig)-1))

void sigdelsetmask(sigset_t *set, unsigned long mask);
int sigprocmask(int how, sigset_t *set, sigset_t *oldset);
void sigemptyset(sigset_t *set);

#endif /* _LINUX_SIGNAL_H */
