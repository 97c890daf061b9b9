// SPDX-License-Identifier: GPL-2.0-only
/* guest_memfd tells the architecture the gfns that it invalidates. */
#include <linux/kvm_host.h>

void probe(struct kvm *kvm, struct kvm_gfn_range *range)
{
	kvm_arch_gmem_invalidate_range(kvm, range);
}
