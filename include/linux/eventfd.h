/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * File descriptors that count events.
 *
 * Fidelity: TRAP - none exists; whoever looks for one stops the run.
 */
#ifndef PFNSIM_LINUX_EVENTFD_H
#define PFNSIM_LINUX_EVENTFD_H

struct eventfd_ctx;

struct eventfd_ctx *eventfd_ctx_fdget(int fd);
void eventfd_ctx_put(struct eventfd_ctx *ctx);
void eventfd_signal(struct eventfd_ctx *ctx);

#endif /* PFNSIM_LINUX_EVENTFD_H */
