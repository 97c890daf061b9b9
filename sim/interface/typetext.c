// SPDX-License-Identifier: GPL-2.0-only
#include "typetext.h"

#include <dwarf.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "session.h"
#include "text.h"

/* Types nest no deeper than this in any kernel; broken files may. */
#define MAX_DEPTH 32

static char *declare(Dwarf_Die *type, char *inner, int depth);

static bool type_of(Dwarf_Die *die, Dwarf_Die *type)
{
	Dwarf_Attribute attr;

	return dwarf_attr_integrate(die, DW_AT_type, &attr) &&
	       dwarf_formref_die(&attr, type);
}

static char *take(struct buf *buf)
{
	char *copy = text_copy(buf_get(buf), buf->len);

	buf_deinit(buf);
	return copy;
}

/* The type of @die, declared as @inner, which is taken over. */
static char *declare_type_of(Dwarf_Die *die, char *inner, int depth)
{
	Dwarf_Die type;

	return declare(type_of(die, &type) ? &type : NULL, inner, depth + 1);
}

/* "int", or "int x" where something is declared. */
static char *specify(const char *specifier, char *inner)
{
	char *text = text_of("%s%s%s", specifier, *inner ? " " : "", inner);

	free(inner);
	return text;
}

static bool is_array_or_function(Dwarf_Die *type)
{
	int tag = dwarf_tag(type);

	return tag == DW_TAG_array_type || tag == DW_TAG_subroutine_type;
}

static char *declare_pointer(Dwarf_Die *pointer, char *inner, int depth)
{
	Dwarf_Die target;
	bool wrap = type_of(pointer, &target) && is_array_or_function(&target);
	char *text = text_of(wrap ? "(*%s)" : "*%s", inner);

	free(inner);
	return declare_type_of(pointer, text, depth);
}

static char *declare_qualified(Dwarf_Die *die, const char *qualifier,
			       char *inner, int depth)
{
	Dwarf_Die target;
	char *text;

	if (type_of(die, &target) && dwarf_tag(&target) == DW_TAG_pointer_type)
		return declare_type_of(die, specify(qualifier, inner), depth);
	inner = declare_type_of(die, inner, depth);
	text = text_of("%s %s", qualifier, inner);
	free(inner);
	return text;
}

static char *declare_array(Dwarf_Die *array, char *inner, int depth)
{
	struct buf text = { 0 };
	Dwarf_Word count;
	Dwarf_Die range;
	int left;

	buf_puts(&text, inner);
	free(inner);
	for (left = dwarf_child(array, &range); !left;
	     left = dwarf_siblingof(&range, &range)) {
		Dwarf_Attribute attr;

		if (dwarf_attr(&range, DW_AT_upper_bound, &attr) &&
		    !dwarf_formudata(&attr, &count))
			buf_printf(&text, "[%lu]", count + 1);
		else if (dwarf_attr(&range, DW_AT_count, &attr) &&
			 !dwarf_formudata(&attr, &count))
			buf_printf(&text, "[%lu]", count);
		else
			buf_puts(&text, "[]");
	}
	return declare_type_of(array, take(&text), depth);
}

static void add_parameters(struct buf *text, Dwarf_Die *function, int depth)
{
	Dwarf_Die child;
	bool some = false;
	int left;

	buf_puts(text, "(");
	for (left = dwarf_child(function, &child); !left;
	     left = dwarf_siblingof(&child, &child)) {
		int tag = dwarf_tag(&child);
		char *type;

		if (tag != DW_TAG_formal_parameter &&
		    tag != DW_TAG_unspecified_parameters)
			continue;
		type = tag == DW_TAG_formal_parameter ?
			       declare_type_of(&child, text_of("%s", ""),
					       depth) :
			       text_of("...");
		buf_printf(text, "%s%s", some ? ", " : "", type);
		free(type);
		some = true;
	}
	buf_puts(text, some ? ")" : "void)");
}

static char *declare_function(Dwarf_Die *function, char *inner, int depth)
{
	struct buf text = { 0 };

	buf_puts(&text, inner);
	free(inner);
	add_parameters(&text, function, depth);
	return declare_type_of(function, take(&text), depth);
}

/* ---- Members ------------------------------------------------------------- */

static void add_lines(struct buf *text, Dwarf_Die *type, int depth);

static void add_member(struct buf *text, Dwarf_Die *member, int depth)
{
	const char *name = dwarf_diename(member);
	Dwarf_Attribute attr;
	Dwarf_Word bits;
	char *line;

	line = declare_type_of(member, text_of("%s", name ? name : ""), depth);
	buf_puts(text, line);
	free(line);
	if (dwarf_attr(member, DW_AT_bit_size, &attr) &&
	    !dwarf_formudata(&attr, &bits))
		buf_printf(text, " : %lu", bits);
	buf_puts(text, ";");
}

