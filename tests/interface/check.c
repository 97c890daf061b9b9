// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "check.h"

/* A function f() that the code under test uses as @seen and the shim defines. */
static struct code make_code(const char *seen, const char *defined,
			     const char *definer, bool in_tree)
{
	static struct code_function functions[2];
	static struct code_use use;

	functions[0] = (struct code_function){ .name = "f",
					       .prototype = (char *)defined,
					       .place = (char *)definer,
					       .set = SET_SHIM,
					       .defined = true,
					       .external = true };
	functions[1] = (struct code_function){
		.name = "f",
		.prototype = (char *)seen,
		.place = in_tree ? "include/linux/kvm_host.h:1" :
				   "include/linux/fs.h:1",
		.set = SET_CODE,
		.external = true,
		.in_tree = in_tree
	};
	use = (struct code_use){ .name = "f",
				 .by = "g",
				 .file = "virt/kvm/pfncache.c",
				 .place = "virt/kvm/pfncache.c:7" };
	return (struct code){ .root = "nowhere",
			      .functions = functions,
			      .uses = &use,
			      .nr_functions = 2,
			      .nr_uses = 1 };
}

static size_t count(struct code *code, const char *sources)
{
	struct disagreements found;
	size_t nr;

	check_prototypes(code, sources, false, &found);
	nr = found.nr;
	disagreements_deinit(&found);
	return nr;
}

Test(check, a_definition_by_another_prototype_is_found)
{
	struct code code = make_code("int f(long int)", "int f(int)",
				     "sim/kernel/mm/slab.c:3", true);

	cr_expect_eq(count(&code, "."), 1);
	code = make_code("int f(long int)", "int f(long)",
			 "sim/kernel/mm/slab.c:3", true);
	cr_expect_eq(count(&code, "."), 0);
}

/* They take nothing and do not return, whatever their callers believe. */
Test(check, traps_have_no_prototype)
{
	struct code code = make_code("int f(long int)", "void f(void)",
				     "sim/kernel/lib/traps.c:3", true);

	cr_expect_eq(count(&code, "."), 0);
}

static void write_text(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	cr_assert_not_null(file, "%s", path);
	fputs(text, file);
	fclose(file);
}

/* A tree and a folder of sources of its own, in the current directory. */
static void make_folders(const char *declaration, const char *known)
{
	char dir[] = "/tmp/pfnsim-check-XXXXXX";

	cr_assert_not_null(mkdtemp(dir));
	cr_assert_eq(chdir(dir), 0);
	cr_assert_eq(mkdir("include", 0777) | mkdir("include/linux", 0777) |
			     mkdir("cmake", 0777),
		     0);
	write_text("include/linux/fs.h", declaration);
	write_text("cmake/declarations.txt", known);
}

static void remove_folders(void)
{
	unlink("include/linux/fs.h");
	unlink("cmake/declarations.txt");
	rmdir("include/linux");
	rmdir("include");
	rmdir("cmake");
}

static size_t count_declared(const char *declaration, const char *known)
{
	struct code code = make_code("int f(struct file *)",
				     "int f(struct file *)", "x.c:1", false);
	size_t nr;

	code.root = ".";
	make_folders(declaration, known);
	nr = count(&code, ".");
	remove_folders();
	return nr;
}

Test(check, headers_that_are_replaced_are_compared)
{
	const char *now = "int f(struct file *a);\n";
	const char *moved = "extern int f(struct file *a,\n\tu64 b);\n";
	const char *line = "f | int f(struct file *, u64) | b is ignored\n";

	cr_expect_eq(count_declared(now, ""), 0);
	cr_expect_eq(count_declared("", ""), 0);
	cr_expect_eq(count_declared(moved, ""), 1);
	cr_expect_eq(count_declared(moved, line), 0);
	cr_expect_eq(count_declared(moved, "f | int f(struct file *, u32) | x"),
		     1);
	cr_expect_eq(count_declared(moved, "# f | int f(struct file *, u64)\n"),
		     1);
	cr_expect_eq(count_declared(moved, "f | int f(struct file *, u64)\n"),
		     1, "a line without a reason counts for nothing");
}
