// SPDX-License-Identifier: GPL-2.0-only
/*
 * Classes of locks and the order between them.
 *
 * The order is a bit matrix: sync_class_before[c] has the classes that were
 * held when a lock of class c was taken.  A pair that is in it was checked.
 *
 * Fidelity: EMULATED - one order for readers and writers, as with queued
 * rwlocks; up to 63 classes.
 */
#include <linux/lockdep.h>
#include <linux/poison.h>
#include <linux/string.h>
#include "backend.h"
#include "sync.h"

#define MAX_CLASSES 64
#define POISONED_MAGIC (POISON_FREE * 0x01010101U)
#define DESTROYED_MAGIC 0x44454144U

u64 sync_class_before[MAX_CLASSES];
static const char *class_name[MAX_CLASSES];
/* The class of a class's subclass 1, or 0. */
static unsigned char nested_class[MAX_CLASSES];
static unsigned int last_class;

extern char __start_lock_names[] __weak;
extern char __stop_lock_names[] __weak;

/* "&(kvm)->mmu_lock" becomes "kvm->mmu_lock"; never longer, padded with NUL. */
static void normalise(char *name)
{
	char *to = name, *from = name, *close;

	if (*from == '&')
		from++;
	if (*from == '(') {
		close = strchr(from, ')');
		if (close) {
			*close = '\0';
			for (from++; *from; from++)
				*to++ = *from;
			from = close + 1;
		}
	}
	while (*from)
		*to++ = *from++;
	while (to < from)
		*to++ = '\0';
}

void sync_init(void)
{
	char *name = __start_lock_names;

	while (name < __stop_lock_names) {
		size_t len = strlen(name);

		if (len)
			normalise(name);
		name += len + 1;
	}
}

static unsigned int new_class(const char *name)
{
	if (last_class == MAX_CLASSES - 1)
		host_trap("more than 63 classes of locks");
	class_name[++last_class] = name;
	return last_class;
}

void sync_register_class(struct lockdep_map *map)
{
	sync_guard();
	if (!map->class)
		map->class = new_class(map->name);
	sync_unguard();
}

static unsigned int class_of_key(struct lock_class_key *key, const char *name)
{
	sync_guard();
	if (!key->index)
		key->index = new_class(name);
	sync_unguard();
	return key->index;
}

static bool held_by_anyone(const struct lockdep_map *map)
{
	for (unsigned int task = 0; task < HOST_MAX_TASKS; task++) {
		const struct sync_task *t = &sync_tasks[task];

		for (unsigned int i = 0; i < t->nr_held; i++)
			if (t->held[i].map == map)
				return true;
	}
	return false;
}

void lockdep_init_map(struct lockdep_map *map, const char *name,
		      struct lock_class_key *key, int subclass)
{
	if (unlikely(map->magic == __LOCKDEP_MAGIC) && held_by_anyone(map))
		host_report(V_CONTRACT, HOST_NO_PFN,
			    "%s is initialised while it is held", name);
	*map = (struct lockdep_map){
		.name = name,
		.magic = __LOCKDEP_MAGIC,
		.class = class_of_key(key, name),
	};
}

void lockdep_set_map_class(struct lockdep_map *map, const char *name,
			   struct lock_class_key *key)
{
	if (name)
		map->name = name;
	map->class = class_of_key(key, map->name);
}

void sim_set_subclass(struct lockdep_map *map, unsigned int subclass)
{
	if (subclass > 1)
		host_trap("lock_set_subclass() beyond subclass 1");
	if (!sim_lock_held(map, LOCKDEP_ANY)) {
		host_report(V_CONTRACT, HOST_NO_PFN,
			    "the subclass of %s changes, which is not held",
			    map->name);
		return;
	}
	sync_guard();
	if (subclass && !nested_class[map->class])
		nested_class[map->class] = new_class(map->name);
	sync_unguard();
	sync_held_set_class(map,
			    subclass ? nested_class[map->class] : map->class);
}

void lockdep_register_key(struct lock_class_key *key)
{
}

void lockdep_unregister_key(struct lock_class_key *key)
{
}

void sync_destroy_map(struct lockdep_map *map)
{
	if (held_by_anyone(map))
		host_report(V_CONTRACT, HOST_NO_PFN,
			    "%s is destroyed while it is held", map->name);
	map->magic = DESTROYED_MAGIC;
}

void sync_bad_lock(struct lockdep_map *map, enum shim_call call)
{
	const char *what = sync_call_name[call];

	if (map->magic == POISONED_MAGIC)
		host_fatal(V_USE_AFTER_FREE, HOST_NO_PFN,
			   "%s() of a lock whose memory was freed", what);
	if (map->magic == DESTROYED_MAGIC)
		host_report(V_USE_AFTER_FREE, HOST_NO_PFN,
			    "%s() of %s, which was destroyed", what, map->name);
	else
		host_report(V_CONTRACT, HOST_NO_PFN,
			    "%s() of a lock that was never initialised", what);
	if (map->magic != DESTROYED_MAGIC)
		map->name = "(not initialised)";
	map->magic = __LOCKDEP_MAGIC;
}

/*
 * Looks for a way from class @from to class @to along the recorded order, and
 * stores the step after each class of it in @next.
 */
static bool find_order(unsigned int from, unsigned int to, u8 *next)
{
	u64 seen = 1ULL << to, todo = seen;

	while (todo) {
		unsigned int at = __builtin_ctzll(todo);
		u64 found = sync_class_before[at] & ~seen;

		todo &= todo - 1;
		seen |= found;
		todo |= found;
		for (; found; found &= found - 1)
			next[__builtin_ctzll(found)] = at;
		if (seen >> from & 1)
			return true;
	}
	return false;
}

static void report_cycle(unsigned int held, unsigned int class, const u8 *next)
{
	char way[160];
	size_t len = strlen(strcpy(way, class_name[class]));
	unsigned int at = class;

	while (at != held && len < sizeof(way) - 48) {
		at = next[at];
		strcpy(way + len, " -> ");
		sized_strscpy(way + len + 4, class_name[at], 40);
		len += strlen(way + len);
	}
	host_report(V_LOCK_ORDER, HOST_NO_PFN, "%s -> %s here, %s before",
		    class_name[held], class_name[class], way);
}

static void check_same_class(struct sync_task *t, struct lockdep_map *map,
			     bool nested)
{
	if (nested)
		return;
	/* The very same lock: the task waits for itself, or reads twice. */
	for (unsigned int i = 0; i < t->nr_held; i++)
		if (t->held[i].map == map)
			return;
	sync_class_before[map->class] |= 1ULL << map->class;
	host_report(V_LOCK_ORDER, HOST_NO_PFN,
		    "%s -> %s here: two locks of one class without an order",
		    map->name, map->name);
}

void sync_new_order(struct sync_task *t, struct lockdep_map *map, bool nested)
{
	u8 next[MAX_CLASSES];
	u64 fresh;

	sync_guard();
	fresh = t->classes & ~sync_class_before[map->class];
	for (; fresh; fresh &= fresh - 1) {
		unsigned int held = __builtin_ctzll(fresh);

		if (held == map->class) {
			check_same_class(t, map, nested);
			continue;
		}
		if (find_order(map->class, held, next))
			report_cycle(held, map->class, next);
		sync_class_before[map->class] |= 1ULL << held;
	}
	sync_unguard();
}
