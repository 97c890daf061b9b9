// SPDX-License-Identifier: GPL-2.0-only
#include "final.h"

#include <stdio.h>
#include <string.h>

#include "errnos.h"
#include "fingerprint.h"
#include "points.h"

static uint64_t hash_step(uint64_t hash, const struct step_result *result)
{
	if (!result->done)
		return fingerprint_mix(hash, 0);
	hash = fingerprint_mix(hash, result->ret + 1);
	for (size_t i = 0; i < result->len; i++)
		hash = fingerprint_mix(hash, result->bytes[i]);
	return hash;
}

uint64_t final_hash(const struct final *final)
{
	const struct scenario *scn = final->scenario;
	uint64_t hash = 0;

	for (size_t t = 0; t < scn->nr_task; t++)
		for (size_t i = 0; i < scn->task[t].nr_steps; i++)
			hash = hash_step(hash, &final->result[t][i]);
	for (unsigned int i = 0; i < final->nr_caches; i++)
		hash = fingerprint_mix(hash,
				       final->gpcs[i].valid |
					       final->gpcs[i].active << 1);
	return hash;
}

static void add_step(char *text, size_t size, const char *task,
		     const struct step *step, const struct step_result *result)
{
	const char *name = result->ret < 0 ? errno_name(-result->ret) : NULL;
	size_t used = strlen(text);

	used += snprintf(text + used, size - used, "%s%s.%s ", used ? "; " : "",
			 task,
			 step->id ? step->id : scenario_op_name(step->op));
	if (used >= size)
		return;
	if (name)
		used += snprintf(text + used, size - used, "-%s", name);
	else
		used += snprintf(text + used, size - used, "%ld", result->ret);
	for (size_t i = 0; i < result->len && i < 8 && used < size; i++)
		used += snprintf(text + used, size - used, "%s%02x",
				 i ? "" : " ", result->bytes[i]);
}

void final_text(const struct final *final, char *text, size_t size)
{
	const struct scenario *scn = final->scenario;

	text[0] = '\0';
	for (size_t t = 0; t < scn->nr_task; t++)
		for (size_t i = 0; i < scn->task[t].nr_steps; i++)
			if (final->result[t][i].done)
				add_step(text, size, scn->task[t].name,
					 &scn->task[t].steps[i],
					 &final->result[t][i]);
	for (size_t i = 0; i < scn->nr_cache; i++) {
		size_t used = strlen(text);
		const struct gpc_view *gpc = &final->gpcs[scn->cache[i].first];

		snprintf(text + used, size - used, "; %s %s",
			 scn->cache[i].name,
			 gpc->valid  ? "valid" :
			 gpc->active ? "not valid" :
				       "not active");
	}
}
