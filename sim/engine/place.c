// SPDX-License-Identifier: GPL-2.0-only
#include "place.h"

#include <dwarf.h>
#include <elfutils/libdwfl.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

/* Of these frames one is of the code under test, or none is. */
#define MAX_KEPT 10
#define MAX_SOURCE 160

/* What is known of addresses: a hash table, open and at most half full. */
#define CACHE_SIZE 8192
struct known {
	uintptr_t address;
	struct place place; /* path NULL: not code under test */
	char source[MAX_SOURCE];
	char function[64];
};
static struct known *known[CACHE_SIZE];
static unsigned int nr_known;

void place_forget(void)
{
	for (size_t i = 0; i < CACHE_SIZE && nr_known; i++) {
		nr_known -= known[i] != NULL;
		free(known[i]);
		known[i] = NULL;
	}
}

void place_keep(struct trace *trace, struct trace_event *event,
		const struct stack_place *from)
{
	uintptr_t addresses[MAX_KEPT];
	unsigned int nr = symbols_stack(addresses, MAX_KEPT, from);
	uintptr_t *stack = nr ? trace_space(trace, nr * sizeof(*stack)) : NULL;

	if (!stack)
		return;
	memcpy(stack, addresses, nr * sizeof(*stack));
	event->stack = stack;
	event->nr_stack = nr;
}

/* ---- Paths --------------------------------------------------------------- */

/* The build reaches a tree's xen.c, which includes private headers, by a link. */
static bool is_linked_xen(const char *path)
{
	static const char end[] = "/x86/xen.c";
	size_t len = strlen(path);

	return len >= strlen(end) && !strcmp(path + len - strlen(end), end);
}

const char *place_in_tree(const char *path)
{
	static const char *const folders[] = { "virt/kvm/", "arch/x86/kvm/" };

	if (is_linked_xen(path))
		return "arch/x86/kvm/xen.c";

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		const char *found = NULL, *at = path;

		while ((at = strstr(at, folders[i]))) {
			if (at == path || at[-1] == '/')
				found = at;
			at++;
		}
		if (found)
			return found;
	}
	return NULL;
}

/* ---- Debug information --------------------------------------------------- */

static bool is_function(Dwarf_Die *die)
{
	int tag = dwarf_tag(die);

	return tag == DW_TAG_inlined_subroutine || tag == DW_TAG_subprogram;
}

static void set_function(struct known *found, Dwarf_Die *scopes, int nr)
{
	for (int i = 0; i < nr; i++) {
		Dwarf_Attribute attr;
		const char *name;

		if (!is_function(&scopes[i]))
			continue;
		name = dwarf_formstring(
			dwarf_attr_integrate(&scopes[i], DW_AT_name, &attr));
		if (name)
			strncpy(found->function, name,
				sizeof(found->function) - 1);
		return;
	}
}

static void set_place(struct known *found, Dwarf_Die *cu, const char *path,
		      int line)
{
	Dwarf_Attribute attr;
	const char *folder = dwarf_formstring(
		dwarf_attr(cu, DW_AT_comp_dir, &attr));

	found->place.path = place_in_tree(path);
	found->place.line = line;
	symbols_read_line(folder, path, line, found->source,
			  sizeof(found->source));
}

/* Where the inlined function @scope was called, or NULL. */
static const char *call_site(Dwarf_Die *cu, Dwarf_Die *scope, int *line)
{
	Dwarf_Attribute attr;
	Dwarf_Word file, number;
	Dwarf_Files *files;
	size_t nr;

	if (dwarf_tag(scope) != DW_TAG_inlined_subroutine ||
	    dwarf_formudata(dwarf_attr(scope, DW_AT_call_file, &attr), &file) ||
	    dwarf_formudata(dwarf_attr(scope, DW_AT_call_line, &attr),
			    &number) ||
	    dwarf_getsrcfiles(cu, &files, &nr) || file >= nr)
		return NULL;
	*line = number;
	return dwarf_filesrc(files, file, NULL, NULL);
}

/*
 * Functions of include/ are inlined into the code under test: the line is where
 * the outermost of them is called.
 */
static void climb(struct known *found, Dwarf_Die *cu, Dwarf_Die *scopes, int nr)
{
	for (int i = 0; i < nr; i++) {
		int line;
		const char *path = call_site(cu, &scopes[i], &line);

		if (!path || !place_in_tree(path))
			continue;
		set_place(found, cu, path, line);
		set_function(found, scopes + i + 1, nr - i - 1);
		return;
	}
}

/* The scopes around @address as they nest in the code, innermost first. */
static int scopes_at(Dwarf_Die *cu, Dwarf_Addr address, Dwarf_Die **scopes)
{
	Dwarf_Die *innermost = NULL;
	int nr = 0;

	if (dwarf_getscopes(cu, address, &innermost) > 0)
		nr = dwarf_getscopes_die(&innermost[0], scopes);
	free(innermost);
	return nr;
}

static void look_up(struct known *found)
{
	Dwfl_Module *module = dwfl_addrmodule(symbols_debug(), found->address);
	Dwarf_Addr bias;
	Dwarf_Die *cu = dwfl_module_addrdie(module, found->address, &bias);
	Dwfl_Line *line = dwfl_module_getsrc(module, found->address);
	Dwarf_Die *scopes = NULL;
	const char *path;
	int number, nr;

	if (!cu || !line)
		return;
	path = dwfl_lineinfo(line, NULL, &number, NULL, NULL, NULL);
	nr = scopes_at(cu, found->address - bias, &scopes);
	if (path && place_in_tree(path)) {
		set_place(found, cu, path, number);
		set_function(found, scopes, nr);
	} else {
		climb(found, cu, scopes, nr);
	}
	free(scopes);
	found->place.source = *found->source ? found->source : NULL;
	found->place.function = *found->function ? found->function : NULL;
}

static const struct known *known_at(uintptr_t address)
{
	size_t at = (address ^ address >> 13) % CACHE_SIZE;

	while (known[at] && known[at]->address != address)
		at = (at + 1) % CACHE_SIZE;
	if (known[at])
		return known[at];
	if (nr_known == CACHE_SIZE / 2)
		return NULL;
	known[at] = calloc(1, sizeof(*known[at]));
	if (!known[at])
		abort();
	nr_known++;
	known[at]->address = address;
	look_up(known[at]);
	return known[at];
}

/* ---- Traces -------------------------------------------------------------- */

/* A copy that lives as long as the trace. */
static const struct place *copy_place(struct trace *trace,
				      const struct place *from)
{
	struct place *place = trace_space(trace, sizeof(*place));

	if (!place)
		return NULL;
	place->line = from->line;
	place->path = trace_text(trace, "%s", from->path);
	if (from->function)
		place->function = trace_text(trace, "%s", from->function);
	if (from->source)
		place->source = trace_text(trace, "%s", from->source);
	return place;
}

void place_find(struct trace *trace)
{
	for (size_t i = 0; symbols_debug() && i < trace->nr; i++) {
		struct trace_event *event = &trace->events[i];

		for (unsigned int j = 0; j < event->nr_stack; j++) {
			const struct known *found = known_at(event->stack[j]);

			if (event->place || !found || !found->place.path)
				continue;
			event->place = copy_place(trace, &found->place);
		}
	}
}
