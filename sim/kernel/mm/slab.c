// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kernel objects on a heap that only grows.
 *
 *   ... | header | object ........ | header | object .. |        <- used
 *
 * Every object is in one list, the newest first.  Freed ones stay where they
 * are, poisoned, so that a late write is found when the execution ends and a
 * late read sees 0x6b.
 *
 * Fidelity: EMULATED - see linux/slab.h.  Stricter than the kernel, whose
 * quarantine ends some time.
 */
#include <linux/poison.h>
#include <linux/printk.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <pfnsim/counters.h>
#include <pfnsim/outside.h>

#include "mm_internal.h"
#include "watched.h"

#define MAGIC_LIVE 0x51ab51abU
#define MAGIC_FREE 0xdead51abU
#define HEAP_ALIGN 16UL

struct slab_object {
	unsigned int magic;
	unsigned int size;
	const struct slab_site *site;
	struct kmem_cache *cache;
	struct slab_object *older;
	unsigned char data[] __attribute__((aligned(16)));
};

struct kmem_cache {
	struct slab_site site;
	unsigned int size, align;
	unsigned int live;
	void (*ctor)(void *object);
};

static struct slab_object *newest;
/* Objects of the boot outlive every execution. */
static struct slab_object *booted;

static void *heap_take(unsigned long size, unsigned long align)
{
	unsigned long start = ALIGN(host_heap.used, align);

	if (size > host_heap.size || start > host_heap.size - size)
		return NULL;
	host_heap.used = start + size;
	return host_heap.base + start;
}

void *heap_alloc(unsigned long size, unsigned long align)
{
	void *memory = heap_take(size, max(align, HEAP_ALIGN));

	if (!memory)
		host_trap("allocation from the heap, which is full");
	watch_alloc(memory, size);
	return memory;
}

/* ---- Names ------------------------------------------------------------ */

static void object_name(const struct slab_object *object, char *buf, size_t len)
{
	const struct slab_site *site = object->site;

	if (site->function)
		snprintf(buf, len, "%s of %s() (%u bytes)", site->what,
			 site->function, object->size);
	else
		snprintf(buf, len, "%s (%u bytes)", site->what, object->size);
}

static struct slab_object *object_of(const void *data)
{
	struct slab_object *object = container_of(data, struct slab_object,
						  data[0]);
	char *start = (char *)object;

	if (start < host_heap.base ||
	    start >= host_heap.base + host_heap.used ||
	    !IS_ALIGNED((unsigned long)data, HEAP_ALIGN))
		return NULL;
	if (object->magic != MAGIC_LIVE && object->magic != MAGIC_FREE)
		return NULL;
	return object;
}

/* ---- Allocation ------------------------------------------------------- */

static void *object_alloc(size_t size, size_t align, gfp_t gfp,
			  const struct slab_site *site,
			  struct kmem_cache *cache)
{
	struct slab_object *object;
	size_t head = sizeof(*object);
	char *start;

	might_alloc(gfp);
	if (!(gfp & __GFP_NOFAIL) && host_should_fail("kmalloc"))
		return NULL;
	if (size > host_heap.size)
		return NULL;
	align = max(align, HEAP_ALIGN);
	start = heap_take(ALIGN(head, align) + size, align);
	if (!start)
		return NULL;
	object = (void *)(start + ALIGN(head, align) - head);
	*object = (struct slab_object){
		.magic = MAGIC_LIVE,
		.size = size,
		.site = site,
		.cache = cache,
		.older = newest,
	};
	newest = object;
	watch_alloc(object->data, size);
	/* What is above used reads as zero. */
	if (!(gfp & __GFP_ZERO))
		memset(object->data, POISON_INUSE, size);
	pfnsim_count(CTR_SLAB_LIVE, 1);
	return object->data;
}

void *slab_alloc(size_t size, gfp_t gfp, const struct slab_site *site)
{
	if (!size)
		return ZERO_SIZE_PTR;
	return object_alloc(size, HEAP_ALIGN, gfp, site, NULL);
}

void *slab_alloc_array(size_t n, size_t size, gfp_t gfp,
		       const struct slab_site *site)
{
	size_t bytes;

	if (check_mul_overflow(n, size, &bytes))
		return NULL;
	return slab_alloc(bytes, gfp, site);
}

static void object_free(struct slab_object *object)
{
	watch_free(object->data, object->size);
	object->magic = MAGIC_FREE;
	memset(object->data, POISON_FREE, object->size);
	if (object->cache)
		object->cache->live--;
	pfnsim_count(CTR_SLAB_LIVE, -1);
	host_note(NOTE_FREE, (unsigned long)object->data, 0,
		  object->site->what);
}

/* The live object at @data, or NULL after a report on why there is none. */
static struct slab_object *object_to_free(const void *data, const char *caller)
{
	struct slab_object *object = object_of(data);
	char name[128];

	if (!object) {
		host_report(V_CONTRACT, HOST_NO_PFN,
			    "%s of an address that is no object", caller);
		return NULL;
	}
	if (object->magic == MAGIC_FREE) {
		object_name(object, name, sizeof(name));
		host_report(V_DOUBLE_FREE, HOST_NO_PFN,
			    "%s of %s, which is free already", caller, name);
		return NULL;
	}
	return object;
}

static void free_by(const void *data, struct kmem_cache *cache,
		    const char *caller)
{
	struct slab_object *object;

	if (ZERO_OR_NULL_PTR(data))
		return;
	host_enter(CALL_KFREE, data, NULL);
	object = object_to_free(data, caller);
	if (object && cache && object->cache != cache) {
		host_report(V_CONTRACT, HOST_NO_PFN,
			    "kmem_cache_free() to %s of an object of %s",
			    cache->site.what, object->site->what);
		object = NULL;
	}
	if (object)
		object_free(object);
	host_leave(CALL_KFREE, data, NULL);
}

