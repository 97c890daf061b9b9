// SPDX-License-Identifier: GPL-2.0-only
#include "object.h"

#include <dwarf.h>
#include <elfutils/libdwfl.h>
#include <errno.h>
#include <gelf.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session.h"
#include "text.h"
#include "typetext.h"

struct reader {
	struct code *code;
	enum code_set set;
	const char *file; /* the source, from the top of the tree */
	Dwfl_Module *module;
	Dwarf_Die *unit;
	Dwarf_Addr elf_bias, dwarf_bias;
};

void *array_grow(void **array, size_t nr, size_t size)
{
	if (!(nr & (nr + 1))) { /* full: one less than a power of two */
		*array = realloc(*array, (nr * 2 + 1) * size);
		if (!*array)
			abort();
	}
	memset((char *)*array + nr * size, 0, size);
	return (char *)*array + nr * size;
}

/* ---- Places -------------------------------------------------------------- */

static const char *behind(const char *path, const char *marker)
{
	const char *last = NULL, *at = path;

	while ((at = strstr(at, marker)))
		last = at++;
	return last ? last + strlen(marker) : NULL;
}

/* A header of the tree that was seen by a link in the folder real/. */
static char *real_header(const struct code *code, const char *name)
{
	char *link = text_of("%s/real/%s", code->folder, name);
	size_t root = strlen(code->root);
	char target[PATH_MAX];
	ssize_t len = readlink(link, target, sizeof(target) - 1);

	free(link);
	if (len > 0) {
		target[len] = '\0';
		if (!strncmp(target, code->root, root) && target[root] == '/')
			return text_of("%s", target + root + 1);
	}
	return text_of("include/%s", name);
}

/*
 * The path from the top of the tree or of pfnsim.  A compiler cache may have the
 * object from another folder: only what stands behind the top counts.
 */
static char *relative(const struct code *code, const char *path, bool *in_tree)
{
	const char *at;

	*in_tree = true;
	if ((at = behind(path, "/real/")))
		return real_header(code, at);
	if ((at = behind(path, "/src/include/")) && behind(code->root, "/src"))
		return text_of("include/%s", at);
	if ((at = behind(path, "/virt/kvm/")) && !strstr(at, "sim/kernel/") &&
	    !strstr(at, "include/"))
		return text_of("virt/kvm/%s", at);
	if ((at = behind(path, "/x86/")) && !strchr(at, '/'))
		return text_of("arch/x86/kvm/%s", at);
	*in_tree = false;
	if ((at = behind(path, "/sim/kernel/")))
		return text_of("sim/kernel/%s", at);
	if ((at = behind(path, "/sim/border/")))
		return text_of("sim/border/%s", at);
	if ((at = behind(path, "/include/")))
		return text_of("include/%s", at);
	*in_tree = true;
	if ((at = behind(path, "/lib/")))
		return text_of("lib/%s", at);
	return text_of("%s", path);
}

static char *place_of(const struct code *code, const char *path, int line,
		      bool *in_tree)
{
	char *file = relative(code, path ? path : "?", in_tree);
	char *place = text_of("%s:%d", file, line);

	free(file);
	return place;
}

static char *place_of_die(const struct code *code, Dwarf_Die *die,
			  bool *in_tree)
{
	const char *path = dwarf_decl_file(die);
	Dwarf_Die unit;
	int line = 0;

	/* File 0 is the unit's own, as clang numbers it; libdw has no name for it. */
	if (!path && dwarf_diecu(die, &unit, NULL, NULL))
		path = dwarf_diename(&unit);
	dwarf_decl_line(die, &line);
	return place_of(code, path, line, in_tree);
}

/* ---- Debug information --------------------------------------------------- */

static void add_function(struct reader *reader, Dwarf_Die *die)
{
	struct code *code = reader->code;
	struct code_function *function;
	Dwarf_Attribute attr;

	if (!dwarf_diename(die))
		return;
	function = ARRAY_ADD(code->functions, code->nr_functions);
	function->name = text_of("%s", dwarf_diename(die));
	function->prototype = typetext_prototype(die);
	function->place = place_of_die(code, die, &function->in_tree);
	function->set = reader->set;
	function->defined = !dwarf_hasattr(die, DW_AT_declaration);
	function->external = dwarf_attr_integrate(die, DW_AT_external, &attr);
}

static void add_inlined(struct reader *reader, Dwarf_Die *die, const char *by)
{
	struct code *code = reader->code;
	struct code_use *use;
	bool in_tree;
	char *place;

	if (!dwarf_diename(die))
		return;
	place = place_of_die(code, die, &in_tree);
	if (!in_tree) {
		use = ARRAY_ADD(code->uses, code->nr_uses);
		use->name = text_of("%s", dwarf_diename(die));
		use->by = text_of("%s", by);
		use->file = text_of("%s", reader->file);
		use->place = text_of("%s", "");
		use->inlined = true;
	}
	free(place);
}

