// SPDX-License-Identifier: GPL-2.0-only
/*
 * Programs with a bug each, and beside each its twin without it, of the same
 * name with "-right" behind it.
 */
#include <linux/gfp.h>
#include <linux/rcuwait.h>
#include <linux/refcount.h>
#include <linux/sched.h>
#include <linux/vmalloc.h>
#include <linux/wait.h>
#include "../../sim/kernel/mm/mm_internal.h"
#include "program.h"

static unsigned int three(unsigned int n, unsigned int m)
{
	return 3;
}

/* ---- ab-ba: two mutexes in both orders ----------------------------------- */

static struct mutex lock_a, lock_b;

static void mutexes_start(unsigned int n, unsigned int m)
{
	mutex_init(&lock_a);
	mutex_init(&lock_b);
}

static void take_both(struct mutex *first, struct mutex *second)
{
	mutex_lock(first);
	mutex_lock(second);
	mutex_unlock(second);
	mutex_unlock(first);
}

static void ab_ba(unsigned int task, unsigned int n, unsigned int m)
{
	take_both(task ? &lock_b : &lock_a, task ? &lock_a : &lock_b);
}

static void ab_ba_right(unsigned int task, unsigned int n, unsigned int m)
{
	take_both(&lock_a, &lock_b);
}

/* ---- stale-mapping: a page is freed between the check of a mapping and use - */

static struct {
	spinlock_t lock;
	struct page *page;
	void *khva;
} cache;

static void cache_start(unsigned int n, unsigned int m)
{
	spin_lock_init(&cache.lock);
	cache.page = alloc_page(GFP_KERNEL);
	cache.khva = vmap(&cache.page, 1, VM_MAP, PAGE_KERNEL);
}

static void read_mapping(unsigned int task)
{
	void *khva = READ_ONCE(cache.khva);
	char byte;

	if (khva)
		khva_read(khva, &byte, 1);
	program_saw(task, !khva);
}

static void drop_mapping(void)
{
	void *khva;

	spin_lock(&cache.lock);
	khva = READ_ONCE(cache.khva);
	WRITE_ONCE(cache.khva, NULL);
	spin_unlock(&cache.lock);
	vunmap(khva);
	put_page(cache.page);
}

static void stale_mapping(unsigned int task, unsigned int n, unsigned int m)
{
	if (task)
		drop_mapping();
	else
		read_mapping(task);
}

static void stale_mapping_right(unsigned int task, unsigned int n,
				unsigned int m)
{
	if (task) {
		drop_mapping();
		return;
	}
	spin_lock(&cache.lock);
	read_mapping(task);
	spin_unlock(&cache.lock);
}

/* ---- missing-reference: a page is used that somebody else holds ------------ */

static void drop_page(void)
{
	struct page *page;

	spin_lock(&cache.lock);
	page = READ_ONCE(cache.page);
	WRITE_ONCE(cache.page, NULL);
	spin_unlock(&cache.lock);
	put_page(page);
}

static void use_page(unsigned int task, bool counted)
{
	struct page *page;
	char byte;

	spin_lock(&cache.lock);
	page = READ_ONCE(cache.page);
	if (page && counted)
		get_page(page);
	spin_unlock(&cache.lock);
	program_saw(task, !page);
	if (!page)
		return;
	khva_read(page_address(page), &byte, 1);
	if (counted)
		put_page(page);
}

static void page_start(unsigned int n, unsigned int m)
{
	spin_lock_init(&cache.lock);
	cache.page = alloc_page(GFP_KERNEL);
}

static void missing_reference(unsigned int task, unsigned int n, unsigned int m)
{
	if (task)
		drop_page();
	else
		use_page(task, false);
}

static void missing_reference_right(unsigned int task, unsigned int n,
				    unsigned int m)
{
	if (task)
		drop_page();
	else
		use_page(task, true);
}

/* ---- count-from-zero: a dead object is found, and brought back -------------- */

static struct object {
	refcount_t refs;
	int dead;
} object, *published;

static void object_start(unsigned int n, unsigned int m)
{
	refcount_set(&object.refs, 1);
	published = &object;
}

static void object_put(struct object *put)
{
	if (refcount_dec_and_test(&put->refs))
		WRITE_ONCE(put->dead, 1);
}