void kfree(const void *object)
{
	free_by(object, NULL, "kfree()");
}

void kvfree(const void *object)
{
	free_by(object, NULL, "kvfree()");
}

void vfree(const void *addr)
{
	free_by(addr, NULL, "vfree()");
}

void kfree_sensitive(const void *object)
{
	kfree(object);
}

size_t ksize(const void *data)
{
	struct slab_object *object;

	if (ZERO_OR_NULL_PTR(data))
		return 0;
	object = object_of(data);
	return object ? object->size : 0;
}

void *krealloc(const void *object, size_t size, gfp_t gfp)
{
	void *copy;

	if (!size) {
		kfree(object);
		return ZERO_SIZE_PTR;
	}
	copy = kmalloc(size, gfp);
	if (!copy || ZERO_OR_NULL_PTR(object))
		return copy;
	memcpy(copy, object, min(size, ksize(object)));
	kfree(object);
	return copy;
}

/* ---- Copies ----------------------------------------------------------- */

void *kmemdup(const void *source, size_t len, gfp_t gfp)
{
	void *copy = kmalloc(len, gfp);

	if (copy)
		memcpy(copy, source, len);
	return copy;
}

void *kvmemdup(const void *source, size_t len, gfp_t gfp)
{
	return kmemdup(source, len, gfp);
}

char *kstrdup(const char *text, gfp_t gfp)
{
	return text ? kmemdup(text, strlen(text) + 1, gfp) : NULL;
}

const char *kstrdup_const(const char *text, gfp_t gfp)
{
	return kstrdup(text, gfp);
}

void kfree_const(const void *object)
{
	kfree(object);
}

/* ---- Pages of the heap ------------------------------------------------ */

unsigned long __get_free_pages(gfp_t gfp, unsigned int order)
{
	static const struct slab_site site = { "__get_free_pages()", NULL };

	return (unsigned long)object_alloc(PAGE_SIZE << order, PAGE_SIZE, gfp,
					   &site, NULL);
}

unsigned long get_zeroed_page(gfp_t gfp)
{
	return __get_free_pages(gfp | __GFP_ZERO, 0);
}

void free_pages(unsigned long addr, unsigned int order)
{
	free_by((void *)addr, NULL, "free_pages()");
}

/* ---- Caches ----------------------------------------------------------- */

struct kmem_cache *kmem_cache_create_aligned(const char *name,
					     unsigned int size,
					     unsigned int align,
					     slab_flags_t flags,
					     void (*ctor)(void *object))
{
	struct kmem_cache *cache = kzalloc(sizeof(*cache), GFP_KERNEL);

	if (!cache)
		return NULL;
	if (flags & SLAB_HWCACHE_ALIGN)
		align = max(align, 64U);
	cache->site.what = name;
	cache->size = size;
	cache->align = align;
	cache->ctor = ctor;
	return cache;
}

struct kmem_cache *kmem_cache_create_args(const char *name, unsigned int size,
					  struct kmem_cache_args *args,
					  slab_flags_t flags)
{
	return kmem_cache_create_aligned(name, size, args->align, flags,
					 args->ctor);
}

struct kmem_cache *
kmem_cache_create_usercopy(const char *name, unsigned int size,
			   unsigned int align, slab_flags_t flags,
			   unsigned int useroffset, unsigned int usersize,
			   void (*ctor)(void *object))
{
	return kmem_cache_create(name, size, align, flags, ctor);
}

void kmem_cache_destroy(struct kmem_cache *cache)
{
	if (!cache)
		return;
	if (cache->live)
		host_report(V_LEAK, HOST_NO_PFN,
			    "kmem_cache_destroy() of %s, which has %u objects",
			    cache->site.what, cache->live);
	kfree(cache);
}

void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp)
{
	void *object = object_alloc(cache->size, cache->align, gfp,
				    &cache->site, cache);

	if (!object)
		return NULL;
	cache->live++;
	if (cache->ctor)
		outside_void(cache->ctor(object));
	return object;
}

void *kmem_cache_zalloc(struct kmem_cache *cache, gfp_t gfp)
{
	return kmem_cache_alloc(cache, gfp | __GFP_ZERO);
}

void kmem_cache_free(struct kmem_cache *cache, void *object)
{
	free_by(object, cache, "kmem_cache_free()");
}

/* ---- Checks ----------------------------------------------------------- */

const char *slab_freed_at(const void *addr, char *buf, unsigned long len)
{
	const struct slab_object *object;
	const unsigned char *p = addr;

	for (object = newest; object; object = object->older) {
		if (p < object->data || p >= object->data + object->size)
			continue;
		if (object->magic != MAGIC_FREE)
			return NULL;
		object_name(object, buf, len);
		return buf;
	}
	return NULL;
}

void slab_check(void)
{
	const struct slab_object *object;
	const unsigned char *bad;
	char name[128];

	for (object = newest; object; object = object->older) {
		if (object->magic != MAGIC_FREE)
			continue;
		bad = memchr_inv(object->data, POISON_FREE, object->size);
		if (!bad)
			continue;
		object_name(object, name, sizeof(name));
		host_report(V_USE_AFTER_FREE, HOST_NO_PFN,
			    "%s was written at offset %lu after it was freed",
			    name, (unsigned long)(bad - object->data));
	}
}

void slab_mark_booted(void)
{
	booted = newest;
}

void slab_check_leaks(void)
{
	const struct slab_object *object;
	char name[128];

	for (object = newest; object != booted; object = object->older) {
		if (object->magic != MAGIC_LIVE)
			continue;
		object_name(object, name, sizeof(name));
		host_report(V_LEAK, HOST_NO_PFN, "%s was never freed", name);
	}
}
