// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a compiler calls before each access under -fsanitize=thread: the border
 * hears of it, unless it is to a task's stack.
 *
 * The names are the compilers' interface.  Atomic built-ins have none here: the
 * kernel's atomics are the emulation's own, so a built-in does not link.
 *
 * Fidelity: EMULATED - objects on a task's stack are taken for its own.
 */
#include <linux/compiler.h>
#include <linux/types.h>
#include <pfnsim/counters.h>
#include <border.h>

/* That the emulation counts is no part of what is emulated. */
static __always_inline bool is_count(const volatile void *addr)
{
	return (unsigned long)addr - (unsigned long)pfnsim_counters <
	       sizeof(pfnsim_counters);
}

static __always_inline void access(const volatile void *addr,
				   unsigned long size, unsigned int how)
{
	unsigned int who = how & ACCESS_SHIM ? HOOKS_SHIM : HOOKS_CODE;

	if (likely(!(host_hooks & who)) ||
	    (unsigned long)addr - HOST_STACKS_BASE < HOST_STACKS_SIZE ||
	    is_count(addr))
		return;
	if (unlikely(host_racy[host_task]))
		how |= ACCESS_MARKED;
	host_access(addr, size, how, __builtin_return_address(0));
}

/* Called by @hook, which the compiler calls. */
static __always_inline void shim_access(const volatile void *addr,
					unsigned long size, unsigned int how,
					const void *hook)
{
	if (likely(!(host_hooks & (HOOKS_SHIM | HOOKS_SILENT))))
		return;
	if (host_hooks & HOOKS_SILENT)
		host_silence(hook, __builtin_return_address(0));
	else
		access(addr, size, how | ACCESS_SHIM);
}

#define HOOK(name, size, how)                                                  \
	void __tsan_##name(void *addr);                                        \
	void __tsan_##name(void *addr)                                         \
	{                                                                      \
		access(addr, size, how);                                       \
	}                                                                      \
	void pfnsim_shim_##name(void *addr);                                   \
	void pfnsim_shim_##name(void *addr)                                    \
	{                                                                      \
		shim_access(addr, size, how, pfnsim_shim_##name);              \
	}

#define HOOK_BOTH(name, size)                                                  \
	void __tsan_##name(void *addr);                                        \
	void __tsan_##name(void *addr)                                         \
	{                                                                      \
		access(addr, size, ACCESS_READ);                               \
		access(addr, size, ACCESS_WRITE);                              \
	}                                                                      \
	void pfnsim_shim_##name(void *addr);                                   \
	void pfnsim_shim_##name(void *addr)                                    \
	{                                                                      \
		shim_access(addr, size, ACCESS_WRITE, pfnsim_shim_##name);     \
	}

#define HOOKS(size)                                                            \
	HOOK(read##size, size, ACCESS_READ)                                    \
	HOOK(write##size, size, ACCESS_WRITE)                                  \
	HOOK_BOTH(read_write##size, size)                                      \
	HOOK(volatile_read##size, size, ACCESS_READ | ACCESS_MARKED)           \
	HOOK(volatile_write##size, size, ACCESS_WRITE | ACCESS_MARKED)         \
	HOOK(unaligned_read##size, size, ACCESS_READ)                          \
	HOOK(unaligned_write##size, size, ACCESS_WRITE)                        \
	HOOK_BOTH(unaligned_read_write##size, size)                            \
	HOOK(unaligned_volatile_read##size, size, ACCESS_READ | ACCESS_MARKED) \
	HOOK(unaligned_volatile_write##size, size, ACCESS_WRITE | ACCESS_MARKED)

HOOKS(1)
HOOKS(2)
HOOKS(4)
HOOKS(8)
HOOKS(16)

#define HOOK_RANGE(name, how)                                                  \
	void __tsan_##name(void *addr, unsigned long size);                    \
	void __tsan_##name(void *addr, unsigned long size)                     \
	{                                                                      \
		access(addr, size, how);                                       \
	}                                                                      \
	void pfnsim_shim_##name(void *addr, unsigned long size);               \
	void pfnsim_shim_##name(void *addr, unsigned long size)                \
	{                                                                      \
		shim_access(addr, size, how, pfnsim_shim_##name);              \
	}

HOOK_RANGE(read_range, ACCESS_READ)
HOOK_RANGE(write_range, ACCESS_WRITE)

void __tsan_init(void);
void __tsan_init(void)
{
}

void __tsan_func_entry(void *caller);
void __tsan_func_entry(void *caller)
{
}

void __tsan_func_exit(void);
void __tsan_func_exit(void)
{
}

void sim_data_race(int change);
void sim_data_race(int change)
{
	host_racy[host_task] += change;
}

/* Copies that the compiler or the kernel leaves to a function. */
void *__real_memcpy(void *to, const void *from, size_t size);
void *__wrap_memcpy(void *to, const void *from, size_t size);
void *__wrap_memcpy(void *to, const void *from, size_t size)
{
	access(from, size, ACCESS_READ | ACCESS_SHIM);
	access(to, size, ACCESS_WRITE | ACCESS_SHIM);
	return __real_memcpy(to, from, size);
}

void *__real_memmove(void *to, const void *from, size_t size);
void *__wrap_memmove(void *to, const void *from, size_t size);
void *__wrap_memmove(void *to, const void *from, size_t size)
{
	access(from, size, ACCESS_READ | ACCESS_SHIM);
	access(to, size, ACCESS_WRITE | ACCESS_SHIM);
	return __real_memmove(to, from, size);
}

void *__real_memset(void *to, int value, size_t size);
void *__wrap_memset(void *to, int value, size_t size);
void *__wrap_memset(void *to, int value, size_t size)
{
	access(to, size, ACCESS_WRITE | ACCESS_SHIM);
	return __real_memset(to, value, size);
}
