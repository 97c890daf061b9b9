// SPDX-License-Identifier: GPL-2.0-only
/* References can be dropped by pfn. */
#include <linux/kvm_host.h>

void probe(kvm_pfn_t pfn)
{
	kvm_release_pfn_clean(pfn);
}
