// SPDX-License-Identifier: GPL-2.0-only
#include "threads.h"

#include <dirent.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../sim/native/native.h"

/* Seconds after which a round is given up: it neither ends nor waits. */
#define PATIENCE 20
/* One of so many calls makes room for others. */
#define SELDOM 64

static const struct loaded_kernel *kernel;
static unsigned long number, seed;
static struct round *round_now; /* shared with the process of the round */

static long part(unsigned int what, void *buf)
{
	struct op_args args = { .a = { number, what }, .buf = buf };
	long ret;

	host_machine_enter();
	ret = kernel->desc->op(OP_TEST, &args);
	host_machine_exit();
	return ret;
}

static void on_violation(const struct native_violation *violation)
{
	struct round *round = round_now;

	if (violation->fatal)
		round->end = ROUND_FATAL;
	if (round->nr_found == MAX_FOUND)
		return;
	round->found[round->nr_found].kind = violation->kind;
	snprintf(round->found[round->nr_found++].text,
		 sizeof(round->found[0].text), "%s", violation->text);
}

static void found_deadlock(void)
{
	on_violation(&(struct native_violation){
		.kind = V_DEADLOCK, .text = "no thread can go on" });
	round_now->end = ROUND_DEADLOCK;
	_exit(0);
}

/* ---- Where a thread stands ------------------------------------------------- */

static pid_t thread_of[SHIM_TEST_TASKS];
static bool ended[SHIM_TEST_TASKS];

/* Whether a thread sleeps in a primitive, and how often it ran until now. */
struct stand {
	bool asleep;
	unsigned long switches;
	uint64_t points;
};

static struct stand stand_of(unsigned int task)
{
	const struct native_task *native = &native_tasks[task];
	struct stand stand = { .points = native->points };
	unsigned long nr;
	char line[128], state;
	bool sleeps = false;
	FILE *file;

	if (!native->waiting)
		return stand;
	snprintf(line, sizeof(line), "/proc/self/task/%d/status",
		 thread_of[task]);
	file = fopen(line, "r");
	while (file && fgets(line, sizeof(line), file)) {
		if (sscanf(line, "State: %c", &state) == 1)
			sleeps = state == 'S';
		else if (sscanf(line, "voluntary_ctxt_switches: %lu", &nr) == 1)
			stand.switches += nr;
	}
	if (file)
		fclose(file);
	stand.asleep = sleeps && native->waiting;
	return stand;
}

static bool is_blocked(unsigned int task, unsigned int call)
{
	return native_tasks[task].waiting && native_tasks[task].call == call &&
	       stand_of(task).asleep;
}

static bool has_ended(unsigned int task)
{
	return __atomic_load_n(&ended[task], __ATOMIC_ACQUIRE);
}

/* Whether a thread waits for another one to wake it, and not for a while. */
static bool waits_for_others(pid_t thread)
{
	unsigned long nr, timeout;
	char path[64];
	bool waits;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/self/task/%d/syscall", thread);
	file = fopen(path, "r");
	if (!file)
		return false;
	/* Its first four arguments; "running" where it is in no call. */
	waits = fscanf(file, "%lu %*x %*x %*x %lx", &nr, &timeout) == 2 &&
		nr == SYS_futex && !timeout;
	fclose(file);
	return waits;
}

/* liburcu has threads of its own, which may wake tasks: those must sleep, too. */
static bool helpers_wait(unsigned int tasks)
{
	DIR *dir = opendir("/proc/self/task");
	bool wait = dir;

	for (struct dirent *entry; wait && (entry = readdir(dir));) {
		pid_t thread = atoi(entry->d_name);
		bool is_task = thread == gettid();

		for (unsigned int i = 0; i < tasks; i++)
			is_task |= thread == thread_of[i];
		wait = thread <= 0 || is_task || waits_for_others(thread);
	}
	if (dir)
		closedir(dir);
	return wait;
}

static bool same(const struct stand *a, const struct stand *b)
{
	return a->switches == b->switches && a->points == b->points;
}

static bool is_stuck(unsigned int task, struct stand *stand)
{
	*stand = stand_of(task);
	return stand->asleep && waits_for_others(thread_of[task]);
}

