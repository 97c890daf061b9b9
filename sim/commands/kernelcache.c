// SPDX-License-Identifier: GPL-2.0-only
#include "kernelcache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine.h"
#include "folder.h"
#include "kernelbuild.h"
#include "kernelcheck.h"
#include "places.h"
#include "session.h"
#include "sources.h"
#include "text.h"

/* One builder has few programs to run at a time when all build. */
#define MAX_BUILDERS 64

/* ---- The folder ---------------------------------------------------------- */

static bool ends_in(const char *name, const char *end)
{
	size_t len = strlen(name), tail = strlen(end);

	return len > tail && !strcmp(name + len - tail, end);
}

static int is_object(const struct dirent *entry)
{
	return ends_in(entry->d_name, ".so");
}

static int is_log(const struct dirent *entry)
{
	return ends_in(entry->d_name, ".log");
}

int cache_open(struct kernel_cache *cache, const char *dir)
{
	char *lock;
	int status;

	*cache = (struct kernel_cache){ .dir = text_of("%s/series", dir) };
	folder_make(cache->dir);
	lock = text_of("%s/lock", cache->dir);
	status = lock_take(&cache->lock, lock, "builds a series");
	free(lock);
	return status;
}

void cache_close(struct kernel_cache *cache)
{
	lock_release(&cache->lock);
	free(cache->dir);
	free(cache->builder);
	*cache = (struct kernel_cache){ .lock.fd = -1 };
}

struct aged {
	char *path;
	struct timespec used;
};

static int by_use(const void *a, const void *b)
{
	const struct aged *x = a, *y = b;

	if (x->used.tv_sec != y->used.tv_sec)
		return x->used.tv_sec > y->used.tv_sec ? -1 : 1;
	if (x->used.tv_nsec != y->used.tv_nsec)
		return x->used.tv_nsec > y->used.tv_nsec ? -1 : 1;
	return strcmp(x->path, y->path);
}

/* Removes all but the CACHE_MAX files that were used last. */
static void trim(const struct kernel_cache *cache,
		 int (*filter)(const struct dirent *entry))
{
	struct dirent **entries;
	int nr = scandir(cache->dir, &entries, filter, alphasort);
	struct aged *aged;

	if (nr < 0)
		return;
	aged = text_alloc((nr + 1) * sizeof(*aged));
	for (int i = 0; i < nr; i++) {
		struct stat st = { 0 };

		aged[i].path = text_of("%s/%s", cache->dir, entries[i]->d_name);
		if (!stat(aged[i].path, &st))
			aged[i].used = st.st_mtim;
		free(entries[i]);
	}
	qsort(aged, nr, sizeof(*aged), by_use);
	for (int i = 0; i < nr; i++) {
		if (i >= CACHE_MAX)
			unlink(aged[i].path);
		free(aged[i].path);
	}
	free(aged);
	free(entries);
}

int cache_prune(const char *dir, size_t *nr_kernels)
{
	struct kernel_cache cache = { .dir = text_of("%s/series", dir) };
	struct dirent **entries;
	int nr, err, status = 0;

	*nr_kernels = 0;
	if (access(cache.dir, F_OK)) {
		free(cache.dir);
		return 0;
	}
	free(cache.dir);
	status = cache_open(&cache, dir);
	if (!status) {
		nr = scandir(cache.dir, &entries, is_object, NULL);
		for (int i = 0; i < nr; i++)
			free(entries[i]);
		if (nr >= 0)
			free(entries);
		err = folder_remove(cache.dir);
		if (err)
			fprintf(stderr, "pfnsim: %s: %s\n", cache.dir,
				strerror(-err));
		status = err ? 4 : 0;
		*nr_kernels = nr > 0 ? nr : 0;
	}
	cache_close(&cache);
	return status;
}

/* ---- Keys ---------------------------------------------------------------- */

