// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls that come to nothing are taken out, and put back.
 */
#include <criterion/criterion.h>

#include "silence.h"

#ifdef __x86_64__

static unsigned int heard;

static __attribute__((noinline)) void hook(void)
{
	heard++;
	if (host_hooks & HOOKS_SILENT)
		host_silence(hook, __builtin_return_address(0));
}

/* One call of hook() each, by its name and by an address. */
static __attribute__((noinline)) void by_name(void)
{
	hook();
	__asm__ volatile("");
}

static __attribute__((noinline)) void by_address(void)
{
	void (*volatile at)(void) = hook;

	at();
	__asm__ volatile("");
}

static unsigned int heard_of(void (*call)(void), unsigned int times)
{
	heard = 0;
	while (times--)
		call();
	return heard;
}

static void setup(void)
{
	host_hooks = silence_hooks();
	cr_assert_eq(host_hooks, HOOKS_SILENT);
}

TestSuite(silence, .init = setup, .fini = silence_end);

Test(silence, a_call_is_made_once)
{
	cr_expect_eq(heard_of(by_name, 3), 1);
	cr_expect_eq(silence_calls(), 1);
}

Test(silence, calls_come_back)
{
	heard_of(by_name, 1);
	silence_end();
	cr_expect_eq(host_hooks, HOOKS_NONE);
	cr_expect_eq(silence_calls(), 0);
	cr_expect_eq(heard_of(by_name, 3), 3);
}

Test(silence, and_go_again)
{
	heard_of(by_name, 1);
	silence_end();
	host_hooks = silence_hooks();
	cr_expect_eq(heard_of(by_name, 3), 1);
}

Test(silence, what_else_calls_stays)
{
	cr_expect_eq(heard_of(by_address, 3), 3);
	cr_expect_eq(silence_calls(), 0);
}

Test(silence, nobody_asks_for_it)
{
	host_hooks = HOOKS_CODE;
	cr_expect_eq(heard_of(by_name, 3), 3);
}

#endif
