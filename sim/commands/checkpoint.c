// SPDX-License-Identifier: GPL-2.0-only
#include "checkpoint.h"

#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session.h"

#define MAGIC "pfnsim-search 1"
#define MAX_SHARDS 100000

/* ---- Hashes -------------------------------------------------------------- */

#define FNV_START 0xcbf29ce484222325ULL

/* Fowler, Noll and Vo's hash, variant 1a. */
static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t nr)
{
	for (const unsigned char *at = bytes; nr--; at++)
		hash = (hash ^ *at) * 0x100000001b3ULL;
	return hash;
}

/* 0 where the file cannot be read. */
static uint64_t hash_file(const char *path)
{
	FILE *file = fopen(path, "r");
	uint64_t hash = FNV_START;
	char bytes[65536];
	size_t nr;

	if (!file)
		return 0;
	while ((nr = fread(bytes, 1, sizeof(bytes), file)))
		hash = hash_bytes(hash, bytes, nr);
	fclose(file);
	return hash;
}

char *checkpoint_key(const struct loaded_kernel *kernel,
		     const struct scenario *scenario, const char *case_name)
{
	const char *slash = strrchr(kernel->path, '/');
	int dir = slash ? slash - kernel->path + 1 : 0;
	char *hooked = text_of("%.*shooked/%s", dir, kernel->path,
			       kernel->path + dir);
	uint64_t source = scenario ? hash_bytes(FNV_START, scenario->source,
						scenario->source_len) :
				     0;
	char *key = text_of("%016" PRIx64 " %016" PRIx64 " %s %s %s",
			    hash_file(hooked), source, kernel->name,
			    scenario ? scenario->path : "-", case_name);

	free(hooked);
	return key;
}

/* ---- The command line ---------------------------------------------------- */

static void add_word(FILE *out, const char *name, const char *value)
{
	fprintf(out, "option --%s\noption %s\n", name, value);
}

static void add_number(FILE *out, const char *name, unsigned long value)
{
	fprintf(out, "option --%s\noption %lu\n", name, value);
}

/* What decides what is searched, and nothing that does not. */
static void write_options(FILE *out, const struct cli_options *options)
{
	for (size_t i = 0; i < options->nr_kernels; i++)
		add_word(out, "kernel", options->kernels[i]);
	if (options->case_name)
		add_word(out, "case", options->case_name);
	if (options->all)
		fputs("option --all\n", out);
	if (options->only)
		add_word(out, "only", options->only);
	if (options->tasks)
		add_number(out, "tasks", options->tasks);
	if (options->preemptions)
		add_number(out, "preemptions", options->preemptions - 1);
	if (options->delays)
		add_number(out, "delays", options->delays - 1);
	if (options->random)
		add_number(out, "random", options->random);
	if (options->seed)
		add_number(out, "seed", options->seed - 1);
	if (options->find)
		add_word(out, "find", options->find);
	if (options->data_races)
		fputs("option --data-races\n", out);
	fputs("option --\n", out);
	for (size_t i = 0; i < options->nr_operands; i++)
		fprintf(out, "option %s\n", options->operands[i]);
}

static char *make_head(const struct cli_options *options)
{
	char *head = NULL;
	size_t size;
	FILE *out = open_memstream(&head, &size);

	if (!out)
		abort();
	fprintf(out, "%s\nprogram %016" PRIx64 "\n", MAGIC,
		hash_file("/proc/self/exe"));
	write_options(out, options);
	if (fclose(out))
		abort();
	return head;
}

int checkpoint_options(const struct checkpoint *checkpoint,
		       struct cli_options *options)
{
	size_t nr = 2, room = strlen(checkpoint->head) / 7 + 4;
	char **argv = calloc(room, sizeof(*argv));
	char *line = checkpoint->head;
	int status;

	if (!argv)
		abort();
	argv[0] = "pfnsim";
	argv[1] = "explore";
	/* The words live as long as the head: options point into it. */
	while (*line) {
		char *end = line + strlen(line);
		char *newline = strchr(line, '\n');

		if (newline)
			*newline = '\0';
		if (!strncmp(line, "option ", 7))
			argv[nr++] = line + 7;
		line = newline ? newline + 1 : end;
	}
	status = cli_parse(nr, argv, options);
	free(argv);
	return status == CLI_GO ? 0 : 2;
}

