// SPDX-License-Identifier: GPL-2.0-only
/*
 * `pfnsim kernel`: add, remove and prune, and who carries out the others.  A kernel that was added has, beside NAME.so,
 * the folder NAME.build that it is built in: what has none was made by the build
 * of pfnsim itself, which would bring it back, and is left alone.
 */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands.h"
#include "folder.h"
#include "kernelbuild.h"
#include "kernelcache.h"
#include "kernelcheck.h"
#include "kernelcode.h"
#include "kernelerrors.h"
#include "kernelupdate.h"
#include "loader.h"
#include "lock.h"
#include "places.h"
#include "session.h"
#include "suggest.h"

#define MAX_NAME 64

/* Where a kernel is once more, built in another way. */
static const char *const more[] = { "hooked", "native", "tsan", "asan" };
#define NR_MORE (sizeof(more) / sizeof(more[0]))
#define FIRST_SANITIZED 2

/* Where the parts of a kernel lie; all owned. */
struct places {
	char *object, *more[NR_MORE], *revision, *build;
	char *own; /* what the build of pfnsim makes beside its own kernels */
	char *lock;
};

static void places_init(struct places *places, const char *dir,
			const char *name)
{
	places->object = text_of("%s/%s.so", dir, name);
	for (size_t i = 0; i < NR_MORE; i++)
		places->more[i] = text_of("%s/%s/%s.so", dir, more[i], name);
	places->revision = text_of("%s/%s.revision", dir, name);
	places->build = text_of("%s/%s.build", dir, name);
	places->own = text_of("%s/%s", dir, name);
	places->lock = text_of("%s/.%s.lock", dir, name);
}

static void places_deinit(struct places *places)
{
	free(places->object);
	for (size_t i = 0; i < NR_MORE; i++)
		free(places->more[i]);
	free(places->revision);
	free(places->build);
	free(places->own);
	free(places->lock);
}

/* ---- Checks -------------------------------------------------------------- */

/* The rule of add_tree_kernel(), and no longer than a column can be. */
static bool is_name(const char *name)
{
	size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-");

	return len && !name[len] && len <= MAX_NAME &&
	       (islower((unsigned char)*name) || isdigit((unsigned char)*name));
}

/* Whether the kernel came with a pfnsim that was installed. */
static bool is_installed(const struct cli_options *options, const char *name)
{
	char *path = options->installed_kernels ?
			     text_of("%s/%s.so", options->installed_kernels,
				     name) :
			     NULL;
	bool found = path && !access(path, F_OK);

	free(path);
	return found;
}

static int check_name(const struct cli_options *options,
		      const struct places *places, const char *name)
{
	bool added = !access(places->build, F_OK);

	if (!is_name(name)) {
		fprintf(stderr,
			"pfnsim: a kernel's name has up to %d of a-z, 0-9 and "
			"._-, and starts with a letter or digit\n",
			MAX_NAME);
		return 2;
	}
	if (!strcmp(name, "reference") || !strcmp(name, "shim-test") ||
	    !access(places->own, F_OK) || is_installed(options, name) ||
	    (!added && !access(places->object, F_OK))) {
		fprintf(stderr,
			"pfnsim: %s is one of pfnsim's own kernels, which "
			"`kernel` leaves alone\n",
			name);
		return 2;
	}
	return 0;
}

static int check_tree(const struct cli_options *options, char *tree)
{
	const char *given = options->git ? options->git : options->operands[2];

	if (!realpath(given, tree)) {
		fprintf(stderr, "pfnsim: %s: %s\n", given, strerror(errno));
		return 2;
	}
	/* They separate and quote in the language of the build. */
	if (strpbrk(tree, ";\"\\$\n")) {
		fprintf(stderr,
			"pfnsim: %s: cannot build from a path with "
			";, \", \\ or $ in it\n",
			tree);
		return 2;
	}
	return 0;
}

/* ---- add ----------------------------------------------------------------- */

