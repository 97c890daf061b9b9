/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's log.
 *
 * Fidelity: EMULATED - every line reaches the host's log without its level;
 * rate limits and _once never suppress, so that no execution depends on another.
 * Formats are the C library's: %p extensions print as plain pointers.
 */
#ifndef PFNSIM_LINUX_PRINTK_H
#define PFNSIM_LINUX_PRINTK_H

#include <linux/compiler.h>
#include <linux/stringify.h>
#include <linux/types.h>

#define KERN_EMERG ""
#define KERN_ALERT ""
#define KERN_CRIT ""
#define KERN_ERR ""
#define KERN_WARNING ""
#define KERN_NOTICE ""
#define KERN_INFO ""
#define KERN_DEBUG ""
#define KERN_DEFAULT ""
#define KERN_CONT ""
#define KERN_SOH ""

__printf(1, 2) int _printk(const char *fmt, ...);
__printf(1, 0) int vprintk(const char *fmt, va_list args);

#define printk(fmt...) _printk(fmt)
#define printk_deferred(fmt...) _printk(fmt)
#define printk_once(fmt...) _printk(fmt)
#define printk_ratelimited(fmt...) _printk(fmt)
#define no_printk(fmt...)                                                      \
	({                                                                     \
		if (0)                                                         \
			_printk(fmt);                                          \
		0;                                                             \
	})

#ifndef pr_fmt
#define pr_fmt(fmt) fmt
#endif
#define pr_emerg(fmt, ...) _printk(pr_fmt(fmt), ##__VA_ARGS__)
#define pr_alert(fmt, ...) _printk(pr_fmt(fmt), ##__VA_ARGS__)
#define pr_crit(fmt, ...) _printk(pr_fmt(fmt), ##__VA_ARGS__)
#define pr_err(fmt, ...) _printk(pr_fmt(fmt), ##__VA_ARGS__)
#define pr_warn(fmt, ...) _printk(pr_fmt(fmt), ##__VA_ARGS__)
#define pr_notice(fmt, ...) _printk(pr_fmt(fmt), ##__VA_ARGS__)
#define pr_info(fmt, ...) _printk(pr_fmt(fmt), ##__VA_ARGS__)
#define pr_cont(fmt, ...) _printk(fmt, ##__VA_ARGS__)
#define pr_debug(fmt, ...) no_printk(pr_fmt(fmt), ##__VA_ARGS__)
#define pr_devel(fmt, ...) no_printk(pr_fmt(fmt), ##__VA_ARGS__)
#define pr_err_once(x...) pr_err(x)
#define pr_warn_once(x...) pr_warn(x)
#define pr_info_once(x...) pr_info(x)
#define pr_debug_once(x...) pr_debug(x)
#define pr_err_ratelimited(x...) pr_err(x)
#define pr_warn_ratelimited(x...) pr_warn(x)
#define pr_notice_ratelimited(x...) pr_notice(x)
#define pr_info_ratelimited(x...) pr_info(x)
#define pr_debug_ratelimited(x...) pr_debug(x)

/* STUB: the report of a violation has its own backtrace. */
static inline void dump_stack(void)
{
}
#define printk_ratelimit() true

#endif /* PFNSIM_LINUX_PRINTK_H */
