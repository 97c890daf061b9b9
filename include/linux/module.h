/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a module says about itself, and who keeps it loaded.
 *
 * Fidelity: EMULATED - references are counted, and the glue unloads the module
 * where there is none or where it is told to.  Who asks for one while it is on
 * its way out gets none.  Its parameters keep their defaults.
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
	int refs;
	bool going;
};

#define MODULE_AUTHOR(text)
#define MODULE_DESCRIPTION(text)
#define MODULE_LICENSE(text)
#define MODULE_INFO(tag, text)
#define module_init(fn)
#define module_exit(fn)

/* NULL stands for what is built in.  False where the module goes away. */
bool try_module_get(struct module *module);
/* For who holds a reference already: granted even where the module goes away. */
void __module_get(struct module *module);
/* A put without a get is a V_REFCOUNT. */
void module_put(struct module *module);

#endif /* _LINUX_MODULE_H */
