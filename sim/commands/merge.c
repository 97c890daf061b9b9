// SPDX-License-Identifier: GPL-2.0-only
/* `pfnsim merge`: what the shards of a search came to. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checkpoint.h"
#include "commands.h"
#include "exploreall.h"

struct merge {
	struct checkpoint *parts;
	const char **paths;
	size_t nr;
};

static int read_parts(struct merge *merge, const struct cli_options *options)
{
	int status = 0;

	merge->paths = options->operands;
	merge->parts = calloc(options->nr_operands, sizeof(*merge->parts));
	if (!merge->parts)
		abort();
	for (; !status && merge->nr < options->nr_operands; merge->nr++)
		status = checkpoint_read(&merge->parts[merge->nr],
					 merge->paths[merge->nr]);
	return status;
}

/* All parts are of the same search: returns 0, or 2 after errors on stderr. */
static int check_same(const struct merge *merge)
{
	int status = 0;

	for (size_t i = 0; i < merge->nr; i++) {
		const struct checkpoint *part = &merge->parts[i];

		if (!part->shards) {
			fprintf(stderr, "%s: error: this is no shard\n",
				merge->paths[i]);
			status = 2;
		} else if (part->shards != merge->parts[0].shards ||
			   strcmp(part->head, merge->parts[0].head)) {
			fprintf(stderr,
				"%s: error: this is of another search than "
				"%s\n",
				merge->paths[i], merge->paths[0]);
			status = 2;
		}
	}
	return status;
}

static int check_shard(const struct merge *merge, unsigned int shard)
{
	const char *found = NULL;
	int status = 0;

	for (size_t i = 0; i < merge->nr; i++) {
		if (merge->parts[i].shard != shard)
			continue;
		if (found) {
			fprintf(stderr, "%s: error: this is shard %u, as %s\n",
				merge->paths[i], shard, found);
			status = 2;
		}
		found = merge->paths[i];
	}
	if (!found) {
		fprintf(stderr, "pfnsim: shard %u of %u is missing\n", shard,
			merge->parts[0].shards);
		status = 2;
	}
	return status;
}

static int check_done(const struct merge *merge)
{
	int status = 0;

	for (size_t i = 0; i < merge->nr; i++) {
		const struct checkpoint *part = &merge->parts[i];
		bool done = part->nr == merge->parts[0].nr;

		for (size_t j = 0; j < part->nr; j++)
			done &= part->records[j].done;
		if (done)
			continue;
		fprintf(stderr,
			"%s: error: shard %u is not finished: run it again\n",
			merge->paths[i], part->shard);
		status = 2;
	}
	return status;
}

static int check_parts(const struct merge *merge)
{
	int status = check_same(merge);

	if (status)
		return status;
	for (unsigned int i = 1; i <= merge->parts[0].shards; i++)
		status |= check_shard(merge, i);
	return status ? status : check_done(merge);
}

/* How to tell it is up to who asks now. */
static int tell(const struct merge *merge, const struct cli_options *how)
{
	struct cli_options options;
	int status = checkpoint_options(&merge->parts[0], &options);

	options.format = how->format;
	options.color = how->color;
	options.verbose = how->verbose;
	options.quiet = how->quiet;
	options.out_dir = how->out_dir;
	options.html = how->html;
	options.source_url = how->source_url;
	options.junit = how->junit;
	free(options.kernel_dir);
	options.kernel_dir = strdup(how->kernel_dir);
	if (!status && options.all && (how->html || how->junit)) {
		fprintf(stderr, "pfnsim: a search with --all has neither "
				"--html nor --junit\n");
		status = 2;
	}
	if (!status)
		status = explore_parts(&options, merge->parts, merge->nr);
	cli_options_deinit(&options);
	return status;
}

int command_merge(const struct cli_options *options)
{
	struct merge merge = { 0 };
	int status = read_parts(&merge, options);

	if (!status)
		status = check_parts(&merge);
	if (!status)
		status = tell(&merge, options);
	for (size_t i = 0; i < merge.nr; i++)
		checkpoint_close(&merge.parts[i]);
	free(merge.parts);
	return status;
}
