// SPDX-License-Identifier: GPL-2.0-only
/* What a case expects against what its execution left. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks.h"
#include "errnos.h"
#include "points.h"
#include "session.h"

void result_add(struct case_result *result, struct pos pos, char *text)
{
	struct finding *finding;

	result->findings = realloc(result->findings,
				   (result->nr_findings + 1) *
					   sizeof(*result->findings));
	if (!result->findings)
		abort();
	finding = &result->findings[result->nr_findings++];
	*finding = (struct finding){
		.text = text,
		.event = (size_t)-1,
		.pfn = HOST_NO_PFN,
		.pos = pos,
	};
}

/* ---- Values -------------------------------------------------------------- */

static bool sees(const struct step_result *result, const struct bytes *want)
{
	size_t len = want->zeros ? result->len : want->len;

	if (len > result->len)
		return false;
	for (size_t i = 0; i < len; i++)
		if (result->bytes[i] != (want->zeros ? 0 : want->data[i]))
			return false;
	return true;
}

static bool printable(const unsigned char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (bytes[i] < 0x20 || bytes[i] > 0x7e)
			return false;
	return true;
}

static char *show_bytes(const unsigned char *bytes, size_t len)
{
	char *text = text_of("{hex:");
	bool zero = true;

	for (size_t i = 0; i < len; i++)
		zero &= !bytes[i];
	if (zero || printable(bytes, len)) {
		free(text);
		return zero ? text_of("zeros") :
			      text_of("'%.*s'", (int)len, bytes);
	}
	for (size_t i = 0; i < len && i < 16; i++) {
		char *longer = text_of("%s %02x%s", text, bytes[i],
				       i + 1 == len || i == 15 ? "}" : "");

		free(text);
		text = longer;
	}
	return text;
}

static const char *ret_text(long ret)
{
	static char number[24];
	const char *name = ret < 0 ? errno_name(-ret) : NULL;

	if (name)
		snprintf(number, sizeof(number), "-%s", name);
	else
		snprintf(number, sizeof(number), "%ld", ret);
	return number;
}

/* ---- Expectations: each returns NULL where it holds, else a sentence ------ */

static char *check_outcome(const char *who, const struct step_result *result,
			   const struct outcome *want)
{
	char *seen, *wanted, *text;

	if (!result->done)
		return text_of("%s never returned", who);
	if (want->has_ret && want->ret != result->ret) {
		char *got = text_of("%s", ret_text(result->ret));

		text = text_of("%s returned %s, not %s", who, got,
			       ret_text(want->ret));
		free(got);
		return text;
	}
	if (!want->has_sees)
		return NULL;
	if (result->ret < 0)
		return text_of("%s returned %s and saw nothing", who,
			       ret_text(result->ret));
	if (sees(result, &want->sees))
		return NULL;
	seen = show_bytes(result->bytes, result->len);
	wanted = want->sees.zeros ? text_of("zeros") :
				    show_bytes(want->sees.data, want->sees.len);
	text = text_of("%s saw %s, not %s", who, seen, wanted);
	free(seen);
	free(wanted);
	return text;
}

static char *check_step(struct session *session, const struct want_step *want)
{
	const struct scenario *scn = session->scenario;
	const struct step *step;
	char *who, *text;

	if (want->task == SCN_NONE) {
		step = &scn->setup[want->step];
		return check_outcome(step->id ? step->id : "setup",
				     &session->setup_result[want->step],
				     &want->want);
	}
	step = &scn->task[want->task].steps[want->step];
	who = text_of("%s (%s of %s)", step->id, scenario_op_name(step->op),
		      scn->task[want->task].name);
	text = check_outcome(who, &session->result[want->task][want->step],
			     &want->want);
	free(who);
	return text;
}

static const char *map_name(enum map_kind kind)
{
	static const char *const names[] = {
		[MAP_NONE] = "nothing",	     [MAP_DIRECT] = "the direct map",
		[MAP_KMAP] = "kmap",	     [MAP_VMAP] = "vmap",
		[MAP_MEMREMAP] = "memremap",
	};

	return names[kind];
}

static char *check_cache_page(struct session *session, const char *name,
			      const struct want_gpc *want, unsigned long nth,
			      const struct gpc_view *gpc)
{
	unsigned long right = machine_page(&session->machine, &want->page, nth);

	if (gpc->khva && gpc->pfn == right && right != HOST_NO_PFN)
		return NULL;
	return text_of("cache %s has %s, but %s is there now", name,
		       gpc->khva ? page_name(gpc->pfn) : "no page",
		       page_name(right));
}

static char *check_cache(struct session *session, const struct want_gpc *want,
			 const struct cache_desc *cache, unsigned long nth)
{
	const struct gpc_view *gpc = &session->gpcs[cache->first + nth];
	struct mapping_view mapping = { .kind = MAP_NONE };

	if (want->valid >= 0 && gpc->valid != want->valid)
		return text_of("cache %s is %s at the end", cache->name,
			       gpc->valid ? "valid" : "not valid");
	if (want->active >= 0 && gpc->active != want->active)
		return text_of("cache %s is %s at the end", cache->name,
			       gpc->active ? "active" : "not active");
	if (want->khva_null && gpc->khva)
		return text_of("cache %s still has a khva", cache->name);
	if (want->mapped_by >= 0) {
		if (gpc->khva)
			kernel_look(session->kernel->desc, VIEW_MAPPING,
				    gpc->khva, &mapping);
		if ((int)mapping.kind != want->mapped_by)
			return text_of("cache %s is mapped by %s, not %s",
				       cache->name, map_name(mapping.kind),
				       map_name(want->mapped_by));
	}
	return want->has_page ?
		       check_cache_page(session, cache->name, want, nth, gpc) :
		       NULL;
}

