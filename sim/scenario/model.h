/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A scenario file as the runner sees it: names resolved to indices, values
 * checked.  Built by scenario_read() (reader.h), freed by scenario_destroy().
 * Everything is owned by the struct scenario; all of it is read-only afterwards.
 */
#ifndef PFNSIM_SCENARIO_MODEL_H
#define PFNSIM_SCENARIO_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "border.h"
#include "kernel.h"

#define SCN_MAX_TASKS 8
#define SCN_MAX_GMEM 16
#define SCN_MAX_REGIONS 16
#define SCN_MAX_SLOTS 32
#define SCN_NONE (-1)

/* Where something stands in the file: line and column from 1, in characters. */
struct pos {
	unsigned int line, col, len;
};

/* The operations of the format, in the order in which they are documented. */
#define SCENARIO_OPS(X)                                                        \
	X(SOP_GPC_ACTIVATE, "gpc.activate")                                    \
	X(SOP_GPC_CHECK, "gpc.check")                                          \
	X(SOP_GPC_REFRESH, "gpc.refresh")                                      \
	X(SOP_GPC_READ, "gpc.read")                                            \
	X(SOP_GPC_WRITE, "gpc.write")                                          \
	X(SOP_GPC_DEACTIVATE, "gpc.deactivate")                                \
	X(SOP_GMEM_CREATE, "gmem.create")                                      \
	X(SOP_GMEM_ALLOCATE, "gmem.allocate")                                  \
	X(SOP_GMEM_PUNCH_HOLE, "gmem.punch_hole")                              \
	X(SOP_GMEM_CLOSE, "gmem.close")                                        \
	X(SOP_GMEM_WRITE, "gmem.write")                                        \
	X(SOP_GMEM_READ, "gmem.read")                                          \
	X(SOP_GMEM_POISON, "gmem.poison")                                      \
	X(SOP_GMEM_STAT, "gmem.stat")                                          \
	X(SOP_SLOT_CREATE, "slot.create")                                      \
	X(SOP_SLOT_DELETE, "slot.delete")                                      \
	X(SOP_SLOT_MOVE, "slot.move")                                          \
	X(SOP_SLOT_FLAGS, "slot.flags")                                        \
	X(SOP_SLOT_DIRTY, "slot.dirty")                                        \
	X(SOP_VM_SET_ATTRIBUTES, "vm.set_attributes")                          \
	X(SOP_VM_CHECK_EXTENSION, "vm.check_extension")                        \
	X(SOP_VM_CLOSE, "vm.close")                                            \
	X(SOP_MM_MMAP, "mm.mmap")                                              \
	X(SOP_MM_MUNMAP, "mm.munmap")                                          \
	X(SOP_MM_DONTNEED, "mm.dontneed")                                      \
	X(SOP_MM_INVALIDATE, "mm.invalidate")                                  \
	X(SOP_MM_MIGRATE, "mm.migrate")                                        \
	X(SOP_MM_AGE, "mm.age")                                                \
	X(SOP_MM_WRITE, "mm.write")                                            \
	X(SOP_MM_READ, "mm.read")                                              \
	X(SOP_MM_POISON, "mm.poison")                                          \
	X(SOP_GUEST_READ, "guest.read")                                        \
	X(SOP_GUEST_WRITE, "guest.write")                                      \
	X(SOP_RCU_GRACE_PERIOD, "rcu.grace_period")                            \
	X(SOP_CLOCK_ENABLE, "clock.enable")                                    \
	X(SOP_CLOCK_WRITE, "clock.write")                                      \
	X(SOP_CLOCK_UPDATE, "clock.update")                                    \
	X(SOP_XEN_CONFIG, "xen.config")                                        \
	X(SOP_XEN_SET, "xen.set")                                              \
	X(SOP_XEN_UNSET, "xen.unset")                                          \
	X(SOP_XEN_RUN, "xen.run")                                              \
	X(SOP_XEN_PREEMPT, "xen.preempt")                                      \
	X(SOP_XEN_SEND, "xen.send")                                            \
	X(SOP_XEN_IRQ, "xen.irq")                                              \
	X(SOP_XEN_INJECT, "xen.inject")                                        \
	X(SOP_XEN_PENDING, "xen.pending")                                      \
	X(SOP_MODULE_RELOAD, "module.reload")                                  \
	X(SOP_MODULE_FORCE_RELOAD, "module.force_reload")                      \
	X(SOP_RAW_SLOT, "raw.slot")                                            \
	X(SOP_RAW_ATTRIBUTES, "raw.attributes")                                \
	X(SOP_RAW_GMEM, "raw.gmem")                                            \
	X(SOP_RAW_FALLOCATE, "raw.fallocate")                                  \
	X(SOP_RAW_TRUNCATE, "raw.truncate")

