/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Orders: from a scenario's lines to what the replay decider carries out, and to
 * the one-line form of the command line.
 */
#ifndef PFNSIM_SCENARIO_ORDER_H
#define PFNSIM_SCENARIO_ORDER_H

#include <stddef.h>

#include "model.h"
#include "replay.h"

struct order {
	struct replay_line *lines;
	unsigned int nr_lines;
	char **texts; /* of each line: "vmm: slot.delete/end" */
	char **objs;  /* names that targets point to */
	unsigned int nr_objs;
};

/* From @nr lines, of a case or of the command line. */
void order_make(struct order *order, const struct order_line *lines, size_t nr,
		const struct scenario *scenario);

void order_deinit(struct order *order);

/* The one-line form, as `pfnsim replay --order` takes it; free() it. */
char *order_text(const struct order_line *lines, size_t nr,
		 const struct scenario *scenario);

#endif /* PFNSIM_SCENARIO_ORDER_H */
