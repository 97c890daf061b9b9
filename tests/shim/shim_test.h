/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Conformance tests of the emulated kernel services.
 *
 * A test is a few tasks that run on the kernel side, on the engine and, those of
 * sync_*.c, on native threads as well.  Its result must be the same under every
 * schedule; where an order matters, tasks agree on it with shim_step() and
 * shim_wait_blocked().
 *
 * A table lists the tests of one file.  shim_test.c knows all tables and numbers
 * the tests through; OP_TEST reaches them by that number.
 *
 * Each test says which functions it is about and what it follows.  Each function
 * that a kernel takes from the emulation must be in the @of of some test, or in
 * tests/shim/untested.txt with a reason.
 */
#ifndef PFNSIM_SHIM_TEST_H
#define PFNSIM_SHIM_TEST_H

#define SHIM_TEST_TASKS 4
#define NO_VIOLATION (-1)

/*
 * @setup and @check run alone, before and after the tasks; @check does not run
 * after a deadlock.  Either may be NULL.
 */
struct shim_test {
	const char *name;
	const char *of;	     /* names of functions, separated by blanks */
	const char *follows; /* the place in the kernel: what it says there */
	unsigned int tasks;
	void (*setup)(void);
	void (*task[SHIM_TEST_TASKS])(void);
	void (*check)(void);
	int expect; /* enum violation that must be reported, or NO_VIOLATION */
	_Bool expect_deadlock;
};

/* What runs the tasks, and what it tells them. */
struct shim_test_host {
	/* Whether @task waits within @call now; see enum shim_call. */
	_Bool (*is_blocked)(unsigned int task, unsigned int call);
};

/* What OP_TEST does: a[0] is the number of the test, a[1] one of these. */
enum shim_test_part {
	SHIM_TEST_INFO, /* copies the struct shim_test to op_args.buf */
	SHIM_TEST_HOST, /* takes the struct shim_test_host in op_args.buf */
	SHIM_TEST_SETUP,
	SHIM_TEST_CHECK,
	SHIM_TEST_TASK, /* and above: + number of the task */
};

#ifdef __KERNEL__

#include <linux/bug.h>
#include <linux/kernel.h>
#include <border.h>

struct op_args;

#define DEFINE_SHIM_TESTS(table, ...)                                          \
	const struct shim_test shim_tests_##table[] = { __VA_ARGS__ };         \
	const unsigned int nr_shim_tests_##table = ARRAY_SIZE(                 \
		shim_tests_##table)
/* A test of one task, and one that must report @violation. */
#define LONE_TEST(title, names, source, before, function)                      \
	BAD_TEST(title, names, source, before, function, NO_VIOLATION)
#define BAD_TEST(title, names, source, before, function, violation)            \
	{                                                                      \
		.name = title, .of = names, .follows = source, .tasks = 1,     \
		.setup = before, .task = { function }, .expect = violation     \
	}
#define DECLARE_SHIM_TESTS(table)                                              \
	extern const struct shim_test shim_tests_##table[];                    \
	extern const unsigned int nr_shim_tests_##table

/* Fails the test, which goes on. */
#define CHECK(cond)                                                            \
	do {                                                                   \
		if (!(cond))                                                   \
			host_report(V_CONTRACT, HOST_NO_PFN,                   \
				    "CHECK failed: %s in %s()", #cond,         \
				    __func__);                                 \
	} while (0)

/*
 * How often a task does what others may disturb: often where it takes luck to
 * be disturbed, few times where every schedule is tried.
 */
#ifdef PFNSIM_NATIVE
#define SHIM_TIMES 2000
#else
#define SHIM_TIMES 3
#endif

/* Inside of what excludes others: time for them to come in nevertheless. */
void shim_linger(void);
/* Waits until @task waits within @call. */
void shim_wait_blocked(unsigned int task, enum shim_call call);
/* Waits until @n steps were taken, then takes the next one. */
void shim_step(unsigned int n);
/* Waits until @n steps were taken. */
void shim_wait_step(unsigned int n);
/* Number of steps that were taken. */
unsigned int shim_steps(void);

/* For the glue: 0, or -ENOENT where there is no such test. */
long shim_test_op(struct op_args *args);

#endif /* __KERNEL__ */

#endif /* PFNSIM_SHIM_TEST_H */
