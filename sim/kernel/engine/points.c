// SPDX-License-Identifier: GPL-2.0-only
/*
 * Barriers, atomics and atomic bit operations as scheduling points.
 *
 * Fidelity: EMULATED - see asm/barrier.h, atomic.h and bitops.h.
 */
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <pfnsim/khva.h>
#include <border.h>

static __always_inline void pass(enum shim_call call)
{
	host_enter(call, NULL, NULL);
	host_leave(call, NULL, NULL);
}

void sim_smp_mb(void)
{
	pass(CALL_SMP_MB);
}

void sim_smp_rmb(void)
{
	pass(CALL_SMP_RMB);
}

void sim_smp_wmb(void)
{
	pass(CALL_SMP_WMB);
}

void sim_atomic_enter(const volatile void *v)
{
	host_enter(CALL_ATOMIC, (const void *)v, NULL);
}

void sim_atomic_leave(const volatile void *v)
{
	host_leave(CALL_ATOMIC, (const void *)v, NULL);
}

enum bit_change { BIT_SET, BIT_CLEAR, BIT_FLIP };

static __always_inline bool change(long nr, volatile unsigned long *addr,
				   enum bit_change how)
{
	volatile unsigned long *word = addr + nr / BITS_PER_LONG;
	unsigned long mask = 1UL << nr % BITS_PER_LONG;
	bool old;

	sim_atomic_enter(word);
	old = *word & mask;
	if (how == BIT_SET || (how == BIT_FLIP && !old))
		*word |= mask;
	else
		*word &= ~mask;
	sim_atomic_leave(word);
	return old;
}

void set_bit(long nr, volatile unsigned long *addr)
{
	change(nr, addr, BIT_SET);
}

void clear_bit(long nr, volatile unsigned long *addr)
{
	change(nr, addr, BIT_CLEAR);
}

void change_bit(long nr, volatile unsigned long *addr)
{
	change(nr, addr, BIT_FLIP);
}

/* In guest memory, too: then one access, as the instruction is. */
bool test_and_set_bit(long nr, volatile unsigned long *addr)
{
	if ((unsigned long)addr - HOST_KHVA_START <
	    HOST_KHVA_END - HOST_KHVA_START)
		return khva_test_and_set_bit(nr, (unsigned long *)addr);
	return change(nr, addr, BIT_SET);
}

bool test_and_clear_bit(long nr, volatile unsigned long *addr)
{
	return change(nr, addr, BIT_CLEAR);
}

bool test_and_change_bit(long nr, volatile unsigned long *addr)
{
	return change(nr, addr, BIT_FLIP);
}
