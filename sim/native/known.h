/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a kernel is known to do where a soak makes operations meet that the
 * scenario's own cases keep apart.
 */
#ifndef PFNSIM_NATIVE_KNOWN_H
#define PFNSIM_NATIVE_KNOWN_H

#include "loader.h"
#include "model.h"

/*
 * The violations, a bit each, that a soak of @scn on @kernel is known for: what
 * its xfail: and allow: say, and what the table in known.c does.
 */
unsigned long known_violations(const struct scenario *scn,
			       const struct loaded_kernel *kernel, bool once);

#endif /* PFNSIM_NATIVE_KNOWN_H */
