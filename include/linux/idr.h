/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Identifiers and what they stand for.
 *
 * Fidelity: TRAP - there are only empty ones: nothing is found in one, and
 * adding to it stops the run.
 */
#ifndef PFNSIM_LINUX_IDR_H
#define PFNSIM_LINUX_IDR_H

#include <linux/gfp.h>
#include <linux/types.h>

struct idr {
	unsigned int next;
};

int idr_alloc(struct idr *idr, void *ptr, int start, int end, gfp_t gfp);

#define idr_init(idr) ((void)((idr)->next = 0))
#define idr_destroy(idr) ((void)(idr))

static inline void *idr_find(const struct idr *idr, unsigned long id)
{
	return NULL;
}

static inline void *idr_remove(struct idr *idr, unsigned long id)
{
	return NULL;
}

#define idr_for_each_entry(idr, entry, id)                                     \
	for ((id) = 0, (entry) = idr_find(idr, id); (entry); (entry) = NULL)

#endif /* PFNSIM_LINUX_IDR_H */
