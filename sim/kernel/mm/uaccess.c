// SPDX-License-Identifier: GPL-2.0-only
/*
 * Loads and stores of user addresses, by user space and by the kernel.
 *
 * Fidelity: EMULATED - page by page: an entry that can be used is used in one
 * step, as hardware does; any other one is a page fault.  The buffer that holds
 * an ioctl's argument is not part of the process's memory, see
 * mm_set_ioctl_buffer().
 */
#include <linux/highmem.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "user.h"

static struct {
	char *buf;
	unsigned long len;
	unsigned int faults_disabled;
} task_state[HOST_MAX_TASKS];

void mm_set_ioctl_buffer(void *buf, unsigned long len)
{
	task_state[host_task].buf = buf;
	task_state[host_task].len = buf ? len : 0;
}

static bool in_ioctl_buffer(unsigned long addr, unsigned long len)
{
	unsigned long start = (unsigned long)task_state[host_task].buf;
	unsigned long size = task_state[host_task].len;

	return start && addr - start < size && len <= size - (addr - start);
}

void pagefault_disable(void)
{
	task_state[host_task].faults_disabled++;
}

void pagefault_enable(void)
{
	if (!task_state[host_task].faults_disabled)
		host_report(V_IMBALANCE, HOST_NO_PFN,
			    "pagefault_enable() without pagefault_disable()");
	else
		task_state[host_task].faults_disabled--;
}

bool pagefault_disabled(void)
{
	return task_state[host_task].faults_disabled;
}

/* ---- Through the page table ------------------------------------------- */

struct access {
	unsigned long addr;
	void *buf;
	unsigned long len; /* within one page */
	bool write;
};

/* False where the page table has no usable entry. */
static bool try_access(const struct access *access)
{
	user_pte pte = pte_walk(the_mm, access->addr);
	unsigned long offset = offset_in_page(access->addr);
	unsigned long pfn = pte_pfn(pte);

	if (!pte_usable(pte, access->write))
		return false;
	if (pfn_valid(pfn) && page_is_free(pfn_to_page(pfn)))
		host_report(
			V_USE_AFTER_FREE, pfn,
			"the process reaches a free page through its page table");
	if (access->write)
		page_poke(pfn, offset, access->buf, access->len);
	else
		page_peek(pfn, offset, access->buf, access->len);
	return true;
}

static bool fault_in(const struct access *access)
{
	vm_flags_t wanted = access->write ? VM_WRITE : VM_READ;
	vm_fault_t fault = VM_FAULT_SIGSEGV;
	struct vm_area_struct *vma;

	if (pagefault_disabled())
		return false;
	mmap_read_lock(the_mm);
	vma = vma_lookup(the_mm, access->addr);
	if (vma && vma->vm_flags & wanted)
		fault = handle_mm_fault(
			vma, access->addr,
			FAULT_FLAG_USER |
				(access->write ? FAULT_FLAG_WRITE : 0),
			NULL);
	mmap_read_unlock(the_mm);
	return !(fault & VM_FAULT_ERROR);
}

static bool access_page(const struct access *access, enum shim_call call)
{
	bool done;

	do {
		host_enter(call, the_mm, NULL);
		done = try_access(access);
		host_leave(call, the_mm, NULL);
	} while (!done && fault_in(access));
	return done;
}

/* Returns how many bytes are left. */
static unsigned long access_user(unsigned long addr, void *buf,
				 unsigned long len, bool write)
{
	enum shim_call call = write ? CALL_COPY_TO_USER : CALL_COPY_FROM_USER;

	while (len) {
		struct access access = {
			.addr = addr,
			.buf = buf,
			.len = min(len, PAGE_SIZE - offset_in_page(addr)),
			.write = write,
		};

		if (!the_mm || !access_page(&access, call))
			break;
		addr += access.len;
		buf += access.len;
		len -= access.len;
	}
	return len;
}

long user_read(unsigned long uva, void *buf, unsigned long len)
{
	if (!access_ok(uva, len))
		return -EFAULT;
	return access_user(uva, buf, len, false) ? -EFAULT : 0;
}

long user_write(unsigned long uva, const void *buf, unsigned long len)
{
	if (!access_ok(uva, len))
		return -EFAULT;
	return access_user(uva, (void *)buf, len, true) ? -EFAULT : 0;
}

/* ---- For the kernel --------------------------------------------------- */

unsigned long __copy_from_user_inatomic(void *to, const void __user *from,
					unsigned long len)
{
	unsigned long addr = (unsigned long)from;

	if (in_ioctl_buffer(addr, len)) {
		memcpy(to, (const void *)from, len);
		return 0;
	}
	if (!access_ok(addr, len))
		return len;
	return access_user(addr, to, len, false);
}

unsigned long __copy_to_user_inatomic(void __user *to, const void *from,
				      unsigned long len)
{
	unsigned long addr = (unsigned long)to;

	if (in_ioctl_buffer(addr, len)) {
		memcpy((void *)to, from, len);
		return 0;
	}
	if (!access_ok(addr, len))
		return len;
	return access_user(addr, (void *)from, len, true);
}

static void check_may_fault(void)
{
	if (!pagefault_disabled())
		might_sleep();
}

unsigned long __copy_from_user(void *to, const void __user *from,
			       unsigned long len)
{
	check_may_fault();
	return __copy_from_user_inatomic(to, from, len);
}

/* What was not copied does not leak old kernel memory. */
unsigned long copy_from_user(void *to, const void __user *from,
			     unsigned long len)
{
	unsigned long left = __copy_from_user(to, from, len);

	memset(to + len - left, 0, left);
	return left;
}

unsigned long copy_to_user(void __user *to, const void *from, unsigned long len)
{
	check_may_fault();
	return __copy_to_user_inatomic(to, from, len);
}

unsigned long clear_user(void __user *to, unsigned long len)
{
	static const char zeros[64];
	unsigned long part, left;

	for (; len; len -= part) {
		part = min(len, sizeof(zeros));
		left = copy_to_user(to, zeros, part);
		if (left)
			return len - part + left;
		to += part;
	}
	return 0;
}

int check_zeroed_user(const void __user *from, size_t size)
{
	char byte;

	for (; size; size--, from++) {
		if (copy_from_user(&byte, from, 1))
			return -EFAULT;
		if (byte)
			return 0;
	}
	return 1;
}

int copy_struct_from_user(void *to, size_t size, const void __user *from,
			  size_t user_size)
{
	size_t common = min(size, user_size);
	int ret;

	if (user_size > size) {
		ret = check_zeroed_user(from + size, user_size - size);
		if (ret <= 0)
			return ret ? ret : -E2BIG;
	}
	memset(to + common, 0, size - common);
	return copy_from_user(to, from, common) ? -EFAULT : 0;
}

void *memdup_user(const void __user *from, size_t len)
{
	void *copy = kmalloc(len, GFP_USER);

	if (!copy)
		return ERR_PTR(-ENOMEM);
	if (copy_from_user(copy, from, len)) {
		kfree(copy);
		return ERR_PTR(-EFAULT);
	}
	return copy;
}

void *vmemdup_user(const void __user *from, size_t len)
{
	return memdup_user(from, len);
}

void *memdup_array_user(const void __user *from, size_t n, size_t size)
{
	size_t bytes;

	if (check_mul_overflow(n, size, &bytes))
		return ERR_PTR(-EOVERFLOW);
	return memdup_user(from, bytes);
}

void *vmemdup_array_user(const void __user *from, size_t n, size_t size)
{
	return memdup_array_user(from, n, size);
}
