/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names of kernel functions on the running task's stack, by frame pointers and
 * the symbol table of the loaded kernel (libdwfl).
 */
#ifndef PFNSIM_ENGINE_SYMBOLS_H
#define PFNSIM_ENGINE_SYMBOLS_H

#include <stddef.h>
#include <stdint.h>

#include "trace.h"

/* Where a task was interrupted; frame is its frame pointer. */
struct stack_place {
	uintptr_t pc, frame;
};

/*
 * The call path of the running task inside the kernel, innermost function first:
 * "kvm_gmem_release() <- ____fput() <- ...", at most 6 functions, shim-internal
 * ones left out.  @from: where it was interrupted, NULL where it called us.  In
 * the storage of @trace; NULL where nothing is known.
 */
const char *symbols_path(struct trace *trace, const struct stack_place *from);

/*
 * The line of source that @pc returns to, "pfncache.c:188", or NULL where none is
 * known.  Lives as long as the kernel is the one that is used.
 */
const char *symbols_line(const void *pc);

/*
 * The text of that line, without what it is indented by, or NULL where the file
 * is not there any more.  The path of the file comes to be in @path.
 */
const char *symbols_source(const void *pc, const char **path);

/* The function that @pc returns to, inlined ones apart, or NULL. */
const char *symbols_function(const void *pc);

/*
 * Return addresses on the running task's stack that lie in the kernel, innermost
 * first, at most @max; @from as above.  Returns how many.
 */
unsigned int symbols_stack(uintptr_t *addresses, unsigned int max,
			   const struct stack_place *from);

/*
 * Where sources are that are not where they were compiled, as those of kernels
 * that were installed: the file at the end of a path, with as many of the folders
 * above it as are there.  @folder is kept.
 */
void symbols_look_in(const char *folder);

/*
 * The text of a line of source, without what it is indented by, into @text; ""
 * where the file is not there.  @folder: what @path starts from, or NULL.
 */
void symbols_read_line(const char *folder, const char *path, int number,
		       char *text, size_t size);

/* Debug information of the kernel that is used, or NULL (libdwfl). */
struct Dwfl;
struct Dwfl *symbols_debug(void);

/* Names the kernel whose functions are looked up; NULL forgets it. */
void symbols_use(const char *file, unsigned long load_address);

#endif /* PFNSIM_ENGINE_SYMBOLS_H */
