// SPDX-License-Identifier: GPL-2.0-only
/* What came of a soak, for people and as JSON. */
#include <stdio.h>
#include <string.h>

#include "buf.h"
#include "escape.h"
#include "points.h"
#include "soak.h"

struct totals {
	struct soak_kind kind[NR_SCENARIO_OPS];
	uint64_t operations, retries, rounds, ns;
	size_t run, skipped, failed;
	uint64_t expected, unexpected;
	/* States that searches know, those of them that runs ended in, others. */
	uint64_t seen_ends, known_ends, unknown_ends, impossible_ends;
	uint64_t orders, orders_seen; /* cases whose end was seen, too */
	size_t compared, complete;    /* files; of which all ends are known */
};

static const char *kind_name(unsigned int kind)
{
	return kind < NR_VIOLATIONS ? violation_name(kind) : "trap";
}

/* ---- End states ------------------------------------------------------------ */

static unsigned int unknown_ends(const struct soak_file *file)
{
	const struct soak_figures *f = file->figures;
	unsigned int nr = 0;

	for (unsigned int i = 0; i < f->nr_ends; i++)
		nr += !f->end[i].known;
	return nr;
}

static bool end_seen(const struct soak_file *file, uint64_t hash)
{
	const struct soak_figures *f = file->figures;

	for (unsigned int i = 0; i < f->nr_ends; i++)
		if (f->end[i].hash == hash)
			return true;
	return false;
}

static unsigned int orders_seen(const struct soak_file *file)
{
	const struct known_ends *known = file->known;
	unsigned int nr = 0;

	for (size_t i = 0; i < known->nr_orders; i++)
		nr += end_seen(file, known->order[i].hash);
	return nr;
}

/* A completed search that lacks the end of an order is wrong by itself. */
static bool lacks_order(const struct known_ends *known, size_t i)
{
	return known->all && !ends_know(known, known->order[i].hash);
}

static bool ends_fail(const struct soak_file *file)
{
	const struct known_ends *known = file->known;
	bool lacks = false;

	for (size_t i = 0; known && i < known->nr_orders; i++)
		lacks |= lacks_order(known, i);
	return lacks || (known && known->all && unknown_ends(file));
}

static void add_up_ends(struct totals *t, const struct soak_file *file)
{
	unsigned int unknown = unknown_ends(file);

	t->compared++;
	t->complete += file->known->all;
	t->seen_ends += file->figures->nr_ends - unknown;
	t->known_ends += file->known->nr_states;
	if (file->known->all)
		t->impossible_ends += unknown;
	else
		t->unknown_ends += unknown;
	t->orders += file->known->nr_orders;
	t->orders_seen += orders_seen(file);
}

/* ---- Verdicts and sums ------------------------------------------------------ */

static bool file_fails(const struct soak_file *file)
{
	const struct soak_figures *f = file->figures;
	bool explained = false;

	if (!file->scenario)
		return true;
	if (file->skipped)
		return false;
	if (ends_fail(file))
		return true;
	for (unsigned int i = 0; i < f->nr_found; i++) {
		if (!f->found[i].expected)
			return true;
		explained |= f->found[i].fatal;
	}
	return f->why[0] || (file->died && !explained);
}

static void add_up(struct totals *t, const struct soak_file *file)
{
	const struct soak_figures *f = file->figures;

	t->failed += file_fails(file);
	if (!file->scenario)
		return;
	if (file->skipped) {
		t->skipped++;
		return;
	}
	t->run++;
	if (file->known)
		add_up_ends(t, file);
	t->operations += f->operations;
	t->retries += f->retries;
	t->rounds += f->rounds;
	t->ns += f->ns;
	for (int i = 0; i < NR_SCENARIO_OPS; i++) {
		t->kind[i].count += f->kind[i].count;
		t->kind[i].failed += f->kind[i].failed;
		t->kind[i].ns += f->kind[i].ns;
		if (t->kind[i].longest < f->kind[i].longest)
			t->kind[i].longest = f->kind[i].longest;
	}
	for (unsigned int i = 0; i < f->nr_found; i++) {
		if (f->found[i].expected)
			t->expected += f->found[i].count;
		else
			t->unexpected += f->found[i].count;
	}
}

static uint64_t longest_of(const struct totals *t, enum scenario_op from,
			   enum scenario_op to)
{
	uint64_t longest = 0;

	for (unsigned int i = from; i <= to; i++)
		if (t->kind[i].longest > longest)
			longest = t->kind[i].longest;
	return longest;
}

static uint64_t longest_refresh(const struct totals *t)
{
	return longest_of(t, SOP_GPC_REFRESH, SOP_GPC_REFRESH);
}

/* Creating, deleting and moving a slot swap the memslots. */
static uint64_t longest_swap(const struct totals *t)
{
	return longest_of(t, SOP_SLOT_CREATE, SOP_SLOT_FLAGS);
}

/* ---- For people ------------------------------------------------------------ */

