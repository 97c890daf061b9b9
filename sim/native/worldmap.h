/* SPDX-License-Identifier: GPL-2.0-only */
/* Second mappings of frames, within the machine.  Private to sim/native. */
#ifndef PFNSIM_NATIVE_WORLDMAP_H
#define PFNSIM_NATIVE_WORLDMAP_H

#include <stdbool.h>

/* Lets instructions reach @frame at @addr; false where that is not possible. */
bool alias_make(unsigned long addr, const void *frame);

#endif /* PFNSIM_NATIVE_WORLDMAP_H */
