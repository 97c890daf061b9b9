/* SPDX-License-Identifier: GPL-2.0-only */
/* Data races that ThreadSanitizer found.  Private to sim/native. */
#ifndef PFNSIM_NATIVE_RACE_H
#define PFNSIM_NATIVE_RACE_H

/*
 * Reports what was found since the last call as violations, but for what the
 * kernel's authors mean to race.  Within the machine, on a large stack.
 */
void race_report(void);

#endif /* PFNSIM_NATIVE_RACE_H */
