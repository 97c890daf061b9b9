// SPDX-License-Identifier: GPL-2.0-only
/*
 * n tasks that do one short thing each: their numbers of interleavings have
 * closed forms, or are counted by hand for small n.
 *
 * What each task does is known from GenMC's tests, and so are the counts.
 */
#include "program.h"

static atomic_t x, y, z;
static int word, other;
static struct mutex mutex;

static void start(unsigned int n, unsigned int m)
{
	mutex_init(&mutex);
}

static unsigned long finish(unsigned int n, unsigned int m)
{
	return atomic_read(&x) + 1000UL * atomic_read(&y) +
	       1000000UL * atomic_read(&z) + 1000000000UL * word +
	       1000000000000UL * other;
}

static void increment(unsigned int task, atomic_t *v)
{
	program_saw(task, atomic_fetch_inc(v));
}

/* n! */
static void ainc(unsigned int task, unsigned int n, unsigned int m)
{
	increment(task, &x);
}

/* (n!)^2 */
static void binc(unsigned int task, unsigned int n, unsigned int m)
{
	increment(task, &x);
	increment(task, &y);
}

/* (n!)^3 */
static void cinc(unsigned int task, unsigned int n, unsigned int m)
{
	increment(task, &x);
	increment(task, &y);
	increment(task, &z);
}

/* A load and a store, between which others fit: (n!)^2 as well. */
static void increment_torn(unsigned int task, int *at, int by)
{
	int seen = READ_ONCE(*at);

	WRITE_ONCE(*at, seen + by);
	program_saw(task, seen);
}

static void inc(unsigned int task, unsigned int n, unsigned int m)
{
	increment_torn(task, &word, 1 << task);
}

/* n!: the lock decides it all. */
static void lockinc(unsigned int task, unsigned int n, unsigned int m)
{
	mutex_lock(&mutex);
	increment_torn(task, &word, 1);
	mutex_unlock(&mutex);
}

static void lock2inc(unsigned int task, unsigned int n, unsigned int m)
{
	mutex_lock(&mutex);
	increment_torn(task, &word, 1);
	increment_torn(task, &other, 1);
	mutex_unlock(&mutex);
}

static unsigned long finish_locked(unsigned int n, unsigned int m)
{
	PROGRAM_CHECK(word == n);
	return finish(n, m);
}

/* The first one wins; the others fail, which does not conflict: n. */
static void cas(unsigned int task, unsigned int n, unsigned int m)
{
	program_saw(task, atomic_cmpxchg(&x, 0, task + 1));
}

/* Each goes on from where the one before it stopped. */
static void casrot(unsigned int task, unsigned int n, unsigned int m)
{
	program_saw(task, atomic_cmpxchg(&x, task, task + 1));
}

/* A store follows, whether the exchange failed or not. */
static void casw(unsigned int task, unsigned int n, unsigned int m)
{
	program_saw(task, atomic_cmpxchg(&x, 0, 1));
	atomic_set(&x, task + 3);
}

DEFINE_PROGRAMS(counting, { "ainc", program_n, NULL, ainc, finish },
		{ "binc", program_n, NULL, binc, finish },
		{ "cinc", program_n, NULL, cinc, finish },
		{ "inc", program_n, NULL, inc, finish },
		{ "lockinc", program_n, start, lockinc, finish_locked },
		{ "lock2inc", program_n, start, lock2inc, finish_locked },
		{ "cas", program_n, NULL, cas, finish },
		{ "casrot", program_n, NULL, casrot, finish },
		{ "casw", program_n, NULL, casw, finish });
