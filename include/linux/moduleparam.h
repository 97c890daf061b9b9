/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Parameters of the module.
 *
 * Fidelity: STUB - every parameter keeps its default.
 */
#ifndef _LINUX_MODULEPARAM_H
#define _LINUX_MODULEPARAM_H

#define module_param(name, type, mode)
#define module_param_named(name, value, type, mode)
#define module_param_cb(name, ops, arg, mode)
#define MODULE_PARM_DESC(name, text)

#endif /* _LINUX_MODULEPARAM_H */