static char *check_gpc(struct session *session, const struct want_gpc *want)
{
	const struct cache_desc *cache = &session->scenario->cache[want->cache];
	unsigned long count = cache->count ? cache->count : 1;
	char *text = NULL;

	for (unsigned long n = 0; n < count && !text; n++)
		text = check_cache(session, want, cache, n);
	return text;
}

static char *check_counter(struct session *session,
			   const struct want_counter *want)
{
	unsigned long value = want->retries ? session->retries :
					      session->counters[want->counter];
	const char *name = want->retries ? "gpc.retries" :
					   kernel_counter_name(want->counter);

	if (value >= want->range.lo && value <= want->range.hi)
		return NULL;
	if (want->range.lo == want->range.hi)
		return text_of("%s is %lu, not %lu", name, value,
			       want->range.lo);
	if (want->range.hi == ~0UL)
		return text_of("%s is %lu, not %lu or more", name, value,
			       want->range.lo);
	return text_of("%s is %lu, not %lu to %lu", name, value, want->range.lo,
		       want->range.hi);
}

/* Adds a finding for each part of @want that does not hold; counts them. */
static unsigned int check_want(struct session *session, const struct want *want,
			       struct case_result *result)
{
	unsigned int failed = 0;
	char *text;

	for (size_t i = 0; i < want->nr_steps; i++) {
		text = check_step(session, &want->steps[i]);
		failed += text != NULL;
		if (text && result)
			result_add(result, want->steps[i].want.pos, text);
		else
			free(text);
	}
	for (size_t i = 0; i < want->nr_gpcs; i++) {
		text = check_gpc(session, &want->gpcs[i]);
		failed += text != NULL;
		if (text && result)
			result_add(result, want->gpcs[i].pos, text);
		else
			free(text);
	}
	for (size_t i = 0; i < want->nr_counters; i++) {
		text = check_counter(session, &want->counters[i]);
		failed += text != NULL;
		if (text && result)
			result_add(result, want->counters[i].pos, text);
		else
			free(text);
	}
	return failed;
}

/* `ret:` and `sees:` that stand at the steps themselves. */
static void check_own_outcomes(struct session *session,
			       struct case_result *result)
{
	const struct scenario *scn = session->scenario;

	for (size_t t = 0; t < scn->nr_task; t++) {
		for (size_t i = 0; i < scn->task[t].nr_steps; i++) {
			const struct step *step = &scn->task[t].steps[i];
			char *who, *text;

			if (!step->want.has_ret && !step->want.has_sees)
				continue;
			who = text_of("%s of %s", scenario_op_name(step->op),
				      scn->task[t].name);
			text = check_outcome(who, &session->result[t][i],
					     &step->want);
			free(who);
			if (text)
				result_add(result, step->want.pos, text);
		}
	}
}

static bool own_outcomes_hold(struct session *session)
{
	const struct scenario *scn = session->scenario;

	for (size_t t = 0; t < scn->nr_task; t++) {
		for (size_t i = 0; i < scn->task[t].nr_steps; i++) {
			const struct outcome *want =
				&scn->task[t].steps[i].want;
			char *text;

			if (!want->has_ret && !want->has_sees)
				continue;
			text = check_outcome("", &session->result[t][i], want);
			free(text);
			if (text)
				return false;
		}
	}
	return true;
}

bool session_holds(struct session *session, const struct case_desc *desc,
		   uint64_t *witnessed)
{
	const struct expect *expect = &desc->expect;
	bool any = !expect->nr_final;
	bool holds = (desc->hazards_alone || own_outcomes_hold(session)) &&
		     !check_want(session, &expect->all, NULL);

	for (size_t i = 0; i < expect->nr_always && holds; i++)
		holds = !check_want(session, &expect->always[i], NULL);
	for (size_t i = 0; i < expect->nr_final && !any; i++)
		any = !check_want(session, &expect->final[i], NULL);
	for (size_t i = 0; i < expect->nr_sometimes && i < 64; i++)
		if (!(*witnessed >> i & 1) &&
		    !check_want(session, &expect->sometimes[i], NULL))
			*witnessed |= 1ULL << i;
	return holds && any;
}

void session_judge(struct session *session, const struct case_desc *desc,
		   struct case_result *result)
{
	const struct expect *expect = &desc->expect;
	bool any = !expect->nr_final;

	if (!desc->hazards_alone)
		check_own_outcomes(session, result);
	check_want(session, &expect->all, result);
	for (size_t i = 0; i < expect->nr_always; i++)
		check_want(session, &expect->always[i], result);
	for (size_t i = 0; i < expect->nr_final && !any; i++)
		any = !check_want(session, &expect->final[i], NULL);
	if (!any)
		result_add(result, expect->final[0].pos,
			   text_of("the final state is none of those that "
				   "final: any-of: lists"));
	/* A search counts what it sees sometimes. */
	if (desc->kind != CASE_ORDER || desc->one_of_many)
		return;
	for (size_t i = 0; i < expect->nr_sometimes; i++)
		if (check_want(session, &expect->sometimes[i], NULL))
			result_add(result, expect->sometimes[i].pos,
				   text_of("1 schedule ran, and it does not "
					   "satisfy this `sometimes`"));
}
