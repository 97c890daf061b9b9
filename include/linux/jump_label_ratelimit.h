/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Branches that are patched in.
 *
 * Fidelity: EMULATED - a key is a counter that is read at every branch; one
 * that is to be disabled later is disabled at once.
 */
#ifndef PFNSIM_LINUX_JUMP_LABEL_RATELIMIT_H
#define PFNSIM_LINUX_JUMP_LABEL_RATELIMIT_H

struct static_key_false {
	int enabled;
};

struct static_key_false_deferred {
	struct static_key_false key;
};

#define DEFINE_STATIC_KEY_DEFERRED_FALSE(name, rate)                           \
	struct static_key_false_deferred name
#define static_branch_unlikely(key) ((key)->enabled > 0)
#define static_branch_inc(key) ((void)(key)->enabled++)
#define static_branch_slow_dec_deferred(deferred)                              \
	((void)(deferred)->key.enabled--)

#endif /* PFNSIM_LINUX_JUMP_LABEL_RATELIMIT_H */
