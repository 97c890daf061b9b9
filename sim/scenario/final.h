/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The state that the tasks of a scenario leave when all of them have ended: what
 * their steps returned, what they read, and which caches are valid.  It is the
 * same for executions by the engine and on native threads.
 */
#ifndef PFNSIM_SCENARIO_FINAL_H
#define PFNSIM_SCENARIO_FINAL_H

#include <stddef.h>
#include <stdint.h>

#include "machine.h"

struct final {
	const struct scenario *scenario;
	struct step_result *const *result; /* by task and step */
	const struct gpc_view *gpcs;	   /* by kernel cache */
	unsigned int nr_caches;
};

/* Equal for equal states, and with great likelihood for no others. */
uint64_t final_hash(const struct final *final);

/* "vcpu0.read 3 6f6c64; clock valid", cut where @size ends. */
#define FINAL_TEXT_SIZE 512
void final_text(const struct final *final, char *text, size_t size);

#endif /* PFNSIM_SCENARIO_FINAL_H */
