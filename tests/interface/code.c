// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "facts.h"
#include "marks.h"

static struct code code;

static void load(void)
{
	char *description = code_find(KERNELS_DIR, "reference");
	char why[256];

	cr_assert_not_null(description);
	cr_assert_eq(code_load(description, KERNELS_DIR "/reference.so", &code,
			       why, sizeof(why)),
		     0, "%s", why);
	free(description);
}

static void unload(void)
{
	code_deinit(&code);
}

TestSuite(code, .init = load, .fini = unload);

Test(code, a_call_has_a_place_a_prototype_and_a_definition)
{
	const struct code_use *use = NULL;
	const struct code_function *seen = code_seen(&code, "kmap");
	const struct code_function *defined = code_definition(&code, "kmap",
							      SET_CODE);

	for (size_t i = 0; i < code.nr_uses && !use; i++)
		if (!strcmp(code.uses[i].name, "kmap"))
			use = &code.uses[i];
	cr_assert_not_null(use);
	cr_expect(use->linked);
	cr_expect(code_defines(&code, code_user(&code, use)));
	cr_expect_str_eq(use->file, "virt/kvm/pfncache.c");
	cr_expect_eq(strncmp(use->place, "virt/kvm/pfncache.c:", 20), 0, "%s",
		     use->place);
	cr_assert_not_null(seen);
	cr_expect_str_eq(seen->prototype, "void *kmap(struct page *)");
	cr_expect_eq(strncmp(seen->place, "include/linux/highmem.h:", 24), 0,
		     "%s", seen->place);
	cr_assert_not_null(defined);
	cr_expect_eq(strncmp(defined->place, "sim/kernel/mm/mappings.c:", 25),
		     0, "%s", defined->place);
	cr_expect_eq(defined->set, SET_SHIM);
}

Test(code, what_is_under_test_is_not_the_shims)
{
	cr_expect(code_defines(&code, "kvm_gpc_refresh"));
	cr_expect_not(code_defines(&code, "mutex_lock"));
	cr_expect_null(code_definition(&code, "nothing_of_that_name", SET_LIB));
}

Test(code, types_are_those_of_the_tree)
{
	struct facts facts;
	const struct fact *fact;

	facts_collect(&code, &code, &facts);
	fact = facts_find(&facts, FACT_TYPE, "struct gfn_to_pfn_cache");
	cr_assert_not_null(fact);
	cr_expect_not_null(strstr(fact->text, "\n\tstruct mutex refresh_lock;"),
			   "%s", fact->text);
	cr_expect_not_null(strstr(fact->text, "\n\tvoid *khva;"), "%s",
			   fact->text);
	cr_expect_null(facts_find(&facts, FACT_TYPE, "struct mutex"));
	cr_expect_not_null(facts_find(&facts, FACT_BODY, "kvm_gpc_refresh"));
	cr_expect_not_null(facts_find(&facts, FACT_FEATURE, "gpc_gmem"));
	facts_deinit(&facts);
}

Test(code, a_description_without_objects_is_an_error)
{
	struct code none;
	char why[256];
	FILE *file = fopen("/tmp/pfnsim-objects.txt", "w");

	cr_assert_not_null(file);
	fputs("root /tmp\ncode /nowhere/virt/kvm/pfncache.c.o\njunk\n\n", file);
	fclose(file);
	cr_expect_lt(code_load("/tmp/pfnsim-objects.txt", "", &none, why,
			       sizeof(why)),
		     0);
	cr_expect_not_null(strstr(why, "its objects are gone"), "%s", why);
	unlink("/tmp/pfnsim-objects.txt");
	cr_expect_lt(code_load("/tmp/pfnsim-nothing.txt", "", &none, why,
			       sizeof(why)),
		     0);
	cr_expect_null(code_find(KERNELS_DIR, "nothing"));
}

/* An object that is none counts as missing, whatever is in it. */
Test(code, broken_objects_are_missing_ones)
{
	static const char *const path = "/tmp/pfnsim-broken.c.o";
	FILE *file = fopen(path, "w");
	struct code none;
	char why[256];

	fputs("\177ELF\2\1\1 and nothing else", file);
	fclose(file);
	file = fopen("/tmp/pfnsim-broken.txt", "w");
	fprintf(file, "root /tmp\ncode %s\n", path);
	fclose(file);
	cr_expect_lt(code_load("/tmp/pfnsim-broken.txt", path, &none, why,
			       sizeof(why)),
		     0);
	unlink("/tmp/pfnsim-broken.txt");
	unlink(path);
}

Test(code, marks_come_from_the_defining_file)
{
	cr_expect_eq(mark_of_file(".", "sim/kernel/lib/traps.c"), MARK_TRAP);
	cr_expect_eq(mark_of_file(".", "sim/kernel/mm/slab.c"), MARK_EMULATED);
	cr_expect_eq(mark_of_file(".", "include/asm/tlbflush.h"), MARK_STUB);
	cr_expect_eq(mark_of_file(".", "lib/xarray.c"), MARK_REAL);
}