/* Nobody else could wake them: those that were asleep twice, and did not run in
   between, were asleep at one time. */
static bool all_asleep(unsigned int tasks)
{
	struct stand before[SHIM_TEST_TASKS], now;

	for (unsigned int i = 0; i < tasks; i++)
		if (!has_ended(i) && !is_stuck(i, &before[i]))
			return false;
	if (!helpers_wait(tasks))
		return false;
	for (unsigned int i = 0; i < tasks; i++)
		if (!has_ended(i) &&
		    (!is_stuck(i, &now) || !same(&before[i], &now)))
			return false;
	return true;
}

/* ---- A round ------------------------------------------------------------------ */

static unsigned int arrived, nr_tasks;

static void *run_task(void *arg)
{
	unsigned int task = (uintptr_t)arg;

	native_begin(task);
	native_me->noise = (seed << 8 | task) * 0x9e3779b97f4a7c15UL | 1;
	native_me->yield = native_me->pause = SELDOM;
	thread_of[task] = gettid();
	__atomic_add_fetch(&arrived, 1, __ATOMIC_ACQ_REL);
	while (__atomic_load_n(&arrived, __ATOMIC_ACQUIRE) < nr_tasks)
		sched_yield();
	part(SHIM_TEST_TASK + task, NULL);
	native_end();
	__atomic_store_n(&ended[task], true, __ATOMIC_RELEASE);
	return NULL;
}

static void run_tasks(unsigned int tasks)
{
	pthread_t threads[SHIM_TEST_TASKS];

	nr_tasks = tasks;
	for (unsigned int i = 0; i < tasks; i++)
		if (pthread_create(&threads[i], NULL, run_task,
				   (void *)(uintptr_t)i))
			abort();
	while (__atomic_load_n(&arrived, __ATOMIC_ACQUIRE) < tasks)
		sched_yield();
	for (unsigned int i = 0; i < tasks; i++)
		while (!has_ended(i)) {
			if (all_asleep(tasks) && !has_ended(i))
				found_deadlock();
			usleep(50);
		}
	for (unsigned int i = 0; i < tasks; i++)
		pthread_join(threads[i], NULL);
}

static void run_round(void)
{
	struct machine_config config = { .nr_frames = 256 };
	struct shim_test_host host = { .is_blocked = is_blocked };
	struct shim_test test;
	long booted;

	alarm(PATIENCE);
	if (native_init())
		abort();
	native_on_violation = on_violation;
	native_use(kernel->desc);
	native_begin(HOST_SETUP_TASK);
	host_machine_enter();
	booted = kernel->desc->boot(&config);
	host_machine_exit();
	if (booted)
		abort();
	part(SHIM_TEST_HOST, &host);
	part(SHIM_TEST_INFO, &test);
	part(SHIM_TEST_SETUP, NULL);
	run_tasks(test.tasks);
	part(SHIM_TEST_CHECK, NULL);
	native_end();
	round_now->end = ROUND_DONE;
	_exit(0);
}

bool threads_test(const struct loaded_kernel *of, unsigned long nr,
		  struct shim_test *test)
{
	long ret;

	kernel = of;
	number = nr;
	native_begin(HOST_SETUP_TASK);
	ret = part(SHIM_TEST_INFO, test);
	native_end();
	return !ret;
}

static void wait_for(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		;
	if (WIFEXITED(status))
		return;
	round_now->end = ROUND_LOST;
	snprintf(round_now->found[0].text, sizeof(round_now->found[0].text),
		 "signal %d", WTERMSIG(status));
}

const struct round *threads_run(const struct loaded_kernel *of,
				unsigned long nr, unsigned long with_seed)
{
	pid_t child;

	kernel = of;
	number = nr;
	seed = with_seed;
	if (!round_now)
		round_now = mmap(NULL, sizeof(*round_now),
				 PROT_READ | PROT_WRITE,
				 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (round_now == MAP_FAILED)
		abort();
	memset(round_now, 0, sizeof(*round_now));
	round_now->end = ROUND_LOST;
	child = fork();
	if (child < 0)
		abort();
	if (!child)
		run_round();
	wait_for(child);
	return round_now;
}