/* Returns 0, or 2 after an error on stderr. */
static int read_shard(struct checkpoint *checkpoint, const char *text)
{
	int end = 0;

	if (!text)
		return 0;
	if (sscanf(text, "%5u/%6u%n", &checkpoint->shard, &checkpoint->shards,
		   &end) == 2 &&
	    !text[end] && checkpoint->shard &&
	    checkpoint->shard <= checkpoint->shards &&
	    checkpoint->shards <= MAX_SHARDS)
		return 0;
	fprintf(stderr,
		"pfnsim: --shard: '%s' is not K/N with K from 1 to N, N up to %d\n",
		text, MAX_SHARDS);
	return 2;
}

/* ---- Records ------------------------------------------------------------- */

struct checkpoint_record *checkpoint_find(const struct checkpoint *checkpoint,
					  const char *key)
{
	for (size_t i = 0; i < checkpoint->nr; i++)
		if (!strcmp(checkpoint->records[i].key, key))
			return &checkpoint->records[i];
	return NULL;
}

struct checkpoint_record *checkpoint_record(struct checkpoint *checkpoint,
					    const char *key)
{
	struct checkpoint_record *record = checkpoint_find(checkpoint, key);

	if (record)
		return record;
	checkpoint->records = realloc(checkpoint->records,
				      (checkpoint->nr + 1) * sizeof(*record));
	if (!checkpoint->records)
		abort();
	record = &checkpoint->records[checkpoint->nr++];
	*record = (struct checkpoint_record){
		.key = text_of("%s", key),
		.text = text_of("%s", ""),
	};
	return record;
}

void checkpoint_close(struct checkpoint *checkpoint)
{
	for (size_t i = 0; i < checkpoint->nr; i++) {
		free(checkpoint->records[i].key);
		free(checkpoint->records[i].text);
	}
	free(checkpoint->records);
	free(checkpoint->head);
	*checkpoint = (struct checkpoint){ 0 };
}

/* ---- Writing ------------------------------------------------------------- */

static int write_file(const struct checkpoint *checkpoint, const char *path)
{
	FILE *out = fopen(path, "w");
	int err = 0;

	if (!out)
		return -errno;
	fprintf(out, "%sshard %u %u\n", checkpoint->head, checkpoint->shard,
		checkpoint->shards);
	for (size_t i = 0; i < checkpoint->nr; i++) {
		const struct checkpoint_record *record =
			&checkpoint->records[i];

		fprintf(out, "search %s\n%s%send\n", record->key, record->text,
			record->done ? "done\n" : "");
	}
	if (fflush(out) || fsync(fileno(out)) || ferror(out))
		err = errno ? -errno : -EIO;
	if (fclose(out) && !err)
		err = -errno;
	return err;
}

void checkpoint_save(struct checkpoint *checkpoint)
{
	char *fresh;
	int err;

	if (!checkpoint->path)
		return;
	fresh = text_of("%s.new", checkpoint->path);
	err = write_file(checkpoint, fresh);
	if (!err && rename(fresh, checkpoint->path))
		err = -errno;
	if (err && !checkpoint->complained)
		fprintf(stderr, "pfnsim: cannot save %s: %s\n",
			checkpoint->path, strerror(-err));
	checkpoint->complained |= err != 0;
	free(fresh);
}

/* ---- Reading ------------------------------------------------------------- */

struct reader {
	struct checkpoint *checkpoint;
	const char *path;
	size_t line;
	FILE *head, *text; /* being gathered, or NULL */
	char *head_bytes, *text_bytes;
	size_t head_size, text_size;
	struct checkpoint_record *record;
};

static int complain(const struct reader *reader, const char *what)
{
	fprintf(stderr, "%s:%zu: error: %s\n", reader->path, reader->line,
		what);
	return 2;
}

static int read_head(struct reader *reader, const char *line)
{
	struct checkpoint *checkpoint = reader->checkpoint;

	if (reader->line == 1 && strcmp(line, MAGIC))
		return complain(reader, "this is no search that pfnsim saved");
	if (strncmp(line, "shard ", 6)) {
		fprintf(reader->head, "%s\n", line);
		return 0;
	}
	if (sscanf(line, "shard %u %u", &checkpoint->shard,
		   &checkpoint->shards) != 2 ||
	    checkpoint->shard > checkpoint->shards ||
	    checkpoint->shards > MAX_SHARDS)
		return complain(reader, "expected 'shard K N'");
	fclose(reader->head);
	reader->head = NULL;
	checkpoint->head = reader->head_bytes;
	return 0;
}

