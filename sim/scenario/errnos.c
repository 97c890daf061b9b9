// SPDX-License-Identifier: GPL-2.0-only
#include "errnos.h"

#include <string.h>

const char *errno_name(long number)
{
	if (number < 0)
		number = -number;
	if (number < 1 || number > ERRNO_MAX)
		return NULL;
	return strerrorname_np(number);
}

long errno_find(const char *name, size_t len)
{
	for (long number = 1; number <= ERRNO_MAX; number++) {
		const char *known = strerrorname_np(number);

		if (known && strlen(known) == len && !memcmp(known, name, len))
			return number;
	}
	return 0;
}
