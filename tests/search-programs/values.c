// SPDX-License-Identifier: GPL-2.0-only
/*
 * Programs without locks in which much depends on the values that are read.
 *
 * What each task does is known from GenMC's tests, and so are the counts;
 * fib_bench is from the Competition on Software Verification.
 */
#include "program.h"

#define MAX_NUMBERS 32

static int x, y, z, w;
static int composite[MAX_NUMBERS];

static unsigned int three(unsigned int n, unsigned int m)
{
	return 3;
}

static unsigned int four(unsigned int n, unsigned int m)
{
	return 4;
}

static void look(unsigned int task, const int *at)
{
	program_saw(task, READ_ONCE(*at));
}

static void look_at_xyz(unsigned int task)
{
	look(task, &x);
	look(task, &y);
	look(task, &z);
}

/* @times rounds of stores of rising values to two variables. */
static void store_pairs(int *a, int *b, int times)
{
	for (int i = 1; i <= times; i++) {
		WRITE_ONCE(*a, i);
		WRITE_ONCE(*b, i);
	}
}

static unsigned long finish(unsigned int n, unsigned int m)
{
	return x + 100UL * y + 10000UL * z + 1000000UL * w;
}

/* ---- big0, big1, big2: two look, two store ------------------------------- */

static void big0(unsigned int task, unsigned int n, unsigned int m)
{
	switch (task) {
	case 0:
		look_at_xyz(task);
		look(task, &w);
		look_at_xyz(task);
		break;
	case 1:
		look_at_xyz(task);
		break;
	case 2:
		store_pairs(&x, &y, 3);
		break;
	default:
		store_pairs(&z, &w, 3);
	}
}

static void big1(unsigned int task, unsigned int n, unsigned int m)
{
	switch (task) {
	case 0:
		look_at_xyz(task);
		look(task, &w);
		look_at_xyz(task);
		look(task, &w);
		break;
	case 1:
		look_at_xyz(task);
		look(task, &w);
		look(task, &x);
		look(task, &y);
		break;
	case 2:
		store_pairs(&x, &y, 3);
		break;
	default:
		store_pairs(&z, &w, 3);
	}
}

static void store_xyz(int value)
{
	WRITE_ONCE(x, value);
	WRITE_ONCE(y, value);
	WRITE_ONCE(z, value);
}

static void big2(unsigned int task, unsigned int n, unsigned int m)
{
	switch (task) {
	case 0:
		look_at_xyz(task);
		look(task, &x);
		look(task, &y);
		break;
	case 1:
		look_at_xyz(task);
		look(task, &x);
		break;
	default:
		store_xyz(2 * task - 3);
		store_xyz(2 * task - 2);
	}
}

/* ---- CoA(n): two look behind their own store, n - 1 store what they see --- */

static void coa(unsigned int task, unsigned int n, unsigned int m)
{
	if (task >= 2) {
		WRITE_ONCE(y, task);
		WRITE_ONCE(z, task);
		return;
	}
	WRITE_ONCE(x, task + 1);
	look(task, task ? &z : &y);
	look(task, &x);
}

/* ---- fib_bench(n): two add to each other, one looks ---------------------- */

#define TOO_MUCH 144

static void fib_start(unsigned int n, unsigned int m)
{
	x = 1;
	y = 1;
}

static void fib_add(unsigned int task, unsigned int n, int *to)
{
	while (n--) {
		int a = READ_ONCE(x), b = READ_ONCE(y);

		WRITE_ONCE(*to, a + b);
		program_saw(task, a);
		program_saw(task, b);
	}
}

static void fib(unsigned int task, unsigned int n, unsigned int m)
{
	int seen;

	if (task < 2) {
		fib_add(task, n, task ? &y : &x);
		return;
	}
	seen = READ_ONCE(x);
	program_saw(task, seen);
	if (seen > TOO_MUCH)
		return;
	seen = READ_ONCE(y);
	program_saw(task, seen);
	PROGRAM_CHECK(n > 5 || seen <= TOO_MUCH);
}

/* ---- eratosthenes(n): two strike out multiples of the same numbers -------- */

static void eratosthenes(unsigned int task, unsigned int n, unsigned int m)
{
	for (unsigned int i = 0; i < n; i++) {
		if (READ_ONCE(composite[i]))
			continue;
		WRITE_ONCE(composite[i], 1);
		for (unsigned int j = 2 * i + 2; j < n; j += i + 2)
			WRITE_ONCE(composite[j], 2);
	}
}

static unsigned long eratosthenes_finish(unsigned int n, unsigned int m)
{
	unsigned long state = 0;

	for (unsigned int i = 0; i < n; i++)
		state = state * 3 + composite[i];
	return state;
}

/* ---- commits(n, m): two try m times to commit n times ---------------------- */

static void commits(unsigned int task, unsigned int n, unsigned int m)
{
	int done = 0, tries = 0;

	while (done < READ_ONCE(w) && tries++ < m) {
		WRITE_ONCE(x, task + 1);
		done += READ_ONCE(x) == task + 1;
	}
	program_saw(task, tries);
	program_saw(task, done);
}

static void commits_start(unsigned int n, unsigned int m)
{
	w = n;
}

/* ---- publish(n): one polls a flag, at most n times ------------------------ */

static void publish(unsigned int task, unsigned int n, unsigned int m)
{
	unsigned int polls = 0;

	if (task) {
		WRITE_ONCE(x, 42);
		WRITE_ONCE(w, 1);
		return;
	}
	while (!READ_ONCE(w)) {
		if (++polls == n)
			return;
	}
	program_saw(task, polls);
	PROGRAM_CHECK(READ_ONCE(x) == 42);
}

DEFINE_PROGRAMS(values, { "big0", four, NULL, big0, finish },
		{ "big1", four, NULL, big1, finish },
		{ "big2", four, NULL, big2, finish },
		{ "CoA", program_n_and_one, NULL, coa, finish },
		{ "fib_bench", three, fib_start, fib, finish },
		{ "eratosthenes", program_two, NULL, eratosthenes,
		  eratosthenes_finish },
		{ "commits", program_two, commits_start, commits, finish },
		{ "publish", program_two, NULL, publish, finish });
