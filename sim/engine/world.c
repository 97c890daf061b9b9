// SPDX-License-Identifier: GPL-2.0-only
#include "world.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "coro.h"

#define FRAME_SIZE 4096UL

/*
 * Stacks are cleared from the top down to STACK_USUAL bytes; a probe line below
 * tells whether a task went deeper.
 */
#define STACK_USUAL (12UL << 10)
#define STACK_PROBE 1024UL

#define STACKS_SIZE (HOST_MAX_TASKS * (WORLD_STACK_SIZE + WORLD_GUARD_SIZE))

struct host_region host_heap, host_memmap, host_frames;

static uint32_t dirty_list[WORLD_NR_FRAMES];
static size_t nr_dirty;
static uint64_t dirty_map[WORLD_NR_FRAMES / 64];

struct world_snapshot {
	struct world_image image;
	char *image_bytes, *heap_bytes, *memmap_bytes;
	size_t heap_used, memmap_used, frames_used;
	/* Frames with contents, and where their copy is; 0: all zero. */
	uint32_t *frame_copy;
	char *frame_bytes;
	size_t nr_frames;
};

static int map_region(struct host_region *region, unsigned long base,
		      unsigned long size)
{
	void *at = mmap((void *)base, size, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE |
				MAP_FIXED_NOREPLACE,
			-1, 0);

	if (at == MAP_FAILED)
		return -errno;
	if (at != (void *)base)
		return -EEXIST;
	*region = (struct host_region){ .base = at, .size = size };
	return 0;
}

char *world_stack(unsigned int task)
{
	return (char *)WORLD_STACK_BASE + WORLD_GUARD_SIZE +
	       task * (WORLD_STACK_SIZE + WORLD_GUARD_SIZE);
}

bool world_is_stack_guard(uintptr_t addr)
{
	uintptr_t offset = addr - WORLD_STACK_BASE;
	uintptr_t stride = WORLD_STACK_SIZE + WORLD_GUARD_SIZE;

	return offset < HOST_MAX_TASKS * stride &&
	       offset % stride < WORLD_GUARD_SIZE;
}

static bool is_within(uintptr_t addr, uintptr_t base, uintptr_t size)
{
	return addr - base < size;
}

bool world_has(const void *addr)
{
	uintptr_t at = (uintptr_t)addr;

	return is_within(at, WORLD_HEAP_BASE, WORLD_HEAP_SIZE) ||
	       is_within(at, WORLD_MEMMAP_BASE, WORLD_MEMMAP_SIZE) ||
	       is_within(at, WORLD_FRAMES_BASE, WORLD_NR_FRAMES * FRAME_SIZE) ||
	       is_within(at, WORLD_STACK_BASE, STACKS_SIZE);
}

static int map_stacks(void)
{
	void *at = mmap((void *)WORLD_STACK_BASE, STACKS_SIZE, PROT_NONE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE |
				MAP_FIXED_NOREPLACE,
			-1, 0);

	if (at == MAP_FAILED)
		return -errno;
	for (unsigned int i = 0; i < HOST_MAX_TASKS; i++)
		if (mprotect(world_stack(i), WORLD_STACK_SIZE,
			     PROT_READ | PROT_WRITE))
			return -errno;
	return 0;
}

int world_init(void)
{
	int err;

	if (host_heap.base)
		return 0;
	err = map_region(&host_heap, WORLD_HEAP_BASE, WORLD_HEAP_SIZE);
	if (!err)
		err = map_region(&host_memmap, WORLD_MEMMAP_BASE,
				 WORLD_MEMMAP_SIZE);
	if (!err)
		err = map_region(&host_frames, WORLD_FRAMES_BASE,
				 WORLD_NR_FRAMES * FRAME_SIZE);
	if (!err)
		err = map_stacks();
	return err;
}

void host_frame_dirty(unsigned long frame)
{
	uint64_t bit = 1ULL << (frame % 64);

	if (frame >= WORLD_NR_FRAMES || (dirty_map[frame / 64] & bit))
		return;
	dirty_map[frame / 64] |= bit;
	dirty_list[nr_dirty++] = frame;
}

static void forget_dirty(void)
{
	while (nr_dirty) {
		uint32_t frame = dirty_list[--nr_dirty];

		dirty_map[frame / 64] &= ~(1ULL << (frame % 64));
	}
}

static char *frame_at(unsigned long frame)
{
	return host_frames.base + frame * FRAME_SIZE;
}

static void clear_region(struct host_region *region)
{
	memset(region->base, 0, region->used);
	region->used = 0;
}