static void print_found(const struct soak_found *found)
{
	printf("    %s%s: %s\n", found->expected ? "expected " : "",
	       kind_name(found->kind), found->text);
	printf("      by %s%s%s, %lu time%s, first after %lu operations\n",
	       found->task, found->op[0] ? " in " : "", found->op,
	       (unsigned long)found->count, found->count == 1 ? "" : "s",
	       (unsigned long)found->first);
	if (found->here[0])
		printf("      at: %s\n", found->here);
	if (found->other_text[0])
		printf("      %s %s\n",
		       found->kind == V_DATA_RACE ? "what was" :
						    "the page was last",
		       found->other_text);
	if (found->other[0])
		printf("      at: %s\n", found->other);
}

static void print_ends(const struct soak_file *file)
{
	const struct soak_figures *f = file->figures;
	const struct known_ends *known = file->known;
	unsigned int unknown = unknown_ends(file);

	printf("    ended in %u state%s; %s %zu; %u of %zu orders end so, too\n",
	       f->nr_ends, f->nr_ends == 1 ? "" : "s",
	       known->all ? "all interleavings have" :
			    "a search that did not come to its end saw",
	       known->nr_states, orders_seen(file), known->nr_orders);
	for (size_t i = 0; i < known->nr_orders; i++)
		if (lacks_order(known, i))
			printf("    case %s ends in none of these by the "
			       "engine's own replay\n",
			       known->order[i].text);
	if (f->ends_dropped)
		printf("    %lu runs ended in further states\n",
		       (unsigned long)f->ends_dropped);
	if (unknown)
		printf("    %s:\n", known->all ?
					    "no order of the search ends so" :
					    "of these, it did not see");
	for (unsigned int i = 0; i < f->nr_ends; i++)
		if (!f->end[i].known)
			printf("      %s (%lu time%s)\n", f->end[i].text,
			       (unsigned long)f->end[i].count,
			       f->end[i].count == 1 ? "" : "s");
}

static void print_file(const struct soak_options *options,
		       const struct soak_file *file)
{
	const struct soak_figures *f = file->figures;
	bool fails = file_fails(file);

	if (!file->scenario || (file->skipped && options->quiet))
		return;
	if (file->skipped) {
		printf("SKIP   %s: %s\n", file->scenario->name, file->skipped);
		return;
	}
	if (options->quiet && !fails)
		return;
	printf("%-6s %s: %lu operations in %lu rounds\n",
	       fails	   ? "FAIL" :
	       f->nr_found ? "KNOWN" :
			     "PASS",
	       file->scenario->name, (unsigned long)f->operations,
	       (unsigned long)f->rounds);
	if (file->known)
		print_ends(file);
	for (unsigned int i = 0; i < f->nr_found; i++)
		print_found(&f->found[i]);
	if (f->why[0])
		printf("    the VM cannot be built: %s\n", f->why);
	if (f->hang[0])
		printf("    %s", f->hang);
	if (file->died && fails && !f->hang[0])
		printf("    the process died\n");
}

static void print_kinds(const struct totals *t)
{
	double seconds = t->ns / 1e9;

	printf("\n%-20s %12s %12s %9s %12s %12s\n", "operation", "count",
	       "a second", "errors", "mean (us)", "longest (us)");
	for (int i = 0; i < NR_SCENARIO_OPS; i++) {
		const struct soak_kind *kind = &t->kind[i];

		if (!kind->count)
			continue;
		printf("%-20s %12lu %12.0f %8.1f%% %12.1f %12.1f\n",
		       scenario_op_name(i), (unsigned long)kind->count,
		       seconds > 0 ? kind->count / seconds : 0,
		       100.0 * kind->failed / kind->count,
		       kind->ns / 1e3 / kind->count, kind->longest / 1e3);
	}
}

static void print_totals_of_ends(const struct totals *t)
{
	printf("%zu files compared: %lu end states seen of %lu known; of %lu orders "
	       "%lu end as threads did\n"
	       "%lu end states that searches exclude (completed for %zu files), "
	       "%lu that searches without end did not see (%zu files)\n",
	       t->compared, (unsigned long)t->seen_ends,
	       (unsigned long)t->known_ends, (unsigned long)t->orders,
	       (unsigned long)t->orders_seen, (unsigned long)t->impossible_ends,
	       t->complete, (unsigned long)t->unknown_ends,
	       t->compared - t->complete);
}

static void print_text(const struct soak_options *options, const char *kernel,
		       const struct soak_file *files, size_t nr,
		       const struct totals *t, bool interrupted)
{
	double seconds = t->ns / 1e9;

	for (size_t i = 0; i < nr; i++)
		print_file(options, &files[i]);
	if (!options->quiet)
		print_kinds(t);
	printf("\n%s on threads%s: %lu operations in %.1f s (%.0f a second), "
	       "%lu rounds, %lu retries inside refreshes\n",
	       kernel, interrupted ? ", interrupted" : "",
	       (unsigned long)t->operations, seconds,
	       seconds > 0 ? t->operations / seconds : 0,
	       (unsigned long)t->rounds, (unsigned long)t->retries);
	printf("longest refresh %.1f us, longest memslot swap %.1f us\n",
	       longest_refresh(t) / 1e3, longest_swap(t) / 1e3);
	if (options->states)
		print_totals_of_ends(t);
	printf("%zu soaked, %zu failed, %zu skipped, %lu violations as "
	       "expected, %lu not\n",
	       t->run, t->failed, t->skipped, (unsigned long)t->expected,
	       (unsigned long)t->unexpected);
}

