// SPDX-License-Identifier: GPL-2.0-only
#include "symbols.h"

#include <elfutils/libdwfl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "engine.h"
#include "place.h"
#include "world.h"

#define MAX_FRAMES 24
#define MAX_NAMES 6

static Dwfl *dwfl;
static struct {
	char *file;
	unsigned long load_address;
} used;

/*
 * A look-up walks the whole symbol table; a run asks for the same few hundred
 * addresses over and over.
 */
#define CACHE_SIZE 4096
static struct {
	uintptr_t address;
	const char *name; /* NULL: none to show */
} cache[CACHE_SIZE];

static struct {
	uintptr_t address;
	int number;
	const char *path; /* NULL: none is known */
	const char *folder;
	char text[48];	  /* "file:line" */
	char source[120]; /* the line itself, "" where it is not there */
} line_cache[CACHE_SIZE];

void symbols_use(const char *file, unsigned long load_address)
{
	static const Dwfl_Callbacks callbacks = {
		.find_elf = dwfl_build_id_find_elf,
		.find_debuginfo = dwfl_standard_find_debuginfo,
	};

	/* The same kernel is started over and over. */
	if (dwfl && file && !strcmp(file, used.file) &&
	    used.load_address == load_address)
		return;
	memset(cache, 0, sizeof(cache));
	memset(line_cache, 0, sizeof(line_cache));
	place_forget();
	free(used.file);
	used.file = file ? strdup(file) : NULL;
	used.load_address = load_address;
	if (dwfl)
		dwfl_end(dwfl);
	dwfl = file ? dwfl_begin(&callbacks) : NULL;
	if (!dwfl)
		return;
	dwfl_report_begin(dwfl);
	dwfl_report_elf(dwfl, "kernel", file, -1, load_address, false);
	dwfl_report_end(dwfl, NULL, NULL);
}

/* Functions of the emulation that stand between a kernel call and its effect. */
static bool is_internal(const char *name)
{
	static const char *const prefixes[] = {
		"host_",     "frame_",	   "sync_",	  "mm_",
		"khva_",     "lockdep_",   "op_",	  "glue_",
		"sys_",	     "pfnsim",	   "kernel_op",	  "gpc_user_",
		"user_read", "user_write", "user_access", "access_user",
		"access_p",  "free_frame", "alloc_frame", "kmap_page",
		"anon_new_", "guest_read", "guest_write", "guest_access",
		"__tsan_",
	};

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (!strncmp(name, prefixes[i], strlen(prefixes[i])))
			return true;
	return false;
}

static const char *look_up(uintptr_t address)
{
	Dwfl_Module *module = dwfl_addrmodule(dwfl, address);
	const char *name;

	if (!module)
		return NULL;
	name = dwfl_module_addrname(module, address);
	return name && !is_internal(name) ? name : NULL;
}

static const char *function_at(uintptr_t address)
{
	size_t at = (address ^ address >> 12) % CACHE_SIZE;

	if (cache[at].address != address) {
		cache[at].name = look_up(address);
		cache[at].address = address;
	}
	return cache[at].name;
}

/* "foo.isra.0" and "foo.constprop.1" are foo to a person. */
static size_t plain_length(const char *name)
{
	return strcspn(name, ".");
}

/* Appends a function to a path; returns whether it had a name to show. */
static bool add_function(char *text, size_t size, uintptr_t address)
{
	const char *name = function_at(address);
	size_t used = strlen(text);

	if (!name)
		return false;
	snprintf(text + used, size - used, "%s%.*s()", used ? " <- " : "",
		 (int)plain_length(name), name);
	return true;
}

unsigned int symbols_stack(uintptr_t *addresses, unsigned int max,
			   const struct stack_place *from)
{
	uintptr_t *frame = from ? (uintptr_t *)from->frame :
				  __builtin_frame_address(0);
	uintptr_t low = (uintptr_t)world_stack(host_task);
	uintptr_t high = low + WORLD_STACK_SIZE - 2 * sizeof(*frame);
	unsigned int nr = 0;

	if (!dwfl)
		return 0;
	if (from && dwfl_addrmodule(dwfl, from->pc))
		addresses[nr++] = from->pc;
	for (int i = 0; i < MAX_FRAMES && nr < max; i++) {
		if ((uintptr_t)frame < low || (uintptr_t)frame > high ||
		    (uintptr_t)frame % sizeof(*frame))
			break;
		if (dwfl_addrmodule(dwfl, frame[1] - 1))
			addresses[nr++] = frame[1] - 1;
		if (frame[0] <= (uintptr_t)frame)
			break;
		frame = (uintptr_t *)frame[0];
	}
	return nr;
}

const char *symbols_path(struct trace *trace, const struct stack_place *from)
{
	uintptr_t addresses[MAX_FRAMES + 1];
	unsigned int nr = symbols_stack(addresses, MAX_FRAMES, from);
	char text[256] = "";
	int named = 0;

	for (unsigned int i = 0; i < nr && named < MAX_NAMES; i++)
		named += add_function(text, sizeof(text), addresses[i]);
	return named ? trace_text(trace, "%s", text) : NULL;
}

