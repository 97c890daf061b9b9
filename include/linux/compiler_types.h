/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Attributes, address spaces and annotations.
 *
 * Every translation unit of the kernel side sees this file first.
 *
 * Fidelity: EMULATED - attributes that change code generation keep their meaning;
 * annotations for static checkers expand to nothing.
 */
#ifndef PFNSIM_LINUX_COMPILER_TYPES_H
#define PFNSIM_LINUX_COMPILER_TYPES_H

#define __user
#define __kernel
#define __iomem
#define __percpu
#define __rcu
#define __force
#define __nocast
#define __safe
#define __private
#define __bitwise
#define __chk_user_ptr(x) ((void)0)
#define ACCESS_PRIVATE(p, member) ((p)->member)

/* Context annotations: the shim's own lockdep checks what they promise. */
#define __acquires(...)
#define __releases(...)
#define __must_hold(...)
#define __must_not_hold(...)
#define __acquires_shared(...)
#define __releases_shared(...)
#define __must_hold_shared(...)
#define __cond_acquires(...)
#define __cond_acquires_shared(...)
#define __acquire(x) ((void)0)
#define __release(x) ((void)0)
#define __cond_lock(x, c) (c)
#define __guarded_by(...)
#define __pt_guarded_by(...)
#define __context_unsafe(...)
#define __assume_ctx_lock(x) ((void)0)
#define __assume_shared_ctx_lock(x) ((void)0)
#define __no_context_analysis
#define __nonnull_args(...)
#define context_unsafe(...) ({ __VA_ARGS__; })

#define __always_inline inline __attribute__((__always_inline__))
#define noinline __attribute__((__noinline__))
#define __noinline noinline
#define noinline_for_stack noinline
#define __flatten __attribute__((__flatten__))
#define notrace __attribute__((__no_instrument_function__))
#define __inline inline
#define __inline__ inline

#define __aligned(x) __attribute__((__aligned__(x)))
#define __aligned_largest __attribute__((__aligned__))
#define __packed __attribute__((__packed__))
#define __section(s) __attribute__((__section__(s)))
#define __used __attribute__((__used__))
#define __maybe_unused __attribute__((__unused__))
#define __always_unused __attribute__((__unused__))
#define __unused __attribute__((__unused__))
#define __must_check __attribute__((__warn_unused_result__))
#define __weak __attribute__((__weak__))
#define __alias(s) __attribute__((__alias__(#s)))
#define __visible __attribute__((__externally_visible__))
#define __pure __attribute__((__pure__))
#define __attribute_const__ __attribute__((__const__))
#define __cold __attribute__((__cold__))
#define __hot __attribute__((__hot__))
#define __malloc __attribute__((__malloc__))
#define __alloc_size(x, ...) __attribute__((__alloc_size__(x, ##__VA_ARGS__)))
#define __realloc_size(x, ...)
#define __assume_aligned(a, ...)
#define __noreturn __attribute__((__noreturn__))
#define __printf(a, b) __attribute__((__format__(printf, a, b)))
#define __scanf(a, b) __attribute__((__format__(scanf, a, b)))
#define __mode(x) __attribute__((__mode__(x)))
/* Guards are rarely named again: no warning about them. */
#define __cleanup(func)                                                        \
	__attribute__((__unused__)) __attribute__((__cleanup__(func)))
#define __copy(sym) __attribute__((__copy__(sym)))
#define __designated_init __attribute__((__designated_init__))
#define __nonstring __attribute__((__nonstring__))
#define __no_sanitize_address __attribute__((__no_sanitize_address__))
#define __no_kcsan __attribute__((__no_sanitize_thread__))
#define __no_sanitize_or_inline __always_inline
#define __no_kasan_or_inline __always_inline
#define __fix_address
#define __no_profile
#define __nocfi
#define __noscs
#define __deprecated
#define __gnu_inline
#define __counted_by(member)
#define __counted_by_ptr(member)
#define __counted_by_le(member)
#define __counted_by_be(member)
#define __sized_by(member)
#define __randomize_layout
#define __no_randomize_layout
#define randomized_struct_fields_start struct {
#define randomized_struct_fields_end                                           \
	}                                                                      \
	;
#define __latent_entropy
#define __ro_after_init
#define __read_mostly
#define __cacheline_aligned
#define __cacheline_aligned_in_smp
#define ____cacheline_aligned
#define ____cacheline_aligned_in_smp
#define ____cacheline_internodealigned_in_smp
#define noinstr noinline
#define __cpuidle noinline
#define __lockfunc
#define __sched
#define __signed_wrap
#define __bpf_kfunc
#define __compiletime_error(msg) __attribute__((__error__(msg)))
#define __compiletime_warning(msg) __attribute__((__warning__(msg)))
#define fallthrough __attribute__((__fallthrough__))
#define __diag_push()
#define __diag_pop()
#define __diag_ignore_all(...)
#define __diag_GCC(...)
#define asm_volatile_goto(x...) asm goto(x)
#define asm_inline asm inline

#define __same_type(a, b)                                                      \
	__builtin_types_compatible_p(__typeof__(a), __typeof__(b))
#define __native_word(t) (sizeof(t) <= 8)
#define __unqual_scalar_typeof(x) __typeof__((x) + 0)
#define __PASTE_2(a, b) a##b
#define __PASTE(a, b) __PASTE_2(a, b)

#endif /* PFNSIM_LINUX_COMPILER_TYPES_H */
