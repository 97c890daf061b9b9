/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whether what the code under test uses has the prototypes of its tree.
 *
 * A function that pfnsim emulates is declared by a header of the tree, which its
 * definition then sees too, or by one of pfnsim's include/, which must say what
 * the header says that it stands for.  cmake/declarations.txt lists where it does
 * not and why: NAME | PROTOTYPE IN THE TREE | REASON, a line each.
 */
#ifndef PFNSIM_INTERFACE_CHECK_H
#define PFNSIM_INTERFACE_CHECK_H

#include "code.h"

enum check_kind {
	CHECK_DEFINITION, /* emulated by another prototype than was declared */
	CHECK_DECLARED,	  /* declared in another way than in the tree */
	CHECK_UNFOUND,	  /* the tree's headers do not declare it */
	NR_CHECK_KINDS
};

struct disagreement {
	enum check_kind kind;
	char *name;
	char *tree, *tree_place; /* "" with CHECK_UNFOUND */
	char *ours, *ours_place;
	char *caller; /* a place, or "" */
};

struct disagreements {
	struct disagreement *list; /* by name */
	size_t nr, nr_checked, nr_known;
};

/*
 * @sources: pfnsim's own folder.  @wide: look in all headers of the tree for what
 * the header of the same name does not declare, and report what none does.
 */
void check_prototypes(const struct code *code, const char *sources, bool wide,
		      struct disagreements *found);
void disagreements_deinit(struct disagreements *found);

#endif /* PFNSIM_INTERFACE_CHECK_H */
