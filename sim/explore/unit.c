// SPDX-License-Identifier: GPL-2.0-only
#include "unit.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const struct unit unit_of_all;

void unit_deinit(struct unit *unit)
{
	free(unit->tasks);
	for (unsigned int i = 0; i < HOST_MAX_TASKS; i++)
		free(unit->feet[i]);
	*unit = (struct unit){ 0 };
}

void units_deinit(struct units *units)
{
	for (size_t i = 0; i < units->nr; i++)
		unit_deinit(&units->list[i]);
	free(units->list);
	*units = (struct units){ 0 };
}

/* ---- Who sleeps ---------------------------------------------------------- */

void unit_add_feet(struct unit *unit, unsigned int task,
		   const struct foot *feet, uint32_t nr)
{
	unit->feet[task] = malloc((nr + 1) * sizeof(*feet));
	if (!unit->feet[task])
		abort();
	if (nr)
		memcpy(unit->feet[task], feet, nr * sizeof(*feet));
	unit->nr_feet[task] = nr;
	unit->asleep |= task_bit(task);
}

void unit_add_sleeper(struct unit *unit, uint32_t event)
{
	uint32_t nr = history_end_of(event) - history.events[event].access;
	struct foot *feet = malloc((nr + 1) * sizeof(*feet));

	if (!feet)
		abort();
	feet_of(event, feet);
	unit_add_feet(unit, history.events[event].task, feet, nr);
	free(feet);
}

void units_add(struct units *units, struct unit unit)
{
	units->list = realloc(units->list,
			      (units->nr + 1) * sizeof(*units->list));
	if (!units->list)
		abort();
	units->list[units->nr++] = unit;
}

/* ---- As text ------------------------------------------------------------- */

static void write_sleeper(const struct unit *unit, unsigned int task, FILE *out)
{
	fprintf(out, " %u %" PRIu32, task, unit->nr_feet[task]);
	for (uint32_t i = 0; i < unit->nr_feet[task]; i++) {
		const struct foot *foot = &unit->feet[task][i];

		place_write(foot->location, out);
		fprintf(out, " %x %x", foot->mask, foot->mode);
	}
}

void unit_write(const struct unit *unit, FILE *out)
{
	fprintf(out, "%" PRIu32, unit->nr);
	for (uint32_t i = 0; i < unit->nr; i++)
		fprintf(out, " %u", unit->tasks[i]);
	fprintf(out, " %d", __builtin_popcount(unit->asleep));
	for (uint32_t left = unit->asleep; left; left &= left - 1)
		write_sleeper(unit, __builtin_ctz(left), out);
}

static bool read_sleeper(struct unit *unit, const char **at)
{
	uint64_t task, nr, mask, mode;
	struct foot *feet;
	bool good = true;

	if (!place_number(at, 10, HOST_MAX_TASKS, &task) ||
	    !place_number(at, 10, HISTORY_MAX * 16, &nr) || unit->feet[task])
		return false;
	feet = malloc((nr + 1) * sizeof(*feet));
	if (!feet)
		abort();
	for (uint64_t i = 0; good && i < nr; i++) {
		good = !place_read(&feet[i].location, at) &&
		       place_number(at, 16, 256, &mask) &&
		       place_number(at, 16, NR_MODES, &mode);
		feet[i].mask = good ? mask : 0;
		feet[i].mode = good ? mode : 0;
	}
	if (good)
		unit_add_feet(unit, task, feet, nr);
	free(feet);
	return good;
}

static bool read_all(struct unit *unit, const char **at)
{
	uint64_t nr, task, sleepers;

	if (!place_number(at, 10, HISTORY_MAX, &nr))
		return false;
	unit->tasks = malloc(nr + 1);
	if (!unit->tasks)
		abort();
	for (; unit->nr < nr; unit->nr++) {
		if (!place_number(at, 10, HOST_MAX_TASKS, &task))
			return false;
		unit->tasks[unit->nr] = task;
	}
	if (!place_number(at, 10, HOST_MAX_TASKS, &sleepers))
		return false;
	while (sleepers--)
		if (!read_sleeper(unit, at))
			return false;
	return true;
}

int unit_read(struct unit *unit, const char **at)
{
	struct unit fresh = { 0 };

	if (!read_all(&fresh, at)) {
		unit_deinit(&fresh);
		return -EINVAL;
	}
	*unit = fresh;
	return 0;
}
