// SPDX-License-Identifier: GPL-2.0-only
/* Copies between the kernel and user space, after include/linux/uaccess.h. */
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>

#include "mm_fixture.h"

#define END (MM_TEST_UVA + MM_TEST_SIZE)

static char bytes[16];
static DEFINE_SPINLOCK(lock);

static void map(void)
{
	mm_test_map_anon();
	mm_test_write(MM_TEST_UVA, "old");
	memset(bytes, 'x', sizeof(bytes));
}

static void __user *user(unsigned long addr)
{
	return (void __user *)addr;
}

/* ---- Short copies -------------------------------------------------------- */

static void padded(void)
{
	mm_test_write(END - 2, "zz");
	CHECK(copy_from_user(bytes, user(END - 2), 6) == 4);
	CHECK(!memcmp(bytes, "zz\0\0\0\0x", 7));
	memset(bytes, 'x', sizeof(bytes));
	CHECK(copy_from_user(bytes, user(END), 4) == 4);
	CHECK(!memcmp(bytes, "\0\0\0\0x", 5));
	memset(bytes, 'x', sizeof(bytes));
	CHECK(copy_from_user(bytes, user(-8UL), 4) == 4);
	CHECK(!memcmp(bytes, "\0\0\0\0x", 5));
}

static void not_padded(void)
{
	mm_test_write(END - 2, "zz");
	CHECK(__copy_from_user(bytes, user(END - 2), 6) == 4);
	CHECK(!memcmp(bytes, "zzxxxx", 6));
	pagefault_disable();
	CHECK(__copy_from_user_inatomic(bytes, user(END), 4) == 4);
	pagefault_enable();
	CHECK(!memcmp(bytes, "zzxxxx", 6));
}

static void stores_what_fits(void)
{
	CHECK(copy_to_user(user(END - 2), "four", 4) == 2);
	CHECK(mm_test_sees(END - 2, "fo"));
	CHECK(__copy_to_user(user(END), "four", 4) == 4);
	CHECK(!copy_to_user(user(MM_TEST_UVA + PAGE_SIZE - 2), "four", 4));
	CHECK(mm_test_sees(MM_TEST_UVA + PAGE_SIZE - 2, "four"));
	CHECK(!copy_to_user(user(END), "", 0));
}

static void single_values(void)
{
	u64 value = 1;

	CHECK(!put_user(0x1122334455667788ULL, (u64 __user *)MM_TEST_UVA));
	CHECK(!get_user(value, (u64 __user *)MM_TEST_UVA));
	CHECK(value == 0x1122334455667788ULL);
	CHECK(get_user(value, (u64 __user *)(END - 4)) == -EFAULT && !value);
	CHECK(put_user(value, (u64 __user *)END) == -EFAULT);
}

static void ranges(void)
{
	CHECK(access_ok(MM_TEST_UVA, MM_TEST_SIZE) && access_ok(0, 0));
	CHECK(access_ok(TASK_SIZE_MAX - 1, 1) && !access_ok(TASK_SIZE_MAX, 1));
	CHECK(!access_ok(-8UL, 16) && !access_ok(8, -8UL));
	CHECK(untagged_addr(MM_TEST_UVA) == MM_TEST_UVA);
}

/* ---- Context ------------------------------------------------------------- */

static void from_user_in_atomic(void)
{
	spin_lock(&lock);
	CHECK(!copy_from_user(bytes, user(MM_TEST_UVA), 3));
	spin_unlock(&lock);
}

static void to_user_in_atomic(void)
{
	spin_lock(&lock);
	CHECK(!__copy_to_user(user(MM_TEST_UVA), "new", 3));
	spin_unlock(&lock);
}

static void inatomic_in_atomic(void)
{
	spin_lock(&lock);
	pagefault_disable();
	CHECK(!__copy_from_user_inatomic(bytes, user(MM_TEST_UVA), 3));
	CHECK(copy_from_user(bytes, user(MM_TEST_UVA + PAGE_SIZE), 3) == 3);
	pagefault_disable();
	pagefault_enable();
	CHECK(pagefault_disabled());
	pagefault_enable();
	spin_unlock(&lock);
	CHECK(!pagefault_disabled());
	CHECK(!copy_from_user(bytes, user(MM_TEST_UVA + PAGE_SIZE), 3));
}

static void enabled_too_often(void)
{
	pagefault_enable();
}

static void read_only(void)
{
	CHECK(!mm_mmap(MM_TEST_UVA, PAGE_SIZE, NULL, 0, MM_MMAP_READONLY));
	CHECK(!copy_from_user(bytes, user(MM_TEST_UVA), 3));
	CHECK(copy_to_user(user(MM_TEST_UVA), "new", 3) == 3);
}

/* ---- Structures ---------------------------------------------------------- */

struct version_2 {
	u32 a, b;
};

static void structures(void)
{
	struct version_2 copy = { 9, 9 };
	u32 new[3] = { 1, 2, 0 };

	CHECK(!copy_to_user(user(MM_TEST_UVA), new, sizeof(new)));
	CHECK(!copy_struct_from_user(&copy, 8, user(MM_TEST_UVA), 4));
	CHECK(copy.a == 1 && !copy.b);
	CHECK(!copy_struct_from_user(&copy, 8, user(MM_TEST_UVA), 12));
	CHECK(copy.a == 1 && copy.b == 2);
	CHECK(!put_user(7, (u32 __user *)(MM_TEST_UVA + 8)));
	CHECK(copy_struct_from_user(&copy, 8, user(MM_TEST_UVA), 12) == -E2BIG);
	CHECK(copy_struct_from_user(&copy, 8, user(END - 4), 8) == -EFAULT);
	CHECK(check_zeroed_user(user(MM_TEST_UVA + 12), 100) == 1);
	CHECK(check_zeroed_user(user(MM_TEST_UVA), 1) == 0);
	CHECK(check_zeroed_user(user(END - 1), 2) == -EFAULT);
}

