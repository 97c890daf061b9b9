// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memory of the emulated machine, larger than the engine's: a round of a
 * soak ends where it is full.
 *
 * Frames lie in a file of memory, so that they can be mapped a second time where
 * a kernel's own instructions use them.  Such a mapping is made when the first
 * instruction faults and taken away when the kernel's mapping goes or the page
 * is freed.
 */
#include "world.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "detect.h"
#include "native.h"
#include "worldmap.h"

/* Each byte has a shadow that is written when a round begins. */
#ifdef PFNSIM_SOAK_ASAN
#define HEAP_SIZE (32UL << 20)
#else
#define HEAP_SIZE (1UL << 30)
#endif
#define MEMMAP_SIZE (64UL * WORLD_NR_FRAMES)
#define FRAMES_SIZE (4096UL * WORLD_NR_FRAMES)
#define MAX_ALIASES 4096

struct host_region host_heap, host_memmap, host_frames;
static int frames_file;
static unsigned long alias[MAX_ALIASES];
static unsigned int nr_aliases;

static int map_region(struct host_region *region, size_t size, int flags,
		      int fd)
{
	void *at = mmap(NULL, size, PROT_READ | PROT_WRITE,
			flags | MAP_NORESERVE, fd, 0);

	if (at == MAP_FAILED)
		return -errno;
	*region = (struct host_region){ .base = at, .size = size };
	return 0;
}

/* Nothing is there until an instruction asks. */
static int reserve_addresses(void)
{
	void *at = mmap((void *)HOST_KHVA_START,
			HOST_KHVA_END - HOST_KHVA_START, PROT_NONE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE |
				MAP_FIXED_NOREPLACE,
			-1, 0);

	return at == (void *)HOST_KHVA_START ? 0 : -ENOMEM;
}

int world_init(void)
{
	int err;

	frames_file = memfd_create("frames", MFD_CLOEXEC);
	if (frames_file < 0 || ftruncate(frames_file, FRAMES_SIZE))
		return -errno;
	err = map_region(&host_heap, HEAP_SIZE, MAP_PRIVATE | MAP_ANONYMOUS,
			 -1);
	if (!err)
		err = map_region(&host_memmap, MEMMAP_SIZE,
				 MAP_PRIVATE | MAP_ANONYMOUS, -1);
	if (!err)
		err = map_region(&host_frames, FRAMES_SIZE, MAP_SHARED,
				 frames_file);
	if (!err)
		err = reserve_addresses();
	detect_forbid(host_heap.base, host_heap.size);
	return err;
}

unsigned int native_used(void)
{
	unsigned int heap = host_heap.used * 100 / host_heap.size;
	unsigned int frames = host_memmap.used * 100 / host_memmap.size;

	return heap > frames ? heap : frames;
}

static void empty(struct host_region *region)
{
	size_t used = (region->used + 4095) & ~4095UL;

	madvise(region->base, used, MADV_DONTNEED);
	region->used = 0;
}

void world_clear(void)
{
	while (nr_aliases)
		host_alias_drop(alias[0]);
	detect_forbid(host_heap.base, host_heap.used);
	empty(&host_heap);
	empty(&host_memmap);
	/* All of it: device memory lies at its far end. */
	if (fallocate(frames_file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
		      0, FRAMES_SIZE))
		abort();
	host_frames.used = 0;
}

void host_frame_dirty(unsigned long frame)
{
	(void)frame;
}

/* ---- Second mappings of frames ------------------------------------------ */

void host_alias_drop(unsigned long addr)
{
	addr &= ~4095UL;
	for (unsigned int i = 0; i < nr_aliases; i++) {
		if (alias[i] != addr)
			continue;
		alias[i] = alias[--nr_aliases];
		mmap((void *)addr, 4096, PROT_NONE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED,
		     -1, 0);
		return;
	}
}

bool alias_make(unsigned long addr, const void *frame)
{
	off_t offset = (const char *)frame - host_frames.base;

	addr &= ~4095UL;
	if (nr_aliases == MAX_ALIASES)
		host_alias_drop(alias[0]);
	if (mmap((void *)addr, 4096, PROT_READ | PROT_WRITE,
		 MAP_SHARED | MAP_FIXED, frames_file, offset) == MAP_FAILED)
		return false;
	alias[nr_aliases++] = addr;
	return true;
}

/* The stack of a thread that is no task has no bounds that anybody knows. */
char *world_stack(unsigned int task)
{
	return (char *)native_tasks[task].stack_low;
}
