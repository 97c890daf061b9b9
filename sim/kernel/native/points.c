// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is only a scheduling point elsewhere, on native threads.
 *
 * Fidelity: EMULATED - real barriers are in asm/barrier.h.
 */
#include <linux/rcupdate.h>
#include <pfnsim/khva.h>
#include <border.h>

bool is_khva(const volatile void *addr)
{
	return (unsigned long)addr - HOST_KHVA_START <
	       HOST_KHVA_END - HOST_KHVA_START;
}

void sim_rcu_assign_enter(const volatile void *p, const char *name)
{
	host_enter(CALL_RCU_ASSIGN_POINTER, (const void *)p, name);
}

void sim_rcu_assign_leave(const volatile void *p, const char *name)
{
	host_leave(CALL_RCU_ASSIGN_POINTER, (const void *)p, name);
}
