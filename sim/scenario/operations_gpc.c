// SPDX-License-Identifier: GPL-2.0-only
/* Operations on caches. */
#include <errno.h>
#include <string.h>

#include "operations.h"
#include "points.h"

static unsigned long cache_count(const struct cache_desc *cache)
{
	return cache->count ? cache->count : 1;
}

static unsigned long step_len(const struct step *step,
			      const struct cache_desc *cache)
{
	return step->args.has_len ? step->args.len : cache->len;
}

static long activate_one(struct machine *machine, const struct step *step,
			 const struct cache_desc *cache, unsigned long n)
{
	const struct step_args *args = &step->args;
	unsigned long len = step_len(step, cache);
	bool by_hva = args->hva.given || (!args->has_gpa && cache->by_hva);
	unsigned long address;

	if (by_hva) {
		address = machine_uva(machine, args->hva.given ? &args->hva :
								 &cache->hva);
		address += args->hva.given ? args->offset : cache->offset;
		return CALL(machine, OP_GPC_ACTIVATE_HVA, cache->first + n,
			    address + n * PAGE_BYTES, len);
	}
	address = args->has_gpa ? args->gpa : cache->gpa;
	return CALL(machine, OP_GPC_ACTIVATE, cache->first + n,
		    address + n * PAGE_BYTES, len);
}

long do_activate(struct machine *machine, const struct step *step,
		 struct step_result *result)
{
	const struct cache_desc *cache =
		&machine->scenario->cache[step->args.cache];
	long ret = 0;

	(void)result;
	for (unsigned long n = 0; n < cache_count(cache) && ret >= 0; n++)
		ret = activate_one(machine, step, cache, n);
	return ret;
}

static long each_cache(struct machine *machine, const struct step *step,
		       enum kernel_op op)
{
	const struct cache_desc *cache =
		&machine->scenario->cache[step->args.cache];
	long ret = 0;

	for (unsigned long n = 0; n < cache_count(cache) && ret >= 0; n++)
		ret = CALL(machine, op, cache->first + n,
			   step_len(step, cache));
	return ret;
}

long do_check(struct machine *machine, const struct step *step,
	      struct step_result *result)
{
	(void)result;
	return each_cache(machine, step, OP_GPC_CHECK);
}

long do_refresh(struct machine *machine, const struct step *step,
		struct step_result *result)
{
	(void)result;
	return each_cache(machine, step, OP_GPC_REFRESH);
}

long do_deactivate(struct machine *machine, const struct step *step,
		   struct step_result *result)
{
	(void)result;
	return each_cache(machine, step, OP_GPC_DEACTIVATE);
}

long do_gpc_read(struct machine *machine, const struct step *step,
		 struct step_result *result)
{
	const struct cache_desc *cache =
		&machine->scenario->cache[step->args.cache];
	unsigned long len = step_len(step, cache);

	if (len > SEES_MAX)
		return -EINVAL;
	return operation_read(machine, OP_GPC_READ, cache->first, len, 0, len,
			      result);
}

long do_gpc_write(struct machine *machine, const struct step *step,
		  struct step_result *result)
{
	const struct cache_desc *cache =
		&machine->scenario->cache[step->args.cache];
	struct op_args args = {
		.a = { cache->first, step->args.text.len },
		.buf = step->args.text.data,
	};

	(void)result;
	return operation_call(machine, OP_GPC_WRITE, &args);
}
