/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Allocation of kernel objects.
 *
 * An object belongs to the caller until kfree().  Every object remembers the
 * expression that gave its size and the function that asked for it; findings
 * name it by both.
 *
 * Fidelity: EMULATED - stricter than the kernel: no memory is given out twice
 * in an execution, new memory holds poison unless it was asked to be zero, and
 * a freed object is poisoned and checked for writes when the execution ends.
 * There are no NUMA nodes, no accounting and no size limit below the heap's.
 */
#ifndef _LINUX_SLAB_H
#define _LINUX_SLAB_H

#include <linux/cleanup.h>
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/overflow.h>
#include <linux/types.h>

#define SLAB_HWCACHE_ALIGN 0x2000U
#define SLAB_RECLAIM_ACCOUNT 0x20000U
#define SLAB_PANIC 0x40000U
#define SLAB_TYPESAFE_BY_RCU 0x80000U
#define SLAB_ACCOUNT 0x4000000U

#define ARCH_KMALLOC_MINALIGN 16
#define ZERO_SIZE_PTR ((void *)16)
#define ZERO_OR_NULL_PTR(x) ((unsigned long)(x) <= 16)

typedef unsigned int __bitwise slab_flags_t;

/* Where an object comes from: "sizeof(*gmem)" in "__kvm_gmem_create". */
struct slab_site {
	const char *what;
	const char *function;
};

#define SLAB_SITE(text)                                                        \
	({                                                                     \
		static const struct slab_site __site = { text, __func__ };     \
		&__site;                                                       \
	})

void *slab_alloc(size_t size, gfp_t gfp, const struct slab_site *site);
/* As slab_alloc() for @n objects of @size; NULL where the product overflows. */
void *slab_alloc_array(size_t n, size_t size, gfp_t gfp,
		       const struct slab_site *site);