/* Not every build makes all of them: one that counts coverage makes none. */
static void install_more(const struct places *places, const char *name)
{
	for (size_t i = 0; i < NR_MORE; i++) {
		char *built = text_of("%s/kernels/%s/%s.so", places->build,
				      more[i], name);

		if (rename(built, places->more[i]))
			unlink(places->more[i]);
		free(built);
	}
}

/* Puts what was built in its place, once it is known to be a kernel. */
static int install(const struct places *places, const char *name)
{
	char *object = text_of("%s/kernels/%s.so", places->build, name);
	char *revision = text_of("%s/kernels/%s.revision", places->build, name);
	struct loaded_kernel kernel;
	char why[512];
	int status = 4;

	if (loader_open(object, &kernel, why, sizeof(why))) {
		fprintf(stderr, "pfnsim: kernel %s: %s\n", name, why);
		goto out;
	}
	loader_close(&kernel);
	install_more(places, name);
	if (rename(object, places->object)) {
		fprintf(stderr, "pfnsim: %s: %s\n", places->object,
			strerror(errno));
		goto out;
	}
	if (rename(revision, places->revision))
		unlink(places->revision);
	status = 0;
out:
	free(object);
	free(revision);
	return status;
}

/* Nothing is left of a kernel that was to come and did not. */
static int build(const struct kernel_build *build, const struct places *places)
{
	pid_t pid = kernel_build_start(build);
	int status = 4;

	if (pid > 0)
		kernel_build_wait(&pid, 1, &status);
	if (status == 1)
		kernel_explain(build);
	if (status == 5)
		status = 1;
	if (status == 3 && access(places->object, F_OK))
		folder_remove(places->build);
	return status;
}

/* Where kernels come to lie. Returns 0, or 4 after an error on stderr. */
static int make_folders(const char *dir)
{
	int err = 0;

	for (size_t i = 0; i < NR_MORE && !err; i++) {
		char *folder = text_of("%s/%s", dir, more[i]);

		err = folder_make(folder);
		if (err)
			fprintf(stderr, "pfnsim: %s: %s\n", folder,
				strerror(-err));
		free(folder);
	}
	return err ? 4 : 0;
}

/* Whether there is what runs kernels on threads. */
static bool soaks(void)
{
	char *path = cli_program("pfnsim-soak");
	bool found = path && !access(path, X_OK);

	free(path);
	return found;
}

static int put(const struct cli_options *options, struct kernel_build *wanted,
	       const struct places *places)
{
	struct lock lock;
	int status = make_folders(options->kernel_dir);

	if (status)
		return status;
	wanted->folder = places->build;
	wanted->jobs = kernel_build_processors();
	wanted->hooks = true;
	wanted->native = soaks();
	wanted->check = kernel_check_built;
	/* Once they were wanted, they are kept up to date. */
	for (size_t i = FIRST_SANITIZED; i < NR_MORE; i++)
		wanted->sanitized |= !access(places->more[i], F_OK);
	status = lock_take(&lock, places->lock, "deals with this kernel");
	if (!status)
		status = build(wanted, places);
	if (!status)
		status = install(places, wanted->name);
	lock_remove(&lock);
	return status;
}

int kernel_put(const struct cli_options *options, struct kernel_build *wanted)
{
	struct places places;
	int status;

	places_init(&places, options->kernel_dir, wanted->name);
	status = check_name(options, &places, wanted->name);
	if (!status)
		status = put(options, wanted, &places);
	places_deinit(&places);
	return status;
}

static int add(const struct cli_options *options, const struct places *places)
{
	struct kernel_build wanted = { .name = options->operands[1] };
	char tree[PATH_MAX];
	int status;

	if (options->nr_operands != 3) {
		fprintf(stderr, "pfnsim: kernel add needs a name and a %s\n",
			options->git ? "revision" : "tree");
		return 2;
	}
	status = check_name(options, places, wanted.name);
	if (!status)
		status = check_tree(options, tree);
	if (status)
		return status;
	wanted.tree = tree;
	if (options->git)
		wanted.revision = options->operands[2];
	status = put(options, &wanted, places);
	if (!status)
		printf("added %s\n", wanted.name);
	return status;
}

