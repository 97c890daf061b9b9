/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The memory of the emulated machine: the regions that the border names, the
 * writable data of the loaded kernel, and the tasks' stacks.
 *
 *	heap     struct kvm, files, slab objects      copied whole up to ->used
 *	memmap   struct page array                    copied whole up to ->used
 *	frames   contents of pages                    copied where announced dirty
 *	image    .data and .bss of the kernel         copied whole
 *
 * Regions lie at fixed addresses, so that two executions from one snapshot see
 * the same bytes.  There is one world in a process.
 */
#ifndef PFNSIM_ENGINE_WORLD_H
#define PFNSIM_ENGINE_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "border.h"

#define WORLD_HEAP_BASE 0x200000000000UL
#define WORLD_HEAP_SIZE (64UL << 20)
#define WORLD_MEMMAP_BASE 0x210000000000UL
#define WORLD_MEMMAP_SIZE (4UL << 20)
#define WORLD_FRAMES_BASE 0x220000000000UL
#define WORLD_NR_FRAMES 32768UL
#define WORLD_STACK_BASE HOST_STACKS_BASE
#define WORLD_STACK_SIZE (256UL << 10)
/* Unmapped bytes below every stack, where runaway recursion ends. */
#define WORLD_GUARD_SIZE (64UL << 10)

/* Maps regions and stacks once. Returns 0 or -errno. */
int world_init(void);

/* Makes all regions empty (zero, used 0) and forgets every snapshot. */
void world_clear(void);

/* Writable data of a kernel, found when it is loaded. */
struct world_image {
	char *base;
	size_t size;
};

/*
 * A snapshot keeps the bytes of all regions and of the image.  world_restore()
 * brings them back; it may be called any number of times.  Only the last
 * snapshot taken may be restored: dirty frames are counted from there.
 */
struct world_snapshot;
struct world_snapshot *world_save(const struct world_image *image);
void world_restore(const struct world_snapshot *snapshot);
void world_snapshot_destroy(struct world_snapshot *snapshot);

/* Bytes that a restore copies, without page contents. */
size_t world_snapshot_bytes(const struct world_snapshot *snapshot);

/* FNV-1a over every byte that a restore has to bring back. */
uint64_t world_hash(const struct world_image *image);

/* The stack of @task: lowest byte; WORLD_STACK_SIZE bytes. */
char *world_stack(unsigned int task);

/* Whether @addr lies in the unmapped bytes below a stack. */
bool world_is_stack_guard(uintptr_t addr);

/* Whether @addr is in a region or in a stack: the same place in every process. */
bool world_has(const void *addr);

/* Clears what tasks 0 .. @nr - 1 left on their stacks. */
void world_clear_stacks(unsigned int nr);

#endif /* PFNSIM_ENGINE_WORLD_H */
