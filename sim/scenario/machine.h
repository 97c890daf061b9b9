/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A scenario's VM on one loaded kernel: file descriptors, names and what the
 * user of the VM knows about it.  Operations of the scenario become operations
 * of the kernel here.  There is one machine at a time (the world is one).
 */
#ifndef PFNSIM_SCENARIO_MACHINE_H
#define PFNSIM_SCENARIO_MACHINE_H

#include "engine.h"
#include "loader.h"
#include "model.h"
#include "vm_model.h"

#define SEES_MAX 4096

/* What a step brought back. */
struct step_result {
	bool done;
	long ret;
	size_t len;
	unsigned char bytes[64]; /* the first bytes that a read returned */
};

/*
 * What a call that a task is in will have changed.  It takes effect where the
 * kernel publishes it, which may be long before the call returns, and in another
 * order than calls return in.
 */
enum effect_kind { EFFECT_NONE, EFFECT_SLOT, EFFECT_ATTRIBUTES };
struct effect {
	enum effect_kind kind;
	bool taken;
	bool keeps_file; /* of the slot that is there */
	int index;
	struct model_slot slot, before;
	unsigned long gpa, pages;
	bool is_private;
};

/* Changes while tasks run; saved and restored with the world. */
struct machine_state {
	int vm_fd;
	int gmem_fd[SCN_MAX_GMEM];
	unsigned long gmem_file[SCN_MAX_GMEM]; /* the open file, 0: none */
	unsigned long gmem_pages[SCN_MAX_GMEM];
	unsigned long slot_uva[SCN_MAX_SLOTS];
	struct effect effect[HOST_MAX_TASKS];
	struct vm_model model;
};

struct machine {
	const struct scenario *scenario;
	const struct loaded_kernel *kernel;
	struct machine_state state;
	unsigned int nr_caches;
	unsigned long nr_frames; /* 0: as many as the scenario needs */
	unsigned long counters_before[NR_COUNTERS];
};

/*
 * Boots @kernel and builds the VM that @scenario describes, without its setup
 * steps.  Runs on a task.  Returns 0 or a negative errno with the failing call
 * in @why.
 */
long machine_build(struct machine *machine, char *why, size_t size);

/* Carries out @step on the running task. */
void machine_step(struct machine *machine, const struct step *step,
		  struct step_result *result);

/* Deactivates caches and closes everything; runs on a task. */
void machine_teardown(struct machine *machine);

/* Compiles the points of every operation; once. */
const struct op_points *machine_points(enum scenario_op op);

/* ---- Shared between machine.c and operations.c -------------------------- */

/* The userspace address that @ref means now. */
unsigned long machine_uva(const struct machine *machine,
			  const struct uva_ref *ref);

/* Issues KVM_SET_USER_MEMORY_REGION2 and keeps the user's view in step. */
long machine_slot_set(struct machine *machine, int slot, unsigned long gpa,
		      unsigned long pages, unsigned long uva, int gmem,
		      unsigned long offset, unsigned int flags);

/* Carries out a raw.* step; returns what the system call does. */
long machine_raw_call(struct machine *machine, const struct step *step);

/* Notes the descriptor of a guest_memfd, and the file behind it. */
void machine_gmem_made(struct machine *machine, int gmem, int fd,
		       unsigned long pages);

/* Puts @bytes at the start of a page of a guest_memfd, allocating it. */
long machine_gmem_write(struct machine *machine, int gmem, unsigned long page,
			const struct bytes *bytes);

/* Name of the cache that has kernel index @index, and its cache_desc. */
const struct cache_desc *machine_cache(const struct machine *machine,
				       unsigned int index);

/*
 * Resolves a page reference to what is there now: a pfn or HOST_NO_PFN.
 */
unsigned long machine_page(const struct machine *machine,
			   const struct page_ref *ref, unsigned long offset);

/*
 * The running task's call published something: if that is what its effect waits
 * for, the model of the VM changes.
 */
void machine_published(struct machine *machine, enum shim_call call,
		       const char *name);

/* "gpc.refresh(clock)"; owned by @trace. */
const char *machine_describe_step(const struct machine *machine,
				  const struct step *step, struct trace *trace);

#endif /* PFNSIM_SCENARIO_MACHINE_H */