#define kmalloc(size, gfp) slab_alloc(size, gfp, SLAB_SITE(#size))
#define kzalloc(size, gfp)                                                     \
	slab_alloc(size, (gfp) | __GFP_ZERO, SLAB_SITE(#size))
#define kmalloc_array(n, size, gfp)                                            \
	slab_alloc_array(n, size, gfp, SLAB_SITE(#n " * " #size))
#define kcalloc(n, size, gfp)                                                  \
	slab_alloc_array(n, size, (gfp) | __GFP_ZERO, SLAB_SITE(#n " * " #size))
#define kmalloc_node(size, gfp, node) ((void)(node), kmalloc(size, gfp))
#define kzalloc_node(size, gfp, node) ((void)(node), kzalloc(size, gfp))
#define kvmalloc(size, gfp) kmalloc(size, gfp)
#define kvzalloc(size, gfp) kzalloc(size, gfp)
#define kvmalloc_node(size, gfp, node) kmalloc_node(size, gfp, node)
#define kvmalloc_array(n, size, gfp) kmalloc_array(n, size, gfp)
#define kvcalloc(n, size, gfp) kcalloc(n, size, gfp)

/* Newer trees name the object instead of its size; GFP_KERNEL by default. */
#define __slab_gfp(unused, gfp, ...) gfp
#define __slab_default_gfp(...) __slab_gfp(0, ##__VA_ARGS__, GFP_KERNEL)
#define kmalloc_obj(obj, ...)                                                  \
	((typeof(obj) *)slab_alloc(sizeof(obj),                                \
				   __slab_default_gfp(__VA_ARGS__),            \
				   SLAB_SITE(#obj)))
#define kzalloc_obj(obj, ...)                                                  \
	((typeof(obj) *)slab_alloc(                                            \
		sizeof(obj), __slab_default_gfp(__VA_ARGS__) | __GFP_ZERO,     \
		SLAB_SITE(#obj)))
#define kmalloc_objs(obj, n, ...)                                              \
	((typeof(obj) *)slab_alloc_array(n, sizeof(obj),                       \
					 __slab_default_gfp(__VA_ARGS__),      \
					 SLAB_SITE(#n " * " #obj)))
#define kzalloc_objs(obj, n, ...)                                              \
	((typeof(obj) *)slab_alloc_array(                                      \
		n, sizeof(obj), __slab_default_gfp(__VA_ARGS__) | __GFP_ZERO,  \
		SLAB_SITE(#n " * " #obj)))
/* An object whose last @member is an array of @n. */
#define kmalloc_flex(obj, member, n, ...)                                      \
	((typeof(obj) *)slab_alloc(                                            \
		struct_size((typeof(obj) *)NULL, member, n),                   \
		__slab_default_gfp(__VA_ARGS__),                               \
		SLAB_SITE(#obj " and " #n " of its " #member)))
#define kvmalloc_obj kmalloc_obj
#define kvzalloc_obj kzalloc_obj
#define kvmalloc_objs kmalloc_objs
#define kvzalloc_objs kzalloc_objs

void kfree(const void *object);
void kvfree(const void *object);
void kfree_sensitive(const void *object);
size_t ksize(const void *object);
void *krealloc(const void *object, size_t size, gfp_t gfp);
#define krealloc_array(object, n, size, gfp)                                   \
	krealloc(object, array_size(n, size), gfp)

char *kstrdup(const char *text, gfp_t gfp);
const char *kstrdup_const(const char *text, gfp_t gfp);
void kfree_const(const void *object);
void *kmemdup(const void *source, size_t len, gfp_t gfp);
void *kvmemdup(const void *source, size_t len, gfp_t gfp);

DEFINE_FREE(kfree, void *, if (!IS_ERR_OR_NULL(_T)) kfree(_T))
DEFINE_FREE(kvfree, void *, if (!IS_ERR_OR_NULL(_T)) kvfree(_T))

struct kmem_cache;

struct kmem_cache_args {
	unsigned int align;
	unsigned int useroffset;
	unsigned int usersize;
	void (*ctor)(void *object);
};

/* The third argument is an alignment, or newer, a struct kmem_cache_args. */
struct kmem_cache *kmem_cache_create_aligned(const char *name,
					     unsigned int size,
					     unsigned int align,
					     slab_flags_t flags,
					     void (*ctor)(void *object));
struct kmem_cache *kmem_cache_create_args(const char *name, unsigned int size,
					  struct kmem_cache_args *args,
					  slab_flags_t flags);
#define kmem_cache_create(name, size, third, ...)                              \
	_Generic((third), struct kmem_cache_args *                             \
		 : kmem_cache_create_args, default                             \
		 : kmem_cache_create_aligned)(name, size, third, __VA_ARGS__)
struct kmem_cache *
kmem_cache_create_usercopy(const char *name, unsigned int size,
			   unsigned int align, slab_flags_t flags,
			   unsigned int useroffset, unsigned int usersize,
			   void (*ctor)(void *object));
/* NULL is allowed.  Objects that are still there are a V_LEAK. */
void kmem_cache_destroy(struct kmem_cache *cache);
void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp);
void *kmem_cache_zalloc(struct kmem_cache *cache, gfp_t gfp);
void kmem_cache_free(struct kmem_cache *cache, void *object);

#define kmem_cache_alloc_node(cache, gfp, node)                                \
	((void)(node), kmem_cache_alloc(cache, gfp))
/*
 * The inode's reclaim list does not exist here.  An xarray asks for a node under
 * its lock first and is refused, as GFP_NOWAIT may be: it then asks outside of
 * the lock, where other tasks run and where the request can be made to fail.
 */
#ifdef PFNSIM_LIB
#define kmem_cache_alloc_lru(cache, lru, gfp)                                  \
	((void)(lru),                                                          \
	 gfpflags_allow_blocking(gfp) ? kmem_cache_alloc(cache, gfp) : NULL)
#else
#define kmem_cache_alloc_lru(cache, lru, gfp)                                  \
	((void)(lru), kmem_cache_alloc(cache, gfp))
#endif
#define alloc_inode_sb(sb, cache, gfp)                                         \
	((void)(sb), kmem_cache_alloc(cache, gfp))
#define KMEM_CACHE(type, flags)                                                \
	kmem_cache_create(#type, sizeof(struct type),                          \
			  __alignof__(struct type), flags, NULL)

#endif /* _LINUX_SLAB_H */
