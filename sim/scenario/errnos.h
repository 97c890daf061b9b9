/* SPDX-License-Identifier: GPL-2.0-only */
/* Names of error numbers, without the sign: "EFAULT". */
#ifndef PFNSIM_SCENARIO_ERRNOS_H
#define PFNSIM_SCENARIO_ERRNOS_H

#include <stddef.h>

/* The largest number that can be an error of the kernel. */
#define ERRNO_MAX 4095L

/* Takes either sign; NULL where @number has no name. */
const char *errno_name(long number);

/* The positive number of @name ("EFAULT"), or 0 where there is none. */
long errno_find(const char *name, size_t len);

#endif /* PFNSIM_SCENARIO_ERRNOS_H */
