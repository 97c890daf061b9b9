// SPDX-License-Identifier: GPL-2.0-only
/* What the architecture does with caches of its own. */
#include "operations.h"

static const struct cache_desc *step_cache(const struct machine *machine,
					   const struct step *step)
{
	return &machine->scenario->cache[step->args.cache];
}

long do_clock_enable(struct machine *machine, const struct step *step,
		     struct step_result *result)
{
	(void)result;
	return CALL(machine, OP_CLOCK_ENABLE, machine->state.vm_fd,
		    step->args.has_gpa ? step->args.gpa :
					 step_cache(machine, step)->gpa);
}

long do_clock_write(struct machine *machine, const struct step *step,
		    struct step_result *result)
{
	(void)result;
	return CALL(machine, OP_CLOCK_WRITE, machine->state.vm_fd,
		    step_cache(machine, step)->use);
}

long do_clock_update(struct machine *machine, const struct step *step,
		     struct step_result *result)
{
	(void)step;
	(void)result;
	return CALL(machine, OP_CLOCK_UPDATE, machine->state.vm_fd);
}

long do_xen_config(struct machine *machine, const struct step *step,
		   struct step_result *result)
{
	(void)result;
	return CALL(machine, OP_XEN_CONFIG, machine->state.vm_fd,
		    step->args.flags);
}

long do_xen_set(struct machine *machine, const struct step *step,
		struct step_result *result)
{
	const struct cache_desc *cache = step_cache(machine, step);
	const struct step_args *args = &step->args;
	bool by_hva = args->hva.given || (!args->has_gpa && cache->by_hva);
	unsigned long address;

	(void)result;
	if (!by_hva)
		address = args->has_gpa ? args->gpa : cache->gpa;
	else if (args->hva.given)
		address = machine_uva(machine, &args->hva);
	else
		address = machine_uva(machine, &cache->hva) + cache->offset;
	return CALL(machine, OP_XEN_SET, machine->state.vm_fd, cache->use,
		    by_hva, address);
}

long do_xen_unset(struct machine *machine, const struct step *step,
		  struct step_result *result)
{
	const struct cache_desc *cache = step_cache(machine, step);

	(void)result;
	return CALL(machine, OP_XEN_SET, machine->state.vm_fd, cache->use,
		    cache->by_hva, ~0UL);
}

long do_xen_vcpu(struct machine *machine, const struct step *step,
		 struct step_result *result)
{
	enum kernel_op op = step->op == SOP_XEN_RUN	? OP_XEN_RUN :
			    step->op == SOP_XEN_PREEMPT ? OP_XEN_PREEMPT :
							  OP_XEN_INJECT;

	(void)result;
	return CALL(machine, op, machine->state.vm_fd);
}

long do_xen_event(struct machine *machine, const struct step *step,
		  struct step_result *result)
{
	(void)result;
	return CALL(machine,
		    step->op == SOP_XEN_SEND ? OP_XEN_SEND : OP_XEN_IRQ,
		    machine->state.vm_fd, step->args.port);
}

long do_xen_pending(struct machine *machine, const struct step *step,
		    struct step_result *result)
{
	(void)result;
	return CALL(machine, OP_XEN_PENDING, machine->state.vm_fd,
		    step->args.blocking);
}
