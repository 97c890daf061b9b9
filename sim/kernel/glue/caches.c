// SPDX-License-Identifier: GPL-2.0-only
/*
 * The users of pfn caches: what a vCPU does with one.
 *
 * Fidelity: EMULATED - the documented pattern: gpc->lock for read, check,
 * access, unlock; a check that fails is returned to the caller, who refreshes.
 * Operations run inside an SRCU section, as vCPU ioctls do, and the VM's
 * destruction deactivates what is left, as the architecture's does.
 */
#include <linux/fs.h>
#include <linux/kvm_host.h>
#include <linux/slab.h>
#include <linux/srcu.h>
#include <linux/string.h>
#include <pfnsim/khva.h>

#include "../mm/mm_internal.h"
#include "glue.h"

struct gpc_user {
	struct gfn_to_pfn_cache *gpc;
	struct glue_vm *vm;
	/* What gpc points to, unless it is one of the architecture's. */
	struct gfn_to_pfn_cache own;
};

#define CHUNK 64

/* Caches by index, in chunks that are allocated as they are needed. */
static struct gpc_user **chunks[MAX_CACHES / CHUNK];
static unsigned long nr_caches; /* above every index that is used */

static struct gpc_user *user_find(unsigned long cache)
{
	if (cache >= MAX_CACHES || !chunks[cache / CHUNK])
		return NULL;
	return chunks[cache / CHUNK][cache % CHUNK];
}

/* The user of @cache with its VM held, or NULL where the VM is closed. */
static struct gpc_user *user_get(unsigned long cache)
{
	struct gpc_user *user = user_find(cache);

	if (!user || glue_vm_open(user->vm->fd) != user->vm)
		return NULL;
	glue_vm_hold(user->vm);
	return user;
}

static void user_put(struct gpc_user *user)
{
	glue_vm_release(user->vm);
}

long gpc_user_init(struct op_args *args)
{
	struct glue_vm *vm = glue_vm_open(args->a[0]);
	unsigned long cache = args->a[1];
	enum cache_use use = args->a[2];
	struct gfn_to_pfn_cache *gpc = NULL;
	struct gpc_user ***chunk;
	struct gpc_user *user;

	if (!vm)
		return -EBADF;
	if (cache >= MAX_CACHES || user_find(cache))
		return -EINVAL;
	if (use) {
		gpc = gpc_of_use(vm->kvm, use);
		if (!gpc)
			return -ENOSYS;
	}
	chunk = &chunks[cache / CHUNK];
	if (!*chunk)
		*chunk = heap_alloc(CHUNK * sizeof(**chunk), sizeof(void *));
	user = heap_alloc(sizeof(*user), 16);
	user->vm = vm;
	user->gpc = gpc;
	if (!gpc) {
		user->gpc = &user->own;
		kvm_gpc_init(user->gpc, vm->kvm);
	}
	(*chunk)[cache % CHUNK] = user;
	nr_caches = max(nr_caches, cache + 1);
	return 0;
}

long gpc_user_activate(struct op_args *args)
{
	struct gpc_user *user = user_get(args->a[0]);
	long ret;
	int idx;

	if (!user)
		return -EBADF;
	idx = srcu_read_lock(&user->gpc->kvm->srcu);
	ret = kvm_gpc_activate(user->gpc, args->a[1], args->a[2]);
	srcu_read_unlock(&user->gpc->kvm->srcu, idx);
	user_put(user);
	return ret;
}

long gpc_user_activate_hva(struct op_args *args)
{
	struct gpc_user *user = user_get(args->a[0]);
	long ret;
	int idx;

	if (!user)
		return -EBADF;
	idx = srcu_read_lock(&user->gpc->kvm->srcu);
	ret = kvm_gpc_activate_hva(user->gpc, args->a[1], args->a[2]);
	srcu_read_unlock(&user->gpc->kvm->srcu, idx);
	user_put(user);
	return ret;
}

