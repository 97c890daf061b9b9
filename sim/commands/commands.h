/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The commands of the command line.  Each carries out what cli_parse()
 * understood, prints, and returns the exit status.
 */
#ifndef PFNSIM_COMMANDS_COMMANDS_H
#define PFNSIM_COMMANDS_COMMANDS_H

#include "cli.h"

int command_new(const struct cli_options *options);
int command_run(const struct cli_options *options);
int command_explore(const struct cli_options *options);
int command_merge(const struct cli_options *options);
int command_replay(const struct cli_options *options);
int command_report(const struct cli_options *options);
int command_soak(const struct cli_options *options);
int command_compare(const struct cli_options *options);
int command_series(const struct cli_options *options);
int command_lint(const struct cli_options *options);
int command_list(const struct cli_options *options);
int command_points(const struct cli_options *options);
int command_kernel(const struct cli_options *options);
int command_kernels(const struct cli_options *options);
int command_schema(const struct cli_options *options);
int command_bench(const struct cli_options *options);
/* `pfnsim bench scale`. */
int bench_scale(const struct cli_options *options);
int command_version(const struct cli_options *options);

#endif /* PFNSIM_COMMANDS_COMMANDS_H */
