/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Included first by the emulation's own files where a kernel is built with
 * hooks: gives the compiler's calls other names, so that what the emulation
 * touches is told from what the code under test touches.
 *
 * Fidelity: EMULATED - no code; names only.
 */
#ifndef PFNSIM_HOOKS_RENAME_H
#define PFNSIM_HOOKS_RENAME_H

#define PFNSIM_HOOK_RENAME(name)                                               \
	__asm__(".set __tsan_" #name ", pfnsim_shim_" #name)
#define PFNSIM_HOOK_RENAME_SIZE(size)                                          \
	PFNSIM_HOOK_RENAME(read##size);                                        \
	PFNSIM_HOOK_RENAME(write##size);                                       \
	PFNSIM_HOOK_RENAME(read_write##size);                                  \
	PFNSIM_HOOK_RENAME(volatile_read##size);                               \
	PFNSIM_HOOK_RENAME(volatile_write##size);                              \
	PFNSIM_HOOK_RENAME(unaligned_read##size);                              \
	PFNSIM_HOOK_RENAME(unaligned_write##size);                             \
	PFNSIM_HOOK_RENAME(unaligned_read_write##size);                        \
	PFNSIM_HOOK_RENAME(unaligned_volatile_read##size);                     \
	PFNSIM_HOOK_RENAME(unaligned_volatile_write##size)

PFNSIM_HOOK_RENAME_SIZE(1);
PFNSIM_HOOK_RENAME_SIZE(2);
PFNSIM_HOOK_RENAME_SIZE(4);
PFNSIM_HOOK_RENAME_SIZE(8);
PFNSIM_HOOK_RENAME_SIZE(16);
PFNSIM_HOOK_RENAME(read_range);
PFNSIM_HOOK_RENAME(write_range);

#endif /* PFNSIM_HOOKS_RENAME_H */
