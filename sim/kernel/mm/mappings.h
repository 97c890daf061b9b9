/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Records of kernel mappings; for sim/kernel/mm only.
 *
 * A record belongs to the execution: it outlives its mapping, so that a late
 * access can be told what it hits.
 *
 * Fidelity: EMULATED - the emulation's own interface.
 */
#ifndef PFNSIM_MAPPINGS_H
#define PFNSIM_MAPPINGS_H

#include "frames.h"

/* One page of a mapping; live ones are linked from page->alias. */
struct mapped_page {
	unsigned long pfn;
	unsigned int life; /* of the page, when it was mapped or found again */
	struct mapping *mapping;
	struct mapped_page *next;
};

struct mapping {
	unsigned long addr;
	enum map_kind kind;
	bool live;
	unsigned int pins; /* calls of kmap() that were not undone */
	unsigned int nr;
	struct mapped_page pages[];
};

/* What an address means; the record is NULL in the direct map. */
struct khva {
	enum map_kind kind;
	bool live;
	unsigned long pfn;
	unsigned int life;
};

/* False where @addr never was in a mapping. */
bool khva_lookup(unsigned long addr, struct khva *khva);

void mappings_boot(unsigned long vmap_bytes);
/* Reports what is still mapped, or was never freed, as V_LEAK. */
void mappings_check_leaks(void);
void slab_check_leaks(void);

#endif /* PFNSIM_MAPPINGS_H */
