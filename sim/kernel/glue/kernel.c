// SPDX-License-Identifier: GPL-2.0-only
/*
 * The descriptor of this kernel: starting it, and its operations.
 *
 * Fidelity: EMULATED - the VMM's side.  Everything goes through the system
 * calls and file operations that the code under test registered.
 */
#include <linux/falloc.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kvm.h>
#include <linux/kvm_host.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/set_memory.h>
#include <pfnsim/counters.h>
#include <pfnsim/fs.h>
#include <pfnsim/outside.h>

#include "../arch/mmu.h"
#include "../lib/lib.h"
#include "../mm/mm_internal.h"
#include "../sync/sync.h"
#include "compat.h"
#include "glue.h"

#define MAX_VMS 16

static struct glue_vm vms[MAX_VMS];
static unsigned int nr_vms;
static struct mm_struct *process_mm;

struct glue_vm *glue_vm_find(unsigned int fd)
{
	unsigned int i = nr_vms;

	while (i--) {
		if (vms[i].fd == fd)
			return &vms[i];
	}
	return NULL;
}

struct glue_vm *glue_vm_open(unsigned int fd)
{
	struct glue_vm *vm = glue_vm_find(fd);

	return vm && fs_peek(fd) == vm->file ? vm : NULL;
}

struct glue_vm *glue_vm_first(void)
{
	return nr_vms ? &vms[0] : NULL;
}

void glue_vm_hold(struct glue_vm *vm)
{
	vm->file->f_count++;
}

void glue_vm_release(struct glue_vm *vm)
{
	if (vm->file->f_count > 1)
		vm->file->f_count--;
	else
		fput(vm->file);
}

void glue_vm_destroyed(struct kvm *kvm)
{
	unsigned int i;

	gpc_users_destroy(kvm);
	for (i = 0; i < nr_vms; i++) {
		if (vms[i].kvm == kvm)
			vms[i].kvm = NULL;
	}
}

/* An ioctl whose argument is a structure. */
static long ioctl_arg(unsigned int fd, unsigned int cmd, void *arg,
		      unsigned long size)
{
	long ret;

	mm_set_ioctl_buffer(arg, size);
	ret = sys_ioctl(fd, cmd, (unsigned long)arg);
	mm_set_ioctl_buffer(NULL, 0);
	return ret;
}

static long op_vm_create(struct op_args *args)
{
	struct glue_vm *vm;
	long fd;

	if (nr_vms == MAX_VMS)
		return -EMFILE;
	fd = sys_ioctl(module_fd(), KVM_CREATE_VM,
		       args->a[0] ? KVM_X86_DEFAULT_VM :
				    KVM_X86_SW_PROTECTED_VM);
	if (fd < 0)
		return fd;
	vm = &vms[nr_vms++];
	vm->fd = fd;
	vm->file = fs_peek(fd);
	vm->kvm = vm->file->private_data;
	return fd;
}

static long op_close(struct op_args *args)
{
	return sys_close(args->a[0]);
}

static long op_slot_set(struct op_args *args)
{
	struct kvm_userspace_memory_region2 region = {
		.slot = args->a[1],
		.guest_phys_addr = args->a[3],
		.memory_size = args->a[4],
		.userspace_addr = args->a[5],
	};

	if (args->a[2] & SLOT_LOG_DIRTY)
		region.flags |= KVM_MEM_LOG_DIRTY_PAGES;
	if (args->a[2] & SLOT_READONLY)
		region.flags |= KVM_MEM_READONLY;
	if (args->a[2] & SLOT_GMEM) {
		region.flags |= KVM_MEM_GUEST_MEMFD;
		region.guest_memfd = args->a[6];
		region.guest_memfd_offset = args->a[7];
	}
	return ioctl_arg(args->a[0], KVM_SET_USER_MEMORY_REGION2, &region,
			 sizeof(region));
}

