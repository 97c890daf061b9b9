// SPDX-License-Identifier: GPL-2.0-only
/*
 * All shim tests, and the steps that their tasks agree on.
 */
#include <linux/errno.h>
#include <linux/types.h>
#include <border.h>
#include <kernel.h>
#include <asm/barrier.h>
#include "../../sim/kernel/sync/backend.h"
#include "shim_test.h"

#define SYNC_TABLES(X)                                                         \
	X(locks)                                                               \
	X(lockdep)                                                             \
	X(context)                                                             \
	X(rcu)                                                                 \
	X(srcu)                                                                \
	X(wait)                                                                \
	X(atomic)                                                              \
	X(xarray)                                                              \
	X(rw)                                                                  \
	X(grace)                                                               \
	X(counts)

/* Of what runs in the machine on native threads, and is the same there. */
#define MACHINE_TABLES(X)                                                      \
	X(fs_pseudo)                                                           \
	X(mm_frames)                                                           \
	X(mm_slab)                                                             \
	X(mm_mappings)                                                         \
	X(mm_direct)                                                           \
	X(mm_filemap)                                                          \
	X(mm_user)                                                             \
	X(mm_gup)                                                              \
	X(fs_files)                                                            \
	X(mm_age)                                                              \
	X(mm_notifier)                                                         \
	X(mm_copy)                                                             \
	X(mm_lookup)                                                           \
	X(mm_cache)                                                            \
	X(mm_kernel)                                                           \
	X(arch_mmu)                                                            \
	X(structures)                                                          \
	X(basics)

#ifdef PFNSIM_NATIVE
#define TABLES(X) SYNC_TABLES(X)
#else
#define TABLES(X) SYNC_TABLES(X) MACHINE_TABLES(X)
#endif

#define DECLARE(table) DECLARE_SHIM_TESTS(table);
TABLES(DECLARE)

static const struct {
	const struct shim_test *tests;
	const unsigned int *nr;
} tables[] = {
#define ENTRY(table) { shim_tests_##table, &nr_shim_tests_##table },
	TABLES(ENTRY)
};

static struct shim_test_host host;
static unsigned int steps;

static int nobody(const void *arg)
{
	return -1;
}

/* On native threads what is waited for changes within the machine, too. */
static void wait_for(_Bool (*ready)(const void *arg), const void *arg)
{
	sync_guard();
	host_enter(CALL_WAIT_EVENT, NULL, "step");
	if (!ready(arg))
		host_block(&(struct host_wait){ .call = CALL_WAIT_EVENT,
						.name = "step",
						.arg = arg,
						.ready = ready,
						.owner = nobody });
	host_leave(CALL_WAIT_EVENT, NULL, "step");
	sync_unguard();
}

static _Bool steps_reached(const void *arg)
{
	return steps >= *(const unsigned int *)arg;
}

void shim_wait_step(unsigned int n)
{
	wait_for(steps_reached, &n);
}

void shim_step(unsigned int n)
{
	shim_wait_step(n);
	sync_guard();
	steps++;
	sync_unguard();
}

unsigned int shim_steps(void)
{
	return steps;
}

#ifdef PFNSIM_NATIVE

/* Turns of the processor that others get. */
#define LINGER 20

void shim_linger(void)
{
	for (int i = 0; i < LINGER; i++)
		host_relax();
}

void shim_wait_blocked(unsigned int task, enum shim_call call)
{
	while (!host.is_blocked(task, call))
		host_relax();
}

#else

void shim_linger(void)
{
	smp_mb();
}

struct blocked {
	unsigned int task;
	enum shim_call call;
};

static _Bool task_is_blocked(const void *arg)
{
	const struct blocked *blocked = arg;

	return host.is_blocked(blocked->task, blocked->call);
}

void shim_wait_blocked(unsigned int task, enum shim_call call)
{
	struct blocked blocked = { task, call };

	wait_for(task_is_blocked, &blocked);
}

#endif

static const struct shim_test *find_test(unsigned long number)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(tables); i++) {
		if (number < *tables[i].nr)
			return &tables[i].tests[number];
		number -= *tables[i].nr;
	}
	return NULL;
}

long shim_test_op(struct op_args *args)
{
	const struct shim_test *test = find_test(args->a[0]);
	unsigned long part = args->a[1];
	void (*func)(void) = NULL;

	if (!test || part >= SHIM_TEST_TASK + SHIM_TEST_TASKS)
		return -ENOENT;
	if (part == SHIM_TEST_INFO) {
		*(struct shim_test *)args->buf = *test;
		return 0;
	}
	if (part == SHIM_TEST_HOST) {
		host = *(const struct shim_test_host *)args->buf;
		return 0;
	}
	if (part == SHIM_TEST_SETUP)
		func = test->setup;
	else if (part == SHIM_TEST_CHECK)
		func = test->check;
	else
		func = test->task[part - SHIM_TEST_TASK];
	if (func)
		func();
	return 0;
}
