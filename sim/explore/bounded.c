// SPDX-License-Identifier: GPL-2.0-only
#include "bounded.h"

#include <stdlib.h>

#include "fingerprint.h"

/* The state before the event of the same index. */
struct bounded_node {
	uint64_t fingerprint;
	uint32_t enabled; /* tasks that can go on, a bit each */
	uint32_t left;	  /* ... and are still to be tried */
	uint32_t used;	  /* of the bound, so far */
	int next;
	int current; /* the task that ran, or -1 */
	bool free;   /* it cannot go on, or yields */
};

/* States that were searched, and how much of the bound had been used. */
struct seen {
	uint64_t key;
	uint32_t used; /* + 1; 0: free */
};

/* Room for so many states at first, and at most; half of it is used. */
#define SEEN_FIRST (1U << 12)
#define SEEN_MOST (1U << 22)

static struct {
	enum bound_kind kind;
	unsigned int bound;
	struct bounded_node *nodes;
	uint32_t nr_nodes;
	struct seen *seen;
	uint32_t nr_seen, seen_size;
	bool cut; /* something was left out, as it needs more */
	struct bounded_result result;
} bounded;

/* ---- Known states -------------------------------------------------------- */

static void make_room(uint32_t size)
{
	bounded.seen = calloc(size, sizeof(*bounded.seen));
	if (!bounded.seen)
		abort();
	bounded.seen_size = size;
}

/* Where the state is, or where there is room for it. */
static struct seen *find_seen(uint64_t key)
{
	uint32_t mask = bounded.seen_size - 1, at = key & mask;

	while (bounded.seen[at].used && bounded.seen[at].key != key)
		at = (at + 1) & mask;
	return &bounded.seen[at];
}

static void grow_seen(void)
{
	struct seen *before = bounded.seen;
	uint32_t size = bounded.seen_size;

	make_room(2 * size);
	for (uint32_t i = 0; i < size; i++)
		if (before[i].used)
			*find_seen(before[i].key) = before[i];
	free(before);
}

/*
 * Whether the state was searched with as much of the bound left.  Where there is
 * no more room nothing is known, and more is searched than need be.
 */
static bool is_known(uint64_t key, uint32_t used)
{
	struct seen *seen = find_seen(key);

	if (seen->used) {
		if (seen->used <= used + 1)
			return true;
		seen->used = used + 1;
		return false;
	}
	if (bounded.nr_seen == SEEN_MOST / 2)
		return false;
	*seen = (struct seen){ key, used + 1 };
	if (++bounded.nr_seen == bounded.seen_size / 2 &&
	    bounded.seen_size < SEEN_MOST)
		grow_seen();
	return false;
}

/* ---- Choices ------------------------------------------------------------- */

static bool yields(unsigned int task)
{
	const struct event_op *op = &search.pending[task];

	return op->kind == EVENT_START ||
	       (op->kind == EVENT_CALL && op->call == CALL_COND_RESCHED);
}

/* How many tasks that can go on come before @task when each has its turn. */
static unsigned int delays_of(const struct bounded_node *node,
			      unsigned int task)
{
	unsigned int first = node->current < 0 ? 0 : node->current + node->free;
	unsigned int nr = 0;

	for (unsigned int i = first % HOST_MAX_TASKS; i != task;
	     i = (i + 1) % HOST_MAX_TASKS)
		nr += node->enabled >> i & 1;
	return nr;
}

/* What it takes of the bound to let @task go on. */
static unsigned int cost_of(const struct bounded_node *node, unsigned int task)
{
	if (bounded.kind == BOUND_DELAYS)
		return delays_of(node, task);
	return !node->free && (int)task != node->current;
}

/* The cheapest first, and of those the one that ran. */
static int take(struct bounded_node *node)
{
	node->next = node->current >= 0 && node->left >> node->current & 1 ?
			     node->current :
			     CHOOSE_NOBODY;
	for (uint32_t left = node->left; left; left &= left - 1) {
		int task = __builtin_ctz(left);

		if (node->next < 0 ||
		    cost_of(node, task) < cost_of(node, node->next))
			node->next = task;
	}
	if (node->next >= 0)
		node->left &= ~(1U << node->next);
	return node->next;
}

