// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fidelity: EMULATED - see linux/module.h.
 */
#include <linux/fs.h>
#include <linux/module.h>

#include "border.h"

struct module pfnsim_module = { .name = KBUILD_MODNAME };

bool try_module_get(struct module *module)
{
	if (module && module->going)
		return false;
	__module_get(module);
	return true;
}

void __module_get(struct module *module)
{
	if (module)
		module->refs++;
}

void module_put(struct module *module)
{
	if (!module)
		return;
	if (module->refs <= 0)
		host_report(V_REFCOUNT, HOST_NO_PFN,
			    "module_put() of %s, which nobody holds",
			    module->name);
	else
		module->refs--;
}

const struct file_operations *fops_get(const struct file_operations *fops)
{
	return fops && try_module_get(fops->owner) ? fops : NULL;
}

void fops_put(const struct file_operations *fops)
{
	if (fops)
		module_put(fops->owner);
}