void world_clear(void)
{
	for (size_t i = 0; i < nr_dirty; i++)
		memset(frame_at(dirty_list[i]), 0, FRAME_SIZE);
	forget_dirty();
	clear_region(&host_heap);
	clear_region(&host_memmap);
	host_frames.used = 0;
	for (unsigned int i = 0; i < HOST_MAX_TASKS; i++)
		coro_forget(world_stack(i), WORLD_STACK_SIZE);
	/* Most were never touched, and are not to be: zeros will be read. */
	if (madvise((void *)WORLD_STACK_BASE, STACKS_SIZE, MADV_DONTNEED))
		abort();
}

static void *copy_of(const void *bytes, size_t size)
{
	void *copy = malloc(size ? size : 1);

	if (!copy)
		abort();
	return memcpy(copy, bytes, size);
}

static void save_frames(struct world_snapshot *s)
{
	s->nr_frames = nr_dirty;
	s->frame_copy = calloc(WORLD_NR_FRAMES, sizeof(*s->frame_copy));
	s->frame_bytes = malloc((nr_dirty + 1) * FRAME_SIZE);
	if (!s->frame_copy || !s->frame_bytes)
		abort();
	for (size_t i = 0; i < nr_dirty; i++) {
		memcpy(s->frame_bytes + i * FRAME_SIZE, frame_at(dirty_list[i]),
		       FRAME_SIZE);
		s->frame_copy[dirty_list[i]] = i + 1;
	}
}

struct world_snapshot *world_save(const struct world_image *image)
{
	struct world_snapshot *s = calloc(1, sizeof(*s));

	if (!s)
		abort();
	s->image = *image;
	s->image_bytes = copy_of(image->base, image->size);
	s->heap_used = host_heap.used;
	s->heap_bytes = copy_of(host_heap.base, s->heap_used);
	s->memmap_used = host_memmap.used;
	s->memmap_bytes = copy_of(host_memmap.base, s->memmap_used);
	s->frames_used = host_frames.used;
	save_frames(s);
	forget_dirty();
	return s;
}

static void restore_region(struct host_region *region, const char *bytes,
			   size_t used)
{
	memcpy(region->base, bytes, used);
	if (region->used > used)
		memset(region->base + used, 0, region->used - used);
	region->used = used;
}

void world_restore(const struct world_snapshot *s)
{
	memcpy(s->image.base, s->image_bytes, s->image.size);
	restore_region(&host_heap, s->heap_bytes, s->heap_used);
	restore_region(&host_memmap, s->memmap_bytes, s->memmap_used);
	for (size_t i = 0; i < nr_dirty; i++) {
		uint32_t copy = s->frame_copy[dirty_list[i]];

		if (copy)
			memcpy(frame_at(dirty_list[i]),
			       s->frame_bytes + (copy - 1) * FRAME_SIZE,
			       FRAME_SIZE);
		else
			memset(frame_at(dirty_list[i]), 0, FRAME_SIZE);
	}
	forget_dirty();
	host_frames.used = s->frames_used;
}

/*
 * Frames that were written before the snapshot are clean in the dirty map but
 * not zero: mark them again, so that world_clear() finds them.
 */
void world_snapshot_destroy(struct world_snapshot *s)
{
	if (!s)
		return;
	for (uint32_t frame = 0; frame < WORLD_NR_FRAMES; frame++)
		if (s->frame_copy[frame])
			host_frame_dirty(frame);
	free(s->frame_bytes);
	free(s->frame_copy);
	free(s->memmap_bytes);
	free(s->heap_bytes);
	free(s->image_bytes);
	free(s);
}

size_t world_snapshot_bytes(const struct world_snapshot *s)
{
	return s->image.size + s->heap_used + s->memmap_used;
}

static uint64_t hash_bytes(uint64_t hash, const void *data, size_t size)
{
	const unsigned char *bytes = data;

	for (size_t i = 0; i < size; i++)
		hash = (hash ^ bytes[i]) * 0x100000001b3ULL;
	return hash;
}

uint64_t world_hash(const struct world_image *image)
{
	uint64_t hash = 0xcbf29ce484222325ULL;

	hash = hash_bytes(hash, image->base, image->size);
	hash = hash_bytes(hash, host_heap.base, host_heap.used);
	hash = hash_bytes(hash, host_memmap.base, host_memmap.used);
	return hash_bytes(hash, host_frames.base, host_frames.used);
}

void world_clear_stacks(unsigned int nr)
{
	static const char zeros[STACK_PROBE];

	for (unsigned int i = 0; i < nr; i++) {
		char *stack = world_stack(i);
		char *probe = stack + WORLD_STACK_SIZE - STACK_USUAL -
			      STACK_PROBE;

		coro_forget(stack, WORLD_STACK_SIZE);
		if (memcmp(probe, zeros, STACK_PROBE))
			memset(stack, 0, WORLD_STACK_SIZE);
		else
			memset(probe, 0, STACK_USUAL + STACK_PROBE);
	}
}
