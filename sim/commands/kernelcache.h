/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernels that were built before, by the content that they were built from.
 *
 *	DIR/series/lock		held by whoever builds
 *	DIR/series/KEY.so	a kernel
 *	DIR/series/KEY.log	what the build said of one that does not build
 *	DIR/series/work-NN	where the builder NN builds
 *
 * A key is a hash of the files that a kernel takes from a tree and of all that
 * turns them into a kernel: the sources of pfnsim that are compiled with them,
 * the rules of the build, the flags, the compiler.  Of the kernels, CACHE_MAX
 * are kept, those used last.
 */
#ifndef PFNSIM_COMMANDS_KERNELCACHE_H
#define PFNSIM_COMMANDS_KERNELCACHE_H

#include <stddef.h>

#include "buildlog.h"
#include "git.h"
#include "lock.h"

#define CACHE_MAX 256

struct kernel_cache {
	char *dir;     /* owned, as the next one */
	char *builder; /* hash of all but the tree; NULL until it is needed */
	struct lock lock;
};

/*
 * Opens the cache in the kernel folder @dir, making it where it is missing, and
 * locks it; waits where another process has it.  Returns 0; 3 after an interrupt;
 * 4 after an error on stderr.  cache_close() in any case.
 */
int cache_open(struct kernel_cache *cache, const char *dir);
void cache_close(struct kernel_cache *cache);

/* One kernel that is wanted. */
struct cache_entry {
	const char *commit; /* full name; set by the caller */
	char *key;	    /* owned, as the next two */
	char *object;	    /* path of the kernel; NULL: does not build */
	char *log_path;	    /* of one that does not build */
	struct buildlog log;
};

/*
 * Finds or builds the kernels of commits of @repository, as many at a time as there
 * are processors.  @paths: the files that a kernel takes from a tree, up to NULL.
 * Returns 0; 3 after an interrupt; 4 after an error on stderr.  cache_release()
 * the entries in any case.
 */
int cache_build(struct kernel_cache *cache, const struct repository *repository,
		const char *const *paths, struct cache_entry *entries,
		size_t nr);
void cache_release(struct cache_entry *entries, size_t nr);

/*
 * Takes away the whole cache in the kernel folder @dir, and sets @nr_kernels to
 * the number of kernels that were in it.  Waits and returns as cache_open().
 */
int cache_prune(const char *dir, size_t *nr_kernels);

#endif /* PFNSIM_COMMANDS_KERNELCACHE_H */