/* The hash of what every kernel is built with, whatever its tree. */
static char *hash_builder(const struct repository *repository)
{
	char *toolchain = kernel_build_toolchain();
	char *sources = toolchain ?
				sources_hash(repository, place_of_sources()) :
				NULL;
	char *text = text_of("%s\n%s", sources ? sources : "",
			     toolchain ? toolchain : "");
	char *hash = sources ? git_hash(repository, text) : NULL;

	free(toolchain);
	free(sources);
	free(text);
	return hash;
}

/* Equal for commits whose files are equal. */
static char *hash_commit(const struct kernel_cache *cache,
			 const struct repository *repository,
			 const char *const *paths, const char *commit)
{
	char *list, *text, *hash = NULL;
	const char **argv;
	size_t nr = 0;

	while (paths[nr])
		nr++;
	argv = text_alloc((nr + 4) * sizeof(*argv));
	argv[0] = "ls-tree";
	argv[1] = commit;
	argv[2] = "Makefile";
	memcpy(argv + 3, paths, nr * sizeof(*argv));
	list = git_read(repository, argv, NULL, STDERR_FILENO);
	if (list) {
		text = text_of("%s\n%s", cache->builder, list);
		hash = git_hash(repository, text);
		free(text);
	}
	free(argv);
	free(list);
	return hash;
}

/* ---- Entries ------------------------------------------------------------- */

/* For those used last to be known. */
static void touch(const char *path)
{
	utimensat(AT_FDCWD, path, NULL, 0);
}

/* Whether nothing needs to be built for it. */
static bool is_known(const struct kernel_cache *cache,
		     struct cache_entry *entry)
{
	char *object = text_of("%s/%s.so", cache->dir, entry->key);
	char *log = text_of("%s/%s.log", cache->dir, entry->key);

	if (!access(object, R_OK)) {
		touch(object);
		entry->object = object;
		free(log);
		return true;
	}
	free(object);
	buildlog_read(&entry->log, log);
	if (entry->log.final) {
		touch(log);
		entry->log_path = log;
		return true;
	}
	buildlog_deinit(&entry->log);
	free(log);
	return false;
}

void cache_release(struct cache_entry *entries, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		free(entries[i].key);
		free(entries[i].object);
		free(entries[i].log_path);
		buildlog_deinit(&entries[i].log);
	}
}

/* ---- Builders ------------------------------------------------------------ */

/* Kernels that are being built: builder i builds todo[at[i]]. */
struct builders {
	const struct kernel_cache *cache;
	const struct repository *repository;
	struct cache_entry **todo;
	size_t nr_todo, next;
	pid_t pids[MAX_BUILDERS];
	size_t at[MAX_BUILDERS];
	size_t nr, jobs;
};

/* What all are called while they are built: objects are found again by it. */
#define WORK_NAME "series"

static char *work_folder(const struct builders *builders, size_t i)
{
	return text_of("%s/work-%02zu", builders->cache->dir, i);
}

static bool start_next(struct builders *builders, size_t i)
{
	char *folder = work_folder(builders, i);
	struct kernel_build build = {
		.name = WORK_NAME,
		.tree = builders->repository->path,
		.revision = builders->todo[builders->next]->commit,
		.folder = folder,
		.jobs = builders->jobs,
	};

	builders->at[i] = builders->next++;
	builders->pids[i] = kernel_build_start(&build);
	free(folder);
	return builders->pids[i] > 0;
}

/*
 * A tree that changes an interface which pfnsim emulates may compile all the same,
 * and run on what is no kernel of it.  Sets @good to whether it does not.
 */
static int check(const char *folder, bool *good)
{
	char *log = text_of("%s/log", folder);
	long nr = kernel_check_log(folder, WORK_NAME, log);

	*good = !nr;
	free(log);
	return nr < 0 ? 4 : 0;
}

/* Puts what the builder @i has made, or its log, into the cache. */
static int keep(struct builders *builders, size_t i, const char *folder,
		bool built)
{
	struct cache_entry *entry = builders->todo[builders->at[i]];
	char *from = built ? text_of("%s/kernels/" WORK_NAME ".so", folder) :
			     text_of("%s/log", folder);
	char *to = text_of("%s/%s.%s", builders->cache->dir, entry->key,
			   built ? "so" : "log");
	int err;

	if (built)
		err = rename(from, to) ? -errno : 0;
	else
		err = buildlog_copy(from, to, folder);
	if (err)
		fprintf(stderr, "pfnsim: %s: %s\n", to, strerror(-err));
	else if (!built)
		buildlog_read(&entry->log, to);
	*(built ? &entry->object : &entry->log_path) = to;
	free(from);
	return err ? 4 : 0;
}

