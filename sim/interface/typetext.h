/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Types as debug information has them, written in C.
 */
#ifndef PFNSIM_INTERFACE_TYPETEXT_H
#define PFNSIM_INTERFACE_TYPETEXT_H

#include <elfutils/libdw.h>

/* "struct folio *f(struct file *, unsigned long)" of a subprogram; free() it. */
char *typetext_prototype(Dwarf_Die *function);

/*
 * The definition of a named struct, union, enum or typedef, a member a line;
 * free() it.
 */
char *typetext_definition(Dwarf_Die *type);

#endif /* PFNSIM_INTERFACE_TYPETEXT_H */
