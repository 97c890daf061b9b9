// SPDX-License-Identifier: GPL-2.0-only
/* RCU: liburcu's flavour that puts the cost on who waits. */
#define URCU_API_MAP
#include <urcu/urcu-memb.h>

#include "detect.h"
#include "grace.h"
#include "native.h"

void grace_begin(void)
{
	urcu_memb_register_thread();
}

void grace_end(void)
{
	urcu_memb_unregister_thread();
}

void host_rcu_read_lock(void)
{
	urcu_memb_read_lock();
}

void host_rcu_read_unlock(void)
{
	urcu_memb_read_unlock();
}

/* What liburcu's own mutexes order is nothing that the kernel's RCU orders. */
void host_rcu_synchronize(void)
{
	detect_ignore_begin();
	urcu_memb_synchronize_rcu();
	detect_ignore_end();
}