static int begin_record(struct reader *reader, const char *line)
{
	struct checkpoint *checkpoint = reader->checkpoint;

	if (strncmp(line, "search ", 7))
		return complain(reader, "expected 'search'");
	if (checkpoint_find(checkpoint, line + 7))
		return complain(reader, "there is this search twice");
	reader->record = checkpoint_record(checkpoint, line + 7);
	reader->text = open_memstream(&reader->text_bytes, &reader->text_size);
	if (!reader->text)
		abort();
	return 0;
}

static void end_record(struct reader *reader)
{
	fclose(reader->text);
	reader->text = NULL;
	free(reader->record->text);
	reader->record->text = reader->text_bytes;
	reader->record = NULL;
}

static int read_line(struct reader *reader, const char *line)
{
	if (reader->head)
		return read_head(reader, line);
	if (!reader->record)
		return begin_record(reader, line);
	if (!strcmp(line, "end"))
		end_record(reader);
	else if (!strcmp(line, "done"))
		reader->record->done = true;
	else
		fprintf(reader->text, "%s\n", line);
	return 0;
}

static int read_lines(struct reader *reader, FILE *file)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t len;
	int status = 0;

	while (!status && (len = getline(&line, &room, file)) > 0) {
		reader->line++;
		if (line[len - 1] != '\n' || memchr(line, '\0', len))
			status = complain(reader, "the file is damaged here");
		line[len - 1] = '\0';
		if (!status)
			status = read_line(reader, line);
	}
	free(line);
	if (!status && (reader->head || reader->record))
		status = complain(reader, "the file ends too early");
	return status;
}

int checkpoint_read(struct checkpoint *checkpoint, const char *path)
{
	struct reader reader = { .checkpoint = checkpoint, .path = path };
	FILE *file = fopen(path, "r");
	int status;

	*checkpoint = (struct checkpoint){ 0 };
	if (!file) {
		fprintf(stderr, "%s: error: %s\n", path, strerror(errno));
		return 2;
	}
	reader.head = open_memstream(&reader.head_bytes, &reader.head_size);
	if (!reader.head)
		abort();
	status = read_lines(&reader, file);
	fclose(file);
	if (reader.record)
		end_record(&reader);
	if (reader.head) {
		fclose(reader.head);
		free(reader.head_bytes);
	}
	return status;
}

/* Says what two searches differ in; returns 2. */
static int differs(const char *path, const struct checkpoint *one,
		   const struct checkpoint *other)
{
	if (strcmp(one->head, other->head))
		fprintf(stderr,
			"%s: error: this is a search by another %s; remove "
			"the file to begin anew\n",
			path,
			strcmp(strstr(one->head, "option"),
			       strstr(other->head, "option")) ?
				"command line" :
				"build of pfnsim");
	else
		fprintf(stderr, "%s: error: this is shard %u/%u\n", path,
			one->shard, one->shards);
	return 2;
}

int checkpoint_open(struct checkpoint *checkpoint,
		    const struct cli_options *options)
{
	struct checkpoint fresh = { .path = options->checkpoint };
	int status = read_shard(&fresh, options->shard);

	*checkpoint = (struct checkpoint){ 0 };
	if (!status && options->shard && !options->checkpoint) {
		fputs("pfnsim: --shard needs --checkpoint\n", stderr);
		status = 2;
	}
	if (status)
		return status;
	fresh.head = make_head(options);
	if (!options->checkpoint || access(options->checkpoint, F_OK)) {
		*checkpoint = fresh;
		return 0;
	}
	status = checkpoint_read(checkpoint, options->checkpoint);
	if (!status && (strcmp(fresh.head, checkpoint->head) ||
			fresh.shard != checkpoint->shard ||
			fresh.shards != checkpoint->shards))
		status = differs(options->checkpoint, checkpoint, &fresh);
	checkpoint->path = options->checkpoint;
	checkpoint_close(&fresh);
	return status;
}
