/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The function tracer.
 *
 * Fidelity: STUB - nothing traces; callers' addresses are for trace points
 * only.
 */
#ifndef _LINUX_FTRACE_H
#define _LINUX_FTRACE_H

#define CALLER_ADDR0 ((unsigned long)__builtin_return_address(0))

static inline void trace_hardirqs_on_prepare(void)
{
}

static inline void trace_hardirqs_off_finish(void)
{
}

#endif /* _LINUX_FTRACE_H */
