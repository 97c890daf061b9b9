// SPDX-License-Identifier: GPL-2.0-only
/* hva_to_pfn() takes what it needs one by one. */
#include <linux/kvm_host.h>

#include "kvm_mm.h"

kvm_pfn_t hva_to_pfn(unsigned long addr, bool atomic, bool interruptible,
		     bool *async, bool write_fault, bool *writable);
