// SPDX-License-Identifier: GPL-2.0-only
/* Rounds: a VM, threads that loop, and what is wrong afterwards. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "checks.h"
#include "found.h"
#include "native.h"
#include "once.h"
#include "points.h"
#include "quiet.h"
#include "race.h"
#include "soak.h"
#include "symbols.h"

/* Operations of a thread in one round. */
#define ROUND_OPERATIONS 4000
/* A region that is this full, in percent, ends a round. */
#define FULL 70
/* Rounds without any operation, after which there will be none. */
#define MAX_IDLE 20
#define RCU_PAUSE_NS 1000000
/* One call in so many gives the processor away, and of these one sleeps. */
#define YIELD 64
#define PAUSE 64

struct soak_figures *soak_figures;
volatile int soak_stop;
struct soak *soak_now;

#define ADD(field, value)                                                      \
	__atomic_fetch_add(&soak_figures->field, value, __ATOMIC_RELAXED)

/* ---- Accesses ----------------------------------------------------------------- */

static __thread const struct step *step_now;

static void check_user(const void *khva)
{
	const struct scenario *scn = soak_now->scenario;
	const struct kernel_desc *desc = soak_now->kernel->desc;
	struct gpc_view gpc;

	for (size_t i = 0; i < scn->nr_cache; i++) {
		const struct cache_desc *cache = &scn->cache[i];

		if (cache->use != USE_NONE &&
		    kernel_look(desc, VIEW_GPC, cache->first, &gpc) >= 0 &&
		    !(((unsigned long)khva ^ gpc.khva) & ~4095UL))
			check_access(&soak_now->machine.state.model, desc,
				     cache->first, cache->name,
				     (unsigned long)khva);
	}
}

static void on_access(const void *khva)
{
	const struct cache_desc *cache;

	if (!step_now)
		return;
	if (step_now->op != SOP_GPC_READ && step_now->op != SOP_GPC_WRITE) {
		check_user(khva);
		return;
	}
	cache = &soak_now->scenario->cache[step_now->args.cache];
	check_access(&soak_now->machine.state.model, soak_now->kernel->desc,
		     cache->first, cache->name, (unsigned long)khva);
}

static void on_publish(enum shim_call call, const char *name)
{
	machine_published(&soak_now->machine, call, name);
}

/* ---- Threads ------------------------------------------------------------------- */

/*
 * What a VMM does one at a time: what the model would not know the order of.
 * vCPUs' own operations are done under vcpu->mutex by the architecture.
 */
enum turn { TURN_NONE, TURN_SLOTS, TURN_MAPS, TURN_FILES, TURN_VCPU, NR_TURNS };
static struct quiet_lock turns[NR_TURNS];

static enum turn turn_of(enum scenario_op op)
{
	switch (op) {
	case SOP_SLOT_CREATE:
	case SOP_SLOT_DELETE:
	case SOP_SLOT_MOVE:
	case SOP_SLOT_FLAGS:
	case SOP_SLOT_DIRTY:
	case SOP_VM_SET_ATTRIBUTES:
		return TURN_SLOTS;
	case SOP_MM_MMAP:
	case SOP_MM_MUNMAP:
		return TURN_MAPS;
	case SOP_GMEM_CREATE:
	case SOP_GMEM_CLOSE:
		return TURN_FILES;
	case SOP_CLOCK_ENABLE:
	case SOP_CLOCK_WRITE:
	case SOP_XEN_SET:
	case SOP_XEN_UNSET:
	case SOP_XEN_RUN:
	case SOP_XEN_PREEMPT:
	case SOP_XEN_INJECT:
	case SOP_XEN_PENDING:
		return TURN_VCPU;
	default:
		return TURN_NONE;
	}
}

static void count_longest(uint64_t *longest, uint64_t ns)
{
	uint64_t seen = __atomic_load_n(longest, __ATOMIC_RELAXED);

	while (seen < ns &&
	       !__atomic_compare_exchange_n(longest, &seen, ns, false,
					    __ATOMIC_RELAXED, __ATOMIC_RELAXED))
		;
}

/* Loops leave failures out: a step meets them whatever it has. */
static unsigned int fails_at(const struct soak *soak, const struct step *step)
{
	return soak->known && step->fail.given ? step->fail.nth : 0;
}

