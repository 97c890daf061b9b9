/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Scenarios that nobody wrote: every operation of the interface against every
 * other one, on small machines.
 *
 * An operation and a machine are rows of two tables; a combination of them is
 * written down as the text of a scenario file, to be read, searched, saved and
 * replayed as any other.  Static and read-only.
 */
#ifndef PFNSIM_SCENARIO_PAIRS_H
#define PFNSIM_SCENARIO_PAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PAIRS_MAX_TASKS 3
#define PAIRS_MAX_OPS 64

/* A VM with a cache called `clock`. */
struct pair_machine {
	const char *name;
	const char *title; /* "GPA-based cache, private page of a guest_memfd" */
	unsigned long needs; /* capabilities, a bit each */
	const char *vm;	     /* the value of `vm:`, in lines */
	/* What operations find there, by the word that stands for it: */
	const char *page;   /* $page: behind the cache, at the VMM's address */
	const char *region; /* $region: of that page */
	const char *over;   /* $over: what a new mapping of the region is of */
	const char *elsewhere; /* $elsewhere: another place for the cache */
	const char *kind;      /* $kind: one of the other kind, GPA or HVA */
	const char *slot;      /* $slot: the memslot as it is made again */
};

/* What must have been done before the tasks begin. */
enum pair_want {
	WANT_ACTIVE = 1,  /* the cache is active and valid */
	WANT_INVALID = 2, /* ... and then its page was invalidated */
	WANT_GONE = 4,	  /* the page is not there: who needs it allocates */
};

struct pair_operation {
	const char *name;
	const char *steps;	/* the value of a task, in lines */
	unsigned int wants;	/* enum pair_want */
	unsigned long machines; /* where it makes sense, a bit each */
	unsigned long needs;	/* capabilities, a bit each */
	bool of_cache;		/* it acts on the cache itself */
	bool chosen;		/* for combinations of three */
	bool refused;		/* a kernel without bugs does nothing */
};

extern const struct pair_machine pair_machines[];
extern const size_t nr_pair_machines;
extern const struct pair_operation pair_operations[]; /* PAIRS_MAX_OPS at most */
extern const size_t nr_pair_operations;

/* Operations as concurrent tasks on a machine. */
struct combination {
	unsigned int machine;
	unsigned int nr, op[PAIRS_MAX_TASKS]; /* ascending */
};

/*
 * All combinations of @nr_tasks operations, of 1 to PAIRS_MAX_TASKS, on the
 * machines that a kernel of the capabilities @caps can be; three are taken of
 * chosen operations, those of the cache and others mixed.  @only: operations to
 * take, a bit each.  Returns an array to free() and stores its length in @nr.
 */
struct combination *pairs_list(unsigned long caps, unsigned int nr_tasks,
			       uint64_t only, size_t *nr);

/* "lone-refresh-dontneed"; free() it. */
char *pairs_name(const struct combination *what);

/*
 * The scenario, as the text of a file called after pairs_name(), whose case
 * `any-order` is a search with at most @preemptions; free() it.
 */
char *pairs_text(const struct combination *what, unsigned long preemptions);

/*
 * Reads "refresh,dontneed" into bits.  Returns 0, or -EINVAL with the wrong name
 * copied to @wrong.
 */
int pairs_parse(const char *names, uint64_t *only, char *wrong, size_t size);

#endif /* PFNSIM_SCENARIO_PAIRS_H */
