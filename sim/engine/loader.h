/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Loading kernels.  A loaded kernel stays loaded until loader_close(); its
 * writable data is known, so that it can be reset.
 */
#ifndef PFNSIM_ENGINE_LOADER_H
#define PFNSIM_ENGINE_LOADER_H

#include "kernel.h"
#include "world.h"

struct loaded_kernel {
	const struct kernel_desc *desc;
	struct world_image image;
	void *handle;
	char *name; /* file name without ".so" */
	char *path;
	char *revision; /* of its tree, as the build wrote it down, or "" */
	char *cold;	/* writable data as it was when loaded */
	unsigned long load_address;
};

/*
 * Loads the kernel at @path.  Returns 0 and fills @kernel, or a negative errno
 * with a reason for a person in @why (of @size bytes).  -ESTALE: it was compiled
 * with another border, shim or headers than this program knows.
 */
int loader_open(const char *path, struct loaded_kernel *kernel, char *why,
		size_t size);
void loader_close(struct loaded_kernel *kernel);

/* Empties the world and brings the kernel's data back to what was loaded. */
void loader_cold_start(const struct loaded_kernel *kernel);

/*
 * Looks at a kernel's state, as kernel->view(), with the border mute: looking
 * passes no point and reports nothing.
 */
long kernel_look(const struct kernel_desc *kernel, enum kernel_view view,
		 unsigned long id, void *out);

/*
 * Names of the kernels in @dir and in @also, which may be NULL ("reference",
 * "linux-6.12"), sorted, reference first; variants ("reference+...") only with
 * @variants.  Returns how many, or a negative errno where no folder can be read;
 * free each and the array.
 */
int loader_list(const char *dir, const char *also, bool variants,
		char ***names);

#endif /* PFNSIM_ENGINE_LOADER_H */
