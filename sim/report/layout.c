// SPDX-License-Identifier: GPL-2.0-only
#include "layout.h"

/* A shared lane keeps this much for text before it gives up other things. */
#define MIN_TEXT 16
#define MAX_NAME 16

static void share_one_lane(struct layout *layout, size_t longest)
{
	size_t left = layout->columns - LAYOUT_GUTTER;
	size_t steps = layout->nr_lanes - 1;

	layout->shared = true;
	layout->name_width = longest < MAX_NAME ? longest : MAX_NAME;
	if (layout->name_width + LAYOUT_GAP + MIN_TEXT > left)
		layout->name_width = left - LAYOUT_GAP - MIN_TEXT;
	left -= layout->name_width + LAYOUT_GAP;
	layout->pitch = 2;
	while (layout->pitch && left < layout->pitch * steps + MIN_TEXT)
		layout->pitch--;
	if (left < layout->pitch * steps + LAYOUT_MIN_LANE + LAYOUT_CHANGED)
		return;
	layout->change_at = layout->columns - LAYOUT_CHANGED;
	layout->change_width = LAYOUT_CHANGED;
}

void layout_init(struct layout *layout, size_t columns, size_t nr_lanes,
		 size_t longest)
{
	size_t fixed = LAYOUT_GUTTER + LAYOUT_CHANGED;

	*layout = (struct layout){ .columns = columns, .nr_lanes = nr_lanes };
	layout->pitch = columns > fixed ? (columns - fixed) / nr_lanes : 0;
	if (layout->pitch < LAYOUT_MIN_LANE) {
		share_one_lane(layout, longest);
		return;
	}
	layout->change_at = LAYOUT_GUTTER + nr_lanes * layout->pitch;
	layout->change_width = columns - layout->change_at;
}

size_t layout_column(const struct layout *layout, size_t lane)
{
	size_t first = LAYOUT_GUTTER;

	if (layout->shared)
		first += layout->name_width + LAYOUT_GAP;
	return first + lane * layout->pitch;
}

size_t layout_width(const struct layout *layout, size_t lane)
{
	size_t end = layout->change_at ? layout->change_at - LAYOUT_GAP :
					 layout->columns;

	if (!layout->shared)
		return layout->pitch - LAYOUT_GAP;
	return end - layout_column(layout, lane);
}
