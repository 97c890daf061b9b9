/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Soaking: a scenario's tasks as loops on threads.
 *
 * Each file is run by a process of its own, which may die of its kernel; what is
 * known of it lies in memory that it shares with who started it.  A process runs
 * rounds: boot, build the VM, let the threads loop, look at what is wrong, close
 * everything, look for leaks.
 */
#ifndef PFNSIM_NATIVE_SOAK_H
#define PFNSIM_NATIVE_SOAK_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "ends.h"
#include "final.h"
#include "loader.h"
#include "machine.h"

#define SOAK_MAX_FOUND 24
#define SOAK_MAX_ENDS 256

struct soak_options {
	const char *kernel;    /* path of the shared object */
	unsigned int threads;  /* 0: one a task, two at least */
	double seconds;	       /* of all files; 0: no limit */
	uint64_t operations;   /* of each file; 0: no limit */
	uint64_t seed;	       /* from 1 */
	unsigned int patience; /* seconds without progress that are a hang */
	const char *states;    /* where ends_read() reads; NULL: loops */
	bool json, quiet, progress;
	bool scale; /* no files: see scale_run() */
};

/* A violation, however often it was seen. */
struct soak_found {
	unsigned int kind; /* enum violation; NR_VIOLATIONS: a trap */
	bool expected, fatal;
	uint64_t count;
	uint64_t first; /* operations that had been done */
	char text[256];
	char task[48], op[32];
	char here[768], other[768], other_text[160];
};

struct soak_kind {
	uint64_t count, ns, longest; /* ns, ns */
	uint64_t failed;	     /* returned an error */
};

/* A state that runs ended in. */
struct soak_end {
	uint64_t hash, count;
	bool known; /* to the search */
	char text[FINAL_TEXT_SIZE];
};

/* Shared between the process that soaks and the one that waits for it. */
struct soak_figures {
	struct soak_kind kind[NR_SCENARIO_OPS];
	uint64_t operations, retries, rounds;
	uint64_t ns; /* that threads ran for */
	unsigned int threads;
	unsigned int nr_found;
	struct soak_found found[SOAK_MAX_FOUND];
	unsigned int nr_ends;
	uint64_t ends_dropped; /* runs that ended in others */
	struct soak_end end[SOAK_MAX_ENDS];
	char why[256];	  /* the VM could not be built */
	char hang[16384]; /* what the watchdog saw */
};

extern struct soak_figures *soak_figures;
extern volatile int soak_stop;

struct soak {
	const struct scenario *scenario;
	const struct loaded_kernel *kernel;
	const struct soak_options *options;
	const struct known_ends *known; /* each step once; NULL: loops */
	struct machine machine;
	unsigned int threads;
	uint64_t until;		/* native_now(), 0: no end */
	uint64_t seed;		/* of this round */
	unsigned long expected; /* violations, a bit each */
};

extern struct soak *soak_now; /* the one that runs */

/* A thread that runs @run(@arg); the process ends where there is none. */
pthread_t soak_thread(void *(*run)(void *), uintptr_t arg);

/* Runs rounds until it is over; in a process of its own.  An exit status. */
int soak_run(struct soak *soak);

/* Does @step on the running task, and counts it. */
void soak_carry_out(struct soak *soak, const struct step *step,
		    struct step_result *result);

/* Starts and ends the watchdog. */
void watch_begin(unsigned int patience);
void watch_end(void);

/* Whether there is an operation in it that a loop can have. */
bool soak_repeats(const struct scenario *scn);
/*
 * What a task's next operation is: @step is filled, its op is NR_SCENARIO_OPS
 * where there is none.  Within the machine, as soak_follow().
 */
void soak_choose(const struct soak *soak, unsigned int thread, uint64_t *dice,
		 struct step *step);
/* What a user does where an operation on a cache says that it is not valid. */
bool soak_follow(const struct soak *soak, const struct step *step, long ret,
		 struct step *next);

/* Measures caches by their number and prints a table; an exit status. */
int scale_run(const struct soak_options *options,
	      const struct loaded_kernel *kernel);

/* Prints what came of all files; returns the exit status. */
struct soak_file {
	const char *path;
	const struct scenario *scenario; /* NULL: could not be read */
	const char *skipped;		 /* why, or NULL */
	const struct known_ends *known;	 /* to compare with, or NULL */
	struct soak_figures *figures;
	bool died;
};
int soak_report(const struct soak_options *options, const char *kernel,
		const struct soak_file *files, size_t nr, bool interrupted);

#endif /* PFNSIM_NATIVE_SOAK_H */
