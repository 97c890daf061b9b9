/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory and strings.
 *
 * The C library's functions serve where they exist.
 *
 * Fidelity: EMULATED - same results as the kernel's.
 */
#ifndef PFNSIM_LINUX_STRING_H
#define PFNSIM_LINUX_STRING_H

#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/stddef.h>
#include <linux/types.h>

void *memcpy(void *to, const void *from, size_t n);
void *memmove(void *to, const void *from, size_t n);
void *memset(void *to, int byte, size_t n);
int memcmp(const void *a, const void *b, size_t n);
void *memchr(const void *p, int byte, size_t n);
size_t strlen(const char *s);
size_t strnlen(const char *s, size_t max);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
char *strstr(const char *s, const char *what);
char *strcpy(char *to, const char *from);
char *strncpy(char *to, const char *from, size_t n);
char *strcat(char *to, const char *from);

#define kbasename(path)                                                        \
	({                                                                     \
		const char *__tail = strrchr(path, '/');                       \
		__tail ? __tail + 1 : (path);                                  \
	})
#define memzero_explicit(p, n) memset(p, 0, n)

/* Address of the first byte that differs from @byte, or NULL. */
void *memchr_inv(const void *p, int byte, size_t n);
/* Length copied, or -E2BIG where @from was cut. */
ssize_t sized_strscpy(char *to, const char *from, size_t size);
#define __strscpy_3(to, from, size) sized_strscpy(to, from, size)
#define __strscpy_2(to, from) sized_strscpy(to, from, sizeof(to))
#define __strscpy_pick(a, b, c, fn, ...) fn
#define strscpy(to...) __strscpy_pick(to, __strscpy_3, __strscpy_2)(to)
#define strscpy_pad(to...) strscpy(to)

void *kmemdup(const void *src, size_t len, gfp_t gfp);
char *kstrdup(const char *s, gfp_t gfp);
void *memdup_user(const void __user *src, size_t len);
void *vmemdup_user(const void __user *src, size_t len);

static inline bool mem_is_zero(const void *p, size_t n)
{
	return !memchr_inv(p, 0, n);
}

#endif /* PFNSIM_LINUX_STRING_H */