static void object_unpublish(void)
{
	struct object *last = READ_ONCE(published);

	WRITE_ONCE(published, NULL);
	object_put(last);
}

static void use_object(struct object *found)
{
	PROGRAM_CHECK(!READ_ONCE(found->dead));
	object_put(found);
}

static void count_from_zero(unsigned int task, unsigned int n, unsigned int m)
{
	struct object *found;

	if (task) {
		object_unpublish();
		return;
	}
	found = READ_ONCE(published);
	if (!found)
		return;
	refcount_inc(&found->refs);
	use_object(found);
}

static void count_from_zero_right(unsigned int task, unsigned int n,
				  unsigned int m)
{
	struct object *found;

	if (task) {
		object_unpublish();
		return;
	}
	found = READ_ONCE(published);
	if (found && refcount_inc_not_zero(&found->refs))
		use_object(found);
}

/* ---- late-sleeper: looks first, and says only then that it will sleep ------- */

static struct rcuwait waiter;
static int busy;

static void waiter_start(unsigned int n, unsigned int m)
{
	rcuwait_init(&waiter);
	busy = 1;
}

static void finish_work(void)
{
	WRITE_ONCE(busy, 0);
	rcuwait_wake_up(&waiter);
}

static void late_sleeper(unsigned int task, unsigned int n, unsigned int m)
{
	if (task) {
		finish_work();
		return;
	}
	prepare_to_rcuwait(&waiter);
	while (READ_ONCE(busy)) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		schedule();
	}
	finish_rcuwait(&waiter);
}

static void late_sleeper_right(unsigned int task, unsigned int n,
			       unsigned int m)
{
	if (task)
		finish_work();
	else
		rcuwait_wait_event(&waiter, !READ_ONCE(busy),
				   TASK_UNINTERRUPTIBLE);
}

/* ---- early-waker: wakes first, and makes the condition true only then ------- */

static struct wait_queue_head queue;
static int ready;

static void queue_start(unsigned int n, unsigned int m)
{
	init_waitqueue_head(&queue);
}

static void early_waker(unsigned int task, unsigned int n, unsigned int m)
{
	if (task) {
		wake_up(&queue);
		WRITE_ONCE(ready, 1);
	} else {
		wait_event(queue, READ_ONCE(ready));
	}
}

static void early_waker_right(unsigned int task, unsigned int n, unsigned int m)
{
	if (task) {
		WRITE_ONCE(ready, 1);
		wake_up(&queue);
	} else {
		wait_event(queue, READ_ONCE(ready));
	}
}

/* ---- forgotten-answer: one polls for an answer that not every path gives ---- */

static int asked, answered;

static void poll_answer(void)
{
	WRITE_ONCE(asked, 1);
	while (!READ_ONCE(answered))
		cond_resched();
}

static void forgotten_answer(unsigned int task, unsigned int n, unsigned int m)
{
	if (!task)
		poll_answer();
	else if (!READ_ONCE(asked))
		WRITE_ONCE(answered, 1);
}

static void forgotten_answer_right(unsigned int task, unsigned int n,
				   unsigned int m)
{
	if (!task)
		poll_answer();
	else
		WRITE_ONCE(answered, READ_ONCE(asked) + 1);
}

/* ---- after-you: both give way, at the same time, for ever ------------------- */

static int wants[2];

static void leave(unsigned int task)
{
	WRITE_ONCE(wants[task], 0);
}

static void after_you(unsigned int task, unsigned int n, unsigned int m)
{
	WRITE_ONCE(wants[task], 1);
	while (READ_ONCE(wants[!task])) {
		WRITE_ONCE(wants[task], 0);
		cond_resched();
		WRITE_ONCE(wants[task], 1);
	}
	leave(task);
}

/* Task 0 stands its ground, and task 1 lets it go first. */
static void after_you_right(unsigned int task, unsigned int n, unsigned int m)
{
	WRITE_ONCE(wants[task], 1);
	while (READ_ONCE(wants[!task])) {
		if (task)
			WRITE_ONCE(wants[task], 0);
		while (READ_ONCE(wants[!task]))
			cond_resched();
		if (task)
			WRITE_ONCE(wants[task], 1);
	}
	leave(task);
}

/* ---- readers-first: a writer waits for a moment without readers ------------- */

#define WRITER 1000

static atomic_t readers;
static int written, writer_waits;

