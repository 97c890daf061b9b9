/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Exported symbols.
 *
 * Fidelity: STUB - everything is linked into one object.
 */
#ifndef PFNSIM_LINUX_EXPORT_H
#define PFNSIM_LINUX_EXPORT_H

#include <linux/compiler.h>

struct module;

#define EXPORT_SYMBOL(sym)
#define EXPORT_SYMBOL_GPL(sym)
#define EXPORT_SYMBOL_NS(sym, ns)
#define EXPORT_SYMBOL_NS_GPL(sym, ns)
#define EXPORT_SYMBOL_FOR_MODULES(sym, mods)
#define EXPORT_SYMBOL_GPL_FOR_MODULES(sym, mods)
/* All that is linked into one kernel is one module. */
extern struct module pfnsim_module;
#define THIS_MODULE (&pfnsim_module)

#endif /* PFNSIM_LINUX_EXPORT_H */
