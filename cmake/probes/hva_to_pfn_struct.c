// SPDX-License-Identifier: GPL-2.0-only
/* hva_to_pfn() takes a struct kvm_follow_pfn. */
#include <linux/kvm_host.h>

#include "kvm_mm.h"

kvm_pfn_t probe(struct kvm_follow_pfn *kfp)
{
	return hva_to_pfn(kfp);
}
