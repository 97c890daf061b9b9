// SPDX-License-Identifier: GPL-2.0-only
/*
 * How a VM's caches get on as they become more: a task a cache, up to MAX_TASKS,
 * reads through its caches and refreshes what is not valid, while one task drops
 * a page that no cache is of, and at times one that some cache is of.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "native.h"
#include "reader.h"
#include "soak.h"

#define MAX_TASKS 1024
#define PAGE_BYTES 4096UL
#define ANON 0x7f0000000000UL
#define HEAP 0x7f2000000000UL
/* One invalidation in this many is of a page that has a cache. */
#define REAL_ONE 8
/* Between two passes of a task over its caches: about a vCPU's exits. */
#define PAUSE_NS 500000
/* Invalidations that are measured while nobody else runs. */
#define ALONE 200

static const unsigned int sizes[] = { 1, 4, 16, 64, 256, 1024, 2048, 5121 };

struct point {
	unsigned int caches, tasks;
	double seconds;
	uint64_t reads, failed, refreshes, invalidations, ns, longest;
	double alone;	 /* us that an invalidation takes while nobody reads */
	uint64_t memory; /* bytes of the machine's heap */
};

static const struct kernel_desc *desc;
static volatile int stop;
static struct point now;

static const char text[] =
	"scenario: 1\nname: scale\ntitle: Many caches of one VM\n"
	"vm:\n  mm:\n    anon: {pages: %u, hva: 0x7f0000000000}\n"
	"    heap: {pages: 1, hva: 0x7f2000000000}\n"
	"  slots:\n    ram: {gpa: 0x0, pages: %u, hva: anon}\n"
	"  caches:\n    c: {gpa: 0x0, len: 32, count: %u}\n"
	"tasks:\n  vcpu:\n    - gpc.activate: c\n"
	"cases:\n  - name: only\n    order:\n      - vcpu: end\n"
	"    expect:\n      never: [leak]\n";

static long call(enum kernel_op op, unsigned long a, unsigned long b, void *buf)
{
	struct op_args args = { .a = { a, b }, .buf = buf };
	long ret;

	host_machine_enter();
	ret = desc->op(op, &args);
	host_machine_exit();
	return ret;
}

static void *vcpu(void *arg)
{
	unsigned int task = (uintptr_t)arg;
	struct timespec pause = { .tv_nsec = PAUSE_NS };
	uint64_t reads = 0, failed = 0, refreshes = 0;
	char bytes[32];
	long ret;

	native_begin(task);
	while (!stop) {
		for (unsigned int i = task; i < now.caches && !stop;
		     i += now.tasks) {
			reads++;
			ret = call(OP_GPC_READ, i, sizeof(bytes), bytes);
			failed += ret < 0 && ret != -EAGAIN;
			if (ret != -EAGAIN)
				continue;
			refreshes++;
			call(OP_GPC_REFRESH, i, sizeof(bytes), NULL);
		}
		nanosleep(&pause, NULL);
	}
	__atomic_fetch_add(&now.reads, reads, __ATOMIC_RELAXED);
	__atomic_fetch_add(&now.failed, failed, __ATOMIC_RELAXED);
	__atomic_fetch_add(&now.refreshes, refreshes, __ATOMIC_RELAXED);
	native_end();
	return NULL;
}

/* How long an invalidation takes that concerns no cache, in ns. */
static uint64_t drop_heap(void)
{
	char byte = 1;
	uint64_t from;

	call(OP_USER_WRITE, HEAP, 1, &byte);
	from = native_now();
	call(OP_DONTNEED, HEAP, PAGE_BYTES, NULL);
	return native_now() - from;
}

static void *invalidate(void *arg)
{
	struct op_args none = { .buf = NULL };
	uint64_t dice = 1;

	(void)arg;
	native_begin(NATIVE_RCU_TASK);
	while (!stop && native_used() < 80) {
		unsigned long page = native_random(&dice) % now.caches;
		uint64_t ns = drop_heap();

		now.ns += ns;
		now.longest = ns > now.longest ? ns : now.longest;
		if (++now.invalidations % REAL_ONE)
			continue;
		call(OP_DONTNEED, ANON + page * PAGE_BYTES, PAGE_BYTES, NULL);
		host_machine_enter();
		desc->op(OP_GRACE_PERIOD, &none);
		host_machine_exit();
	}
	native_end();
	return NULL;
}