/* The bitmap itself: KVM_GET_DIRTY_LOG would clear it. */
static long op_slot_dirty(struct op_args *args)
{
	struct glue_vm *vm = glue_vm_open(args->a[0]);
	const struct kvm_memory_slot *slot;
	struct kvm_memslots *slots;

	if (!vm)
		return -EBADF;
	slots = rcu_access_pointer(vm->kvm->memslots[0]);
	slot = id_to_memslot(slots, args->a[1]);
	if (!slot || !slot->dirty_bitmap || args->a[2] >= slot->npages)
		return -ENOENT;
	return test_bit(args->a[2], slot->dirty_bitmap);
}

static long op_attr_set(struct op_args *args)
{
	struct kvm_memory_attributes attributes = {
		.address = args->a[1],
		.size = args->a[2],
		.attributes = args->a[3] ? KVM_MEMORY_ATTRIBUTE_PRIVATE : 0,
	};

	return ioctl_arg(args->a[0], KVM_SET_MEMORY_ATTRIBUTES, &attributes,
			 sizeof(attributes));
}

static long op_gmem_create(struct op_args *args)
{
	struct kvm_create_guest_memfd gmem = { .size = args->a[1] };

	if (args->a[2] & GMEM_MMAP)
		gmem.flags |= COMPAT_GMEM_MMAP;
	if (args->a[2] & GMEM_INIT_SHARED)
		gmem.flags |= COMPAT_GMEM_INIT_SHARED;
	if (args->a[2] & GMEM_NO_DIRECT_MAP)
		gmem.flags |= COMPAT_GMEM_NO_DIRECT_MAP;
	if (args->a[2] & GMEM_UNKNOWN_FLAG)
		gmem.flags |= COMPAT_GMEM_UNKNOWN;
	return ioctl_arg(args->a[0], KVM_CREATE_GUEST_MEMFD, &gmem,
			 sizeof(gmem));
}

static long op_fallocate(struct op_args *args)
{
	int mode = FALLOC_FL_KEEP_SIZE;

	if (args->a[1])
		mode |= FALLOC_FL_PUNCH_HOLE;
	return sys_fallocate(args->a[0], mode, args->a[2], args->a[3]);
}

static long op_mmap(struct op_args *args)
{
	unsigned int flags = 0;
	struct file *file = NULL;
	long fd = args->a[2];
	long ret;

	if (args->a[4] & MMAP_PRIVATE)
		flags |= MM_MMAP_PRIVATE;
	if (args->a[4] & MMAP_READONLY)
		flags |= MM_MMAP_READONLY;
	if (fd == -2)
		return mm_mmap(args->a[0], args->a[1], MM_DEVICE, args->a[3],
			       flags);
	if (fd != -1) {
		file = fget(fd);
		if (!file)
			return -EBADF;
	}
	ret = mm_mmap(args->a[0], args->a[1], file, args->a[3], flags);
	if (file)
		fput(file);
	return ret;
}

static long op_raw_slot(struct op_args *args)
{
	struct kvm_userspace_memory_region2 region = {
		.slot = args->a[1],
		.flags = args->a[2],
		.guest_phys_addr = args->a[3],
		.memory_size = args->a[4],
		.userspace_addr = args->a[5],
		.guest_memfd = args->a[6],
		.guest_memfd_offset = args->a[7],
	};

	return ioctl_arg(args->a[0], KVM_SET_USER_MEMORY_REGION2, &region,
			 sizeof(region));
}

static long op_raw_attr(struct op_args *args)
{
	struct kvm_memory_attributes attributes = {
		.address = args->a[1],
		.size = args->a[2],
		.attributes = args->a[3],
		.flags = args->a[4],
	};

	return ioctl_arg(args->a[0], KVM_SET_MEMORY_ATTRIBUTES, &attributes,
			 sizeof(attributes));
}

static long op_raw_gmem(struct op_args *args)
{
	struct kvm_create_guest_memfd gmem = {
		.size = args->a[1],
		.flags = args->a[2],
	};

	return ioctl_arg(args->a[0], KVM_CREATE_GUEST_MEMFD, &gmem,
			 sizeof(gmem));
}

static long op_raw_fallocate(struct op_args *args)
{
	return sys_fallocate(args->a[0], args->a[1], args->a[2], args->a[3]);
}

static long op_ftruncate(struct op_args *args)
{
	return sys_ftruncate(args->a[0], args->a[1]);
}

