// SPDX-License-Identifier: GPL-2.0-only
/*
 * RCU on native threads: liburcu's grace periods, this kernel's readers.
 *
 * A task is a reader from when it becomes atomic until it no longer is
 * (sync_reader_begin(), sync_reader_end()), so that a grace period waits for
 * those who merely switched preemption off, too.
 *
 * Fidelity: EMULATED - see rcupdate.h of include/linux; a grace period may wait
 * for readers that began after it, as the kernel's may.
 */
#include "../sync/backend.h"

unsigned char native_readers_left, native_grace_begun;

void rcu_wait_for_readers(void)
{
	unsigned int depth;

	host_release(&native_grace_begun);
	depth = host_wait_begin(CALL_SYNCHRONIZE_RCU, NULL, "readers");
	host_rcu_synchronize();
	host_wait_end(depth);
	host_acquire(&native_readers_left);
}