/* Leaves those to be tried that the bound allows. */
static void keep_within(struct bounded_node *node)
{
	for (uint32_t left = node->left; left; left &= left - 1) {
		unsigned int task = __builtin_ctz(left);

		if (node->used + cost_of(node, task) <= bounded.bound)
			continue;
		node->left &= ~(1U << task);
		bounded.cut = true;
	}
}

static int choose_first(uint32_t depth)
{
	struct bounded_node *node = &bounded.nodes[depth];
	int current = depth ? history.events[depth - 1].task : -1;
	uint32_t enabled = search_enabled();

	bounded.nr_nodes = depth + 1;
	*node = (struct bounded_node){ .enabled = enabled,
				       .left = enabled,
				       .current = current,
				       .free = true };
	if (depth) {
		const struct bounded_node *before = node - 1;

		node->fingerprint = fingerprint_add(before->fingerprint,
						    depth - 1);
		node->used = before->used + cost_of(before, current);
		if (is_known(fingerprint_mix(node->fingerprint, current + 1),
			     node->used)) {
			node->left = 0;
			return CHOOSE_NOBODY;
		}
		node->free = !(enabled >> current & 1) || yields(current);
	}
	keep_within(node);
	return take(node);
}

static int on_choose(struct search *s, int from)
{
	(void)from;
	if (s->position >= bounded.nr_nodes)
		return choose_first(s->position);
	return bounded.nodes[s->position].next;
}

static void on_over(struct search *s)
{
	(void)s;
	history.nr_candidates = history.nr_releases = 0;
}

static bool step_back(void)
{
	uint32_t depth = bounded.nr_nodes;

	while (depth--) {
		if (!bounded.nodes[depth].left)
			continue;
		take(&bounded.nodes[depth]);
		bounded.nr_nodes = depth + 1;
		search.given = depth;
		return true;
	}
	return false;
}

/* -------------------------------------------------------------------------- */

static void start_over(void)
{
	free(bounded.seen);
	make_room(SEEN_FIRST);
	bounded.nr_seen = bounded.nr_nodes = 0;
	bounded.cut = false;
	history_cut(0);
	search.given = 0;
}

static void prepare(enum bound_kind kind, unsigned int most)
{
	if (!bounded.nodes) {
		bounded.nodes = calloc(HISTORY_MAX + 2, sizeof(*bounded.nodes));
		if (!bounded.nodes)
			abort();
	}
	bounded.kind = kind;
	bounded.bound = most;
	bounded.result = (struct bounded_result){ 0 };
	search.choose = on_choose;
	search.over = on_over;
	start_over();
}

static bool count(enum search_end end)
{
	struct bounded_result *result = &bounded.result;
	bool ran = end == SEARCH_RAN || end == SEARCH_DEADLOCK ||
		   end == SEARCH_LIVELOCK;

	result->executions += ran;
	result->pruned += end == SEARCH_REDUNDANT;
	result->deadlocks += end == SEARCH_DEADLOCK;
	result->livelocks += end == SEARCH_LIVELOCK;
	result->incomplete |= end == SEARCH_LONG || end == SEARCH_STRAYED;
	return ran;
}

struct bounded_result bounded_search(enum bound_kind kind, unsigned int most,
				     bounded_visitor visit, void *arg)
{
	bool more = true;

	prepare(kind, most);
	while (more && !search.stop && !engine.interrupted) {
		uint32_t growth = search.growth;
		enum search_end end = search_execute();
		bool ran;

		/* It was cut short, and would pass for the last one. */
		if (engine.interrupted)
			break;
		ran = count(end);
		/* What was seen of this one cannot be repeated. */
		if (search.growth != growth) {
			start_over();
			bounded.result.restarts++;
			continue;
		}
		if (ran && visit && !visit(arg))
			break;
		more = step_back();
	}
	bounded.result.incomplete |= history.full;
	bounded.result.exhausted = !more && !bounded.result.incomplete;
	bounded.result.all = bounded.result.exhausted && !bounded.cut;
	return bounded.result;
}

void bounded_release(void)
{
	free(bounded.nodes);
	free(bounded.seen);
	bounded.nodes = NULL;
	bounded.seen = NULL;
}
