// SPDX-License-Identifier: GPL-2.0-only
#include "points.h"

#include <string.h>

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

static const char *const op_names[NR_SCENARIO_OPS] = {
#define X(id, name) [id] = name,
	SCENARIO_OPS(X)
#undef X
};

static const char *const call_names[NR_SHIM_CALLS] = {
#define X(id, name) [id] = name,
	PFNSIM_CALLS(X)
#undef X
};

static const char *const violation_names[NR_VIOLATIONS] = {
#define X(id, name) [id] = name,
	PFNSIM_VIOLATIONS(X)
#undef X
};

static const char *const cap_names[NR_KERNEL_CAPS] = {
#define X(id, name) [id] = name,
	PFNSIM_CAPS(X)
#undef X
};

static const char *const counter_names[NR_COUNTERS] = {
#define X(id, name) [id] = name,
	PFNSIM_COUNTERS(X)
#undef X
};

/*
 * The first unlock after `listed` publishes ->active; every other first unlock
 * opens the window in which the page is resolved.  `retry` is anchored at
 * cond_resched(): the loop calls it on its second and later rounds only, whereas
 * counting unlocks cannot tell a retry from the final unlock.
 */
static const struct point_rule refresh_rules[] = {
	{ "listed", CALL_SPIN_UNLOCK, "kvm->gpc_lock", NULL, false },
	{ "active", CALL_WRITE_UNLOCK_IRQ, "gpc->lock", "listed", false },
	{ "unlocked", CALL_WRITE_UNLOCK_IRQ, "gpc->lock", NULL, false },
	{ "retry", CALL_COND_RESCHED, NULL, "unlocked", true },
	{ "resolved", CALL_GUP, NULL, "unlocked", true },
	{ "resolved", CALL_FOLIO_UNLOCK, NULL, "unlocked", true },
	{ "mapped", CALL_KMAP, NULL, NULL, true },
	{ "mapped", CALL_VMAP, NULL, NULL, true },
	{ "mapped", CALL_MEMREMAP, NULL, NULL, true },
	{ "relocked", CALL_WRITE_LOCK_IRQ, "gpc->lock", "unlocked", true },
	{ "unmapped", CALL_KUNMAP, NULL, NULL, true },
	{ "unmapped", CALL_VUNMAP, NULL, NULL, true },
	{ "unmapped", CALL_MEMUNMAP, NULL, NULL, true },
};

static const struct point_rule check_rules[] = {
	{ "locked", CALL_READ_LOCK_IRQ, "gpc->lock", NULL, false },
};

static const struct point_rule read_rules[] = {
	{ "locked", CALL_READ_LOCK_IRQ, "gpc->lock", NULL, false },
	{ "loaded", CALL_KHVA_READ, NULL, NULL, false },
};

static const struct point_rule write_rules[] = {
	{ "locked", CALL_READ_LOCK_IRQ, "gpc->lock", NULL, false },
	{ "stored", CALL_KHVA_WRITE, NULL, NULL, false },
};

static const struct point_rule deactivate_rules[] = {
	{ "inactive", CALL_WRITE_UNLOCK_IRQ, "gpc->lock", NULL, false },
	{ "unlisted", CALL_SPIN_UNLOCK, "kvm->gpc_lock", NULL, false },
	{ "unmapped", CALL_KUNMAP, NULL, NULL, false },
	{ "unmapped", CALL_VUNMAP, NULL, NULL, false },
	{ "unmapped", CALL_MEMUNMAP, NULL, NULL, false },
};

static const struct point_rule allocate_rules[] = {
	{ "locked", CALL_FILEMAP_INVALIDATE_LOCK_SHARED, NULL, NULL, false },
	{ "allocated", CALL_FOLIO_UNLOCK, NULL, NULL, true },
	{ "unlocked", CALL_FILEMAP_INVALIDATE_UNLOCK_SHARED, NULL, NULL,
	  false },
};

static const struct point_rule punch_rules[] = {
	{ "locked", CALL_FILEMAP_INVALIDATE_LOCK, NULL, NULL, false },
	{ "truncated", CALL_TRUNCATE, NULL, NULL, false },
	{ "ended", CALL_WRITE_UNLOCK, "kvm->mmu_lock", "truncated", true },
	{ "invalidated", CALL_WRITE_UNLOCK, "kvm->mmu_lock", NULL, true },
	{ "told", CALL_SPIN_UNLOCK, "kvm->gpc_lock", NULL, true },
	{ "unlocked", CALL_FILEMAP_INVALIDATE_UNLOCK, NULL, NULL, false },
};

static const struct point_rule close_rules[] = {
	{ "dropped", CALL_FPUT, NULL, NULL, false },
	{ "locked", CALL_FILEMAP_INVALIDATE_LOCK, NULL, NULL, false },
	{ "invalidated", CALL_WRITE_UNLOCK, "kvm->mmu_lock", NULL, true },
	{ "told", CALL_SPIN_UNLOCK, "kvm->gpc_lock", NULL, true },
	{ "released", CALL_RELEASE, NULL, NULL, true },
	{ "truncated", CALL_TRUNCATE, NULL, NULL, false },
};