static long op_fstat_size(struct op_args *args)
{
	return sys_fstat_size(args->a[0]);
}

static long op_munmap(struct op_args *args)
{
	return mm_munmap(args->a[0], args->a[1]);
}

static long op_dontneed(struct op_args *args)
{
	return mm_dontneed(args->a[0], args->a[1]);
}

static long op_mm_invalidate(struct op_args *args)
{
	return mm_invalidate(args->a[0], args->a[1]);
}

static long op_mm_age(struct op_args *args)
{
	return mm_age(args->a[0], args->a[1], args->a[2]);
}

static long op_mm_migrate(struct op_args *args)
{
	return mm_migrate(args->a[0]);
}

static long op_user_read(struct op_args *args)
{
	return user_read(args->a[0], args->buf, args->a[1]);
}

static long op_user_write(struct op_args *args)
{
	return user_write(args->a[0], args->buf, args->a[1]);
}

static long op_memory_failure(struct op_args *args)
{
	return memory_failure(args->a[0], 0);
}

static long guest_op(struct op_args *args, bool write)
{
	struct glue_vm *vm = glue_vm_open(args->a[0]);
	long ret;

	if (!vm)
		return -EBADF;
	glue_vm_hold(vm);
	ret = guest_access(vm->kvm, args->a[1], args->buf, args->a[2], write);
	glue_vm_release(vm);
	return ret;
}

static long op_guest_read(struct op_args *args)
{
	return guest_op(args, false);
}

static long op_guest_write(struct op_args *args)
{
	return guest_op(args, true);
}

static long op_grace_period(struct op_args *args)
{
	rcu_run_callbacks();
	return 0;
}

/*
 * A page of a file that was written is one that a guest has been given: KVM
 * would clear it at the next look-up otherwise.  What else is done to a page
 * that is given away, and where that is noted, is the code under test's
 * business, so it is asked to do it; only a page that is in no memslot yet is
 * marked from outside.
 */
static void mark_given(struct folio *folio, unsigned int vm_fd, gpa_t gpa)
{
	struct glue_vm *vm = glue_vm_open(vm_fd);

	if (!folio->mapping || folio_test_uptodate(folio))
		return;
	if (vm && gpa != INVALID_GPA)
		compat_gmem_prepare(vm->kvm, gpa_to_gfn(gpa));
	if (folio_test_uptodate(folio))
		return;
	if (mapping_no_direct_map(folio->mapping))
		folio_zap_direct_map(folio);
	folio_mark_uptodate(folio);
}

static long op_page_poke(struct op_args *args)
{
	if (!page_exists(args->a[0]))
		return -ENXIO;
	mark_given(page_folio(pfn_to_page(args->a[0])), args->a[3], args->a[4]);
	page_poke(args->a[0], args->a[1], args->buf, args->a[2]);
	return 0;
}

static long op_page_peek(struct op_args *args)
{
	if (!page_exists(args->a[0]))
		return -ENXIO;
	page_peek(args->a[0], args->a[1], args->buf, args->a[2]);
	return 0;
}

static long op_exit(struct op_args *args)
{
	fs_close_all();
	fs_exit_to_user();
	mm_exit(process_mm);
	fs_exit_to_user();
	rcu_run_callbacks();
	fs_exit();
	module_exit_check();
	gpc_users_free();
	mm_check_leaks();
	slab_check();
	return 0;
}

/* A kernel that carries shim tests defines this. */
__attribute__((weak)) long shim_test_op(struct op_args *args)
{
	return -ENOSYS;
}

static long op_test(struct op_args *args)
{
	return outside(shim_test_op(args));
}