static void duplicates(void)
{
	char *copy = memdup_user(user(MM_TEST_UVA), 3);

	CHECK(!IS_ERR(copy) && !memcmp(copy, "old", 3));
	kfree(copy);
	CHECK(memdup_user(user(END), 3) == ERR_PTR(-EFAULT));
	copy = vmemdup_array_user(user(MM_TEST_UVA), 3, 1);
	CHECK(!IS_ERR(copy) && !memcmp(copy, "old", 3));
	kvfree(copy);
	CHECK(vmemdup_array_user(user(MM_TEST_UVA), 1UL << 33, 1UL << 33) ==
	      ERR_PTR(-EOVERFLOW));
}

static void cleared(void)
{
	CHECK(!clear_user(user(MM_TEST_UVA + 1), 100));
	CHECK(mm_test_sees(MM_TEST_UVA, "o") && mm_test_zero(MM_TEST_UVA + 1));
	CHECK(clear_user(user(END - 100), 164) == 64);
}

/* A copy beside a zap sees the old contents or zeros, page by page. */
static void copy_any(void)
{
	char mine[3];

	CHECK(!copy_from_user(mine, user(MM_TEST_UVA), 3));
	CHECK(!memcmp(mine, "old", 3) || !memchr_inv(mine, 0, 3));
}

static void drop(void)
{
	mm_dontneed(MM_TEST_UVA, PAGE_SIZE);
}

#define COPY(title, names, source, function)                                   \
	LONE_TEST(title, names, source, map, function)

DEFINE_SHIM_TESTS(
	mm_copy,
	COPY("mm/copy_from_user-pads-with-zeros", "copy_from_user",
	     "include/linux/uaccess.h: only copy_from_user() fills what it could not copy with zeros",
	     padded),
	COPY("mm/__copy_from_user-does-not-pad",
	     "__copy_from_user __copy_from_user_inatomic pagefault_disable",
	     "include/linux/uaccess.h: neither __copy_from_user() nor the inatomic form writes what it could not copy",
	     not_padded),
	COPY("mm/copy_to_user-copies-what-fits", "copy_to_user __copy_to_user",
	     "include/linux/uaccess.h: returns how many bytes are left; pages are crossed",
	     stores_what_fits),
	COPY("mm/get_user-gives-zero-on-error", "get_user put_user",
	     "arch/x86/include/asm/uaccess.h, get_user(): on error the variable is set to zero",
	     single_values),
	COPY("mm/access_ok-looks-at-the-whole-range", "access_ok untagged_addr",
	     "include/asm-generic/access_ok.h, __access_ok(): the end must not lie above the limit, nor wrap",
	     ranges),
	BAD_TEST(
		"mm/copy_from_user-may-sleep", "copy_from_user",
		"include/linux/uaccess.h, might_fault(): user context only, the function may sleep",
		map, from_user_in_atomic, V_SLEEP_IN_ATOMIC),
	BAD_TEST(
		"mm/__copy_to_user-may-sleep", "__copy_to_user",
		"include/linux/uaccess.h, might_fault(): user context only, the function may sleep",
		map, to_user_in_atomic, V_SLEEP_IN_ATOMIC),
	COPY("mm/copies-with-page-faults-off",
	     "pagefault_disable pagefault_enable __copy_from_user_inatomic",
	     "include/linux/uaccess.h, pagefault_disable(): nests; a copy that would fault fails",
	     inatomic_in_atomic),
	BAD_TEST(
		"mm/pagefault_enable-too-often", "pagefault_enable",
		"include/linux/uaccess.h, pagefault_disabled_dec(): calls are paired",
		map, enabled_too_often, V_IMBALANCE),
	COPY("mm/copy_to_user-of-a-read-only-area", "copy_to_user",
	     "arch/x86/mm/fault.c, access_error(): a store needs VM_WRITE, whoever stores",
	     read_only),
	COPY("mm/copy_struct_from_user-old-and-new",
	     "copy_struct_from_user check_zeroed_user",
	     "include/linux/uaccess.h, copy_struct_from_user(): a short one is padded, a long one must end in zeros, else -E2BIG",
	     structures),
	COPY("mm/memdup_user-and-its-errors", "memdup_user vmemdup_array_user",
	     "mm/util.c, memdup_user(): an ERR_PTR() on failure; include/linux/string.h, vmemdup_array_user(): -EOVERFLOW",
	     duplicates),
	COPY("mm/clear_user-returns-what-is-left", "clear_user",
	     "Documentation/core-api/mm-api.rst, clear_user(): the number of bytes that could not be cleared",
	     cleared),
	{ .name = "mm/copy_from_user-against-a-zap",
	  .of = "copy_from_user",
	  .follows =
		  "mm/memory.c, handle_mm_fault(): a page that goes is faulted in again, the copy goes on",
	  .tasks = 3,
	  .setup = map,
	  .task = { copy_any, drop, copy_any },
	  .expect = NO_VIOLATION });
