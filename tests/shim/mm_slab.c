// SPDX-License-Identifier: GPL-2.0-only
/* Kernel objects, after mm/slub.c and Documentation/mm/slab.rst. */
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "mm_fixture.h"

static void kfree_twice(void)
{
	void *object = kmalloc(32, GFP_KERNEL);

	kfree(object);
	kfree(object);
}

static void kfree_stranger(void)
{
	char *object = kmalloc(32, GFP_KERNEL);

	kfree(object + 8);
}

static void kfree_nothing(void)
{
	kfree(NULL);
	kfree(ZERO_SIZE_PTR);
	CHECK(kmalloc(0, GFP_KERNEL) == ZERO_SIZE_PTR);
}

static void write_after_free(void)
{
	char *object = kmalloc(32, GFP_KERNEL);

	kfree(object);
	object[5] = 1;
	slab_check();
}

static void no_write_after_free(void)
{
	char *object = kmalloc(32, GFP_KERNEL);
	char name[64];

	object[5] = 1;
	CHECK(!slab_freed_at(object + 5, name, sizeof(name)));
	kfree(object);
	CHECK(slab_freed_at(object + 5, name, sizeof(name)));
	CHECK(object[5] == 0x6b);
	slab_check();
}

static void zeroed(void)
{
	char *zero = kzalloc(32, GFP_KERNEL);
	char *array = kcalloc(4, 8, GFP_KERNEL);
	char *any = kmalloc(32, GFP_KERNEL);

	CHECK(!memchr_inv(zero, 0, 32) && !memchr_inv(array, 0, 32));
	CHECK(memchr_inv(any, 0, 32));
}

static void array_overflow(void)
{
	CHECK(!kmalloc_array(1UL << 33, 1UL << 33, GFP_KERNEL));
	CHECK(!__vcalloc(1UL << 33, 1UL << 33, GFP_KERNEL));
}

static void reallocated(void)
{
	char *object = kstrdup("contents", GFP_KERNEL);

	object = krealloc(object, 100, GFP_KERNEL);
	CHECK(!strcmp(object, "contents") && ksize(object) == 100);
	kfree(object);
}

static void construct(void *object)
{
	memset(object, 7, 24);
}

static void constructed(void)
{
	struct kmem_cache *cache = kmem_cache_create("test", 24, 64, 0,
						     construct);
	char *object = kmem_cache_alloc(cache, GFP_KERNEL);

	CHECK(IS_ALIGNED((unsigned long)object, 64));
	CHECK(!memchr_inv(object, 7, 24));
	kmem_cache_free(cache, object);
	kmem_cache_destroy(cache);
}

static void destroy_used(void)
{
	struct kmem_cache *cache = kmem_cache_create("test", 24, 0, 0, NULL);

	kmem_cache_alloc(cache, GFP_KERNEL);
	kmem_cache_destroy(cache);
}

static void free_to_other(void)
{
	struct kmem_cache *cache = kmem_cache_create("test", 24, 0, 0, NULL);

	kmem_cache_free(cache, kmalloc(24, GFP_KERNEL));
}

DEFINE_SHIM_TESTS(
	mm_slab,
	{ .name = "mm/kfree-twice",
	  .of = "kfree",
	  .follows =
		  "mm/slub.c, free_consistency_checks(): an object that is already free is reported",
	  .tasks = 1,
	  .task = { kfree_twice },
	  .expect = V_DOUBLE_FREE },
	{ .name = "mm/kfree-of-what-is-no-object",
	  .of = "kfree",
	  .follows =
		  "mm/slub.c, kfree(): takes a pointer that kmalloc() returned",
	  .tasks = 1,
	  .task = { kfree_stranger },
	  .expect = V_CONTRACT },
	{ .name = "mm/if-objp-is-NULL-no-operation-is-performed",
	  .of = "kfree slab_alloc kmalloc",
	  .follows = "mm/slub.c, kfree(): NULL and ZERO_SIZE_PTR are ignored",
	  .tasks = 1,
	  .task = { kfree_nothing },
	  .expect = NO_VIOLATION },
	{ .name = "mm/write-to-a-freed-object",
	  .of = "kfree",
	  .follows =
		  "Documentation/mm/slab.rst, Poison overwritten: found where the pattern of a free object changed",
	  .tasks = 1,
	  .task = { write_after_free },
	  .expect = V_USE_AFTER_FREE },
	{ .name = "mm/freed-objects-are-poisoned",
	  .of = "kfree",
	  .follows =
		  "Documentation/mm/slab.rst: with poisoning a free object is filled with 0x6b",
	  .tasks = 1,
	  .task = { no_write_after_free },
	  .expect = NO_VIOLATION },
	{ .name = "mm/kzalloc-memory-is-set-to-zero",
	  .of = "kzalloc kcalloc slab_alloc slab_alloc_array",
	  .follows =
		  "include/linux/slab.h, kzalloc() and kcalloc(): the memory is set to zero",
	  .tasks = 1,
	  .task = { zeroed },
	  .expect = NO_VIOLATION },
	{ .name = "mm/kmalloc_array-returns-NULL-on-overflow",
	  .of = "slab_alloc_array kmalloc_array __vcalloc",
	  .follows =
		  "include/linux/slab.h, kmalloc_array(): NULL where the product of n and size overflows",
	  .tasks = 1,
	  .task = { array_overflow },
	  .expect = NO_VIOLATION },
	{ .name = "mm/krealloc-preserves-contents",
	  .of = "krealloc kstrdup ksize",
	  .follows =
		  "include/linux/slab.h, krealloc(): contents are preserved up to the lesser of the two sizes",
	  .tasks = 1,
	  .task = { reallocated },
	  .expect = NO_VIOLATION },
	{ .name = "mm/ctor-is-run-for-new-objects",
	  .of = "kmem_cache_create kmem_cache_alloc kmem_cache_free kmem_cache_destroy",
	  .follows =
		  "mm/slab_common.c, kmem_cache_create(): objects are aligned as asked for, the constructor runs for new ones",
	  .tasks = 1,
	  .task = { constructed },
	  .expect = NO_VIOLATION },
	{ .name = "mm/kmem_cache_destroy-with-objects-remaining",
	  .of = "kmem_cache_destroy",
	  .follows =
		  "mm/slab_common.c, kmem_cache_destroy(): a WARN where objects still exist",
	  .tasks = 1,
	  .task = { destroy_used },
	  .expect = V_LEAK },
	{ .name = "mm/kmem_cache_free-to-the-wrong-cache",
	  .of = "kmem_cache_free",
	  .follows =
		  "mm/slub.c, cache_from_obj(): a WARN where the object belongs to another cache",
	  .tasks = 1,
	  .task = { free_to_other },
	  .expect = V_CONTRACT });
