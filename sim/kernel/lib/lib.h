/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What sim/kernel/lib asks of the glue.
 *
 * Fidelity: EMULATED - see the headers in include/linux.
 */
#ifndef PFNSIM_KERNEL_LIB_H
#define PFNSIM_KERNEL_LIB_H

/* At boot, once the slab works: makes what the xarray allocates from. */
void xarray_init(void);

#endif /* PFNSIM_KERNEL_LIB_H */
