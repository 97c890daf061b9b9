/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A series of patches as mail, applied to a repository that is left alone: the
 * commits are made in one of pfnsim's own, which reads the objects of the other
 * and has nothing checked out but the files that the patches touch.  (The time of
 * an object's file changes where a patch makes an object that is there.)
 */
#ifndef PFNSIM_COMMANDS_MBOX_H
#define PFNSIM_COMMANDS_MBOX_H

#include "git.h"

/*
 * Applies the patches of the mbox @file, in its order, to the commit @onto (a
 * full name) of the repository @from, in a new repository in the folder @folder,
 * which is replaced.  A cover letter (0/N) is passed over.  Equal input makes
 * equal commits.
 *
 * Returns 0 with @result to be deinitialised and its HEAD the last patch; 2 after
 * an error on stderr where something is wrong with the mbox or a patch does not
 * apply; 3 after an interrupt; 4 after an error where git does not work.
 */
int mbox_apply(const char *file, const struct repository *from,
	       const char *onto, const char *folder, struct repository *result);

#endif /* PFNSIM_COMMANDS_MBOX_H */
