/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Trace points of interprocessor interrupts.
 *
 * Fidelity: STUB - empty: nothing sends one that KVM would trace.
 */
#ifndef _TRACE_EVENTS_IPI_H
#define _TRACE_EVENTS_IPI_H

#endif /* _TRACE_EVENTS_IPI_H */
