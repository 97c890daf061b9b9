// SPDX-License-Identifier: GPL-2.0-only
/*
 * Small things: arithmetic, formatting, searching, the one CPU and its data.
 */
#include <linux/align.h>
#include <linux/args.h>
#include <linux/bsearch.h>
#include <linux/build_bug.h>
#include <linux/compat.h>
#include <linux/container_of.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/math.h>
#include <linux/math64.h>
#include <linux/mempolicy.h>
#include <linux/pagemap.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/stddef.h>
#include <linux/string.h>
#include <linux/stringify.h>
#include <asm/processor.h>
#include "mm_fixture.h"
#include "shim_test.h"

struct outer {
	u32 first;
	struct inner {
		u64 value;
	} inner;
};

static DEFINE_PER_CPU(int, counter);
static int called;

static void arithmetic(void)
{
	u8 small = 200;

	CHECK(ALIGN(5, 8) == 8 && ALIGN(8, 8) == 8 && ALIGN_DOWN(15, 8) == 8);
	CHECK(IS_ALIGNED(16, 8) && !IS_ALIGNED(12, 8));
	CHECK(DIV_ROUND_UP(9, 4) == 3 && DIV_ROUND_UP(8, 4) == 2);
	CHECK(max(3, 2) == 3 && min_t(unsigned int, -1, 2) == 2);
	CHECK(max_t(u16, small, 300) == 300);
	CHECK(div64_u64(1ULL << 40, 1ULL << 38) == 4);
	CHECK(BIT(5) == 32 && BIT_ULL(40) == 1ULL << 40 && _BITUL(3) == 8);
	CHECK(GENMASK_ULL(35, 32) == 0xf00000000ULL);
	CHECK(ilog2(1UL << 40) == 40 && ilog2(1000) == 9);
}

static void structures(void)
{
	struct outer outer, array[3];

	CHECK(container_of(&outer.inner, struct outer, inner) == &outer);
	CHECK(ARRAY_SIZE(array) == 3 && offsetof(struct outer, inner) == 8);
	CHECK(offsetofend(struct outer, first) == 4);
	CHECK(sizeof_field(struct outer, inner) == 8);
	CHECK(sizeof(typeof_member(struct outer, first)) == 4);
	BUILD_BUG_ON(sizeof(outer) != 16);
	CHECK(!BUILD_BUG_ON_ZERO(sizeof(outer) != 16));
	CHECK(COUNT_ARGS(a, b, c) == 3 && COUNT_ARGS() == 0);
	CHECK(CONCATENATE(1, 2) == 12);
	CHECK(!strcmp(__stringify(PAGE_SHIFT), "12"));
}

static void errors(void)
{
	CHECK(IS_ERR_VALUE(-1UL) && IS_ERR_VALUE((unsigned long)-MAX_ERRNO));
	CHECK(!IS_ERR_VALUE((unsigned long)-MAX_ERRNO - 1));
	CHECK(!IS_ERR(NULL) && PTR_ERR(ERR_PTR(-ENOMEM)) == -ENOMEM);
}

static void formatting(void)
{
	volatile int number = 12345;
	char text[8];

	CHECK(snprintf(text, sizeof(text), "%s-%d", "kvm", number) == 9);
	CHECK(!strcmp(text, "kvm-123"));
	CHECK(snprintf(text, sizeof(text), "%#lx", 255UL) == 4);
	CHECK(!strcmp(text, "0xff"));
	CHECK(_printk("a line\n") == 7);
	pr_err("an error\n");
	pr_info("said\n");
	pr_cont("and more\n");
	pr_err_ratelimited("often\n");
	pr_warn_ratelimited("often\n");
	pr_debug("never\n");
	pr_debug_ratelimited("never\n");
}

static int by_value(const void *key, const void *element)
{
	return *(const int *)key - *(const int *)element;
}

static void searching(void)
{
	int sorted[] = { 1, 3, 5, 7 };
	int three = 3, four = 4, nine = 9;

	CHECK(bsearch(&three, sorted, 4, sizeof(int), by_value) == &sorted[1]);
	CHECK(!bsearch(&four, sorted, 4, sizeof(int), by_value));
	CHECK(!bsearch(&nine, sorted, 4, sizeof(int), by_value));
	CHECK(!bsearch(&three, sorted, 0, sizeof(int), by_value));
}

static void count_call(void *info)
{
	CHECK(!preemptible() && info == &called);
	called++;
}

static void one_cpu(void)
{
	cpumask_var_t mask;
	int cpu, nr = 0;

	CHECK(alloc_cpumask_var_node(&mask, GFP_KERNEL, 0));
	cpumask_clear(mask);
	CHECK(cpumask_empty(mask));
	__cpumask_set_cpu(0, mask);
	CHECK(!cpumask_empty(mask) && cpu_online(0) && !cpu_online(1));
	for_each_possible_cpu(cpu) nr++;
	CHECK(nr == 1 && !raw_smp_processor_id());
	CHECK(get_cpu() == 0 && preempt_count() == 1);
	put_cpu();
	CHECK(preemptible());
	on_each_cpu(count_call, &called, 1);
	CHECK(!smp_call_function_single(0, count_call, &called, 1));
	CHECK(called == 2);
	smp_call_function_many(mask, count_call, &called, true);
	CHECK(called == 2);
	smp_send_reschedule(0);
	free_cpumask_var(mask);
}

static void per_cpu_data(void)
{
	__this_cpu_write(counter, 5);
	CHECK(__this_cpu_read(counter) == 5 && per_cpu(counter, 0) == 5);
}

