/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where things stand on a page with one lane a task:
 *
 *	X   16  lane 0   lane 1   lane 2   changed
 *	        |<----- pitch ---->|       |<- 22 or more
 *
 * Where a lane would be narrower than 18 columns, all tasks share one and are
 * told apart by their name and by indentation:
 *
 *	X   16  task    text of task 0
 *	          task    text of task 1
 */
#ifndef PFNSIM_REPORT_LAYOUT_H
#define PFNSIM_REPORT_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#define LAYOUT_GUTTER 8	  /* columns of the mark and the step number */
#define LAYOUT_CHANGED 22 /* columns kept for what changed */
#define LAYOUT_MIN_LANE 18
#define LAYOUT_GAP 2

struct layout {
	size_t columns, nr_lanes;
	bool shared;	   /* all tasks in one lane */
	size_t pitch;	   /* lane to lane, or the indentation of each task */
	size_t name_width; /* of the name in front of a shared lane, else 0 */
	size_t change_at;  /* column of what changed, 0: on lines of its own */
	size_t change_width;
};

/* @longest: columns of the longest name of a task. @nr_lanes is at least 1. */
void layout_init(struct layout *layout, size_t columns, size_t nr_lanes,
		 size_t longest);

/* Column and width of the text of @lane. */
size_t layout_column(const struct layout *layout, size_t lane);
size_t layout_width(const struct layout *layout, size_t lane);

#endif /* PFNSIM_REPORT_LAYOUT_H */
