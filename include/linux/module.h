/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a module says about itself.
 *
 * Fidelity: STUB - the module under test is never unloaded, so that its
 * reference count has no observer, and its parameters keep their defaults.
 */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/export.h>
#include <linux/init.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/moduleparam.h>
#include <linux/stringify.h>

struct module {
	const char *name;
};

#define MODULE_AUTHOR(text)
#define MODULE_DESCRIPTION(text)
#define MODULE_LICENSE(text)
#define MODULE_INFO(tag, text)
#define module_init(fn)
#define module_exit(fn)

static inline bool try_module_get(struct module *module)
{
	return true;
}

static inline void __module_get(struct module *module)
{
}

static inline void module_put(struct module *module)
{
}

#endif /* _LINUX_MODULE_H */
