/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reading scenario files.
 *
 * A scenario owns all memory that it points to; it does not refer to the
 * struct diags that was filled while it was read.  No locking: reading touches
 * no shared state.
 */
#ifndef PFNSIM_SCENARIO_READER_H
#define PFNSIM_SCENARIO_READER_H

#include <stddef.h>

#include "diag.h"
#include "model.h"

/*
 * Read a file of at most 1 MiB.  @diags must be initialised; it takes the
 * file's name and text and every message.  Returns NULL where there was any
 * error; warnings alone do not count.
 */
struct scenario *scenario_read(const char *path, struct diags *diags);

/* The same from memory; @name stands for the path. */
struct scenario *scenario_read_text(const char *name, const char *text,
				    size_t len, struct diags *diags);

/* Free a scenario; NULL is fine. */
void scenario_destroy(struct scenario *s);

/*
 * Look for what is allowed but not good: adds warnings to @diags, which must be
 * the one that the scenario was read with.  Returns how many were added.
 */
size_t scenario_lint(const struct scenario *s, struct diags *diags);

/*
 * Read an order as the command line gives it, `task:until task:until ...`, with
 * `|` between several untils of one line ("vcpu0:gpc.refresh/retry|end").
 * Stores lines that the scenario owns in @lines and their number in @nr.
 * Returns 0, or -EINVAL after adding errors to @diags, whose file and text it
 * sets to "--order" and @text.
 */
int scenario_read_order(struct scenario *s, const char *text,
			struct diags *diags, struct order_line **lines,
			size_t *nr);

#endif /* PFNSIM_SCENARIO_READER_H */
