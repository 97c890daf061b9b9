/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reading one object file into struct code.
 */
#ifndef PFNSIM_INTERFACE_OBJECT_H
#define PFNSIM_INTERFACE_OBJECT_H

#include "code.h"

/* Adds what the object at @path says. 0, or a negative errno. */
int object_read(struct code *code, const char *path, enum code_set set);

/*
 * Names of the functions and objects in the symbol table of a linked kernel,
 * sorted; free each and the array.
 */
int object_symbols(const char *path, char ***names, size_t *nr);

/* Room for one more element behind @nr of them, zeroed. */
void *array_grow(void **array, size_t nr, size_t size);

#define ARRAY_ADD(array, nr)                                                   \
	((typeof(array))array_grow((void **)&(array), (nr)++, sizeof(*(array))))

#endif /* PFNSIM_INTERFACE_OBJECT_H */
