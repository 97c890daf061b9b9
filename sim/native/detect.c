// SPDX-License-Identifier: GPL-2.0-only
/* The interfaces of ThreadSanitizer and AddressSanitizer. */
#include "detect.h"

#include "border.h"

#ifdef PFNSIM_SOAK_TSAN

void __tsan_acquire(void *addr);
void __tsan_release(void *addr);
void __tsan_write_range(void *addr, unsigned long size);
void AnnotateIgnoreSyncBegin(const char *file, int line);
void AnnotateIgnoreSyncEnd(const char *file, int line);

void host_acquire(const volatile void *obj)
{
	__tsan_acquire((void *)obj);
}

void host_release(const volatile void *obj)
{
	__tsan_release((void *)obj);
}

void detect_ignore_begin(void)
{
	AnnotateIgnoreSyncBegin(__FILE__, __LINE__);
}

void detect_ignore_end(void)
{
	AnnotateIgnoreSyncEnd(__FILE__, __LINE__);
}

/* To free an object is to write to all of it. */
void host_memory_free(const void *addr, unsigned long size)
{
	__tsan_write_range((void *)addr, size);
}

#else

void host_acquire(const volatile void *obj)
{
	(void)obj;
}

void host_release(const volatile void *obj)
{
	(void)obj;
}

void detect_ignore_begin(void)
{
}

void detect_ignore_end(void)
{
}

void host_memory_free(const void *addr, unsigned long size)
{
	detect_forbid(addr, size);
}

#endif

#ifdef PFNSIM_SOAK_ASAN

void __asan_poison_memory_region(const volatile void *addr, size_t size);
void __asan_unpoison_memory_region(const volatile void *addr, size_t size);

void detect_forbid(const void *addr, size_t size)
{
	__asan_poison_memory_region(addr, size);
}

void detect_allow(const void *addr, size_t size)
{
	__asan_unpoison_memory_region(addr, size);
}

#else

void detect_forbid(const void *addr, size_t size)
{
	(void)addr;
	(void)size;
}

void detect_allow(const void *addr, size_t size)
{
	(void)addr;
	(void)size;
}

#endif

void host_memory_alloc(const void *addr, unsigned long size)
{
	detect_allow(addr, size);
}
