// SPDX-License-Identifier: GPL-2.0-only
/*
 * Views: the state of the machine and of the code under test, without effect.
 *
 * Fidelity: EMULATED - reads memory as it is, takes no lock, emits no point.
 */
#include <linux/fs.h>
#include <linux/kvm_host.h>
#include <linux/string.h>
#include <pfnsim/counters.h>
#include <pfnsim/fs.h>

#include "../arch/mmu.h"
#include "../mm/mm_internal.h"
#include "../sync/sync.h"
#include "compat.h"
#include "glue.h"

unsigned long pfnsim_counters[NR_COUNTERS];

static long view_vm(unsigned int fd, struct vm_view *view)
{
	struct glue_vm *vm = glue_vm_find(fd);
	struct kvm *kvm;

	if (!vm)
		return -ENOENT;
	memset(view, 0, sizeof(*view));
	kvm = vm->kvm;
	if (!kvm)
		return 0;
	*view = (struct vm_view){
		.generation = rcu_access_pointer(kvm->memslots[0])->generation,
		.active_invalidate_count = compat_active_invalidate_count(kvm),
		.invalidate_in_progress = kvm->mmu_invalidate_in_progress,
		.invalidate_seq = kvm->mmu_invalidate_seq,
		.gpc_invalidate_seq = compat_gpc_invalidate_seq(kvm),
		.bugged = kvm->vm_bugged,
		.dead = kvm->vm_dead,
		.alive = true,
	};
	return 0;
}

static unsigned long view_spte(gfn_t gfn)
{
	struct glue_vm *vm = glue_vm_first();
	struct pfnsim_spte *spte;

	if (!vm || !vm->kvm)
		return HOST_NO_PFN;
	spte = spte_lookup(vm->kvm, gfn);
	return spte ? spte->pfn : HOST_NO_PFN;
}

static unsigned long view_file_page(unsigned int fd, unsigned long index)
{
	struct file *file = fs_peek(fd);

	return file ? mm_view_file_page(file, index) : HOST_NO_PFN;
}

static long view_open_file_page(unsigned long id, unsigned long *index)
{
	struct file *file = fs_find_open(id);

	if (!file)
		return -ENOENT;
	if (!file->f_count)
		return -EAGAIN;
	*index = mm_view_file_page(file, *index);
	return 0;
}

long glue_view(enum kernel_view view, unsigned long id, void *out)
{
	unsigned long *word = out;

	switch (view) {
	case VIEW_GPC:
		return gpc_user_view(id, out);
	case VIEW_VM:
		return view_vm(id, out);
	case VIEW_PTE:
		*word = mm_view_pte(id);
		return 0;
	case VIEW_USER_PAGE:
		*word = mm_view_user_page(id);
		return 0;
	case VIEW_FILE:
		*word = (unsigned long)fs_peek(id);
		return *word ? 0 : -EBADF;
	case VIEW_OPEN_FILE_PAGE:
		return view_open_file_page(id, word);
	case VIEW_FILE_PAGE:
		*word = view_file_page(id, *word);
		return 0;
	case VIEW_PAGE:
		return mm_view_page(id, out);
	case VIEW_MAPPING:
		return mm_view_mapping(id, out);
	case VIEW_SPTE:
		*word = view_spte(id);
		return 0;
	case VIEW_COUNTERS:
		memcpy(out, pfnsim_counters, sizeof(pfnsim_counters));
		word[CTR_CALLBACKS_PENDING] = sync_callbacks_pending();
		return 0;
	case VIEW_HELD:
		if (id >= HOST_MAX_TASKS)
			return -ENOENT;
		sync_held(id, out);
		return 0;
	default:
		return -EINVAL;
	}
}
