/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Named scheduling points: which shim call inside which operation bears which
 * name.  The table is static and shared; nothing here is ever written.
 */
#ifndef PFNSIM_SCENARIO_POINTS_H
#define PFNSIM_SCENARIO_POINTS_H

#include <stdbool.h>
#include <stddef.h>

#include "model.h"

/*
 * One anchor.  A call matches a rule when its enumerator and its object's name
 * are equal (obj NULL: any object) and, where after is given, the point of that
 * name was passed in the same operation.  The first rule that matches wins; a
 * rule that is not repeated matches once in an operation.
 */
struct point_rule {
	const char *point;
	enum shim_call call;
	const char *obj;
	const char *after;
	bool repeated;
};

struct point_table {
	const struct point_rule *rules;
	size_t nr;
};

/* Name of an operation ("gpc.refresh"), or NULL where @op is out of range. */
const char *scenario_op_name(enum scenario_op op);

/* The operation called @name (length @len), or NR_SCENARIO_OPS. */
enum scenario_op scenario_op_find(const char *name, size_t len);

/* The rules of @op, at most POINT_MAX_RULES; begin and end are not in them. */
#define POINT_MAX_RULES 16
struct point_table points_of(enum scenario_op op);

/* Whether @op has a point called @name; "begin" and "end" always exist. */
bool point_exists(enum scenario_op op, const char *name);

/* Name of a shim call ("spin_lock"), and the reverse (NR_SHIM_CALLS: none). */
const char *shim_call_name(enum shim_call call);
enum shim_call shim_call_find(const char *name, size_t len);

/* Names of violations, capabilities and counters; NULL or NR_* where none. */
const char *violation_name(enum violation kind);
enum violation violation_find(const char *name);
const char *kernel_cap_name(enum kernel_cap cap);
const char *kernel_counter_name(enum kernel_counter counter);

#endif /* PFNSIM_SCENARIO_POINTS_H */
