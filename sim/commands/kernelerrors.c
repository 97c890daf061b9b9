// SPDX-License-Identifier: GPL-2.0-only
#include "kernelerrors.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "code.h"
#include "declared.h"
#include "escape.h"
#include "places.h"
#include "problems.h"
#include "session.h"
#include "text.h"

struct explanation {
	const struct kernel_build *build;
	char *root;	  /* the files of the tree, as far as they are there */
	struct code code; /* all zero where nothing was compiled */
	struct declared tree, ours;
	struct problems problems;
};

/* ---- The tree ------------------------------------------------------------ */

static bool is_folder(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

static char *tree_root(const struct kernel_build *build)
{
	if (build->revision)
		return text_of("%s/tree", build->folder);
	if (is_folder(build->tree))
		return text_of("%s", build->tree);
	return text_of("%s/trees/%s", build->folder, build->name);
}

/* A file that is not needed was not extracted of a revision: git has it. */
static char *read_revision(const struct kernel_build *build, const char *path)
{
	struct buf command = { 0 };
	char *object = text_of("%s:%s", build->revision, path), *text = NULL;
	size_t size = 0;
	FILE *pipe;

	buf_puts(&command, "git -C ");
	escape_shell(&command, build->tree);
	buf_puts(&command, " show ");
	escape_shell(&command, object);
	buf_puts(&command, " 2>/dev/null");
	fflush(NULL);
	pipe = popen(buf_get(&command), "re");
	if (pipe && getdelim(&text, &size, '\0', pipe) < 0) {
		free(text);
		text = NULL;
	}
	if (pipe)
		pclose(pipe);
	buf_deinit(&command);
	free(object);
	return text;
}

static void read_header(const struct explanation *why, const char *path,
			struct source *source)
{
	char *full = text_of("%s/%s", why->root, path);
	char *text = NULL;

	if (source_read(full, source) && why->build->revision)
		text = read_revision(why->build, path);
	if (text)
		source_parse(text, source);
	free(text);
	free(full);
}

/* ---- Interfaces ---------------------------------------------------------- */

static void say(const char *what, const char *place, const char *text)
{
	struct buf safe = { 0 };

	escape_terminal(&safe, text, false);
	fprintf(stderr, "    %-7s %s%s%s\n", what, place,
		*place && *text ? ": " : "", buf_get(&safe));
	buf_deinit(&safe);
}

static int find(struct declared *declared, const char *name,
		struct declaration *found)
{
	static const char *const first[] = { "include/linux/kvm_host.h",
					     "virt/kvm/kvm_mm.h",
					     "virt/kvm/guest_memfd.h" };
	int err = -ENOENT;

	for (size_t i = 0; err && i < sizeof(first) / sizeof(*first); i++)
		err = declared_find_in(declared, first[i], name, found);
	return err ? declared_search(declared, name, found) : 0;
}

static void say_declaration(const char *what, struct declared *declared,
			    const char *name)
{
	struct declaration found;
	char *place;

	if (find(declared, name, &found)) {
		if (!strcmp(what, "tree"))
			say(what, "", "declared in no header that is here");
		return;
	}
	place = text_of("%s:%u", found.path, found.line);
	say(what, place, found.text);
	free(place);
}

static const char *first_caller(const struct explanation *why, const char *name)
{
	for (size_t i = 0; i < why->code.nr_uses; i++)
		if (!strcmp(why->code.uses[i].name, name) &&
		    *why->code.uses[i].place)
			return why->code.uses[i].place;
	return "";
}

static void explain_unknown(struct explanation *why,
			    const struct problem *problem)
{
	const char *caller = *problem->place ? problem->place :
					       first_caller(why, problem->name);

	fprintf(stderr, "  %s() is used and neither emulated nor a trap\n",
		problem->name);
	say_declaration("tree", &why->tree, problem->name);
	if (*caller)
		say("used", caller, "");
	say("to do", "",
	    "emulate it in sim/kernel/; or where no scenario reaches it, "
	    "add it to sim/kernel/lib/traps.c");
}

/* Where the error is in pfnsim itself, what stands there; else its header. */
static void say_ours(struct explanation *why, const struct problem *problem)
{
	char *file = text_copy(problem->place, strcspn(problem->place, ":"));
	struct declaration found;

	if (!declared_find_in(&why->ours, file, problem->name, &found)) {
		say("pfnsim", problem->place, found.text);
	} else {
		say_declaration("pfnsim", &why->ours, problem->name);
		say("used", problem->place, "");
	}
	free(file);
}

/* Whether it is the call that is wrong, and not what pfnsim declares. */
static bool declared_alike(struct explanation *why, const char *name)
{
	struct declaration found;
	char *tree, *ours;
	bool alike;

	if (find(&why->tree, name, &found))
		return false;
	tree = source_prototype(found.text, name);
	if (find(&why->ours, name, &found)) {
		free(tree);
		return false;
	}
	ours = source_prototype(found.text, name);
	alike = !strcmp(tree, ours);
	free(tree);
	free(ours);
	return alike;
}

static void explain_prototype(struct explanation *why,
			      const struct problem *problem)
{
	if (declared_alike(why, problem->name)) {
		fprintf(stderr,
			"  %s() is used in another way than it is declared\n",
			problem->name);
		say_declaration("tree", &why->tree, problem->name);
		say("used", problem->place, "");
		return;
	}
	fprintf(stderr, "  %s() has another prototype in the tree\n",
		problem->name);
	say_declaration("tree", &why->tree, problem->name);
	say_ours(why, problem);
	say("to do", "",
	    "add a probe to cmake/probes/ and both forms to sim/kernel/");
}

static bool mentions(const struct source *source, const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < source->nr; i++) {
		const char *at = source->items[i].body;

		while (at && (at = strstr(at, name)))
			if (at[len] == '(')
				return true;
			else
				at++;
	}
	return false;
}