static long (*const operations[NR_KERNEL_OPS])(struct op_args *args) = {
	[OP_VM_CREATE] = op_vm_create,
	[OP_CLOSE] = op_close,
	[OP_SLOT_SET] = op_slot_set,
	[OP_ATTR_SET] = op_attr_set,
	[OP_GMEM_CREATE] = op_gmem_create,
	[OP_FALLOCATE] = op_fallocate,
	[OP_MMAP] = op_mmap,
	[OP_MUNMAP] = op_munmap,
	[OP_DONTNEED] = op_dontneed,
	[OP_MM_INVALIDATE] = op_mm_invalidate,
	[OP_MM_MIGRATE] = op_mm_migrate,
	[OP_USER_READ] = op_user_read,
	[OP_USER_WRITE] = op_user_write,
	[OP_MEMORY_FAILURE] = op_memory_failure,
	[OP_GPC_INIT] = gpc_user_init,
	[OP_GPC_ACTIVATE] = gpc_user_activate,
	[OP_GPC_ACTIVATE_HVA] = gpc_user_activate_hva,
	[OP_GPC_CHECK] = gpc_user_check,
	[OP_GPC_REFRESH] = gpc_user_refresh,
	[OP_GPC_READ] = gpc_user_read,
	[OP_GPC_WRITE] = gpc_user_write,
	[OP_GPC_DEACTIVATE] = gpc_user_deactivate,
	[OP_GUEST_READ] = op_guest_read,
	[OP_GUEST_WRITE] = op_guest_write,
	[OP_GRACE_PERIOD] = op_grace_period,
	[OP_PAGE_POKE] = op_page_poke,
	[OP_PAGE_PEEK] = op_page_peek,
	[OP_RAW_SLOT] = op_raw_slot,
	[OP_RAW_ATTR] = op_raw_attr,
	[OP_RAW_GMEM] = op_raw_gmem,
	[OP_RAW_FALLOCATE] = op_raw_fallocate,
	[OP_FTRUNCATE] = op_ftruncate,
	[OP_FSTAT_SIZE] = op_fstat_size,
	[OP_MODULE_RELOAD] = op_module_reload,
	[OP_EXIT] = op_exit,
	[OP_TEST] = op_test,
	[OP_SLOT_DIRTY] = op_slot_dirty,
	[OP_CLOCK_ENABLE] = user_clock_enable,
	[OP_CLOCK_WRITE] = user_clock_write,
	[OP_CLOCK_UPDATE] = user_clock_update,
	[OP_EXTENSION] = op_extension,
	[OP_MM_AGE] = op_mm_age,
#ifdef PFNSIM_HAVE_XEN
	[OP_XEN_CONFIG] = user_xen_config,
	[OP_XEN_SET] = user_xen_set,
	[OP_XEN_RUN] = user_xen_run,
	[OP_XEN_PREEMPT] = user_xen_preempt,
	[OP_XEN_SEND] = user_xen_send,
	[OP_XEN_IRQ] = user_xen_irq,
	[OP_XEN_INJECT] = user_xen_inject,
	[OP_XEN_PENDING] = user_xen_pending,
#endif
};

static long kernel_op(enum kernel_op op, struct op_args *args)
{
	long ret;

	if (op >= NR_KERNEL_OPS || !operations[op])
		return -ENOSYS;
	ret = operations[op](args);
	fs_exit_to_user();
	sync_op_end_check();
	return ret;
}

/* Every task is a thread of the one process. */
static void task_start(struct task_struct *task, unsigned int number)
{
	task->pid = number + 1;
	task->tgid = 1;
	task->mm = process_mm;
	task->active_mm = process_mm;
}

static long kernel_boot(const struct machine_config *config)
{
	unsigned long objects;
	unsigned int i;
	long ret;

	sync_init();
	mm_boot(config);
	fs_boot(config->max_fds);
	process_mm = mm_create();
	objects = pfnsim_counters[CTR_SLAB_LIVE];
	xarray_init();
	for (i = 0; i < HOST_MAX_TASKS; i++)
		task_start(&sim_tasks[i], i);
	pfnsim_counters[CTR_SLAB_LIVE] = objects;
	ret = module_boot();
	slab_mark_booted();
	return ret;
}

__attribute__((visibility("default")))
const struct kernel_desc pfnsim_kernel = {
	.abi = PFNSIM_ABI,
	.interface = PFNSIM_KERNEL_INTERFACE,
	.name = PFNSIM_KERNEL_NAME,
	.version = PFNSIM_KERNEL_VERSION,
	.caps = COMPAT_CAPS,
	.boot = kernel_boot,
	.op = kernel_op,
	.touch_begin = khva_touch_begin,
	.touch_end = khva_touch_end,
	.view = glue_view,
};
