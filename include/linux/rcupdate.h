/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * RCU: read sections, grace periods, checked dereferences.
 *
 * A task is a reader while it is in a section, and while it may not be preempted.
 * Callbacks wait in a queue until rcu_run_callbacks(); see sim/kernel/sync/sync.h.
 *
 * Fidelity: EMULATED - a grace period waits for exactly the readers that existed
 * when it was asked for.  Callbacks never run by themselves: a scenario decides
 * when, or a barrier, which waits for those that another task is running and, as
 * in the kernel, for no grace period where there are none.  Inside library code (PFNSIM_LIB) sections and publications are no
 * scheduling points.
 */
#ifndef PFNSIM_LINUX_RCUPDATE_H
#define PFNSIM_LINUX_RCUPDATE_H

#include <linux/bug.h>
#include <linux/cleanup.h>
#include <linux/compiler.h>
#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/types.h>
#include <asm/barrier.h>

void sim_rcu_read_lock(void);
void sim_rcu_read_unlock(void);
void sim_rcu_read_lock_quiet(void);
void sim_rcu_read_unlock_quiet(void);
void sim_rcu_assign_enter(const volatile void *p, const char *name);
void sim_rcu_assign_leave(const volatile void *p, const char *name);
/* Reports V_RCU; @text is the expression that was dereferenced. */
__cold void sim_rcu_suspicious(const char *text, const char *why);
void sim_kfree_rcu(void *obj, struct rcu_head *head);

void synchronize_rcu(void);
void call_rcu(struct rcu_head *head, rcu_callback_t func);
void rcu_barrier(void);
int rcu_read_lock_held(void);
int rcu_read_lock_any_held(void);

#ifdef PFNSIM_LIB
#define rcu_read_lock() sim_rcu_read_lock_quiet()
#define rcu_read_unlock() sim_rcu_read_unlock_quiet()
#define __rcu_publish_enter(p, name) ((void)0)
#define __rcu_publish_leave(p, name) ((void)0)
#else
#define rcu_read_lock() sim_rcu_read_lock()
#define rcu_read_unlock() sim_rcu_read_unlock()
#define __rcu_publish_enter(p, name) sim_rcu_assign_enter(p, name)
#define __rcu_publish_leave(p, name) sim_rcu_assign_leave(p, name)
#endif

#define rcu_read_lock_bh() rcu_read_lock()
#define rcu_read_unlock_bh() rcu_read_unlock()
#define rcu_read_lock_sched() preempt_disable()
#define rcu_read_unlock_sched() preempt_enable()
#define rcu_read_lock_sched_held() (!preemptible())
#define synchronize_rcu_expedited() synchronize_rcu()
#define synchronize_net() synchronize_rcu()
#define call_rcu_hurry(head, func) call_rcu(head, func)
#define init_rcu_head(head) ((void)(head))
#define destroy_rcu_head(head) ((void)(head))
#define rcu_preempt_depth() rcu_read_lock_held()
#define rcu_is_watching() true
/* STUB: a task that yields at every point holds nobody up. */
#define rcu_softirq_qs() ((void)0)
#define rcu_momentary_eqs() ((void)0)
#define rcu_note_context_switch(p) ((void)0)
#define rcu_virt_note_context_switch() ((void)0)
#define cond_resched_tasks_rcu_qs() cond_resched()

#define RCU_LOCKDEP_WARN(cond, why)                                            \
	do {                                                                   \
		if (unlikely(cond))                                            \
			sim_rcu_suspicious(#cond, why);                        \
	} while (0)

#define RCU_INITIALIZER(v) ((__typeof__(*(v)) __force __rcu *)(v))
#define RCU_INIT_POINTER(p, v) WRITE_ONCE(p, RCU_INITIALIZER(v))
#define RCU_POINTER_INITIALIZER(p, v) .p = RCU_INITIALIZER(v)
#define rcu_assign_pointer(p, v)                                               \
	do {                                                                   \
		__typeof__(p) __published = (v);                               \
		__rcu_publish_enter(&(p), #p);                                 \
		smp_store_release(&(p), __published);                          \
		__rcu_publish_leave(&(p), #p);                                 \
	} while (0)
#define rcu_replace_pointer(p, v, cond)                                        \
	({                                                                     \
		__typeof__(p) __replaced = rcu_dereference_protected(p, cond); \
		rcu_assign_pointer(p, v);                                      \
		__replaced;                                                    \
	})

#ifdef PFNSIM_NATIVE
/* The order of dependent accesses, which compilers make an acquire. */
#define __rcu_load(p)                                                          \
	((__typeof__(*(p)) __force *)__atomic_load_n(&(p), __ATOMIC_CONSUME))
#else
#define __rcu_load(p) ((__typeof__(*(p)) __force *)READ_ONCE(p))
#endif
#define __rcu_load_if(p, ok, why)                                              \
	({                                                                     \
		if (unlikely(!(ok)))                                           \
			sim_rcu_suspicious(#p, why);                           \
		__rcu_load(p);                                                 \
	})
#define rcu_access_pointer(p) __rcu_load(p)
#define rcu_dereference_raw(p) __rcu_load(p)
#define rcu_dereference_raw_check(p) __rcu_load(p)
#define rcu_dereference_check(p, c)                                            \
	__rcu_load_if(p, rcu_read_lock_held() || (c),                          \
		      "outside an RCU read section")
#define rcu_dereference_protected(p, c)                                        \
	__rcu_load_if(p, c, "without what protects it: " #c)
#define rcu_dereference(p) rcu_dereference_check(p, 0)
#define rcu_dereference_bh(p) rcu_dereference_check(p, 0)
#define rcu_dereference_sched(p)                                               \
	__rcu_load_if(p, rcu_read_lock_sched_held(), "while preemptible")
#define rcu_pointer_handoff(p) (p)

#define __kfree_rcu_2(ptr, field)                                              \
	do {                                                                   \
		__typeof__(ptr) __gone = (ptr);                                \
		if (__gone)                                                    \
			sim_kfree_rcu(__gone, &__gone->field);                 \
	} while (0)
#define __kfree_rcu_1(ptr) kvfree_rcu_mightsleep(ptr)
#define __kfree_rcu_pick(a, b, fn, ...) fn
#define kfree_rcu(ptr...)                                                      \
	__kfree_rcu_pick(ptr, __kfree_rcu_2, __kfree_rcu_1)(ptr)
#define kvfree_rcu(ptr...) kfree_rcu(ptr)
#define kfree_rcu_mightsleep(ptr) kvfree_rcu_mightsleep(ptr)
void kvfree_rcu_mightsleep(const void *ptr);

DEFINE_LOCK_GUARD_0(rcu, rcu_read_lock(), rcu_read_unlock())

#endif /* PFNSIM_LINUX_RCUPDATE_H */
