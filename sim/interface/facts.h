/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What matters of a kernel, as a sorted list of facts that can be compared with
 * another kernel's.
 */
#ifndef PFNSIM_INTERFACE_FACTS_H
#define PFNSIM_INTERFACE_FACTS_H

#include "code.h"

enum fact_kind {
	FACT_CAPABILITY, /* of the kernel, as `needs:` names it */
	FACT_FEATURE,	 /* what a probe found */
	FACT_SOURCE,	 /* a file under test that does not compile */
	FACT_CALL,	 /* a function that the code under test uses */
	FACT_TYPE,	 /* of the tree, that the code under test uses */
	FACT_DECLARED,	 /* a function of the tree's headers */
	FACT_MACRO,	 /* of the tree's headers */
	FACT_BODY,	 /* a function of the code under test */
	NR_FACT_KINDS
};

struct fact {
	enum fact_kind kind;
	char *name, *text, *place; /* all owned; "" where there is none */
};

struct facts {
	struct fact *facts; /* sorted by kind and name, no two alike */
	size_t nr;
};

/*
 * All but capabilities.  The headers are those that @code or @other sees; where
 * an object of either is missing, so is what only debug information tells, and
 * bodies are those of the whole sources.  Files of the tree that cannot be read
 * add nothing.
 */
void facts_collect(const struct code *code, const struct code *other,
		   struct facts *facts);

/* Adds one; facts_sort() is due before the list is used. */
void facts_add(struct facts *facts, enum fact_kind kind, const char *name,
	       const char *text, const char *place);
void facts_sort(struct facts *facts);

/* The fact of that kind and name in a sorted list, or NULL. */
const struct fact *facts_find(const struct facts *facts, enum fact_kind kind,
			      const char *name);
void facts_deinit(struct facts *facts);

/* "call", "type", ... */
const char *fact_kind_name(enum fact_kind kind);

#endif /* PFNSIM_INTERFACE_FACTS_H */