static void run_tasks(double seconds)
{
	struct timespec pause = { .tv_sec = seconds,
				  .tv_nsec = (seconds - (long)seconds) * 1e9 };
	pthread_t tasks[MAX_TASKS], other;
	uint64_t from = native_now();

	stop = 0;
	for (unsigned int i = 0; i < now.tasks; i++)
		tasks[i] = soak_thread(vcpu, i);
	other = soak_thread(invalidate, 0);
	nanosleep(&pause, NULL);
	stop = 1;
	for (unsigned int i = 0; i < now.tasks; i++)
		pthread_join(tasks[i], NULL);
	pthread_join(other, NULL);
	now.seconds = (native_now() - from) / 1e9;
}

static const struct scenario *scenario_of(unsigned int caches)
{
	char yaml[sizeof(text) + 64];
	struct scenario *scn;
	struct diags diags;
	int len = snprintf(yaml, sizeof(yaml), text, caches, caches, caches);

	diags_init(&diags);
	scn = scenario_read_text("scale", yaml, len, &diags);
	if (!scn)
		diags_print(&diags, stderr);
	diags_deinit(&diags);
	return scn;
}

static long activate(unsigned int cache)
{
	struct op_args args = { .a = { cache, cache * PAGE_BYTES, 32 } };
	long ret;

	host_machine_enter();
	ret = desc->op(OP_GPC_ACTIVATE, &args);
	host_machine_exit();
	return ret;
}

static bool measure(const struct loaded_kernel *kernel, unsigned int caches,
		    double seconds)
{
	static struct machine machine;
	char why[256];
	bool built;

	world_clear();
	memcpy(kernel->image.base, kernel->cold, kernel->image.size);
	memset(&machine, 0, sizeof(machine));
	machine.scenario = scenario_of(caches);
	machine.kernel = kernel;
	machine.nr_frames = ~0UL;
	if (!machine.scenario)
		return false;
	host_machine_enter();
	built = machine_build(&machine, why, sizeof(why)) >= 0;
	host_machine_exit();
	if (!built) {
		fprintf(stderr, "pfnsim-soak: %s\n", why);
		return false;
	}
	now = (struct point){ .caches = caches,
			      .tasks = caches < MAX_TASKS ? caches :
							    MAX_TASKS };
	for (unsigned int i = 0; i < caches; i++)
		if (activate(i) < 0)
			return false;
	for (unsigned int i = 0; i < ALONE; i++)
		now.alone += drop_heap() / 1e3 / ALONE;
	run_tasks(seconds);
	now.memory = host_heap.used;
	host_machine_enter();
	machine_teardown(&machine);
	host_machine_exit();
	return true;
}

static void print_point(bool json, bool first)
{
	double mean = now.invalidations ? now.ns / 1e3 / now.invalidations : 0;

	if (json) {
		printf("%s\n  {\"caches\": %u, \"tasks\": %u, \"reads\": %.0f, "
		       "\"refreshes\": %.0f, \"failed\": %lu, \"alone_us\": %.2f, "
		       "\"invalidation_us\": %.2f, "
		       "\"longest_us\": %.1f, \"bytes\": %lu}",
		       first ? "" : ",", now.caches, now.tasks,
		       now.reads / now.seconds, now.refreshes / now.seconds,
		       (unsigned long)now.failed, now.alone, mean,
		       now.longest / 1e3, (unsigned long)now.memory);
		return;
	}
	printf("%7u %6u %12.0f %12.0f %12.2f %14.2f %14.1f %12.1f\n",
	       now.caches, now.tasks, now.reads / now.seconds,
	       now.refreshes / now.seconds, now.alone, mean, now.longest / 1e3,
	       now.memory / 1024.0);
	fflush(stdout);
}

int scale_run(const struct soak_options *options,
	      const struct loaded_kernel *kernel)
{
	double seconds = options->seconds / (sizeof(sizes) / sizeof(*sizes));
	int err = native_init();

	if (err) {
		fprintf(stderr, "pfnsim-soak: cannot set up the machine: %s\n",
			strerror(-err));
		return 4;
	}
	desc = kernel->desc;
	native_use(desc);
	native_begin(HOST_SETUP_TASK);
	if (options->json)
		printf("[");
	else
		printf("%7s %6s %12s %12s %12s %14s %14s %12s\n", "caches",
		       "tasks", "reads/s", "refreshes/s", "alone (us)",
		       "meanwhile (us)", "longest (us)", "heap (KiB)");
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes) && !soak_stop;
	     i++) {
		if (!measure(kernel, sizes[i], seconds))
			return 1;
		print_point(options->json, i == 0);
		if (now.failed) {
			fprintf(stderr, "pfnsim-soak: %lu reads failed\n",
				(unsigned long)now.failed);
			return 1;
		}
	}
	if (options->json)
		printf("\n]\n");
	native_end();
	return soak_stop ? 3 : 0;
}
