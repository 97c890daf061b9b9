// SPDX-License-Identifier: GPL-2.0-only
/*
 * The log, formatted text, warnings.
 *
 * Fidelity: EMULATED - see printk.h and bug.h.
 */
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <border.h>

#define LINE_MAX 256

int vprintk(const char *fmt, va_list args)
{
	char line[LINE_MAX];
	int len = host_vformat(line, sizeof(line), fmt, args);
	size_t end = strlen(line);

	if (end && line[end - 1] == '\n')
		line[end - 1] = '\0';
	host_log(line);
	return len;
}

int _printk(const char *fmt, ...)
{
	va_list args;
	int len;

	__builtin_va_start(args, fmt);
	len = vprintk(fmt, args);
	__builtin_va_end(args);
	return len;
}

int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	return host_vformat(buf, size, fmt, args);
}

int snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int len;

	__builtin_va_start(args, fmt);
	len = host_vformat(buf, size, fmt, args);
	__builtin_va_end(args);
	return len;
}

int scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int len;

	__builtin_va_start(args, fmt);
	len = host_vformat(buf, size, fmt, args);
	__builtin_va_end(args);
	if (!size)
		return 0;
	return len < (int)size ? len : (int)size - 1;
}

int sprintf(char *buf, const char *fmt, ...)
{
	va_list args;
	int len;

	__builtin_va_start(args, fmt);
	len = host_vformat(buf, INT_MAX, fmt, args);
	__builtin_va_end(args);
	return len;
}

char *kasprintf(gfp_t gfp, const char *fmt, ...)
{
	char line[LINE_MAX];
	va_list args;

	__builtin_va_start(args, fmt);
	host_vformat(line, sizeof(line), fmt, args);
	__builtin_va_end(args);
	return kstrdup(line, gfp);
}

void panic(const char *fmt, ...)
{
	char line[LINE_MAX];
	va_list args;

	__builtin_va_start(args, fmt);
	host_vformat(line, sizeof(line), fmt, args);
	__builtin_va_end(args);
	host_fatal(V_WARN, HOST_NO_PFN, "panic: %s", line);
}

void sim_warn(const char *file, const char *func, const char *cond,
	      const char *fmt, ...)
{
	char details[LINE_MAX] = "";
	va_list args;
	size_t end;

	if (fmt) {
		__builtin_va_start(args, fmt);
		host_vformat(details, sizeof(details), fmt, args);
		__builtin_va_end(args);
	}
	end = strlen(details);
	if (end && details[end - 1] == '\n')
		details[--end] = '\0';
	host_report(V_WARN, HOST_NO_PFN, "WARN_ON(%s) in %s:%s%s%s", cond,
		    kbasename(file), func, end ? ": " : "", details);
}

void sim_bug(const char *file, const char *func, const char *cond)
{
	host_fatal(V_WARN, HOST_NO_PFN, "BUG_ON(%s) in %s:%s", cond,
		   kbasename(file), func);
}
