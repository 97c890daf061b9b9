// SPDX-License-Identifier: GPL-2.0-only
#include <criterion/criterion.h>
#include <string.h>

#include "engine.h"
#include "world.h"

static char image_bytes[256];
static const struct world_image image = { image_bytes, sizeof(image_bytes) };

static void setup(void)
{
	cr_assert(engine_init() == 0);
	world_clear();
	memset(image_bytes, 0, sizeof(image_bytes));
}

static void use_heap(const char *text)
{
	strcpy(host_heap.base + host_heap.used, text);
	host_heap.used += 64;
}

Test(world, restore_brings_back_every_byte, .init = setup)
{
	struct world_snapshot *snapshot;
	uint64_t before;

	use_heap("before");
	image_bytes[7] = 3;
	host_frame_dirty(5);
	memset(host_frames.base + 5 * 4096, 0x11, 4096);
	host_frames.used = 6 * 4096;
	snapshot = world_save(&image);
	before = world_hash(&image);
	for (int i = 0; i < 3; i++) {
		use_heap("after");
		host_heap.base[0] = 'X';
		image_bytes[7] = 9;
		host_frame_dirty(5);
		host_frames.base[5 * 4096 + 1] = 0x22;
		host_frame_dirty(9);
		host_frames.base[9 * 4096] = 0x33;
		cr_assert(world_hash(&image) != before);
		world_restore(snapshot);
		cr_assert(world_hash(&image) == before);
		cr_assert(host_frames.base[9 * 4096] == 0);
		cr_assert(host_heap.base[64] == 0);
	}
	world_snapshot_destroy(snapshot);
}

Test(world, clear_forgets_frames_of_a_snapshot, .init = setup)
{
	host_frame_dirty(3);
	host_frames.base[3 * 4096] = 1;
	world_snapshot_destroy(world_save(&image));
	world_clear();
	cr_assert(host_frames.base[3 * 4096] == 0);
}

Test(world, frames_beyond_the_machine_are_ignored, .init = setup)
{
	host_frame_dirty(WORLD_NR_FRAMES);
	host_frame_dirty(~0UL);
	world_clear();
}

Test(world, stacks_are_cleared_however_deep_they_were_used, .init = setup)
{
	char *stack = world_stack(1);

	memset(stack, 0x5a, WORLD_STACK_SIZE);
	world_clear_stacks(2);
	for (size_t i = 0; i < WORLD_STACK_SIZE; i++)
		cr_assert(stack[i] == 0);
}

Test(world, guard_lies_below_every_stack, .init = setup)
{
	for (unsigned int i = 0; i < HOST_MAX_TASKS; i++) {
		uintptr_t low = (uintptr_t)world_stack(i);

		cr_assert(world_is_stack_guard(low - 1));
		cr_assert(!world_is_stack_guard(low));
		cr_assert(!world_is_stack_guard(low + WORLD_STACK_SIZE - 1));
	}
}
