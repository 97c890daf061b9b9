/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the kernels are unless the command line says otherwise.
 */
#ifndef PFNSIM_CLI_KERNELDIR_H
#define PFNSIM_CLI_KERNELDIR_H

/*
 * PFNSIM_KERNELS where it is set and not empty, else `kernels` in the directory
 * of the running executable.  The caller frees it; NULL where there is no memory
 * or no way to know.
 */
char *cli_kernel_dir(void);

#endif /* PFNSIM_CLI_KERNELDIR_H */