static int finish(struct builders *builders, size_t i, bool built)
{
	char *folder = work_folder(builders, i);
	int status = built ? check(folder, &built) : 0;

	if (!status)
		status = keep(builders, i, folder, built);
	free(folder);
	return status;
}

static bool any_runs(const struct builders *builders)
{
	for (size_t i = 0; i < builders->nr; i++)
		if (builders->pids[i] > 0)
			return true;
	return false;
}

static int run_builders(struct builders *builders)
{
	int status = 0, how;

	for (size_t i = 0; i < builders->nr && !status; i++)
		status = start_next(builders, i) ? 0 : 4;
	while (any_runs(builders)) {
		size_t i = kernel_build_wait(builders->pids, builders->nr,
					     &how);

		if (how <= 1)
			how = finish(builders, i, !how);
		if (how > status)
			status = how;
		if (!status && builders->next < builders->nr_todo)
			status = start_next(builders, i) ? 0 : 4;
	}
	return status;
}

/* Which of the entries are to be built: one of each key. */
static size_t find_todo(const struct kernel_cache *cache,
			struct cache_entry *entries, size_t nr,
			struct cache_entry **todo)
{
	size_t nr_todo = 0;

	for (size_t i = 0; i < nr; i++) {
		size_t t = 0;

		if (is_known(cache, &entries[i]))
			continue;
		while (t < nr_todo && strcmp(todo[t]->key, entries[i].key))
			t++;
		if (t == nr_todo)
			todo[nr_todo++] = &entries[i];
	}
	return nr_todo;
}

static int build_missing(const struct kernel_cache *cache,
			 const struct repository *repository,
			 struct cache_entry *entries, size_t nr)
{
	struct cache_entry **todo = text_alloc((nr + 1) * sizeof(*todo));
	size_t processors = kernel_build_processors();
	struct builders builders = { .cache = cache,
				     .repository = repository,
				     .todo = todo };
	int status = 0;

	builders.nr_todo = find_todo(cache, entries, nr, todo);
	builders.nr = processors < MAX_BUILDERS ? processors : MAX_BUILDERS;
	if (builders.nr > builders.nr_todo)
		builders.nr = builders.nr_todo;
	if (builders.nr) {
		fprintf(stderr, "pfnsim: building %zu kernel%s\n",
			builders.nr_todo, builders.nr_todo == 1 ? "" : "s");
		builders.jobs = (processors + builders.nr - 1) / builders.nr;
		status = run_builders(&builders);
	}
	free(todo);
	return status;
}

/* Gives @entry what was built for the one before it with the same key. */
static void take_twin(const struct cache_entry *entries,
		      struct cache_entry *entry)
{
	while (strcmp(entries->key, entry->key))
		entries++;
	if (entries->object) {
		entry->object = text_of("%s", entries->object);
	} else {
		entry->log_path = text_of("%s", entries->log_path);
		buildlog_read(&entry->log, entry->log_path);
	}
}

int cache_build(struct kernel_cache *cache, const struct repository *repository,
		const char *const *paths, struct cache_entry *entries,
		size_t nr)
{
	int status;

	cache->builder = hash_builder(repository);
	if (!cache->builder)
		return 4;
	for (size_t i = 0; i < nr; i++) {
		entries[i].key = hash_commit(cache, repository, paths,
					     entries[i].commit);
		if (!entries[i].key)
			return 4;
	}
	status = build_missing(cache, repository, entries, nr);
	for (size_t i = 0; i < nr && !status; i++)
		if (!entries[i].object && !entries[i].log_path)
			take_twin(entries, &entries[i]);
	trim(cache, is_object);
	trim(cache, is_log);
	return status;
}
