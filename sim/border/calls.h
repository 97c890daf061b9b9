/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The shim calls that are scheduling points, one line each: enumerator, the
 * name that a person reads and writes in an order.  Both worlds include this
 * list; append to it, the order carries no meaning.
 */
#ifndef PFNSIM_BORDER_CALLS_H
#define PFNSIM_BORDER_CALLS_H

#define PFNSIM_CALLS(X)                                                        \
	/* The operation itself, emitted by the runner. */                     \
	X(CALL_BEGIN, "begin")                                                 \
	X(CALL_END, "end")                                                     \
	/* Sleeping locks. */                                                  \
	X(CALL_MUTEX_LOCK, "mutex_lock")                                       \
	X(CALL_MUTEX_TRYLOCK, "mutex_trylock")                                 \
	X(CALL_MUTEX_UNLOCK, "mutex_unlock")                                   \
	X(CALL_DOWN_READ, "down_read")                                         \
	X(CALL_UP_READ, "up_read")                                             \
	X(CALL_DOWN_WRITE, "down_write")                                       \
	X(CALL_UP_WRITE, "up_write")                                           \
	X(CALL_DOWNGRADE_WRITE, "downgrade_write")                             \
	X(CALL_FILEMAP_INVALIDATE_LOCK, "filemap_invalidate_lock")             \
	X(CALL_FILEMAP_INVALIDATE_UNLOCK, "filemap_invalidate_unlock")         \
	X(CALL_FILEMAP_INVALIDATE_LOCK_SHARED,                                 \
	  "filemap_invalidate_lock_shared")                                    \
	X(CALL_FILEMAP_INVALIDATE_UNLOCK_SHARED,                               \
	  "filemap_invalidate_unlock_shared")                                  \
	X(CALL_MMAP_READ_LOCK, "mmap_read_lock")                               \
	X(CALL_MMAP_READ_UNLOCK, "mmap_read_unlock")                           \
	X(CALL_MMAP_WRITE_LOCK, "mmap_write_lock")                             \
	X(CALL_MMAP_WRITE_UNLOCK, "mmap_write_unlock")                         \
	/* Spinning locks. */                                                  \
	X(CALL_SPIN_LOCK, "spin_lock")                                         \
	X(CALL_SPIN_TRYLOCK, "spin_trylock")                                   \
	X(CALL_SPIN_UNLOCK, "spin_unlock")                                     \
	X(CALL_READ_LOCK, "read_lock")                                         \
	X(CALL_READ_TRYLOCK, "read_trylock")                                   \
	X(CALL_READ_UNLOCK, "read_unlock")                                     \
	X(CALL_READ_LOCK_IRQ, "read_lock_irq")                                 \
	X(CALL_READ_UNLOCK_IRQ, "read_unlock_irq")                             \
	X(CALL_WRITE_LOCK, "write_lock")                                       \
	X(CALL_WRITE_UNLOCK, "write_unlock")                                   \
	X(CALL_WRITE_LOCK_IRQ, "write_lock_irq")                               \
	X(CALL_WRITE_UNLOCK_IRQ, "write_unlock_irq")                           \
	/* RCU, waiting, yielding. */                                          \
	X(CALL_RCU_READ_LOCK, "rcu_read_lock")                                 \
	X(CALL_RCU_READ_UNLOCK, "rcu_read_unlock")                             \
	X(CALL_SYNCHRONIZE_RCU, "synchronize_rcu")                             \
	X(CALL_SRCU_READ_LOCK, "srcu_read_lock")                               \
	X(CALL_SRCU_READ_UNLOCK, "srcu_read_unlock")                           \
	X(CALL_SYNCHRONIZE_SRCU, "synchronize_srcu")                           \
	X(CALL_RCU_ASSIGN_POINTER, "rcu_assign_pointer")                       \
	X(CALL_SCHEDULE, "schedule")                                           \
	X(CALL_RCUWAIT_WAKE_UP, "rcuwait_wake_up")                             \
	X(CALL_COND_RESCHED, "cond_resched")                                   \
	X(CALL_WAIT_EVENT, "wait_event")                                       \
	/* Atomics and marked accesses. */                                     \
	X(CALL_ATOMIC, "atomic")                                               \
	X(CALL_REFCOUNT, "refcount")                                           \
	X(CALL_SMP_MB, "smp_mb")                                               \
	X(CALL_SMP_RMB, "smp_rmb")                                             \
	X(CALL_SMP_WMB, "smp_wmb")                                             \
	/* Memory. */                                                          \
	X(CALL_GUP, "get_user_pages")                                          \
	X(CALL_GUP_FAST, "get_user_pages_fast")                                \
	X(CALL_PUT_PAGE, "put_page")                                           \
	X(CALL_KMAP, "kmap")                                                   \
	X(CALL_KUNMAP, "kunmap")                                               \
	X(CALL_VMAP, "vmap")                                                   \
	X(CALL_VUNMAP, "vunmap")                                               \
	X(CALL_MEMREMAP, "memremap")                                           \
	X(CALL_MEMUNMAP, "memunmap")                                           \
	X(CALL_KHVA_READ, "khva_read")                                         \
	X(CALL_KHVA_WRITE, "khva_write")                                       \
	X(CALL_FILEMAP_GET_FOLIO, "filemap_grab_folio")                        \
	X(CALL_FOLIO_LOCK, "folio_lock")                                       \
	X(CALL_FOLIO_UNLOCK, "folio_unlock")                                   \
	X(CALL_TRUNCATE, "truncate_inode_pages_range")                         \
	X(CALL_UNMAP_MAPPING, "unmap_mapping_range")                           \
	X(CALL_FREE_FOLIO, "free_folio")                                       \
	X(CALL_ZAP_PTE, "zap_pte")                                             \
	X(CALL_SET_PTE, "set_pte")                                             \
	X(CALL_HANDLE_MM_FAULT, "handle_mm_fault")                             \
	X(CALL_NOTIFIER_START, "mmu_notifier_invalidate_range_start")          \
	X(CALL_NOTIFIER_END, "mmu_notifier_invalidate_range_end")              \
	X(CALL_DIRECT_MAP_ZAP, "direct_map_zap")                               \
	X(CALL_DIRECT_MAP_RESTORE, "direct_map_restore")                       \
	X(CALL_KMALLOC, "kmalloc")                                             \
	X(CALL_KFREE, "kfree")                                                 \
	X(CALL_COPY_FROM_USER, "copy_from_user")                               \
	X(CALL_COPY_TO_USER, "copy_to_user")                                   \
	X(CALL_MEMORY_FAILURE, "memory_failure")                               \
	/* Files. */                                                           \
	X(CALL_FGET, "fget")                                                   \
	X(CALL_FPUT, "fput")                                                   \
	X(CALL_GET_FILE_ACTIVE, "get_file_active")                             \
	X(CALL_TASK_WORK, "task_work")                                         \
	X(CALL_RELEASE, "release")                                             \
	X(CALL_STOP_MODULE, "stop_module")                                     \
	X(CALL_XA_STORE, "xa_store")                                           \
	X(CALL_XA_LOAD, "xa_load")                                             \
	/* The architecture's model. */                                        \
	X(CALL_UNMAP_GFN_RANGE, "kvm_unmap_gfn_range")                         \
	X(CALL_FLUSH_TLBS, "kvm_flush_remote_tlbs")                            \
	X(CALL_SPTE_INSTALL, "spte_install")                                   \
	/* Plain and marked accesses, where a kernel has hooks. */             \
	X(CALL_LOAD, "load")                                                   \
	X(CALL_STORE, "store")

enum shim_call {
#define X(id, name) id,
	PFNSIM_CALLS(X)
#undef X
		NR_SHIM_CALLS
};

#endif /* PFNSIM_BORDER_CALLS_H */
