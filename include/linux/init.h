/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sections and hooks of initialisation.
 *
 * Fidelity: STUB - the glue calls what it needs by name.
 */
#ifndef PFNSIM_LINUX_INIT_H
#define PFNSIM_LINUX_INIT_H

#include <linux/compiler.h>
#include <linux/stringify.h>
#include <linux/types.h>

#define __init
#define __exit
#define __initdata
#define __initconst
#define __exitdata
#define __refdata
#define __ref
#define __init_or_module
#define __meminit
typedef int (*initcall_t)(void);
#define __pfnsim_initcall(fn)                                                  \
	static initcall_t __maybe_unused fn##_initcall = (fn)
#define core_initcall(fn) __pfnsim_initcall(fn)
#define subsys_initcall(fn) __pfnsim_initcall(fn)
#define fs_initcall(fn) __pfnsim_initcall(fn)
#define device_initcall(fn) __pfnsim_initcall(fn)
#define late_initcall(fn) __pfnsim_initcall(fn)

#endif /* PFNSIM_LINUX_INIT_H */
