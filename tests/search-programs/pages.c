// SPDX-License-Identifier: GPL-2.0-only
/*
 * References to a page.  Who takes and drops one does not hinder others who do
 * the same.
 */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <pfnsim/khva.h>
#include "../../sim/kernel/mm/mm_internal.h"
#include "program.h"

static struct page *page;
static atomic_t ticks;

/* Getting at the page is no event. */
static noinline __no_kcsan struct page *the_page(void)
{
	return page;
}

/* What a task does next is an event of its own. */
static void tick(void)
{
	atomic_read(&ticks);
}

static unsigned long finish(unsigned int n, unsigned int m)
{
	return page_count(the_page());
}

/*
 * n tasks, at most 3, take a reference each and drop it, while there is one that
 * is nobody's: 1.
 */
static void start(unsigned int n, unsigned int m)
{
	page = alloc_page(GFP_KERNEL);
}

static void holders(unsigned int task, unsigned int n, unsigned int m)
{
	tick();
	get_page(the_page());
	put_page(the_page());
}

/* One more counts them, before a task, in between or after it: 3^n. */
static void counted(unsigned int task, unsigned int n, unsigned int m)
{
	if (task == n)
		program_saw(task, page_count(the_page()));
	else
		holders(task, n, m);
}

/*
 * references(n, m): three tasks of m steps each, which are drawn by n, and of
 * which one has a reference to begin with.
 */
static unsigned int three(unsigned int n, unsigned int m)
{
	return 3;
}

static unsigned int one_step(unsigned int task, unsigned int drawn,
			     unsigned int has)
{
	switch (drawn % 5) {
	case 0:
		program_saw(task, page_count(the_page()));
		break;
	case 1:
		tick();
		program_saw(task, page_alive(page_to_pfn(the_page()), 1));
		break;
	case 2:
		if (!has)
			break;
		put_page(the_page());
		return has - 1;
	default:
		tick();
		if (get_page_unless_zero(the_page()))
			return has + 1;
		program_saw(task, 0);
		break;
	}
	return has;
}

static void references(unsigned int task, unsigned int n, unsigned int m)
{
	unsigned int has = !task;

	for (unsigned int i = 0; i < m; i++)
		has = one_step(task, program_draw(n, task * m + i), has);
	while (has--)
		put_page(the_page());
}

DEFINE_PROGRAMS(pages, { "holders", program_n, start, holders, finish },
		{ "counted", program_n_and_one, start, counted, finish },
		{ "references", three, start, references, finish });
