/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Batches of folios.
 *
 * Fidelity: EMULATED - the kernel's size of a batch, because it decides which
 * folios are locked together while a range is truncated.
 */
#ifndef _LINUX_PAGEVEC_H
#define _LINUX_PAGEVEC_H

struct folio;

#define PAGEVEC_SIZE 31

/* The first nr folios; each holds a reference. */
struct folio_batch {
	unsigned int nr;
	struct folio *folios[PAGEVEC_SIZE];
};

static inline void folio_batch_init(struct folio_batch *batch)
{
	batch->nr = 0;
}

static inline unsigned int folio_batch_count(const struct folio_batch *batch)
{
	return batch->nr;
}

#endif /* _LINUX_PAGEVEC_H */
