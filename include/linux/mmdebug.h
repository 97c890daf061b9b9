/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Assertions of the memory management.
 *
 * Fidelity: EMULATED - always on, as with CONFIG_DEBUG_VM.
 */
#ifndef PFNSIM_LINUX_MMDEBUG_H
#define PFNSIM_LINUX_MMDEBUG_H

#include <linux/bug.h>

#define VM_BUG_ON(cond) BUG_ON(cond)
#define VM_BUG_ON_PAGE(cond, page) BUG_ON(cond)
#define VM_BUG_ON_FOLIO(cond, folio) BUG_ON(cond)
#define VM_BUG_ON_VMA(cond, vma) BUG_ON(cond)
#define VM_BUG_ON_MM(cond, mm) BUG_ON(cond)
#define VM_WARN_ON(cond) ((void)WARN_ON(cond))
#define VM_WARN_ON_ONCE(cond) WARN_ON_ONCE(cond)
#define VM_WARN_ON_ONCE_PAGE(cond, page) WARN_ON_ONCE(cond)
#define VM_WARN_ON_FOLIO(cond, folio) WARN_ON_ONCE(cond)
#define VM_WARN_ON_ONCE_FOLIO(cond, folio) WARN_ON_ONCE(cond)
#define VM_WARN_ON_ONCE_MM(cond, mm) WARN_ON_ONCE(cond)
#define VM_WARN_ONCE(cond, fmt...) WARN_ONCE(cond, fmt)
#define VM_WARN(cond, fmt...) WARN(cond, fmt)
#define VIRTUAL_BUG_ON(cond) BUG_ON(cond)

#endif /* PFNSIM_LINUX_MMDEBUG_H */
