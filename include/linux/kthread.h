/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernel threads.
 *
 * Fidelity: TRAP - there are none: every task is a thread of the one process
 * and has its address space.
 */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H

struct mm_struct;

void kthread_use_mm(struct mm_struct *mm);
void kthread_unuse_mm(struct mm_struct *mm);

#endif /* _LINUX_KTHREAD_H */
