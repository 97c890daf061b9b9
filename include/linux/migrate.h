/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fidelity: EMULATED - migration is started by mm_migrate() of sim/kernel/mm;
 * code under test only supplies ->migrate_folio().
 */
#ifndef _LINUX_MIGRATE_H
#define _LINUX_MIGRATE_H

#include <linux/migrate_mode.h>
#include <linux/mm.h>

#endif /* _LINUX_MIGRATE_H */