static const struct point_rule poison_rules[] = {
	{ "locked", CALL_FILEMAP_INVALIDATE_LOCK_SHARED, NULL, NULL, false },
	{ "started", CALL_NOTIFIER_START, NULL, NULL, true },
	{ "cleared", CALL_ZAP_PTE, NULL, NULL, true },
	{ "invalidated", CALL_WRITE_UNLOCK, "kvm->mmu_lock", NULL, true },
	{ "told", CALL_SPIN_UNLOCK, "kvm->gpc_lock", NULL, true },
	{ "notified", CALL_NOTIFIER_END, NULL, NULL, true },
	{ "unlocked", CALL_FILEMAP_INVALIDATE_UNLOCK_SHARED, NULL, NULL,
	  false },
};

static const struct point_rule slot_rules[] = {
	{ "locked", CALL_MUTEX_LOCK, "kvm->slots_lock", NULL, false },
	{ "bound", CALL_FILEMAP_INVALIDATE_UNLOCK, NULL, NULL, true },
	{ "swapped", CALL_RCU_ASSIGN_POINTER, "kvm->memslots[as_id]", NULL,
	  true },
	{ "synchronized", CALL_SYNCHRONIZE_SRCU, NULL, NULL, true },
	{ "freed", CALL_KFREE, NULL, "synchronized", true },
	{ "unlocked", CALL_MUTEX_UNLOCK, "kvm->slots_lock", NULL, false },
};

static const struct point_rule attribute_rules[] = {
	{ "locked", CALL_MUTEX_LOCK, "kvm->slots_lock", NULL, false },
	{ "stored", CALL_XA_STORE, NULL, "zapped", true },
	{ "ended", CALL_WRITE_UNLOCK, "kvm->mmu_lock", "stored", false },
	{ "zapped", CALL_WRITE_UNLOCK, "kvm->mmu_lock", NULL, false },
	{ "told", CALL_SPIN_UNLOCK, "kvm->gpc_lock", NULL, true },
	{ "unlocked", CALL_MUTEX_UNLOCK, "kvm->slots_lock", NULL, false },
};

/* The lock of the count has had more than one name. */
static const struct point_rule mm_rules[] = {
	{ "started", CALL_NOTIFIER_START, NULL, NULL, true },
	{ "cleared", CALL_ZAP_PTE, NULL, NULL, true },
	{ "told", CALL_SPIN_UNLOCK, "kvm->gpc_lock", NULL, true },
	{ "counted", CALL_SPIN_UNLOCK, NULL, NULL, false },
	{ "freed", CALL_PUT_PAGE, NULL, "cleared", true },
	{ "ended", CALL_NOTIFIER_END, NULL, NULL, true },
};

static const struct point_rule guest_rules[] = {
	{ "resolved", CALL_GUP, NULL, NULL, true },
	{ "resolved", CALL_FOLIO_UNLOCK, NULL, NULL, true },
	{ "installed", CALL_SPTE_INSTALL, NULL, NULL, true },
	{ "retry", CALL_COND_RESCHED, NULL, NULL, true },
};

static const struct point_rule grace_rules[] = {
	{ "synchronized", CALL_SYNCHRONIZE_RCU, NULL, NULL, false },
};

/* A check that passed is no call; the load that follows it is `checked`. */
static const struct point_rule clock_write_rules[] = {
	{ "locked", CALL_READ_LOCK_IRQ, "gpc->lock", NULL, false },
	{ "relocked", CALL_READ_LOCK_IRQ, "gpc->lock", "unlocked", true },
	{ "resolved", CALL_GUP, NULL, "unlocked", true },
	{ "resolved", CALL_FOLIO_UNLOCK, NULL, "unlocked", true },
	{ "refreshed", CALL_MUTEX_UNLOCK, "gpc->refresh_lock", NULL, true },
	{ "checked", CALL_KHVA_READ, NULL, NULL, false },
	{ "written", CALL_KHVA_WRITE, NULL, NULL, false },
	{ "unlocked", CALL_READ_UNLOCK_IRQ, "gpc->lock", NULL, false },
};

/* What Xen's users have in common; several caches have the same names. */
static const struct point_rule xen_rules[] = {
	{ "locked", CALL_READ_LOCK_IRQ, "gpc->lock", NULL, true },
	{ "tried", CALL_READ_TRYLOCK, "gpc->lock", NULL, true },
	{ "nested", CALL_READ_LOCK, "gpc->lock", NULL, true },
	{ "unlocked", CALL_READ_UNLOCK_IRQ, "gpc->lock", NULL, true },
	{ "resolved", CALL_GUP, NULL, NULL, true },
	{ "resolved", CALL_FOLIO_UNLOCK, NULL, NULL, true },
	{ "refreshed", CALL_MUTEX_UNLOCK, "gpc->refresh_lock", NULL, true },
	{ "loaded", CALL_KHVA_READ, NULL, NULL, true },
	{ "stored", CALL_KHVA_WRITE, NULL, NULL, true },
};

