/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Marks of code that must not be traced.
 *
 * Fidelity: STUB - nothing here is traced.
 */
#ifndef PFNSIM_LINUX_INSTRUMENTATION_H
#define PFNSIM_LINUX_INSTRUMENTATION_H

#define instrumentation_begin() ((void)0)
#define instrumentation_end() ((void)0)

#endif /* PFNSIM_LINUX_INSTRUMENTATION_H */
