// SPDX-License-Identifier: GPL-2.0-only
/* What of a path is the kernel's own. */
#include <criterion/criterion.h>

#include "place.h"

static void expect_path(const char *path, const char *in_tree)
{
	const char *found = place_in_tree(path);

	if (in_tree)
		cr_assert_str_eq(found ? found : "", in_tree);
	else
		cr_assert_null(found, "%s", found);
}

Test(place, trees_and_the_reference_have_the_same_paths)
{
	expect_path("/a/linux-6.12/virt/kvm/pfncache.c", "virt/kvm/pfncache.c");
	expect_path("../src/virt/kvm/pfncache.c", "virt/kvm/pfncache.c");
	expect_path("virt/kvm/kvm_main.c", "virt/kvm/kvm_main.c");
	expect_path("/a/arch/x86/kvm/xen.c", "arch/x86/kvm/xen.c");
	expect_path("/my/virt/kvm/series/virt/kvm/kvm_main.c",
		    "virt/kvm/kvm_main.c");
}

Test(place, the_link_to_xen_is_its_file)
{
	expect_path("kernels/linux-6.12/x86/xen.c", "arch/x86/kvm/xen.c");
}

Test(place, the_emulation_is_not_under_test)
{
	expect_path("../sim/kernel/mm/zap.c", NULL);
	expect_path("../sim/kernel/arch/kvm.c", NULL);
	expect_path("../include/linux/spinlock.h", NULL);
	expect_path("/a/lib/xarray.c", NULL);
	expect_path("/a/myvirt/kvm/x.c", NULL);
}
