/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Small concurrent programs, written against the shim's own primitives, whose
 * numbers of interleavings are known.
 *
 * A program has one or two sizes, n and m.  Its variables are statics, which are
 * zero when it starts.  A search sees every access but those to the tasks'
 * stacks, so that a task keeps what is its own on the stack.
 */
#ifndef PFNSIM_SEARCH_PROGRAM_H
#define PFNSIM_SEARCH_PROGRAM_H

#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <border.h>

/*
 * @finish returns what tells end states apart beside what the tasks saw, and
 * reports what is wrong.  @start and @finish may be NULL.
 */
struct program {
	const char *name;
	unsigned int (*tasks)(unsigned int n, unsigned int m);
	void (*start)(unsigned int n, unsigned int m);
	void (*task)(unsigned int task, unsigned int n, unsigned int m);
	unsigned long (*finish)(unsigned int n, unsigned int m);
};

#define DEFINE_PROGRAMS(table, ...)                                            \
	const struct program programs_##table[] = { __VA_ARGS__ };             \
	const unsigned int nr_programs_##table = ARRAY_SIZE(programs_##table)
#define DECLARE_PROGRAMS(table)                                                \
	extern const struct program programs_##table[];                        \
	extern const unsigned int nr_programs_##table

/* Numbers of tasks. */
unsigned int program_two(unsigned int n, unsigned int m);
unsigned int program_n(unsigned int n, unsigned int m);
unsigned int program_n_and_one(unsigned int n, unsigned int m);

/* As good as random, and of the arguments alone. */
unsigned int program_draw(unsigned int seed, unsigned int at);

/* Adds @value to what @task saw.  No event of the search. */
void program_saw(unsigned int task, unsigned long value);

/* The task completed something, and goes on to the next.  No event either. */
void program_completed(void);

/* The execution does not count: a task did not get what it assumed. */
void program_give_up(void);

/* Ends the task where @cond does not hold. */
#define PROGRAM_ASSUME(cond)                                                   \
	do {                                                                   \
		if (!(cond)) {                                                 \
			program_give_up();                                     \
			return;                                                \
		}                                                              \
	} while (0)

/* Fails the program. */
#define PROGRAM_CHECK(cond)                                                    \
	do {                                                                   \
		if (!(cond))                                                   \
			host_report(V_CONTRACT, HOST_NO_PFN,                   \
				    "CHECK failed: %s in %s()", #cond,         \
				    __func__);                                 \
	} while (0)

#endif /* PFNSIM_SEARCH_PROGRAM_H */