static void add_enumerator(struct buf *text, Dwarf_Die *enumerator)
{
	Dwarf_Attribute attr;
	Dwarf_Sword value = 0;

	if (dwarf_attr(enumerator, DW_AT_const_value, &attr))
		dwarf_formsdata(&attr, &value);
	buf_printf(text, "%s = %ld,", dwarf_diename(enumerator), value);
}

static void add_lines(struct buf *text, Dwarf_Die *type, int depth)
{
	Dwarf_Die child;
	int left;

	for (left = dwarf_child(type, &child); !left;
	     left = dwarf_siblingof(&child, &child)) {
		int tag = dwarf_tag(&child);

		if (tag != DW_TAG_member && tag != DW_TAG_enumerator)
			continue;
		buf_puts(text, "\n\t");
		if (tag == DW_TAG_member)
			add_member(text, &child, depth);
		else
			add_enumerator(text, &child);
	}
}

/* Inner lines of an anonymous struct or union move in by one more tab. */
static char *declare_anonymous(Dwarf_Die *type, const char *keyword,
			       char *inner, int depth)
{
	struct buf lines = { 0 }, text = { 0 };
	char *specifier;

	add_lines(&lines, type, depth);
	buf_printf(&text, "%s {", keyword);
	for (const char *c = buf_get(&lines); *c; c++)
		buf_puts(&text, *c == '\n' ? "\n\t" : (char[]){ *c, '\0' });
	buf_puts(&text, "\n\t}");
	buf_deinit(&lines);
	specifier = take(&text);
	inner = specify(specifier, inner);
	free(specifier);
	return inner;
}

static const char *keyword_of(int tag)
{
	return tag == DW_TAG_structure_type   ? "struct" :
	       tag == DW_TAG_union_type	      ? "union" :
	       tag == DW_TAG_enumeration_type ? "enum" :
						NULL;
}

/* As people write what compilers call by all of its words. */
static const char *short_name(const char *name)
{
	static const char *const names[][2] = {
		{ "long int", "long" },
		{ "long unsigned int", "unsigned long" },
		{ "long long int", "long long" },
		{ "long long unsigned int", "unsigned long long" },
		{ "short int", "short" },
		{ "short unsigned int", "unsigned short" },
		{ "_Bool", "bool" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(name, names[i][0]))
			return names[i][1];
	return name;
}

static char *declare_tagged(Dwarf_Die *type, char *inner, int depth)
{
	const char *keyword = keyword_of(dwarf_tag(type));
	const char *name = dwarf_diename(type);
	char *specifier;

	if (keyword && !name)
		return declare_anonymous(type, keyword, inner, depth);
	specifier = text_of("%s%s%s", keyword ? keyword : "",
			    keyword ? " " : "", name ? short_name(name) : "?");
	inner = specify(specifier, inner);
	free(specifier);
	return inner;
}

static char *declare(Dwarf_Die *type, char *inner, int depth)
{
	if (depth > MAX_DEPTH)
		return specify("...", inner);
	switch (type ? dwarf_tag(type) : DW_TAG_unspecified_type) {
	case DW_TAG_unspecified_type:
		return specify("void", inner);
	case DW_TAG_pointer_type:
		return declare_pointer(type, inner, depth);
	case DW_TAG_const_type:
		return declare_qualified(type, "const", inner, depth);
	case DW_TAG_volatile_type:
		return declare_qualified(type, "volatile", inner, depth);
	case DW_TAG_restrict_type:
		return declare_type_of(type, inner, depth);
	case DW_TAG_array_type:
		return declare_array(type, inner, depth);
	case DW_TAG_subroutine_type:
		return declare_function(type, inner, depth);
	default:
		return declare_tagged(type, inner, depth);
	}
}

/* -------------------------------------------------------------------------- */

char *typetext_prototype(Dwarf_Die *function)
{
	const char *name = dwarf_diename(function);

	return declare_function(function, text_of("%s", name), 0);
}

char *typetext_definition(Dwarf_Die *type)
{
	const char *name = dwarf_diename(type);
	struct buf text = { 0 };
	char *of;

	if (dwarf_tag(type) == DW_TAG_typedef) {
		of = declare_type_of(type, text_of("%s", name), 0);
		buf_printf(&text, "typedef %s", of);
		free(of);
	} else {
		buf_printf(&text, "%s %s {", keyword_of(dwarf_tag(type)), name);
		add_lines(&text, type, 0);
		buf_puts(&text, "\n}");
	}
	return take(&text);
}
