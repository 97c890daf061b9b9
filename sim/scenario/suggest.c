// SPDX-License-Identifier: GPL-2.0-only
#include "suggest.h"

#include <limits.h>
#include <string.h>

static unsigned int min(unsigned int a, unsigned int b)
{
	return a < b ? a : b;
}

unsigned int suggest_distance(const char *a, size_t a_len, const char *b,
			      size_t b_len)
{
	/* The row above the last one, the last one, and the new one. */
	unsigned int rows[3][SUGGEST_MAX_LEN + 1];
	unsigned int *before = rows[0], *last = rows[1], *row = rows[2];

	if (a_len > SUGGEST_MAX_LEN || b_len > SUGGEST_MAX_LEN)
		return UINT_MAX;
	for (size_t j = 0; j <= b_len; j++)
		last[j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		unsigned int *oldest = before;

		row[0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			unsigned int cost = a[i - 1] != b[j - 1];

			row[j] = min(min(last[j], row[j - 1]) + 1,
				     last[j - 1] + cost);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				row[j] = min(row[j], before[j - 2] + 1);
		}
		before = last;
		last = row;
		row = oldest;
	}
	return last[b_len];
}

void suggest_init(struct suggestion *suggestion, const char *wanted, size_t len)
{
	*suggestion = (struct suggestion){
		.wanted = wanted,
		.len = len,
		.distance = len / 3 + 2,
	};
}

void suggest_offer(struct suggestion *suggestion, const char *name)
{
	unsigned int distance = suggest_distance(
		suggestion->wanted, suggestion->len, name, strlen(name));

	if (distance >= suggestion->distance || distance >= strlen(name))
		return;
	suggestion->distance = distance;
	suggestion->best = name;
}
