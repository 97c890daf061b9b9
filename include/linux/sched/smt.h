/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hardware threads.
 *
 * Fidelity: STUB - there are none.
 */
#ifndef PFNSIM_LINUX_SCHED_SMT_H
#define PFNSIM_LINUX_SCHED_SMT_H

#define sched_smt_active() false

#endif /* PFNSIM_LINUX_SCHED_SMT_H */
