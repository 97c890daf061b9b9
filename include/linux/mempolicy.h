/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * NUMA policies.
 *
 * Fidelity: STUB - the emulated machine has one node, so every policy chooses
 * it; a kernel without CONFIG_NUMA does the same.
 */
#ifndef _LINUX_MEMPOLICY_H
#define _LINUX_MEMPOLICY_H

#include <linux/types.h>

struct mempolicy;
struct task_struct;
struct vm_area_struct;

struct shared_policy {
	unsigned char unused;
};

static inline void mpol_shared_policy_init(struct shared_policy *policy,
					   struct mempolicy *mpol)
{
}

static inline void mpol_free_shared_policy(struct shared_policy *policy)
{
}

static inline int mpol_set_shared_policy(struct shared_policy *policy,
					 struct vm_area_struct *vma,
					 struct mempolicy *mpol)
{
	return 0;
}

static inline struct mempolicy *
mpol_shared_policy_lookup(struct shared_policy *policy, pgoff_t index)
{
	return NULL;
}

static inline void mpol_cond_put(struct mempolicy *mpol)
{
}

static inline struct mempolicy *get_task_policy(struct task_struct *task)
{
	return NULL;
}

#endif /* _LINUX_MEMPOLICY_H */