static const struct point_rule module_rules[] = {
	{ "going", CALL_STOP_MODULE, NULL, NULL, false },
};

#define RULES(r)                                                               \
	{                                                                      \
		r, ARRAY_LEN(r)                                                \
	}

static const struct point_table tables[NR_SCENARIO_OPS] = {
	[SOP_GPC_ACTIVATE] = RULES(refresh_rules),
	[SOP_GPC_CHECK] = RULES(check_rules),
	[SOP_GPC_REFRESH] = RULES(refresh_rules),
	[SOP_GPC_READ] = RULES(read_rules),
	[SOP_GPC_WRITE] = RULES(write_rules),
	[SOP_GPC_DEACTIVATE] = RULES(deactivate_rules),
	[SOP_GMEM_ALLOCATE] = RULES(allocate_rules),
	[SOP_GMEM_PUNCH_HOLE] = RULES(punch_rules),
	[SOP_GMEM_CLOSE] = RULES(close_rules),
	[SOP_GMEM_POISON] = RULES(poison_rules),
	[SOP_SLOT_CREATE] = RULES(slot_rules),
	[SOP_SLOT_DELETE] = RULES(slot_rules),
	[SOP_SLOT_MOVE] = RULES(slot_rules),
	[SOP_SLOT_FLAGS] = RULES(slot_rules),
	[SOP_VM_SET_ATTRIBUTES] = RULES(attribute_rules),
	[SOP_VM_CLOSE] = RULES(close_rules),
	[SOP_MM_MMAP] = RULES(mm_rules),
	[SOP_MM_MUNMAP] = RULES(mm_rules),
	[SOP_MM_DONTNEED] = RULES(mm_rules),
	[SOP_MM_INVALIDATE] = RULES(mm_rules),
	[SOP_MM_MIGRATE] = RULES(mm_rules),
	[SOP_MM_POISON] = RULES(poison_rules),
	[SOP_GUEST_READ] = RULES(guest_rules),
	[SOP_GUEST_WRITE] = RULES(guest_rules),
	[SOP_RCU_GRACE_PERIOD] = RULES(grace_rules),
	[SOP_CLOCK_ENABLE] = RULES(refresh_rules),
	[SOP_CLOCK_WRITE] = RULES(clock_write_rules),
	[SOP_CLOCK_UPDATE] = RULES(clock_write_rules),
	[SOP_XEN_SET] = RULES(xen_rules),
	[SOP_XEN_UNSET] = RULES(deactivate_rules),
	[SOP_XEN_RUN] = RULES(xen_rules),
	[SOP_XEN_PREEMPT] = RULES(xen_rules),
	[SOP_XEN_SEND] = RULES(xen_rules),
	[SOP_XEN_IRQ] = RULES(xen_rules),
	[SOP_XEN_INJECT] = RULES(xen_rules),
	[SOP_XEN_PENDING] = RULES(xen_rules),
	[SOP_MODULE_RELOAD] = RULES(module_rules),
	[SOP_MODULE_FORCE_RELOAD] = RULES(module_rules),
	[SOP_RAW_SLOT] = RULES(slot_rules),
	[SOP_RAW_ATTRIBUTES] = RULES(attribute_rules),
};

const char *scenario_op_name(enum scenario_op op)
{
	return (unsigned int)op < NR_SCENARIO_OPS ? op_names[op] : NULL;
}

static size_t find_name(const char *const *names, size_t nr, const char *name,
			size_t len)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (strlen(names[i]) == len && !memcmp(names[i], name, len))
			break;
	return i;
}

enum scenario_op scenario_op_find(const char *name, size_t len)
{
	return find_name(op_names, NR_SCENARIO_OPS, name, len);
}

struct point_table points_of(enum scenario_op op)
{
	static const struct point_table none;

	return (unsigned int)op < NR_SCENARIO_OPS ? tables[op] : none;
}

bool point_exists(enum scenario_op op, const char *name)
{
	const struct point_table table = points_of(op);

	if (!strcmp(name, "begin") || !strcmp(name, "end"))
		return true;
	for (size_t i = 0; i < table.nr; i++)
		if (!strcmp(table.rules[i].point, name))
			return true;
	return false;
}

const char *shim_call_name(enum shim_call call)
{
	return (unsigned int)call < NR_SHIM_CALLS ? call_names[call] : NULL;
}

enum shim_call shim_call_find(const char *name, size_t len)
{
	return find_name(call_names, NR_SHIM_CALLS, name, len);
}

const char *violation_name(enum violation kind)
{
	return (unsigned int)kind < NR_VIOLATIONS ? violation_names[kind] :
						    NULL;
}

enum violation violation_find(const char *name)
{
	return find_name(violation_names, NR_VIOLATIONS, name, strlen(name));
}

const char *kernel_cap_name(enum kernel_cap cap)
{
	return (unsigned int)cap < NR_KERNEL_CAPS ? cap_names[cap] : NULL;
}

const char *kernel_counter_name(enum kernel_counter counter)
{
	return (unsigned int)counter < NR_COUNTERS ? counter_names[counter] :
						     NULL;
}
