/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Counting and pasting macro arguments.
 *
 * Fidelity: EMULATED - counts up to eight arguments.
 */
#ifndef PFNSIM_LINUX_ARGS_H
#define PFNSIM_LINUX_ARGS_H

#define __COUNT_PICK(x, a1, a2, a3, a4, a5, a6, a7, a8, n, ...) n
#define COUNT_ARGS(x...) __COUNT_PICK(, ##x, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define __CONCAT_ARGS(a, b) a##b
#define CONCATENATE(a, b) __CONCAT_ARGS(a, b)

#endif /* PFNSIM_LINUX_ARGS_H */
