/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Searches that are saved: to be gone on with later, or to be put together with
 * what other machines searched.
 *
 *	pfnsim-search 1
 *	program HASH
 *	option WORD		the command line, a word each
 *	shard K N
 *	search HASHES KERNEL FILE CASE
 *	...			what is done of it: pieces.h, or pairs
 *	done			where nothing is left to do
 *	end
 *
 * A file is replaced by a new one at once, so that it is whole whenever it is read.
 */
#ifndef PFNSIM_COMMANDS_CHECKPOINT_H
#define PFNSIM_COMMANDS_CHECKPOINT_H

#include "cli.h"
#include "loader.h"
#include "model.h"

struct checkpoint_record {
	char *key, *text; /* owned */
	bool done;
};

struct checkpoint {
	const char *path;	    /* NULL: nothing is saved */
	char *head;		    /* all lines before "shard" */
	unsigned int shard, shards; /* from 1 on; 0 of 0: not cut */
	struct checkpoint_record *records;
	size_t nr;
	bool complained;
};

/*
 * Begins to save what @options ask for, or reads what was saved of it.  Returns 0,
 * or 2 after an error on stderr: the file is damaged or of another search.
 */
int checkpoint_open(struct checkpoint *checkpoint,
		    const struct cli_options *options);

/* Reads the file @path.  Returns as checkpoint_open(). */
int checkpoint_read(struct checkpoint *checkpoint, const char *path);

void checkpoint_close(struct checkpoint *checkpoint);

/* Says on stderr, once, where it cannot write. */
void checkpoint_save(struct checkpoint *checkpoint);

/* Parses the command line that @checkpoint is of.  Returns 0, or 2. */
int checkpoint_options(const struct checkpoint *checkpoint,
		       struct cli_options *options);

/* Of a search, by what it is made of; NULL where there is none. */
struct checkpoint_record *checkpoint_find(const struct checkpoint *checkpoint,
					  const char *key);

/* The same, made where there is none.  Valid until the next one is. */
struct checkpoint_record *checkpoint_record(struct checkpoint *checkpoint,
					    const char *key);

/* What tells a search from others; free() it. */
char *checkpoint_key(const struct loaded_kernel *kernel,
		     const struct scenario *scenario, const char *case_name);

#endif /* PFNSIM_COMMANDS_CHECKPOINT_H */