enum scenario_op {
#define X(id, name) id,
	SCENARIO_OPS(X)
#undef X
		NR_SCENARIO_OPS
};

/* Bytes of a `text:`, `{hex: ..}` or `zeros` value. */
struct bytes {
	unsigned char *data; /* NULL with zeros set: all bytes are zero */
	size_t len;
	bool zeros;
};

/*
 * A page or a range of pages: `g0/1`, `anon/0..2`, `ram/1..`, `anon` (all).
 * nr is 0 where the range runs to the end of the object (`1..` or no index).
 */
enum page_space { PAGES_NONE, PAGES_GMEM, PAGES_REGION, PAGES_SLOT };
struct page_ref {
	enum page_space space;
	int obj; /* index in scenario.gmem, .region or .slot */
	unsigned long first, nr;
	struct pos pos;
};

/* A userspace address: a page reference or a number. */
struct uva_ref {
	bool given;
	bool is_number;
	unsigned long number;
	struct page_ref page;
};

struct gmem_desc {
	char *name;
	unsigned long pages;
	unsigned int flags; /* GMEM_* */
	bool created_later; /* first made by a gmem.create step */
	bool attempted;	    /* by steps only that are to fail */
	struct page_text *text;
	size_t nr_text;
	struct pos pos;
};

struct page_text {
	unsigned long page;
	struct bytes bytes;
};

struct region_desc {
	char *name;
	unsigned long pages, hva;
	int gmem;	      /* SCN_NONE: anonymous */
	unsigned long offset; /* in pages, of gmem   */
	bool device;	      /* VM_PFNMAP device memory */
	bool created_later;   /* first made by an mm.mmap step */
	struct page_text *text;
	size_t nr_text;
	struct pos pos;
};

struct slot_desc {
	char *name;
	unsigned long gpa, pages;
	struct uva_ref hva;
	int gmem;
	unsigned long offset; /* in pages, of gmem */
	unsigned int flags;   /* SLOT_LOG_DIRTY, SLOT_READONLY */
	bool created_later;   /* first made by a slot.create step */
	struct pos pos;
};

struct cache_desc {
	char *name;
	bool by_hva;
	unsigned long gpa;
	struct uva_ref hva;
	unsigned long offset; /* bytes into the page, HVA-based only */
	unsigned long len;
	unsigned long count; /* `count: 1024`: as many caches, one a page */
	unsigned int first;  /* index of its first kernel cache */
	enum cache_use use;
	struct pos pos;
};

/* Arguments of a step after resolution; which are used depends on the op. */
struct step_args {
	int cache, gmem, slot, region; /* SCN_NONE where absent */
	struct page_ref page;
	struct uva_ref hva;
	unsigned long gpa, pages, len, offset;
	unsigned long port;
	unsigned long mask; /* bits of the answer, 0: all */
	enum extension extension;
	enum ageing ageing;
	bool has_gpa, has_len, is_private, device, readonly, other_vm, blocking,
		system;
	unsigned int flags;
	unsigned long raw[8]; /* by the argument's place in the schema */
	struct bytes text;
};

/* `ret:` and `sees:`; a returned value is compared as a number. */
struct outcome {
	bool has_ret, has_sees;
	long ret;
	struct bytes sees;
	struct pos pos, ret_pos, sees_pos;
};

/* Scheduling point as an order names it. */
struct point_ref {
	enum scenario_op op;
	char *name; /* "resolved", "begin", "end", or a raw call:
			    "spin_lock(kvm->gpc_lock)", "cond_resched" */
	bool raw;
	bool before;	  /* right before the call, not right after it */
	unsigned int nth; /* from 1 */
	struct pos pos;
};

struct fail_spec {
	bool given;
	long err;	  /* negative errno, -ENOMEM */
	unsigned int nth; /* from 1: which allocation of the step fails */
};

struct step {
	enum scenario_op op;
	struct step_args args;
	char *id; /* NULL */
	struct outcome want;
	bool has_when;
	int when_task; /* SCN_NONE: any */
	struct point_ref when;
	struct fail_spec fail;
	unsigned long repeat; /* times, or STEP_ENDLESS */
	struct pos pos;
};
#define STEP_ENDLESS (~0UL)

