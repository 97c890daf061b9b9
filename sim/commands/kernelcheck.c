// SPDX-License-Identifier: GPL-2.0-only
#include "kernelcheck.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "escape.h"
#include "kernelbuild.h"
#include "kernelcode.h"
#include "places.h"
#include "session.h"

static void print_side(FILE *out, const char *side, const char *place,
		       const char *text)
{
	struct buf safe = { 0 };

	escape_terminal(&safe, text, false);
	fprintf(out, "    %-7s %s%s%s\n", side, place,
		*place && *text ? ": " : "", buf_get(&safe));
	buf_deinit(&safe);
}

static void print(FILE *out, const struct disagreement *d)
{
	switch (d->kind) {
	case CHECK_DEFINITION:
	case CHECK_DECLARED:
		fprintf(out, "  %s() has another prototype in the tree\n",
			d->name);
		print_side(out, "tree", d->tree_place, d->tree);
		break;
	default:
		fprintf(out, "  %s() is declared nowhere in the tree\n",
			d->name);
		break;
	}
	print_side(out, "pfnsim", d->ours_place, d->ours);
	if (*d->caller)
		print_side(out, "used", d->caller, "");
}

static size_t report(FILE *out, const struct disagreements *found)
{
	for (size_t i = 0; i < found->nr; i++)
		print(out, &found->list[i]);
	return found->nr;
}

static size_t check_code(const char *name, const struct code *code)
{
	struct disagreements found;
	size_t nr;

	check_prototypes(code, place_of_sources(), false, &found);
	if (found.nr)
		fprintf(stderr,
			"pfnsim: kernel %s: its tree has interfaces that "
			"pfnsim does not know:\n",
			name);
	nr = report(stderr, &found);
	if (nr)
		fputs("    to do   emulate the tree's form; or where both mean "
		      "the same, add a line to cmake/declarations.txt\n",
		      stderr);
	disagreements_deinit(&found);
	return nr;
}

/* Of an archive only what is needed was extracted: most headers are not there. */
static bool is_whole(const char *root)
{
	char *kconfig = text_of("%s/Kconfig", root);
	bool whole = !access(kconfig, R_OK);

	free(kconfig);
	return whole;
}

static bool load_built(const char *folder, const char *name, struct code *code)
{
	char *description = text_of("%s/kernels/%s/objects.txt", folder, name);
	char *kernel = text_of("%s/kernels/%s.so", folder, name);
	char why[512];
	int err = code_load(description, kernel, code, why, sizeof(why));

	if (err)
		fprintf(stderr, "pfnsim: %s\n", why);
	free(description);
	free(kernel);
	return !err;
}

bool kernel_check_built(const struct kernel_build *build)
{
	struct code code;
	bool good;

	if (!load_built(build->folder, build->name, &code))
		return false;
	good = !check_code(build->name, &code);
	code_deinit(&code);
	return good;
}

long kernel_check_log(const char *folder, const char *name, const char *log)
{
	struct disagreements found;
	struct code code;
	FILE *out;
	long nr;

	if (!load_built(folder, name, &code))
		return -EINVAL;
	check_prototypes(&code, place_of_sources(), false, &found);
	nr = found.nr;
	out = nr ? fopen(log, "ae") : NULL;
	for (size_t i = 0; out && i < found.nr; i++) {
		const struct disagreement *d = &found.list[i];

		fprintf(out,
			"%s:1: error: %s() has another prototype than pfnsim "
			"knows: %s, not %s\n",
			d->tree_place, d->name, d->tree, d->ours);
	}
	if (nr && (!out || fclose(out))) {
		fprintf(stderr, "pfnsim: %s: %s\n", log, strerror(errno));
		nr = -EIO;
	}
	disagreements_deinit(&found);
	code_deinit(&code);
	return nr;
}

int kernel_check(const struct cli_options *options)
{
	struct disagreements found;
	struct code code;
	int status;

	if (options->nr_operands != 2 || options->git) {
		fprintf(stderr, "pfnsim: kernel check needs a name only\n");
		return 2;
	}
	status = kernel_code_load(options, options->operands[1], &code);
	if (status)
		return status;
	check_prototypes(&code, place_of_sources(), is_whole(code.root),
			 &found);
	status = report(stdout, &found) ? 1 : 0;
	printf("%s: %zu prototypes compared with the tree's, %zu known to "
	       "differ, %zu unknown\n",
	       options->operands[1], found.nr_checked, found.nr_known,
	       found.nr);
	disagreements_deinit(&found);
	code_deinit(&code);
	return status;
}
