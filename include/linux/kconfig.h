/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Asking for configuration symbols in expressions.
 *
 * Fidelity: EMULATED - IS_ENABLED() is 1 for a symbol that is defined as 1;
 * nothing is a module of its own, so that IS_BUILTIN() is the same and
 * IS_MODULE() is 0.
 */
#ifndef _LINUX_KCONFIG_H
#define _LINUX_KCONFIG_H

/*
 * A symbol defined as 1 makes CONFIG_IS_1 expand to "0,", which moves the 1
 * into the second place.
 */
#define PFNSIM_CONFIG_IS_1 0,
#define pfnsim_second(first, second, ...) second
#define pfnsim_pick(value) pfnsim_second(value 1, 0)
#define pfnsim_paste(value) pfnsim_pick(PFNSIM_CONFIG_IS_##value)

#define IS_ENABLED(option) pfnsim_paste_value(option)
#define pfnsim_paste_value(value) pfnsim_paste(value)
#define IS_BUILTIN(option) IS_ENABLED(option)
#define IS_REACHABLE(option) IS_ENABLED(option)
#define IS_MODULE(option) 0

#endif /* _LINUX_KCONFIG_H */