struct task_desc {
	char *name;
	struct step *steps;
	size_t nr_steps;
	bool endless; /* has an endless step: ends with the others */
	struct pos pos;
};

enum until_kind { UNTIL_POINT, UNTIL_BLOCKED, UNTIL_END };
struct until {
	enum until_kind kind;
	struct point_ref point;
	struct pos pos;
};

struct order_line {
	int task;
	unsigned long again; /* not 0: go back so many lines, again and again */
	struct until *until;
	size_t nr_until;
	struct pos pos;
};

/* lo..hi, both included; hi is ~0UL in `1..`. */
struct count_range {
	unsigned long lo, hi;
};

struct want_gpc {
	int cache;
	int valid, active; /* -1: not asked, 0, 1 */
	bool has_page;	   /* the page that is there at the end */
	struct page_ref page;
	bool khva_null;
	int mapped_by; /* enum map_kind, -1: not asked */
	struct pos pos;
};

struct want_step {
	int task, step; /* task == SCN_NONE: a setup step */
	struct outcome want;
};

struct want_counter {
	bool retries; /* gpc.retries, else: */
	enum kernel_counter counter;
	struct count_range range;
	struct pos pos;
};

/* One conjunction of expectations: an `expect:`, or an entry of a list. */
struct want {
	struct want_step *steps;
	size_t nr_steps;
	struct want_gpc *gpcs;
	size_t nr_gpcs;
	struct want_counter *counters;
	size_t nr_counters;
	struct pos pos;
};

struct expect {
	struct want all;
	struct want *always, *sometimes, *final; /* lists */
	size_t nr_always, nr_sometimes, nr_final;
	unsigned long never; /* bit 1UL << enum violation, as listed */
	unsigned long allow; /* turned off */
	char *allow_why[NR_VIOLATIONS]; /* the reasons for that */
};

enum case_kind { CASE_ORDER, CASE_EXPLORE };
struct explore_desc {
	bool has_preemptions;
	unsigned long preemptions;
	bool has_random;
	unsigned long random, seed;
	unsigned long stop_seconds; /* 0: none */
};

struct case_desc {
	char *name;
	enum case_kind kind;
	bool hazards_alone; /* whatever `ret:` and `sees:` the steps have */
	bool data_races;    /* looked for in a replay, too */
	bool one_of_many;   /* an order of a search: `sometimes` is not asked */
	struct order_line *order;
	size_t nr_order;
	struct explore_desc explore;
	struct expect expect;
	struct pos pos;
};

/* A kernel matches where all that is given does. */
struct xfail {
	char *kernel;		  /* glob, or NULL */
	unsigned long has, lacks; /* bit 1UL << enum kernel_cap */
	int *cases;
	size_t nr_cases;	/* 0: all */
	unsigned long fails;	/* violations, bit mask */
	bool fails_expectation; /* `fails: expectation` */
	char *why, *ref;
	struct pos pos;
};

struct obstack;

struct scenario {
	struct obstack *memory; /* holds all that is pointed to below */
	char *path;		/* as given by the user */
	char *source;		/* the file's text, NUL-terminated */
	size_t source_len;
	char *name, *title, *about;
	char **refs, **labels;
	size_t nr_refs, nr_labels;
	unsigned long needs; /* bit 1UL << enum kernel_cap */
	struct xfail *xfail;
	size_t nr_xfail;
	struct gmem_desc gmem[SCN_MAX_GMEM];
	struct region_desc region[SCN_MAX_REGIONS];
	struct slot_desc slot[SCN_MAX_SLOTS];
	size_t nr_gmem, nr_region, nr_slot;
	struct cache_desc *cache;
	size_t nr_cache;
	unsigned long *private_gpa; /* pages that are private from the start */
	size_t nr_private;
	unsigned int page_reuse;  /* REUSE_* */
	unsigned long vmap_bytes; /* 0: default */
	unsigned long max_fds;	  /* 0: default */
	bool ordinary_vm;	  /* without private memory */
	struct step *setup;
	size_t nr_setup;
	struct task_desc task[SCN_MAX_TASKS];
	size_t nr_task;
	struct case_desc *cases;
	size_t nr_cases;
};

#endif /* PFNSIM_SCENARIO_MODEL_H */
