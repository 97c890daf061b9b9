/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Restartable sequences, as far as a vCPU's return to user space minds them.
 *
 * Fidelity: STUB - no task of the emulated process registers one, and a kernel
 * without CONFIG_RSEQ does nothing here, too.
 */
#ifndef PFNSIM_LINUX_RSEQ_H
#define PFNSIM_LINUX_RSEQ_H

static inline void rseq_virt_userspace_exit(void)
{
}

#endif /* PFNSIM_LINUX_RSEQ_H */