/* Everything that was inlined into @by, however deep. */
static void find_inlined(struct reader *reader, Dwarf_Die *parent,
			 const char *by)
{
	Dwarf_Die child;
	int left;

	for (left = dwarf_child(parent, &child); !left;
	     left = dwarf_siblingof(&child, &child)) {
		if (dwarf_tag(&child) == DW_TAG_inlined_subroutine)
			add_inlined(reader, &child, by);
		find_inlined(reader, &child, by);
	}
}

static void add_type(struct reader *reader, Dwarf_Die *die)
{
	static const struct {
		int tag;
		const char *keyword;
	} kinds[] = { { DW_TAG_structure_type, "struct " },
		      { DW_TAG_union_type, "union " },
		      { DW_TAG_enumeration_type, "enum " },
		      { DW_TAG_typedef, "" } };
	struct code *code = reader->code;
	struct code_type *type;
	bool in_tree;
	char *place;
	size_t i = 0;

	while (kinds[i].tag != dwarf_tag(die))
		i++;
	if (!dwarf_diename(die) || dwarf_hasattr(die, DW_AT_declaration))
		return;
	place = place_of_die(code, die, &in_tree);
	if (!in_tree) {
		free(place);
		return;
	}
	type = ARRAY_ADD(code->types, code->nr_types);
	type->name = text_of("%s%s", kinds[i].keyword, dwarf_diename(die));
	type->text = typetext_definition(die);
	type->place = place;
}

static void read_unit(struct reader *reader, Dwarf_Die *unit)
{
	Dwarf_Die child;
	int left;

	for (left = dwarf_child(unit, &child); !left;
	     left = dwarf_siblingof(&child, &child)) {
		switch (dwarf_tag(&child)) {
		case DW_TAG_subprogram:
			add_function(reader, &child);
			if (reader->set == SET_CODE &&
			    dwarf_hasattr(&child, DW_AT_low_pc))
				find_inlined(reader, &child,
					     dwarf_diename(&child));
			break;
		case DW_TAG_structure_type:
		case DW_TAG_union_type:
		case DW_TAG_enumeration_type:
		case DW_TAG_typedef:
			if (reader->set == SET_CODE)
				add_type(reader, &child);
			break;
		}
	}
}

static void add_headers(struct reader *reader, Dwarf_Die *unit)
{
	struct code *code = reader->code;
	Dwarf_Files *files;
	size_t nr;

	if (dwarf_getsrcfiles(unit, &files, &nr))
		return;
	for (size_t i = 0; i < nr; i++) {
		const char *path = dwarf_filesrc(files, i, NULL, NULL);
		bool in_tree;
		char *file;

		if (!path)
			continue;
		file = relative(code, path, &in_tree);
		if (in_tree && strlen(file) > 2 &&
		    !strcmp(file + strlen(file) - 2, ".h"))
			*ARRAY_ADD(code->headers, code->nr_headers) = file;
		else
			free(file);
	}
}

/* ---- Relocations --------------------------------------------------------- */

/* ".text.kvm_gpc_init": each function and object has a section of its own. */
static char *section_owner(Elf *elf, size_t index, const char *name)
{
	Elf_Scn *scn = NULL;
	GElf_Shdr shdr;
	GElf_Sym sym;

	while ((scn = elf_nextscn(elf, scn))) {
		Elf_Data *data;

		if (!gelf_getshdr(scn, &shdr) || shdr.sh_type != SHT_SYMTAB)
			continue;
		data = elf_getdata(scn, NULL);
		for (size_t i = 0; i < shdr.sh_size / shdr.sh_entsize; i++) {
			int type;

			if (!gelf_getsym(data, i, &sym) ||
			    sym.st_shndx != index)
				continue;
			type = GELF_ST_TYPE(sym.st_info);
			if (type == STT_FUNC || type == STT_OBJECT)
				return text_of("%s",
					       elf_strptr(elf, shdr.sh_link,
							  sym.st_name));
		}
	}
	return text_of("%s", name);
}

/* By the unit: clang writes no table of the addresses of units. */
static char *place_at(struct reader *reader, const GElf_Shdr *section,
		      GElf_Addr offset)
{
	Dwarf_Line *line = dwarf_getsrc_die(
		reader->unit, section->sh_addr + offset + reader->elf_bias -
				      reader->dwarf_bias);
	const char *path = line ? dwarf_linesrc(line, NULL, NULL) : NULL;
	bool in_tree;
	int number;

	if (!path || dwarf_lineno(line, &number))
		return text_of("%s", "");
	return place_of(reader->code, path, number, &in_tree);
}

static void add_use(struct reader *reader, const char *name, const char *by,
		    const GElf_Shdr *section, GElf_Addr offset)
{
	struct code *code = reader->code;
	struct code_use *use = ARRAY_ADD(code->uses, code->nr_uses);

	use->name = text_of("%s", name);
	use->by = text_of("%s", by);
	use->file = text_of("%s", reader->file);
	use->place = section->sh_flags & SHF_EXECINSTR ?
			     place_at(reader, section, offset) :
			     text_of("%s", "");
}

