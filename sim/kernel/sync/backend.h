/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the primitives of this folder stand on, and each backend has in a way of
 * its own: sim/kernel/engine for the deterministic engine, where one task runs at
 * a time and blocks by a condition; sim/kernel/native for native threads, on
 * atomics, futexes and liburcu.  Private to sim/kernel.
 *
 * Who waits passes a point: each function with a @call tells the host that it is
 * about to take effect (host_enter()), the caller tells when it has
 * (host_leave()).
 *
 * Words are integers or pointers that tasks share:
 *
 *   word_load(p)		what is there
 *   word_store(p, v)
 *   word_change(p, old, v)	stores @v and is true where *@old is there still;
 *				else *@old becomes what is there
 *   word_add(p, v)		returns the sum
 *
 * Fidelity: EMULATED - declares; the two backends say where they are weaker.
 */
#ifndef PFNSIM_SYNC_BACKEND_H
#define PFNSIM_SYNC_BACKEND_H

#include <linux/srcu.h>
#include <pfnsim/locks.h>
#include "state.h"

/* ---- Words -------------------------------------------------------------- */

/* Waits until *@word is @value, or where @equal is not set, until it is not. */
struct word_wait {
	enum shim_call call;
	const void *obj;  /* for who looks at the task that waits; or NULL */
	const char *name; /* likewise */
	unsigned int *word;
	unsigned int value;
	bool equal;
};

/* Between host_enter() and host_leave(). */
static __always_inline void word_wait(const struct word_wait *wait);
/* Whoever waits for @word looks at it again. */
static __always_inline void word_wake(const unsigned int *word);
/* What came before is seen before what comes after. */
static __always_inline void word_fence(void);
/* What comes before a release of @obj happens before what comes after an
   acquire of it, in the eyes of a race detector. */
static __always_inline void sync_acquire(const volatile void *obj);
static __always_inline void sync_release(const volatile void *obj);

/* Around what changes several words at once: nobody else gets in. May nest. */
static __always_inline void sync_guard(void);
static __always_inline void sync_unguard(void);

/* Lets others run. */
static __always_inline void sync_yield(void);

/* ---- Locks of one owner ------------------------------------------------- */

#define owned_of(lock) ((struct owned *)(lock))

/* Waits until the lock is free and takes it. */
static __always_inline void owned_acquire(struct owned *lock,
					  enum shim_call call);
/* The same of a lock that was free just now, and without a point. */
static __always_inline void owned_acquire_quiet(struct owned *lock,
						enum shim_call call);
/* Takes it where it is free; says whether it was. */
static __always_inline bool owned_try(struct owned *lock, enum shim_call call);
static __always_inline void owned_release(struct owned *lock);
static __always_inline bool owned_is_taken(const struct owned *lock);

/* ---- Locks of readers or a writer ---------------------------------------- */

#define rw_of(lock) ((struct rw *)(lock))

enum rw_how { RW_READ, RW_WRITE };

/*
 * The same as of locks of one owner.  @queue: a reader lets writers that wait go
 * first, where the backend knows of any.
 */
static __always_inline void rw_acquire(struct rw *rw, enum shim_call call,
				       enum rw_how how, bool queue);
static __always_inline bool rw_try(struct rw *rw, enum shim_call call,
				   enum rw_how how, bool queue);
/* The caller no longer has @rw in its list of locks, as this reader. */
static __always_inline void rw_release(struct rw *rw, enum rw_how how);
/* From a writer to a reader, with nobody in between. */
static __always_inline void rw_downgrade(struct rw *rw);
/* Whether anybody has it so. */
static __always_inline bool rw_is_taken(const struct rw *rw, enum rw_how how);
/* Whether this task is a reader. */
static __always_inline bool rw_is_mine(const struct rw *rw);

/* ---- Readers of RCU ------------------------------------------------------ */

/* Before @t enters any state in which a grace period has to wait for it. */
static __always_inline void sync_reader_begin(struct sync_task *t);
/* After @t left such a state. */
static __always_inline void sync_reader_end(struct sync_task *t);
/* At the begin and the end of a read section, for race detectors. */
static __always_inline void rcu_section_begins(void);
static __always_inline void rcu_section_ends(void);
/* A grace period, between host_enter() and host_leave(). */
void rcu_wait_for_readers(void);

/* ---- Sections of SRCU ---------------------------------------------------- */

/* Returns the index of the section. */
int srcu_open(struct srcu_struct *ssp);
/* False where the running task has no such section. */
bool srcu_close(struct srcu_struct *ssp, int idx);
bool srcu_is_open(const struct srcu_struct *ssp);
/* A grace period, between host_enter() and host_leave(). */
void srcu_wait_for_readers(struct srcu_struct *ssp);

#ifdef PFNSIM_NATIVE
#include "../native/backend.h"
#else
#include "../engine/backend.h"
#endif

#endif /* PFNSIM_SYNC_BACKEND_H */
