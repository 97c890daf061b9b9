// SPDX-License-Identifier: GPL-2.0-only
/* Faults resolve to a page beside the pfn. */
#include <linux/kvm_host.h>

kvm_pfn_t probe(struct kvm_memory_slot *slot, struct page **page)
{
	bool writable;

	return __kvm_faultin_pfn(slot, 0, FOLL_WRITE, &writable, page);
}
