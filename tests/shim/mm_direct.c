// SPDX-License-Identifier: GPL-2.0-only
/*
 * Loads and stores by the kernel's own instructions: the same bytes, and the same
 * violations, as khva_read() and khva_write() have.
 */
#include <linux/bitops.h>
#include <linux/io.h>
#include <linux/spinlock.h>
#include <linux/vmalloc.h>
#include <pfnsim/khva.h>

#include "mm_fixture.h"

/* Elsewhere than on x86-64 the fault ends the kernel. */
#ifdef __x86_64__

#define ROUNDS 20

static struct page *page, *other;
static char *addr;

static void map_page(void)
{
	page = mm_test_page();
	other = mm_test_page();
	addr = kmap(page);
}

static bool frame_has(const char *text)
{
	char bytes[8];

	return !khva_read(addr, bytes, strlen(text)) &&
	       !memcmp(bytes, text, strlen(text));
}

static void load_and_store(void)
{
	volatile char *c = addr;
	volatile u64 *word;

	CHECK(c[0] == 'o' && c[1] == 'l' && c[2] == 'd');
	c[0] = 'c';
	CHECK(frame_has("cld"));
	/* Up to the very end of the page. */
	word = (void *)(addr + PAGE_SIZE - sizeof(*word));
	*word = 0x1122334455667788;
	CHECK(*word == 0x1122334455667788);
}

static void through_vmap(void)
{
	volatile char *c = vmap(&page, 1, VM_MAP, PAGE_KERNEL);

	c[1] = 'x';
	CHECK(frame_has("oxd"));
	vunmap((void *)c);
}

static void through_memremap(void)
{
	volatile char *c = memremap(PFN_PHYS(page_to_pfn(page)), PAGE_SIZE,
				    MEMREMAP_WB);

	c[2] = 'y';
	CHECK(frame_has("oly"));
	memunmap((void *)c);
}

/* One instruction with two operands in memory, and as many times as it says. */
static void string_instruction(void)
{
	char *to = kmap(other), *from = addr;
	unsigned long n = 3;

	to[0] = 'n';
	__asm__ volatile("rep movsb"
			 : "+D"(to), "+S"(from), "+c"(n)
			 :
			 : "memory");
	CHECK(!n && from == addr + 3);
	CHECK(to[-3] == 'o' && to[-1] == 'd');
}

static void copies(void)
{
	char *to = kmap(other), bytes[200];

	memset(to, 'z', PAGE_SIZE);
	memcpy(bytes, to + 100, sizeof(bytes));
	CHECK(bytes[0] == 'z' && bytes[199] == 'z');
	memcpy(addr, bytes, sizeof(bytes));
	CHECK(frame_has("zzz"));
}

static void count_up(void)
{
	u64 *word = (void *)(addr + 8);

	for (int i = 0; i < ROUNDS; i++)
		__asm__ volatile("lock; incq %0" : "+m"(*word));
}

static void check_count(void)
{
	CHECK(*(volatile u64 *)(addr + 8) == 2 * ROUNDS);
}

/* Of each bit, one of the two tasks must be told that it was the first. */
static unsigned int first;

static void set_bits(void)
{
	for (int i = 0; i < ROUNDS; i++)
		if (!test_and_set_bit(i, (unsigned long *)(addr + 64)))
			first++;
}

static void check_bits(void)
{
	CHECK(first == ROUNDS);
	CHECK(*(volatile u64 *)(addr + 64) == (1UL << ROUNDS) - 1);
}

static void load_after_kunmap(void)
{
	kunmap(page);
	CHECK(*(volatile char *)addr == 'o');
}

static void store_after_free(void)
{
	put_page(page);
	*(volatile char *)addr = 'x';
}

static void load_across_the_end(void)
{
	CHECK(!*(volatile u16 *)(addr + PAGE_SIZE - 1));
}

static void load_where_nothing_is(void)
{
	CHECK(!*(volatile char *)(addr + 0x100000));
}

#define BAD(text, source, user, violation)                                     \
	BAD_TEST("direct/" text,                                               \
		 "khva_touch_begin khva_touch_end khva_read khva_write",       \
		 source, map_page, user, violation)
#define GOOD(text, source, user) BAD(text, source, user, NO_VIOLATION)

DEFINE_SHIM_TESTS(
	mm_direct,
	GOOD("load-and-store",
	     "Documentation/mm/highmem.rst: a mapping is memory of the kernel's",
	     load_and_store),
	GOOD("vmap", "mm/vmalloc.c, vmap(): the pages, virtually contiguous",
	     through_vmap),
	GOOD("memremap", "kernel/iomem.c, memremap(): memory, not I/O",
	     through_memremap),
	GOOD("string-instruction",
	     "arch/x86/lib/memcpy_64.S: may be one instruction",
	     string_instruction),
	GOOD("copies", "include/linux/string.h, memcpy(): of any memory",
	     copies),
	{ .name = "direct/locked-instruction",
	  .of = "khva_touch_begin",
	  .follows =
		  "arch/x86/kvm/xen.c, kvm_xen_inject_pending_events(): LOCK_PREFIX on guest memory",
	  .tasks = 2,
	  .setup = map_page,
	  .task = { count_up, count_up },
	  .check = check_count,
	  .expect = NO_VIOLATION },
	{ .name = "direct/bits",
	  .of = "khva_test_and_set_bit test_and_set_bit",
	  .follows =
		  "Documentation/atomic_bitops.txt: test_and_set_bit() is atomic, in guest memory as well",
	  .tasks = 2,
	  .setup = map_page,
	  .task = { set_bits, set_bits },
	  .check = check_bits,
	  .expect = NO_VIOLATION },
	BAD("after-kunmap",
	    "Documentation/mm/highmem.rst: the address is not valid after kunmap()",
	    load_after_kunmap, V_UNMAPPED_ACCESS),
	BAD("after-free",
	    "Documentation/mm/highmem.rst: a mapping holds no reference",
	    store_after_free, V_USE_AFTER_FREE),
	BAD("across-the-end",
	    "Documentation/mm/highmem.rst: kmap() maps one page",
	    load_across_the_end, V_UNMAPPED_ACCESS),
	BAD("nowhere", "mm/vmalloc.c: an address that nobody was given",
	    load_where_nothing_is, V_UNMAPPED_ACCESS));

#else

DEFINE_SHIM_TESTS(mm_direct);

#endif
