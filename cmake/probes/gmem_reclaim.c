// SPDX-License-Identifier: GPL-2.0-only
/* The architecture takes pages back when guest_memfd frees them. */
#include <linux/kvm_host.h>

void probe(kvm_pfn_t pfn)
{
	kvm_arch_gmem_reclaim(pfn, 1);
}