/* ---- JSON -------------------------------------------------------------------- */

static void json_text(const char *key, const char *text, const char *end)
{
	struct buf buf = { 0 };

	escape_json(&buf, text);
	printf("\"%s\": %s%s", key, buf_get(&buf), end);
	buf_deinit(&buf);
}

static void json_found(const struct soak_found *found, bool first)
{
	printf("%s\n        {", first ? "" : ",");
	json_text("violation", kind_name(found->kind), ", ");
	printf("\"expected\": %s, \"count\": %lu, \"first\": %lu, ",
	       found->expected ? "true" : "false", (unsigned long)found->count,
	       (unsigned long)found->first);
	json_text("text", found->text, ", ");
	json_text("task", found->task, ", ");
	json_text("operation", found->op, ", ");
	json_text("at", found->here, ", ");
	json_text("other", found->other_text, ", ");
	json_text("other_at", found->other, "}");
}

static void json_ends(const struct soak_file *file)
{
	const struct soak_figures *f = file->figures;

	if (!file->known)
		return;
	printf("\"search\": {\"all\": %s, \"states\": %zu, \"orders\": %zu, "
	       "\"orders_seen\": %u},\n      \"states\": [",
	       file->known->all ? "true" : "false", file->known->nr_states,
	       file->known->nr_orders, orders_seen(file));
	for (unsigned int i = 0; i < f->nr_ends; i++) {
		printf("%s\n        {", i ? "," : "");
		json_text("text", f->end[i].text, ", ");
		printf("\"count\": %lu, \"known\": %s}",
		       (unsigned long)f->end[i].count,
		       f->end[i].known ? "true" : "false");
	}
	printf("],\n      ");
}

static void json_file(const struct soak_file *file, bool first)
{
	const struct soak_figures *f = file->figures;

	printf("%s\n    {", first ? "" : ",");
	json_text("file", file->path, ", ");
	if (!file->scenario) {
		printf("\"verdict\": \"error\"}");
		return;
	}
	json_text("scenario", file->scenario->name, ", ");
	if (file->skipped) {
		printf("\"verdict\": \"skip\", ");
		json_text("reason", file->skipped, "}");
		return;
	}
	printf("\"verdict\": \"%s\", \"operations\": %lu, \"rounds\": %lu, "
	       "\"threads\": %u, \"retries\": %lu,\n      ",
	       file_fails(file) ? "fail" :
	       f->nr_found	? "known" :
				  "pass",
	       (unsigned long)f->operations, (unsigned long)f->rounds,
	       f->threads, (unsigned long)f->retries);
	json_ends(file);
	json_text("hang", f->hang, ", ");
	json_text("setup", f->why, ", ");
	printf("\"violations\": [");
	for (unsigned int i = 0; i < f->nr_found; i++)
		json_found(&f->found[i], i == 0);
	printf("]}");
}

static void print_json(const char *kernel, const struct soak_file *files,
		       size_t nr, const struct totals *t, bool interrupted)
{
	bool first = true;

	printf("{\"format\": 1, ");
	json_text("kernel", kernel, ", ");
	printf("\"interrupted\": %s, \"operations\": %lu, \"seconds\": %.3f, "
	       "\"rounds\": %lu, \"retries\": %lu, \"longest_refresh_us\": "
	       "%.1f, \"longest_swap_us\": %.1f,\n  \"kinds\": {",
	       interrupted ? "true" : "false", (unsigned long)t->operations,
	       t->ns / 1e9, (unsigned long)t->rounds, (unsigned long)t->retries,
	       longest_refresh(t) / 1e3, longest_swap(t) / 1e3);
	for (int i = 0; i < NR_SCENARIO_OPS; i++) {
		if (!t->kind[i].count)
			continue;
		printf("%s\n    \"%s\": {\"count\": %lu, \"errors\": %lu, "
		       "\"ns\": %lu, \"longest_ns\": %lu}",
		       first ? "" : ",", scenario_op_name(i),
		       (unsigned long)t->kind[i].count,
		       (unsigned long)t->kind[i].failed,
		       (unsigned long)t->kind[i].ns,
		       (unsigned long)t->kind[i].longest);
		first = false;
	}
	printf("},\n  \"files\": [");
	for (size_t i = 0; i < nr; i++)
		json_file(&files[i], i == 0);
	printf("]}\n");
}

int soak_report(const struct soak_options *options, const char *kernel,
		const struct soak_file *files, size_t nr, bool interrupted)
{
	struct totals totals = { 0 };
	int status = 0;

	for (size_t i = 0; i < nr; i++) {
		add_up(&totals, &files[i]);
		if (!files[i].scenario)
			status = 2;
	}
	if (options->json)
		print_json(kernel, files, nr, &totals, interrupted);
	else
		print_text(options, kernel, files, nr, &totals, interrupted);
	if (status)
		return status;
	if (totals.failed)
		return 1;
	return totals.run ? 0 : 77;
}
