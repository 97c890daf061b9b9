/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernels that were added and that another version of pfnsim built.
 */
#ifndef PFNSIM_COMMANDS_KERNELUPDATE_H
#define PFNSIM_COMMANDS_KERNELUPDATE_H

#include <stdbool.h>

#include "cli.h"
#include "kernelbuild.h"

/*
 * What the kernel @name in the folder @dir was made of; both owned by the caller.
 * @revision is NULL where it was no revision of a repository.
 */
struct kernel_origin {
	char *tree, *revision;
};

/* Whether @name was added, by `kernel add`; if so, origin_deinit(). */
bool origin_read(struct kernel_origin *origin, const char *dir,
		 const char *name);
void origin_deinit(struct kernel_origin *origin);

/*
 * Says on stderr that the kernel @name in @dir, which loader_open() found to be
 * -ESTALE for the reason @why, must be built again, and by which command.
 */
void stale_explain(const char *dir, const char *name, const char *why);

/*
 * Builds a kernel by the name, tree and revision in @wanted and puts it into the
 * user's folder of kernels, in the place of one that was added by this name.  Its
 * folder, jobs, hooks and native are set here, sanitized where it was before.  Returns an exit status, after an error on
 * stderr.
 */
int kernel_put(const struct cli_options *options, struct kernel_build *wanted);

/*
 * Builds the kernel @name, which was added, once more with sanitizers.  Returns 0, also
 * where none was added by that name, which cannot be; or an exit status after an
 * error on stderr.
 */
int kernel_sanitize(const struct cli_options *options, const char *name);

/* `pfnsim kernel update [NAME...]`; returns the exit status. */
int kernel_update(const struct cli_options *options);

#endif /* PFNSIM_COMMANDS_KERNELUPDATE_H */
