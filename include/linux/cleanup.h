/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Scope-based release of memory, locks and other resources.
 *
 * For kernels without a tree's own cleanup.h.
 *
 * Fidelity: EMULATED - same expansions in effect as the kernel's.
 */
#ifndef PFNSIM_LINUX_CLEANUP_H
#define PFNSIM_LINUX_CLEANUP_H

#include <linux/args.h>
#include <linux/compiler.h>
#include <linux/err.h>

#define DEFINE_FREE(name, type, expr)                                          \
	static __always_inline void __free_##name(void *__slot)                \
	{                                                                      \
		type _T = *(type *)__slot;                                     \
		expr;                                                          \
	}
#define __free(name) __cleanup(__free_##name)

#define __take(p, nothing)                                                     \
	({                                                                     \
		__auto_type __place = &(p);                                    \
		__auto_type __taken = *__place;                                \
		*__place = nothing;                                            \
		__taken;                                                       \
	})
#define no_free_ptr(p) ((__typeof__(p))__take(p, NULL))
#define return_ptr(p) return no_free_ptr(p)
#define retain_and_null_ptr(p) ((void)__take(p, NULL))

#define DEFINE_CLASS(name, type, exit, init, args...)                          \
	typedef type class_##name##_t;                                         \
	static __always_inline __maybe_unused void class_##name##_destructor(  \
		type *__obj)                                                   \
	{                                                                      \
		type _T = *__obj;                                              \
		exit;                                                          \
	}                                                                      \
	static __always_inline __maybe_unused type class_##name##_constructor( \
		args)                                                          \
	{                                                                      \
		type __made = init;                                            \
		return __made;                                                 \
	}
#define EXTEND_CLASS(name, ext, init, args...)                                 \
	typedef class_##name##_t class_##name##ext##_t;                        \
	static __always_inline __maybe_unused void                             \
		class_##name##ext##_destructor(class_##name##_t *__obj)        \
	{                                                                      \
		class_##name##_destructor(__obj);                              \
	}                                                                      \
	static __always_inline __maybe_unused                                  \
		class_##name##_t class_##name##ext##_constructor(args)         \
	{                                                                      \
		class_##name##_t __made = init;                                \
		return __made;                                                 \
	}
#define CLASS(name, var)                                                       \
	class_##name##_t var __cleanup(                                        \
		class_##name##_destructor) = class_##name##_constructor

#define __GUARD_PTR(name) class_##name##_lock_ptr
#define __GUARD_IS_COND(kind, is) enum { class_##kind##_is_conditional = is };

#define DEFINE_GUARD(name, type, lock, unlock)                                 \
	__GUARD_IS_COND(name, 0)                                               \
	DEFINE_CLASS(                                                          \
		name, type, if (_T) { unlock; }, ({                            \
			lock;                                                  \
			_T;                                                    \
		}),                                                            \
		type _T)                                                       \
	static __always_inline __maybe_unused void *class_##name##_lock_ptr(   \
		class_##name##_t *__obj)                                       \
	{                                                                      \
		return (void *)*__obj;                                         \
	}
#define DEFINE_GUARD_COND(name, ext, condlock)                                 \
	__GUARD_IS_COND(name##ext, 1)                                          \
	EXTEND_CLASS(name, ext, ({                                             \
			     void *__l = _T;                                   \
			     if (_T && !(condlock))                            \
				     __l = NULL;                               \
			     __l;                                              \
		     }),                                                       \
		     class_##name##_t _T)                                      \
	static __always_inline __maybe_unused void                             \
		*class_##name##ext##_lock_ptr(class_##name##_t *__obj)         \
	{                                                                      \
		return class_##name##_lock_ptr(__obj);                         \
	}

#define __GUARD_STRUCT(name, type, unlock, members...)                         \
	typedef struct {                                                       \
		type *lock;                                                    \
		members;                                                       \
	} class_##name##_t;                                                    \
	static __always_inline __maybe_unused void class_##name##_destructor(  \
		class_##name##_t *_T)                                          \
	{                                                                      \
		if (_T->lock) {                                                \
			unlock;                                                \
		}                                                              \
	}                                                                      \
	static __always_inline __maybe_unused void *class_##name##_lock_ptr(   \
		class_##name##_t *_T)                                          \
	{                                                                      \
		return (void *)_T->lock;                                       \
	}
#define DEFINE_LOCK_GUARD_1(name, type, locking, unlocking, members...)        \
	__GUARD_IS_COND(name, 0)                                               \
	__GUARD_STRUCT(name, type, unlocking, members)                         \
	static __always_inline __maybe_unused                                  \
		class_##name##_t class_##name##_constructor(type *__l)         \
	{                                                                      \
		class_##name##_t __made = { .lock = __l }, *_T = &__made;      \
		locking;                                                       \
		return __made;                                                 \
	}
#define DEFINE_LOCK_GUARD_0(name, locking, unlocking, members...)              \
	__GUARD_IS_COND(name, 0)                                               \
	__GUARD_STRUCT(name, void, unlocking, members)                         \
	static __always_inline __maybe_unused                                  \
		class_##name##_t class_##name##_constructor(void)              \
	{                                                                      \
		class_##name##_t __made = { .lock = (void *)1 };               \
		class_##name##_t *_T __maybe_unused = &__made;                 \
		locking;                                                       \
		return __made;                                                 \
	}
#define DEFINE_LOCK_GUARD_1_COND(name, ext, condlock)                          \
	__GUARD_IS_COND(name##ext, 1)                                          \
	EXTEND_CLASS(name, ext, ({                                             \
			     class_##name##_t __g = { .lock = l }, *_T = &__g; \
			     if (_T->lock && !(condlock))                      \
				     _T->lock = NULL;                          \
			     __g;                                              \
		     }),                                                       \
		     __typeof__(((class_##name##_t *)0)->lock) l)              \
	static __always_inline __maybe_unused void                             \
		*class_##name##ext##_lock_ptr(class_##name##_t *_T)            \
	{                                                                      \
		return class_##name##_lock_ptr(_T);                            \
	}

#define guard(name) CLASS(name, __UNIQUE_ID(guard))

#define __SCOPED(name, enter, label, args...)                                  \
	for (CLASS(name, scope)(args); enter; ({ goto label; }))               \
		if (0) {                                                       \
label:                                                                         \
			break;                                                 \
		} else
#define scoped_guard(name, args...)                                            \
	__SCOPED(name,                                                         \
		 __GUARD_PTR(name)(&scope) || !class_##name##_is_conditional,  \
		 __UNIQUE_ID(scope), args)
#define scoped_class(name, var, args...)                                       \
	__SCOPED_CLASS(name, var, __UNIQUE_ID(scope), args)
#define __SCOPED_CLASS(name, var, label, args...)                              \
	for (CLASS(name, var)(args);; ({ goto label; }))                       \
		if (0) {                                                       \
label:                                                                         \
			break;                                                 \
		} else
#define scoped_cond_guard(name, fail, args...)                                 \
	__SCOPED_COND(name, fail, __UNIQUE_ID(scope), args)
#define __SCOPED_COND(name, fail, label, args...)                              \
	for (CLASS(name, scope)(args); 1; ({ goto label; }))                   \
		if (!__GUARD_PTR(name)(&scope)) {                              \
			fail;                                                  \
label:                                                                         \
			break;                                                 \
		} else

#endif /* PFNSIM_LINUX_CLEANUP_H */