/* ---- remove -------------------------------------------------------------- */

static int remove_parts(const struct places *places, const char *name)
{
	int err = 0;

	if (access(places->build, F_OK)) {
		fprintf(stderr, "pfnsim: no kernel %s was added\n", name);
		return 2;
	}
	if ((unlink(places->object) && errno != ENOENT) ||
	    (unlink(places->revision) && errno != ENOENT))
		err = -errno;
	for (size_t i = 0; i < NR_MORE; i++) {
		if (unlink(places->more[i]) && errno != ENOENT)
			err = -errno;
		/* The folder stays where it has others. */
		*strrchr(places->more[i], '/') = '\0';
		rmdir(places->more[i]);
	}
	if (!err)
		err = folder_remove(places->build);
	if (err) {
		fprintf(stderr, "pfnsim: cannot remove %s: %s\n", name,
			strerror(-err));
		return 4;
	}
	printf("removed %s\n", name);
	return 0;
}

static int remove_kernel(const struct cli_options *options,
			 const struct places *places)
{
	const char *name = options->operands[1];
	struct lock lock;
	int status;

	if (options->nr_operands != 2 || options->git) {
		fprintf(stderr, "pfnsim: kernel remove needs a name only\n");
		return 2;
	}
	status = check_name(options, places, name);
	if (!status && access(options->kernel_dir, F_OK))
		return remove_parts(places, name);
	if (!status)
		status = lock_take(&lock, places->lock,
				   "deals with this kernel");
	if (status)
		return status;
	status = remove_parts(places, name);
	lock_remove(&lock);
	return status;
}

/* ---- prune --------------------------------------------------------------- */

static int prune(const struct cli_options *options)
{
	size_t nr;
	int status;

	if (options->nr_operands != 1 || options->git) {
		fprintf(stderr, "pfnsim: kernel prune takes no name\n");
		return 2;
	}
	status = cache_prune(options->kernel_dir, &nr);
	if (!status)
		printf("pruned %zu kernel%s of series\n", nr,
		       nr == 1 ? "" : "s");
	return status;
}

/* -------------------------------------------------------------------------- */

/* The other verbs, and what carries each out. */
static const struct {
	const char *name;
	int (*command)(const struct cli_options *options);
} others[] = {
	{ "update", kernel_update },
	{ "show", kernel_show },
	{ "diff", kernel_diff },
	{ "check", kernel_check },
};

static int other(const struct cli_options *options)
{
	const char *verb = options->operands[0];
	struct suggestion suggestion;

	suggest_init(&suggestion, verb, strlen(verb));
	suggest_offer(&suggestion, "add");
	suggest_offer(&suggestion, "remove");
	suggest_offer(&suggestion, "prune");
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		if (!strcmp(others[i].name, verb))
			return others[i].command(options);
		suggest_offer(&suggestion, others[i].name);
	}
	fprintf(stderr,
		"pfnsim: kernel takes add, update, remove, prune, show, diff "
		"or check, not '%s'",
		verb);
	if (suggestion.best)
		fprintf(stderr, "; did you mean '%s'?", suggestion.best);
	fputc('\n', stderr);
	return 2;
}

int command_kernel(const struct cli_options *options)
{
	const char *verb = options->operands[0];
	bool adds = !strcmp(verb, "add");
	struct places places;
	int status;

	if (!strcmp(verb, "prune"))
		return prune(options);
	if (!adds && strcmp(verb, "remove"))
		return other(options);
	if (options->nr_operands < 2) {
		fprintf(stderr, "pfnsim: kernel %s needs a name\n", verb);
		return 2;
	}
	places_init(&places, options->kernel_dir, options->operands[1]);
	status = adds ? add(options, &places) : remove_kernel(options, &places);
	places_deinit(&places);
	return status;
}