/* @folder: what a path that does not begin with a slash starts from. */
static const char *find_line(uintptr_t address, int *number,
			     const char **folder)
{
	Dwfl_Module *module = dwfl ? dwfl_addrmodule(dwfl, address) : NULL;
	Dwfl_Line *line = module ? dwfl_module_getsrc(module, address) : NULL;

	*folder = line ? dwfl_line_comp_dir(line) : NULL;
	return line ? dwfl_lineinfo(line, NULL, number, NULL, NULL, NULL) :
		      NULL;
}

/*
 * The folder that the kernel was built in, as far as its place tells: kernels lie
 * in build/kernels, those built in another way in a folder there.
 */
static void build_folder(char *folder, size_t size)
{
	char *slash;
	char *whole = used.file ? realpath(used.file, NULL) : NULL;

	snprintf(folder, size, "%s", whole ? whole : "");
	free(whole);
	for (int level = 0; level < 3; level++) {
		slash = strrchr(folder, '/');
		if (!slash)
			break;
		*slash = '\0';
		if (level == 1 && !strcmp(slash + 1, "kernels"))
			break;
	}
}

/* NULL where the file has changed since the kernel was built. */
static FILE *open_unchanged(const char *path)
{
	FILE *file = fopen(path, "re");
	struct stat source, kernel;

	if (!file)
		return NULL;
	if (!fstat(fileno(file), &source) && used.file &&
	    !stat(used.file, &kernel) && source.st_mtime <= kernel.st_mtime)
		return file;
	fclose(file);
	return NULL;
}

/*
 * Paths are from where the compiler ran; where that was may be wrong, as in
 * objects that ccache brought from another folder.
 */
static FILE *open_built(const char *folder, const char *path)
{
	char whole[PATH_MAX], built_in[PATH_MAX / 2];
	FILE *file;

	if (*path == '/' || !folder)
		return open_unchanged(path);
	build_folder(built_in, sizeof(built_in));
	snprintf(whole, sizeof(whole), "%s/%s", built_in, path);
	file = open_unchanged(whole);
	if (file)
		return file;
	snprintf(whole, sizeof(whole), "%s/%s", folder, path);
	return open_unchanged(whole);
}

static const char *moved_to;

void symbols_look_in(const char *folder)
{
	moved_to = folder;
}

static FILE *open_source(const char *folder, const char *path)
{
	FILE *file = open_built(folder, path);
	char whole[PATH_MAX];

	while (!file && moved_to && path) {
		snprintf(whole, sizeof(whole), "%s/%s", moved_to, path);
		file = open_unchanged(whole);
		path = strchr(path, '/');
		path += path != NULL;
	}
	return file;
}

void symbols_read_line(const char *folder, const char *path, int number,
		       char *text, size_t size)
{
	FILE *file = open_source(folder, path);
	char *line = NULL;
	size_t room = 0;

	*text = '\0';
	while (file && number && getline(&line, &room, file) >= 0)
		number--;
	if (file && !number && line)
		snprintf(text, size, "%.*s",
			 (int)strcspn(line + strspn(line, " \t"), "\n"),
			 line + strspn(line, " \t"));
	free(line);
	if (file)
		fclose(file);
}

static size_t line_at(const void *pc)
{
	/* The call itself stands before where it returns to. */
	uintptr_t address = (uintptr_t)pc - 1;
	size_t at = (address ^ address >> 12) % CACHE_SIZE;
	const char *slash;

	if (line_cache[at].address == address)
		return at;
	memset(&line_cache[at], 0, sizeof(line_cache[at]));
	line_cache[at].address = address;
	line_cache[at].path = find_line(address, &line_cache[at].number,
					&line_cache[at].folder);
	if (!line_cache[at].path)
		return at;
	slash = strrchr(line_cache[at].path, '/');
	snprintf(line_cache[at].text, sizeof(line_cache[at].text), "%s:%d",
		 slash ? slash + 1 : line_cache[at].path,
		 line_cache[at].number);
	return at;
}

const char *symbols_line(const void *pc)
{
	size_t at = line_at(pc);

	return line_cache[at].path ? line_cache[at].text : NULL;
}

const char *symbols_source(const void *pc, const char **path)
{
	size_t at = line_at(pc);

	*path = line_cache[at].path;
	if (*path && !*line_cache[at].source)
		symbols_read_line(line_cache[at].folder, *path,
				  line_cache[at].number, line_cache[at].source,
				  sizeof(line_cache[at].source));
	return *line_cache[at].source ? line_cache[at].source : NULL;
}

const char *symbols_function(const void *pc)
{
	return dwfl ? function_at((uintptr_t)pc - 1) : NULL;
}

struct Dwfl *symbols_debug(void)
{
	return dwfl;
}