static void tasks(void)
{
	CHECK(task_pid_nr(current) > 0 && task_tgid_nr(current) == 1);
	CHECK(!single_task_running() && !need_resched());
	CHECK(!signal_pending(current) && !is_compat_task());
	cpu_relax();
	CHECK(preemptible());
}

static void time_stands_still(void)
{
	ktime_t start = ktime_get();

	cond_resched();
	CHECK(ktime_sub(ktime_get(), start) == 0);
	CHECK(ktime_before(start, ktime_add_ns(start, 1)));
	CHECK(ktime_to_ns(ktime_add_ns(start, 5)) == ktime_to_ns(start) + 5);
}

static void one_node(void)
{
	struct file *file = mm_test_file();
	struct shared_policy policy;
	struct folio *folio;

	mpol_shared_policy_init(&policy, NULL);
	CHECK(!mpol_set_shared_policy(&policy, NULL, NULL));
	CHECK(!mpol_shared_policy_lookup(&policy, 0));
	mpol_cond_put(NULL);
	folio = __filemap_get_folio_mpol(
		file->f_mapping, 0, FGP_LOCK | FGP_CREAT, GFP_KERNEL, NULL);
	CHECK(!IS_ERR(folio) && folio_test_locked(folio));
	mpol_free_shared_policy(&policy);
}

static void rare_forms(void)
{
	struct hlist_head head = HLIST_HEAD_INIT;
	struct item {
		struct hlist_node node;
	} item = {}, *at;
	struct kmem_cache_args args = { .align = 64 };
	struct kmem_cache *cache;
	int seen = 0;
	u64 *values = kvzalloc(16, GFP_KERNEL);

	CHECK(!values[0] && !values[1]);
	hlist_add_head(&item.node, &head);
	hlist_for_each_entry_rcu_notrace(at, &head, node) seen++;
	CHECK(seen == 1);
	cache = kmem_cache_create_args("test", 8, &args, 0);
	CHECK(IS_ALIGNED((unsigned long)kmem_cache_alloc(cache, GFP_KERNEL),
			 64));
	kvfree(values);
}

#define BASIC(title, names, source, function)                                  \
	LONE_TEST(title, names, source, NULL, function)

DEFINE_SHIM_TESTS(
	basics,
	BASIC("library/arithmetic",
	      "ALIGN ALIGN_DOWN IS_ALIGNED DIV_ROUND_UP max min_t max_t div64_u64 BIT BIT_ULL _BITUL GENMASK_ULL ilog2",
	      "include/linux/align.h, math.h, minmax.h, bits.h and log2.h: what each of them rounds or selects",
	      arithmetic),
	BASIC("library/structures",
	      "container_of ARRAY_SIZE offsetof offsetofend sizeof_field typeof_member BUILD_BUG_ON BUILD_BUG_ON_ZERO COUNT_ARGS CONCATENATE __stringify",
	      "include/linux/container_of.h, stddef.h, args.h and stringify.h: offsets and sizes of members, counted arguments",
	      structures),
	BASIC("library/error-values", "IS_ERR_VALUE IS_ERR PTR_ERR ERR_PTR",
	      "include/linux/err.h: the last MAX_ERRNO values are errors, NULL is none",
	      errors),
	BASIC("library/formatting",
	      "snprintf _printk pr_err pr_info pr_cont pr_debug pr_debug_ratelimited pr_err_ratelimited pr_warn_ratelimited",
	      "lib/vsprintf.c, snprintf(): returns what the whole text would have needed; Documentation/core-api/printk-basics.rst: pr_debug() is silent without DEBUG",
	      formatting),
	BASIC("library/bsearch", "bsearch",
	      "lib/bsearch.c, bsearch(): an element that compares equal, or NULL",
	      searching),
	BASIC("cpu/there-is-one",
	      "alloc_cpumask_var_node free_cpumask_var cpumask_clear cpumask_empty __cpumask_set_cpu cpu_online for_each_possible_cpu raw_smp_processor_id get_cpu put_cpu on_each_cpu smp_call_function_single smp_call_function_many smp_send_reschedule",
	      "kernel/smp.c: on_each_cpu() includes this CPU, smp_call_function_many() leaves it out; with one CPU that is nobody",
	      one_cpu),
	BASIC("cpu/data",
	      "DEFINE_PER_CPU __this_cpu_read __this_cpu_write per_cpu",
	      "include/linux/percpu-defs.h: each CPU has its own",
	      per_cpu_data),
	BASIC("task/who-runs",
	      "task_pid_nr task_tgid_nr single_task_running need_resched signal_pending is_compat_task cpu_relax",
	      "include/linux/sched.h and pid.h: threads of one process have one tgid; nobody sends signals",
	      tasks),
	BASIC("time/stands-still",
	      "ktime_get ktime_sub ktime_before ktime_add_ns ktime_to_ns",
	      "Documentation/core-api/timekeeping.rst, ktime_get(): never goes back",
	      time_stands_still),
	BASIC("mempolicy/there-is-one-node",
	      "mpol_shared_policy_init mpol_set_shared_policy mpol_shared_policy_lookup mpol_cond_put mpol_free_shared_policy __filemap_get_folio_mpol",
	      "include/linux/mempolicy.h without CONFIG_NUMA: no policy, and allocations that do not mind",
	      one_node),
	BASIC("library/rare-forms",
	      "kvzalloc hlist_for_each_entry_rcu_notrace kmem_cache_create_args",
	      "include/linux/slab.h and rculist.h: the same as their usual forms",
	      rare_forms));
