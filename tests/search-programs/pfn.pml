// SPDX-License-Identifier: GPL-2.0-only
/*
 * The program pfn(I, R) of protocol.c as a model for SPIN: one refresher with at
 * most R attempts, I invalidators.  A statement has one access to what they share, as there.
 *
 *	spin -a -DI=3 -DR=1 pfn.pml && cc -O2 -DSAFETY -o pan pan.c && ./pan -m10000
 */
#ifndef I
#define I 2
#endif
#ifndef R
#define R 1
#endif

bool count_locked, cache_locked;
byte seq, under_way, pte, cached;
bool valid;

inline lock(which)
{
	atomic { !which -> which = true }
}

inline unlock(which)
{
	which = false
}

inline count(by)
{
	lock(count_locked);
	seen = under_way;
	under_way = seen + by;
	unlock(count_locked)
}

/* Whether to take what was looked up is decided by two accesses. */
inline publish(done)
{
	seen = under_way;
	if
	:: seen == 0 ->
		seen = seq;
		if
		:: seen == before ->
			valid = true;
			cached = page;
			done = true
		:: else
		fi
	:: else
	fi
}

proctype refresher()
{
	byte before, page, seen, attempts;
	bool done;

	do
	:: attempts < R && !done ->
		attempts++;
		before = seq;
		page = pte;
		lock(cache_locked);
		publish(done);
		unlock(cache_locked)
	:: else -> break
	od
}

proctype invalidator(byte page)
{
	byte seen;

	count(1);
	lock(cache_locked);
	valid = false;
	unlock(cache_locked);
	pte = page;
	seq++;
	count(-1)
}

init
{
	byte i;

	atomic {
		run refresher();
		do
		:: i < I ->
			i++;
			run invalidator(i)
		:: else -> break
		od
	}
	_nr_pr == 1;
	assert(!valid || cached == pte)
}
