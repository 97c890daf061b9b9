// SPDX-License-Identifier: GPL-2.0-only
/*
 * What bit operations ask of an address on native threads.
 *
 * Fidelity: EMULATED - real barriers are in asm/barrier.h.
 */
#include <pfnsim/khva.h>
#include <border.h>

bool is_khva(const volatile void *addr)
{
	return (unsigned long)addr - HOST_KHVA_START <
	       HOST_KHVA_END - HOST_KHVA_START;
}
