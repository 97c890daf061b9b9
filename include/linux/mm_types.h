/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The structures of memory management: pages, address spaces, areas, mms.
 *
 * A struct page belongs to its references; struct folio is the same object, of
 * order 0 always.  An address_space belongs to its inode; its folios are
 * protected by invalidate_lock and the folio locks, its areas by i_mmap_rwsem.
 * A vm_area_struct belongs to its mm and is protected by mmap_lock.
 *
 * Fidelity: EMULATED - members that code under test uses bear the kernel's
 * names; all else is this machine's own.  Large folios do not exist.
 */
#ifndef _LINUX_MM_TYPES_H
#define _LINUX_MM_TYPES_H

#include <linux/list.h>
#include <linux/migrate_mode.h>
#include <linux/rwsem.h>
#include <linux/spinlock_types.h>
#include <linux/types.h>
#include <asm/page.h>
#include <pfnsim/page_tree.h>

struct address_space;
struct file;
struct inode;
struct mapped_page;
struct mempolicy;
struct mm_struct;
struct vm_area_struct;

/* ---- Pages ------------------------------------------------------------ */

#define PFNSIM_PAGE_MEMBERS(private_type)                                       \
	unsigned long flags;	       /* PG_* */                               \
	struct address_space *mapping; /* NULL: not in a page cache */          \
	unsigned long index; /* in the file; of an anonymous page: uva >> 12 */ \
	/* An anonymous page's mm, a free page's link, a file system's own. */  \
	private_type private;                                                   \
	struct mapped_page *alias; /* kernel mappings that are live */          \
	/* References: those that tasks took, then all others. */               \
	union {                                                                 \
		unsigned short held[4];                                         \
		unsigned long held_all;                                         \
	};                                                                      \
	int mapcount;	   /* user page table entries that hold a reference */  \
	unsigned int life; /* how often the frame was allocated */              \
	unsigned char state; /* enum page_state */                              \
	signed char locker   /* task that holds PG_locked */

struct page {
	PFNSIM_PAGE_MEMBERS(unsigned long);
};

struct folio {
	union {
		struct {
			PFNSIM_PAGE_MEMBERS(void *);
		};
		struct page page;
	};
};

/* ---- Page caches ------------------------------------------------------ */

struct address_space_operations {
	bool (*dirty_folio)(struct address_space *mapping, struct folio *folio);
	void (*invalidate_folio)(struct folio *folio, size_t offset,
				 size_t len);
	bool (*release_folio)(struct folio *folio, gfp_t gfp);
	void (*free_folio)(struct folio *folio);
	int (*migrate_folio)(struct address_space *mapping, struct folio *dst,
			     struct folio *src, enum migrate_mode mode);
	int (*error_remove_folio)(struct address_space *mapping,
				  struct folio *folio);
};

struct address_space {
	struct inode *host;
	const struct address_space_operations *a_ops;
	unsigned long flags; /* AS_* */
	gfp_t gfp_mask;
	unsigned long nrpages;
	/* Index to pfn. */
	struct page_tree folios;
	struct rw_semaphore invalidate_lock;
	/* Areas that map the file, by shared_link; i_mmap_rwsem. */
	struct list_head i_mmap;
	struct rw_semaphore i_mmap_rwsem;
	spinlock_t i_private_lock;
	struct list_head i_private_list;
	void *i_private_data;
};

/* ---- User memory ------------------------------------------------------ */

typedef unsigned int __bitwise vm_fault_t;
typedef unsigned long vm_flags_t;

enum vm_fault_reason {
	VM_FAULT_OOM = 0x1,
	VM_FAULT_SIGBUS = 0x2,
	VM_FAULT_MAJOR = 0x4,
	VM_FAULT_HWPOISON = 0x10,
	VM_FAULT_HWPOISON_LARGE = 0x20,
	VM_FAULT_SIGSEGV = 0x40,
	VM_FAULT_NOPAGE = 0x100,
	VM_FAULT_LOCKED = 0x200,
	VM_FAULT_RETRY = 0x400,
	VM_FAULT_FALLBACK = 0x800,
	VM_FAULT_DONE_COW = 0x1000,
	VM_FAULT_NEEDDSYNC = 0x2000,
	VM_FAULT_COMPLETED = 0x4000,
};