void soak_carry_out(struct soak *soak, const struct step *step,
		    struct step_result *result)
{
	struct native_task *me = native_me;
	enum turn turn = turn_of(step->op);
	uint64_t ns;

	me->op_since = native_now();
	__atomic_store_n(&me->op, scenario_op_name(step->op), __ATOMIC_RELEASE);
	me->points_of = (struct engine_task){
		.points = machine_points(step->op),
		.fail_at = fails_at(soak, step),
	};
	if (turn)
		quiet_lock(&turns[turn]);
	/* That one is a lock of the kernel's. */
	if (turn == TURN_VCPU)
		host_acquire(&turns[turn]);
	step_now = step;
	host_machine_enter();
	machine_step(&soak->machine, step, result);
	host_machine_exit();
	step_now = NULL;
	if (turn == TURN_VCPU)
		host_release(&turns[turn]);
	if (turn)
		quiet_unlock(&turns[turn]);
	me->points_of = (struct engine_task){ 0 };
	__atomic_store_n(&me->op, NULL, __ATOMIC_RELEASE);
	ns = native_now() - me->op_since;
	ADD(operations, 1);
	ADD(kind[step->op].count, 1);
	ADD(kind[step->op].ns, ns);
	ADD(kind[step->op].failed, result->ret < 0);
	count_longest(&soak_figures->kind[step->op].longest, ns);
}

static bool over(const struct soak *soak)
{
	if (soak_stop || native_used() > FULL ||
	    !soak->machine.state.model.vm_open)
		return true;
	if (soak->options->operations &&
	    soak_figures->operations >= soak->options->operations)
		return true;
	return soak->until && native_now() >= soak->until;
}

static void choose(struct soak *soak, unsigned int thread, uint64_t *dice,
		   struct step *step)
{
	host_machine_enter();
	soak_choose(soak, thread, dice, step);
	host_machine_exit();
}

/* Whether there is more to do, by the pattern of the caches' users. */
static bool follow(struct soak *soak, struct step *step, long ret)
{
	struct step next;
	bool more;

	host_machine_enter();
	more = soak_follow(soak, step, ret, &next);
	host_machine_exit();
	if (more)
		*step = next;
	return more;
}

static void *loop(void *arg)
{
	unsigned int thread = (uintptr_t)arg;
	struct soak *soak = soak_now;
	uint64_t dice = (soak->seed << 16 | thread) * 0x9e3779b97f4a7c15UL | 1;
	struct step_result result;
	struct step step;

	native_begin(thread);
	native_me->noise = dice ^ 0x5555;
	native_me->yield = YIELD;
	native_me->pause = PAUSE;
	for (int i = 0; i < ROUND_OPERATIONS && !over(soak); i++) {
		choose(soak, thread, &dice, &step);
		if (step.op == NR_SCENARIO_OPS)
			continue;
		do {
			soak_carry_out(soak, &step, &result);
		} while (follow(soak, &step, result.ret));
	}
	ADD(retries, native_me->retries);
	native_end();
	return NULL;
}

static volatile int rcu_stop;

static void *run_callbacks(void *arg)
{
	struct timespec pause = { .tv_nsec = RCU_PAUSE_NS };
	const struct kernel_desc *desc = soak_now->kernel->desc;
	struct op_args args = { .buf = NULL };

	(void)arg;
	native_begin(NATIVE_RCU_TASK);
	while (!rcu_stop) {
		native_me->op_since = native_now();
		native_me->op = "rcu";
		host_machine_enter();
		desc->op(OP_GRACE_PERIOD, &args);
		host_machine_exit();
		native_me->op = NULL;
		nanosleep(&pause, NULL);
	}
	native_end();
	return NULL;
}

pthread_t soak_thread(void *(*run)(void *), uintptr_t arg)
{
	pthread_attr_t attr;
	pthread_t thread;
	int err;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 1 << 20);
	err = pthread_create(&thread, &attr, run, (void *)arg);
	pthread_attr_destroy(&attr);
	if (err) {
		fprintf(stderr, "pfnsim-soak: no thread: %s\n", strerror(err));
		exit(4);
	}
	return thread;
}

