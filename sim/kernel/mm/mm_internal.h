/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What memory management offers to the rest of the emulated machine: start-up,
 * the process's memory operations, accesses through kernel addresses, views.
 *
 * Operations may block and return what the system call would.  Views and
 * counters have no side effect and may be called on any stack.
 *
 * Fidelity: EMULATED - the emulation's own interface; no kernel has it.
 */
#ifndef PFNSIM_MM_INTERNAL_H
#define PFNSIM_MM_INTERNAL_H

#include <linux/fs.h>
#include <linux/mm.h>
#include <pfnsim/khva.h>
#include <pfnsim/page.h>

#include "border.h"
#include "kernel.h"

/* ---- Start-up and end ------------------------------------------------- */

/*
 * Prepares frames, slab and mappings; first of all start-up functions, and
 * called once per execution (all state is fresh then).
 */
void mm_boot(const struct machine_config *config);
/* The one process's address space; mm_create() returns it with one user. */
struct mm_struct *mm_create(void);
/* The process exits: ->release(), unmap all, drop the mm. */
void mm_exit(struct mm_struct *mm);
/* After boot: what lives now is no leak. */
void slab_mark_booted(void);
/* At the end of an execution: writes to freed objects. */
void slab_check(void);
/*
 * At the end of an execution, after everything was torn down: reports what is
 * still there (objects, mappings, frames) as V_LEAK.
 */
void mm_check_leaks(void);

/* ---- The process's operations ----------------------------------------- */

/* File of a mapping: an anonymous one has NULL, device memory MM_DEVICE. */
#define MM_DEVICE ((struct file *)-2L)
enum { MM_MMAP_PRIVATE = 1, MM_MMAP_READONLY = 2 };

/* Maps [@uva, @uva + @len) for good (MAP_FIXED): 0 or -errno. */
long mm_mmap(unsigned long uva, unsigned long len, struct file *file,
	     unsigned long offset, unsigned int flags);
long mm_munmap(unsigned long uva, unsigned long len);
/* madvise(MADV_DONTNEED). */
long mm_dontneed(unsigned long uva, unsigned long len);
/* Takes page table entries away under a notifier; the pages stay. */
long mm_invalidate(unsigned long uva, unsigned long len);
/*
 * Whether somebody else's page table, as a guest's, accessed a page of [@uva,
 * @uva + @len) that is mapped: 1 or 0, -EINVAL for what is no range.
 */
long mm_age(unsigned long uva, unsigned long len, enum ageing how);
/* Moves an anonymous page to a new frame: 0, -EFAULT, -EBUSY, -EAGAIN. */
long mm_migrate(unsigned long uva);
/* Loads and stores of user space: 0, or -EFAULT (SIGSEGV, SIGBUS). */
long user_read(unsigned long uva, void *buf, unsigned long len);
long user_write(unsigned long uva, const void *buf, unsigned long len);

/*
 * The running task's argument of a system call: copies from and to user
 * addresses in [@buf, @buf + @len) mean that buffer itself.  NULL ends it.
 */
void mm_set_ioctl_buffer(void *buf, unsigned long len);

/* ---- Accesses by instructions, see kernel_desc ------------------------ */

long khva_touch_begin(unsigned long addr, bool write, void *page);
void khva_touch_end(unsigned long addr, const void *page);

/* ---- Slab ------------------------------------------------------------- */

/* What a freed object at @addr was, for a person; NULL if none is there. */
const char *slab_freed_at(const void *addr, char *buf, unsigned long len);
/* Memory from the heap that is not an object: never freed, zeroed. */
void *heap_alloc(unsigned long size, unsigned long align);

/* ---- Views ------------------------------------------------------------ */

/* The pfn that the page table has at @uva, or HOST_NO_PFN. */
unsigned long mm_view_pte(unsigned long uva);
/* The pfn that an access to @uva would find, or HOST_NO_PFN. */
unsigned long mm_view_user_page(unsigned long uva);
/* The pfn of @file's page at @index, or HOST_NO_PFN. */
unsigned long mm_view_file_page(const struct file *file, unsigned long index);
/* 0, or -ENOENT where there is no such page or mapping. */
long mm_view_page(unsigned long pfn, struct page_view *view);
long mm_view_mapping(unsigned long khva, struct mapping_view *view);

#endif /* PFNSIM_MM_INTERNAL_H */
