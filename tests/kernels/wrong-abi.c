// SPDX-License-Identifier: GPL-2.0-only
/* A kernel of another interface, which must be refused before it is used. */
#include "kernel.h"

extern const struct kernel_desc pfnsim_kernel;

__attribute__((visibility("default")))
const struct kernel_desc pfnsim_kernel = {
	.abi = PFNSIM_ABI + 1,
	.name = "wrong-abi",
};