static void run_loops(struct soak *soak)
{
	pthread_t *threads = calloc(soak->threads, sizeof(*threads)), rcu;

	if (!threads)
		abort();
	rcu_stop = 0;
	rcu = soak_thread(run_callbacks, 0);
	for (unsigned int i = 0; i < soak->threads; i++)
		threads[i] = soak_thread(loop, i);
	for (unsigned int i = 0; i < soak->threads; i++)
		pthread_join(threads[i], NULL);
	rcu_stop = 1;
	pthread_join(rcu, NULL);
	free(threads);
}

static void run_threads(struct soak *soak)
{
	uint64_t from = native_now();

	if (soak->known)
		once_run(soak);
	else
		run_loops(soak);
	soak_figures->ns += native_now() - from;
}

/* ---- Rounds ------------------------------------------------------------------- */

static bool build(struct soak *soak)
{
	struct machine *machine = &soak->machine;
	const struct scenario *scn = soak->scenario;
	struct step_result result = { 0 };

	memset(machine, 0, sizeof(*machine));
	machine->scenario = scn;
	machine->kernel = soak->kernel;
	machine->nr_frames = soak->known ? 0 : ~0UL;
	if (machine_build(machine, soak_figures->why,
			  sizeof(soak_figures->why)) < 0)
		return false;
	for (size_t i = 0; i < scn->nr_setup; i++) {
		native_me->points_of.fail_seen = 0;
		native_me->points_of.fail_at = fails_at(soak, &scn->setup[i]);
		machine_step(machine, &scn->setup[i], &result);
	}
	native_me->points_of.fail_at = 0;
	return true;
}

static void look(struct soak *soak)
{
	const struct kernel_desc *desc = soak->kernel->desc;
	struct machine *machine = &soak->machine;
	unsigned int before = soak_figures->nr_found;

	if (soak->known)
		once_compare(soak);
	for (unsigned int i = 0; i < machine->nr_caches; i++)
		check_cache_at_end(&machine->state.model, desc, i,
				   machine_cache(machine, i)->name);
	check_balance(desc, machine->state.vm_fd);
	machine_teardown(machine);
	if (soak_figures->nr_found == before)
		check_leaks(desc, machine->counters_before);
}

static bool run_round(struct soak *soak)
{
	const struct loaded_kernel *kernel = soak->kernel;
	bool built;

	world_clear();
	memcpy(kernel->image.base, kernel->cold, kernel->image.size);
	native_me->op = "building the VM";
	native_me->op_since = native_now();
	host_machine_enter();
	built = build(soak);
	host_machine_exit();
	native_me->op = NULL;
	if (!built)
		return false;
	run_threads(soak);
	host_machine_enter();
	race_report();
	host_machine_exit();
	native_me->op = "closing the VM";
	native_me->op_since = native_now();
	host_machine_enter();
	look(soak);
	host_machine_exit();
	native_me->op = NULL;
	soak_figures->rounds++;
	return true;
}

static bool finished(const struct soak *soak)
{
	if (soak_stop)
		return true;
	if (soak->options->operations &&
	    soak_figures->operations >= soak->options->operations)
		return true;
	return soak->until && native_now() >= soak->until;
}

int soak_run(struct soak *soak)
{
	unsigned int idle = 0; /* rounds in which nothing was drawn */

	soak_now = soak;
	native_on_violation = found_violation;
	native_on_access = on_access;
	native_on_publish = on_publish;
	native_task_name = found_task_name;
	native_use(soak->kernel->desc);
	symbols_use(soak->kernel->path, soak->kernel->load_address);
	for (int i = 0; i < NR_SCENARIO_OPS; i++)
		machine_points(i);
	native_begin(HOST_SETUP_TASK);
	watch_begin(soak->options->patience);
	soak_figures->threads = soak->threads;
	do {
		uint64_t before = soak_figures->operations;

		soak->seed++;
		if (!run_round(soak))
			break;
		idle = soak_figures->operations == before ? idle + 1 : 0;
	} while (!finished(soak) && idle < MAX_IDLE);
	watch_end();
	native_end();
	return soak_figures->why[0] ? 4 : 0;
}