long gpc_user_refresh(struct op_args *args)
{
	struct gpc_user *user = user_get(args->a[0]);
	long ret;
	int idx;

	if (!user)
		return -EBADF;
	idx = srcu_read_lock(&user->gpc->kvm->srcu);
	ret = kvm_gpc_refresh(user->gpc, args->a[1]);
	srcu_read_unlock(&user->gpc->kvm->srcu, idx);
	user_put(user);
	return ret;
}

static void mark_dirty(struct gfn_to_pfn_cache *gpc)
{
	if (gpc->memslot)
		mark_page_dirty_in_slot(gpc->kvm, gpc->memslot,
					gpa_to_gfn(gpc->gpa));
}

enum gpc_access { GPC_CHECK, GPC_READ, GPC_WRITE };

/* Under the lock: 0, 1 where a check passes, or -EAGAIN. */
static long access_locked(struct gfn_to_pfn_cache *gpc, enum gpc_access access,
			  void *buf, unsigned long len)
{
	long ret;

	if (!kvm_gpc_check(gpc, len))
		return access == GPC_CHECK ? 0 : -EAGAIN;
	if (access == GPC_CHECK)
		return 1;
	if (access == GPC_READ)
		return khva_read(gpc->khva, buf, len);
	ret = khva_write(gpc->khva, buf, len);
	if (!ret)
		mark_dirty(gpc);
	return ret;
}

static long user_access(struct op_args *args, enum gpc_access access)
{
	struct gpc_user *user = user_get(args->a[0]);
	struct gfn_to_pfn_cache *gpc;
	long ret;
	int idx;

	if (!user)
		return -EBADF;
	gpc = user->gpc;
	idx = srcu_read_lock(&gpc->kvm->srcu);
	read_lock_irq(&gpc->lock);
	ret = access_locked(gpc, access, args->buf, args->a[1]);
	read_unlock_irq(&gpc->lock);
	srcu_read_unlock(&gpc->kvm->srcu, idx);
	user_put(user);
	return ret;
}

long gpc_user_check(struct op_args *args)
{
	return user_access(args, GPC_CHECK);
}

long gpc_user_read(struct op_args *args)
{
	return user_access(args, GPC_READ);
}

long gpc_user_write(struct op_args *args)
{
	return user_access(args, GPC_WRITE);
}

long gpc_user_deactivate(struct op_args *args)
{
	struct gpc_user *user = user_get(args->a[0]);

	if (!user)
		return -EBADF;
	kvm_gpc_deactivate(user->gpc);
	user_put(user);
	return 0;
}

void gpc_users_destroy(struct kvm *kvm)
{
	struct gpc_user *user;
	unsigned long i;

	for (i = 0; i < nr_caches; i++) {
		if (!chunks[i / CHUNK]) {
			i += CHUNK - 1;
			continue;
		}
		user = user_find(i);
		if (!user || user->gpc->kvm != kvm)
			continue;
		kvm_gpc_deactivate(user->gpc);
		/* The architecture's are freed with the VM. */
		if (user->gpc != &user->own) {
			user->own = *user->gpc;
			user->gpc = &user->own;
		}
	}
}

void gpc_users_free(void)
{
	memset(chunks, 0, sizeof(chunks));
	nr_caches = 0;
}

/* kvm_gpc_check() for one byte, without the checks that need a task. */
static bool would_check(const struct gfn_to_pfn_cache *gpc)
{
	if (!gpc->active || !gpc->valid || kvm_is_error_hva(gpc->uhva))
		return false;
	return kvm_is_error_gpa(gpc->gpa) ||
	       gpc->generation ==
		       rcu_access_pointer(gpc->kvm->memslots[0])->generation;
}

long gpc_user_view(unsigned long cache, struct gpc_view *view)
{
	struct gpc_user *user = user_find(cache);
	const struct gfn_to_pfn_cache *gpc;

	if (!user)
		return -ENOENT;
	gpc = user->gpc;
	*view = (struct gpc_view){
		.gpa = gpc->gpa,
		.uhva = gpc->uhva,
		.khva = (unsigned long)gpc->khva,
		.pfn = gpc->pfn,
		.generation = gpc->generation,
		.active = gpc->active,
		.valid = gpc->valid,
		.would_check = would_check(gpc),
	};
	return 0;
}
