/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sequence counters.
 *
 * Fidelity: EMULATED - readers retry as in the kernel; begin and end are no
 * scheduling points of their own.
 */
#ifndef PFNSIM_LINUX_SEQLOCK_H
#define PFNSIM_LINUX_SEQLOCK_H

#include <linux/spinlock.h>

typedef struct seqcount {
	unsigned int sequence;
} seqcount_t;
typedef struct seqcount seqcount_spinlock_t;
#define seqcount_init(s) ((s)->sequence = 0)
#define seqcount_spinlock_init(s, lock) ((void)(lock), seqcount_init(s))
#define read_seqcount_begin(s) (READ_ONCE((s)->sequence) & ~1U)
#define read_seqcount_retry(s, start) (READ_ONCE((s)->sequence) != (start))
#define write_seqcount_begin(s) ((s)->sequence++)
#define write_seqcount_end(s) ((s)->sequence++)

#endif /* PFNSIM_LINUX_SEQLOCK_H */
