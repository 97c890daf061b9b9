/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hooks for CPUs that come and go.
 *
 * Fidelity: EMULATED - one CPU that is online from the start.
 */
#ifndef PFNSIM_LINUX_CPUHOTPLUG_H
#define PFNSIM_LINUX_CPUHOTPLUG_H

enum cpuhp_state {
	CPUHP_AP_KVM_STARTING,
	CPUHP_AP_KVM_ONLINE,
};

typedef int (*cpuhp_hook_t)(unsigned int cpu);

/* Returns what @startup does, or 0. */
static inline int cpuhp_setup_state(enum cpuhp_state state, const char *name,
				    cpuhp_hook_t startup, cpuhp_hook_t teardown)
{
	return startup ? startup(0) : 0;
}

static inline void cpuhp_remove_state(enum cpuhp_state state)
{
}
#define cpuhp_remove_state_nocalls(state) cpuhp_remove_state(state)

static inline int cpuhp_setup_state_nocalls(enum cpuhp_state state,
					    const char *name,
					    cpuhp_hook_t startup,
					    cpuhp_hook_t teardown)
{
	return 0;
}
#define cpuhp_setup_state_nocalls_cpuslocked(s, n, up, down)                   \
	cpuhp_setup_state_nocalls(s, n, up, down)

#endif /* PFNSIM_LINUX_CPUHOTPLUG_H */