static void read_relocations(struct reader *reader, Elf *elf, Elf_Scn *scn,
			     const GElf_Shdr *shdr)
{
	Elf_Scn *target = elf_getscn(elf, shdr->sh_info);
	Elf_Scn *symtab = elf_getscn(elf, shdr->sh_link);
	Elf_Data *data = elf_getdata(scn, NULL), *symbols;
	GElf_Shdr section, table;
	size_t strings;
	char *by;

	if (!gelf_getshdr(target, &section) || !gelf_getshdr(symtab, &table) ||
	    !(section.sh_flags & SHF_ALLOC) || elf_getshdrstrndx(elf, &strings))
		return;
	symbols = elf_getdata(symtab, NULL);
	by = section_owner(elf, shdr->sh_info,
			   elf_strptr(elf, strings, section.sh_name));
	for (size_t i = 0; i < shdr->sh_size / shdr->sh_entsize; i++) {
		GElf_Rela rela;
		GElf_Sym sym;

		if (!gelf_getrela(data, i, &rela) ||
		    !gelf_getsym(symbols, GELF_R_SYM(rela.r_info), &sym) ||
		    sym.st_shndx != SHN_UNDEF || !sym.st_name)
			continue;
		add_use(reader, elf_strptr(elf, table.sh_link, sym.st_name), by,
			&section, rela.r_offset);
	}
	free(by);
}

static void read_uses(struct reader *reader)
{
	Elf *elf = dwfl_module_getelf(reader->module, &reader->elf_bias);
	Elf_Scn *scn = NULL;
	GElf_Shdr shdr;

	while (elf && (scn = elf_nextscn(elf, scn)))
		if (gelf_getshdr(scn, &shdr) && shdr.sh_type == SHT_RELA)
			read_relocations(reader, elf, scn, &shdr);
}

/* -------------------------------------------------------------------------- */

static void read_module(struct reader *reader)
{
	Dwarf_Die *unit = NULL;

	while ((unit = dwfl_module_nextcu(reader->module, unit,
					  &reader->dwarf_bias))) {
		const char *name = dwarf_diename(unit);
		bool in_tree;
		char *file = relative(reader->code, name ? name : "?",
				      &in_tree);

		reader->file = file;
		reader->unit = unit;
		read_unit(reader, unit);
		if (reader->set == SET_CODE) {
			add_headers(reader, unit);
			read_uses(reader);
		}
		free(file);
	}
}

int object_read(struct code *code, const char *path, enum code_set set)
{
	static const Dwfl_Callbacks callbacks = {
		.find_elf = dwfl_build_id_find_elf,
		.find_debuginfo = dwfl_standard_find_debuginfo,
		.section_address = dwfl_offline_section_address,
	};
	struct reader reader = { .code = code, .set = set };
	Dwfl *dwfl = dwfl_begin(&callbacks);

	if (!dwfl)
		return -ENOMEM;
	dwfl_report_begin(dwfl);
	reader.module = dwfl_report_offline(dwfl, path, path, -1);
	dwfl_report_end(dwfl, NULL, NULL);
	if (reader.module)
		read_module(&reader);
	dwfl_end(dwfl);
	return reader.module ? 0 : -EINVAL;
}

static void add_symbols(Elf *elf, Elf_Scn *scn, const GElf_Shdr *shdr,
			char ***names, size_t *nr)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	GElf_Sym sym;

	for (size_t i = 0; i < shdr->sh_size / shdr->sh_entsize; i++) {
		int type;

		if (!gelf_getsym(data, i, &sym) || sym.st_shndx == SHN_UNDEF)
			continue;
		type = GELF_ST_TYPE(sym.st_info);
		if (type == STT_FUNC || type == STT_OBJECT)
			*ARRAY_ADD(*names, *nr) = text_of(
				"%s",
				elf_strptr(elf, shdr->sh_link, sym.st_name));
	}
}

static int by_string(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int object_symbols(const char *path, char ***names, size_t *nr)
{
	FILE *file = fopen(path, "re");
	Elf_Scn *scn = NULL;
	GElf_Shdr shdr;
	Elf *elf;

	if (!file)
		return -errno;
	elf_version(EV_CURRENT);
	elf = elf_begin(fileno(file), ELF_C_READ_MMAP, NULL);
	while (elf && (scn = elf_nextscn(elf, scn)))
		if (gelf_getshdr(scn, &shdr) && shdr.sh_type == SHT_SYMTAB)
			add_symbols(elf, scn, &shdr, names, nr);
	elf_end(elf);
	fclose(file);
	if (*nr)
		qsort(*names, *nr, sizeof(**names), by_string);
	return *nr ? 0 : -EINVAL;
}
