// SPDX-License-Identifier: GPL-2.0-only
/* What every probe includes must compile by itself. */
#include <linux/kvm_host.h>

#include "kvm_mm.h"

struct kvm *probe;