static void write_once(void)
{
	while (atomic_cmpxchg(&readers, 0, WRITER))
		cond_resched();
	WRITE_ONCE(written, 1);
	atomic_set(&readers, 0);
}

static void read_until_written(bool polite)
{
	while (!READ_ONCE(written)) {
		if (polite && READ_ONCE(writer_waits)) {
			cond_resched();
			continue;
		}
		if (!atomic_add_unless(&readers, 1, WRITER)) {
			cond_resched();
			continue;
		}
		cond_resched();
		atomic_dec(&readers);
		program_completed();
	}
}

static void readers_first(unsigned int task, unsigned int n, unsigned int m)
{
	if (task)
		read_until_written(false);
	else
		write_once();
}

static void readers_first_right(unsigned int task, unsigned int n,
				unsigned int m)
{
	if (task) {
		read_until_written(true);
		return;
	}
	WRITE_ONCE(writer_waits, 1);
	write_once();
}

/* ---- grabbed-lock: who released a lock takes it again before others do ------ */

static struct {
	atomic_t taken;	       /* ... by whoever comes */
	atomic_t ticket, turn; /* ... in the order of arrival */
	int through;
} spinlock;

static void grab(bool in_turn)
{
	int mine = in_turn ? atomic_inc_return(&spinlock.ticket) - 1 : 0;

	while (in_turn ? atomic_read(&spinlock.turn) != mine :
			 atomic_cmpxchg(&spinlock.taken, 0, 1))
		cond_resched();
}

static void let_go(bool in_turn)
{
	if (in_turn)
		atomic_inc(&spinlock.turn);
	else
		atomic_set(&spinlock.taken, 0);
}

/* Task 0 wants the lock once, task 1 as long as that did not happen. */
static void grab_and_let_go(unsigned int task, bool in_turn)
{
	bool through;

	do {
		grab(in_turn);
		through = READ_ONCE(spinlock.through);
		if (!task)
			WRITE_ONCE(spinlock.through, 1);
		let_go(in_turn);
		program_completed();
		if (task)
			cond_resched();
	} while (task && !through);
}

static void grabbed_lock(unsigned int task, unsigned int n, unsigned int m)
{
	grab_and_let_go(task, false);
}

static void grabbed_lock_right(unsigned int task, unsigned int n,
			       unsigned int m)
{
	grab_and_let_go(task, true);
}

/* ---- held-up: a sequence moves on as often as it is sampled ----------------- */

static int sequence;
static bool sampled;

/* As a refresh does: what it found is good if nothing changed meanwhile. */
static void sample(void)
{
	int before;

	do {
		cond_resched();
		before = READ_ONCE(sequence);
	} while (READ_ONCE(sequence) != before);
	WRITE_ONCE(sampled, true);
}

/* @times: 0 for as long as it takes. */
static void move_on(unsigned int times)
{
	for (unsigned int i = 0; times ? i < times : !READ_ONCE(sampled); i++) {
		WRITE_ONCE(sequence, READ_ONCE(sequence) + 1);
		program_completed();
		cond_resched();
	}
}

static void held_up(unsigned int task, unsigned int n, unsigned int m)
{
	if (task)
		move_on(0);
	else
		sample();
}

static void held_up_right(unsigned int task, unsigned int n, unsigned int m)
{
	if (task)
		move_on(3);
	else
		sample();
}

#define SEEDED(name, tasks, start, task)                                       \
	{ name, tasks, start, task, NULL },                                    \
	{                                                                      \
		name "-right", tasks, start, task##_right, NULL                \
	}

DEFINE_PROGRAMS(
	seeded, SEEDED("ab-ba", program_two, mutexes_start, ab_ba),
	SEEDED("stale-mapping", program_two, cache_start, stale_mapping),
	SEEDED("missing-reference", program_two, page_start, missing_reference),
	SEEDED("count-from-zero", program_two, object_start, count_from_zero),
	SEEDED("late-sleeper", program_two, waiter_start, late_sleeper),
	SEEDED("early-waker", program_two, queue_start, early_waker),
	SEEDED("forgotten-answer", program_two, NULL, forgotten_answer),
	SEEDED("after-you", program_two, NULL, after_you),
	SEEDED("readers-first", three, NULL, readers_first),
	SEEDED("grabbed-lock", program_two, NULL, grabbed_lock),
	SEEDED("held-up", program_two, NULL, held_up));
