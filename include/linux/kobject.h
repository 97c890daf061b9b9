/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernel objects and the events that announce them to user space.
 *
 * Fidelity: TRAP - nothing creates a kobject; reaching an event is an error.
 */
#ifndef _LINUX_KOBJECT_H
#define _LINUX_KOBJECT_H

#include <linux/types.h>

struct kobject {
	const char *name;
};

struct kobj_uevent_env {
	char *envp[8];
	int envp_idx;
};

enum kobject_action { KOBJ_ADD, KOBJ_REMOVE, KOBJ_CHANGE };

__attribute__((format(printf, 2, 3))) int
add_uevent_var(struct kobj_uevent_env *env, const char *fmt, ...);
int kobject_uevent_env(struct kobject *kobj, enum kobject_action action,
		       char *envp[]);

#endif /* _LINUX_KOBJECT_H */
