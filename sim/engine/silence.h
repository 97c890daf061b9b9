/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Calls of hooks that nobody listens to.  A call that comes to nothing is most of
 * what a hook costs, so host_silence() writes a no-op over it.  Only on x86-64,
 * and only where code may be written to; elsewhere all calls stay.
 */
#ifndef PFNSIM_ENGINE_SILENCE_H
#define PFNSIM_ENGINE_SILENCE_H

#include <stddef.h>

#include "border.h"

/* HOOKS_SILENT, to be added to host_hooks; HOOKS_NONE where calls have to stay. */
unsigned char silence_hooks(void);

/*
 * Puts every call back, and takes HOOKS_SILENT out of host_hooks.  Before any
 * access of the emulation is listened to, and before a kernel is unloaded.
 */
void silence_end(void);

/* How many calls are out. */
size_t silence_calls(void);

#endif /* PFNSIM_ENGINE_SILENCE_H */
