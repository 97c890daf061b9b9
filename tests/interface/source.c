// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "source.h"

static void expect_item(const char *text, enum source_kind kind,
			const char *name, unsigned int line)
{
	struct source source;

	source_parse(text, &source);
	cr_assert_eq(source.nr, 1, "%zu items in: %s", source.nr, text);
	cr_expect_eq(source.items[0].kind, kind, "%s", text);
	cr_expect_str_eq(source.items[0].name, name);
	cr_expect_eq(source.items[0].line, line, "line %u of: %s",
		     source.items[0].line, text);
	source_deinit(&source);
}

Test(source, functions_are_found_by_name)
{
	expect_item("int f(void);", SOURCE_DECLARATION, "f", 1);
	expect_item("int f(void) { return g(); }", SOURCE_FUNCTION, "f", 1);
	expect_item(
		"static inline\nstruct page *\nf(int (*cb)(int), int b)\n{}",
		SOURCE_FUNCTION, "f", 3);
	expect_item("bool __must_check f(int) __releases(lock);",
		    SOURCE_DECLARATION, "f", 1);
	expect_item("__printf(1, 2) __cold int f(const char *, ...);",
		    SOURCE_DECLARATION, "f", 1);
	expect_item("int __f(int);", SOURCE_DECLARATION, "__f", 1);
}

Test(source, a_macro_without_semicolon_does_not_hide_the_next)
{
	struct source source;

	source_parse("DEFINE_CLASS(a, int, if (x) y(x), z(), int n)\n"
		     "extern void f(int);",
		     &source);
	cr_assert_eq(source.nr, 1);
	cr_expect_str_eq(source.items[0].name, "f");
	cr_expect_str_eq(source.items[0].text, "extern void f(int)");
	source_deinit(&source);
}

Test(source, macros_are_whole_logical_lines)
{
	struct source source;

	source_parse("#define ONE 1 /* two\n lines */\n"
		     "  # define TWO(a) \\\n\t((a) + 1)\n#if 0\nint f(int);\n",
		     &source);
	cr_assert_eq(source.nr, 3);
	cr_expect_str_eq(source.items[0].name, "ONE");
	cr_expect_str_eq(source.items[0].text, "1");
	cr_expect_str_eq(source.items[1].name, "TWO");
	cr_expect_eq(source.items[1].line, 3);
	cr_expect_str_eq(source.items[2].name, "f");
	source_deinit(&source);
}

Test(source, what_is_no_function_is_left_out)
{
	struct source source;

	source_parse("struct s { int (*f)(int); int g[sizeof(int)]; };\n"
		     "typedef int (*t)(int);\n"
		     "static int (*p)(void) = q(1);\n"
		     "static struct s x = { .f = h(1), };\n"
		     "enum e { A = B(1) };\n",
		     &source);
	cr_expect_eq(source.nr, 0, "%s", source.nr ? source.items[0].name : "");
	source_deinit(&source);
}

Test(source, comments_and_space_do_not_count)
{
	struct source a, b;

	source_parse("int f(int a)\n{\n\t/* why */\n\treturn a+1;\n}\n", &a);
	source_parse("int f(int a) { return a + 1; // how\n }", &b);
	cr_assert_eq(a.nr, 1);
	cr_assert_eq(b.nr, 1);
	cr_expect_str_eq(a.items[0].body, b.items[0].body);
	source_deinit(&b);
	source_parse("int f(int a) { return a + 2; }", &b);
	cr_expect_str_neq(a.items[0].body, b.items[0].body);
	source_deinit(&a);
	source_deinit(&b);
}

/* Files end anywhere: nothing may be read behind the end. */
Test(source, broken_text_ends)
{
	static const char text[] =
		"#define A \\\nint f(\"\\\"\", '\\'' /* ) {{\n"
		"} ;*/ int) { g(\"x\\\n\"); } \\";

	for (size_t len = 0; len < sizeof(text); len++) {
		char *copy = strndup(text, len);
		struct source source;

		source_parse(copy, &source);
		source_deinit(&source);
		free(copy);
	}
}

static void expect_prototype(const char *declaration, const char *want)
{
	char *have = source_prototype(declaration, "f");

	cr_expect_str_eq(have, want, "%s: %s", declaration, have);
	free(have);
}

Test(source, prototypes_have_one_form)
{
	expect_prototype("extern void f(int a, struct page *p)",
			 "void f(int, struct page *)");
	expect_prototype("static inline __must_check long unsigned f(u64 x)",
			 "unsigned long f(u64)");
	expect_prototype("unsigned f(const char __user *s, unsigned n)",
			 "unsigned int f(const char *, unsigned int)");
	expect_prototype("_Bool f(void)", "bool f(void)");
	expect_prototype("int *f(int a[], char *const b[4])",
			 "int *f(int *, char *const *)");
	expect_prototype("int f(int (*cb)(void *arg, int), void *arg)",
			 "int f(int (*)(void *, int), void *)");
	expect_prototype("int f(struct a *, enum b c, ...) __printf(1, 2)",
			 "int f(struct a *, enum b, ...)");
	expect_prototype("int f(long long int x, short unsigned int y)",
			 "int f(long long, unsigned short)");
}

Test(source, prototypes_that_differ_stay_so)
{
	static const char *const texts[] = {
		"int f(int a)",	       "int f(int *a)",
		"int f(long a)",       "int f(int a, int b)",
		"bool f(int a)",       "int f(u64 a)",
		"int f(unsigned a)",   "int f(struct int_s a)",
		"int f(const int *a)", "int f(void)",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		for (size_t j = 0; j < i; j++) {
			char *a = source_prototype(texts[i], "f");
			char *b = source_prototype(texts[j], "f");

			cr_expect_str_neq(a, b, "%s and %s", texts[i],
					  texts[j]);
			free(a);
			free(b);
		}
}