/* What of the header @path the source that includes it calls. */
static void explain_used(struct explanation *why, const char *path,
			 const struct problem *problem)
{
	size_t len = strcspn(problem->place, ":");
	char *file = text_copy(problem->place, len);
	struct source header, user;

	read_header(why, path, &header);
	read_header(why, file, &user);
	if (!header.nr)
		say("tree", path, "not here");
	for (size_t i = 0; i < header.nr; i++) {
		const struct source_item *item = &header.items[i];
		char *place;

		if (item->kind == SOURCE_MACRO || !mentions(&user, item->name))
			continue;
		place = text_of("%s:%u", path, item->line);
		fprintf(stderr, "  %s() is used and declared there\n",
			item->name);
		say("tree", place, item->text);
		free(place);
	}
	source_deinit(&header);
	source_deinit(&user);
	free(file);
}

static void explain_header(struct explanation *why,
			   const struct problem *problem)
{
	char *path = text_of("include/%s", problem->name);

	fprintf(stderr, "  <%s> is included and pfnsim has no such header\n",
		problem->name);
	say("used", problem->place, "");
	explain_used(why, path, problem);
	say("to do", "",
	    "add the header to include/, and what is used of it to "
	    "sim/kernel/");
	free(path);
}

static void explain(struct explanation *why)
{
	for (size_t i = 0; i < why->problems.nr; i++) {
		const struct problem *problem = &why->problems.list[i];

		switch (problem->kind) {
		case UNKNOWN_FUNCTION:
			explain_unknown(why, problem);
			break;
		case OTHER_PROTOTYPE:
			explain_prototype(why, problem);
			break;
		case MISSING_HEADER:
			explain_header(why, problem);
			break;
		}
	}
}

/* -------------------------------------------------------------------------- */

void kernel_explain(const struct kernel_build *build)
{
	char *log = text_of("%s/log", build->folder);
	char *root = tree_root(build);
	char *description = text_of("%s/kernels/%s/objects.txt", build->folder,
				    build->name);
	struct explanation why = { .build = build,
				   .root = root,
				   .problems.root = root };
	char reason[256];

	fprintf(stderr, "pfnsim: kernel %s: %s does not build:\n", build->name,
		build->tree);
	code_load(description, "", &why.code, reason, sizeof(reason));
	declared_init(&why.tree, root);
	declared_init(&why.ours, place_of_sources());
	problems_read(&why.problems, log);
	explain(&why);
	fprintf(stderr, "pfnsim: all that was said: %s\n", log);
	problems_deinit(&why.problems);
	declared_deinit(&why.tree);
	declared_deinit(&why.ours);
	code_deinit(&why.code);
	free(description);
	free(root);
	free(log);
}
