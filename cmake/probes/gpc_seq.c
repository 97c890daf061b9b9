// SPDX-License-Identifier: GPL-2.0-only
/* pfncaches have a sequence of their own, apart from the MMU's. */
#include <linux/kvm_host.h>

unsigned long probe(struct kvm *kvm)
{
	return kvm->gpc_invalidate_seq;
}