#define VM_FAULT_ERROR                                                         \
	(VM_FAULT_OOM | VM_FAULT_SIGBUS | VM_FAULT_SIGSEGV |                   \
	 VM_FAULT_HWPOISON | VM_FAULT_HWPOISON_LARGE | VM_FAULT_FALLBACK)

enum fault_flag {
	FAULT_FLAG_WRITE = 0x1,
	FAULT_FLAG_MKWRITE = 0x2,
	FAULT_FLAG_ALLOW_RETRY = 0x4,
	FAULT_FLAG_RETRY_NOWAIT = 0x8,
	FAULT_FLAG_KILLABLE = 0x10,
	FAULT_FLAG_TRIED = 0x20,
	FAULT_FLAG_USER = 0x40,
	FAULT_FLAG_REMOTE = 0x80,
	FAULT_FLAG_INSTRUCTION = 0x100,
	FAULT_FLAG_INTERRUPTIBLE = 0x200,
	FAULT_FLAG_UNSHARE = 0x400,
	FAULT_FLAG_ORIG_PTE_VALID = 0x800,
	FAULT_FLAG_VMA_LOCK = 0x1000,
};

enum {
	FOLL_WRITE = 0x1,
	FOLL_GET = 0x2,
	FOLL_DUMP = 0x4,
	FOLL_FORCE = 0x8,
	FOLL_NOWAIT = 0x10,
	FOLL_NOFAULT = 0x20,
	FOLL_HWPOISON = 0x40,
	FOLL_ANON = 0x80,
	FOLL_LONGTERM = 0x100,
	FOLL_SPLIT_PMD = 0x200,
	FOLL_PCI_P2PDMA = 0x400,
	FOLL_INTERRUPTIBLE = 0x800,
	FOLL_HONOR_NUMA_FAULT = 0x1000,
};

struct vm_fault {
	struct vm_area_struct *vma;
	gfp_t gfp_mask;
	pgoff_t pgoff;
	unsigned long address;
	unsigned long real_address;
	unsigned int flags; /* FAULT_FLAG_* */
	struct page *page;  /* out: the page, or a locked one: FAULT_LOCKED */
	struct page *cow_page;
};

struct vm_operations_struct {
	void (*open)(struct vm_area_struct *vma);
	void (*close)(struct vm_area_struct *vma);
	int (*may_split)(struct vm_area_struct *vma, unsigned long addr);
	vm_fault_t (*fault)(struct vm_fault *vmf);
	vm_fault_t (*page_mkwrite)(struct vm_fault *vmf);
	vm_fault_t (*pfn_mkwrite)(struct vm_fault *vmf);
	int (*access)(struct vm_area_struct *vma, unsigned long addr, void *buf,
		      int len, int write);
	const char *(*name)(struct vm_area_struct *vma);
	int (*set_policy)(struct vm_area_struct *vma, struct mempolicy *policy);
	struct mempolicy *(*get_policy)(struct vm_area_struct *vma,
					unsigned long addr, pgoff_t *index);
};

/* The page table of an area; parts of a split area share it. */
struct vm_page_table {
	struct page_tree entries; /* page offset to user_pte */
	unsigned long base;	  /* user address of offset 0 */
};

struct vm_area_struct {
	unsigned long vm_start;
	unsigned long vm_end;
	struct mm_struct *vm_mm;
	pgprot_t vm_page_prot;
	vm_flags_t vm_flags;
	const struct vm_operations_struct *vm_ops;
	unsigned long vm_pgoff;
	struct file *vm_file;
	void *vm_private_data;
	struct vm_page_table *page_table;
	struct list_head mm_link;     /* in mm->areas, by address */
	struct list_head shared_link; /* in mapping->i_mmap       */
};

struct mm_struct {
	struct rw_semaphore mmap_lock;
	struct list_head areas;
	struct hlist_head notifiers;
	unsigned long nr_notifiers;
	int mm_users; /* of the address space */
	int mm_count; /* of this structure    */
};

/* Sentinel of the user-controllable part of struct mm_struct. */
#define mm_has_notifiers(mm) ((mm)->nr_notifiers != 0)

#endif /* _LINUX_MM_TYPES_H */
