/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lists that are read under RCU.
 *
 * Publishing an entry is no scheduling point here: writers hold a lock, and the
 * lock's own points surround it.
 *
 * Fidelity: EMULATED - same results as the kernel's; readers are not checked to
 * be inside a section, weaker than CONFIG_PROVE_RCU_LIST.
 */
#ifndef PFNSIM_LINUX_RCULIST_H
#define PFNSIM_LINUX_RCULIST_H

#include <linux/list.h>
#include <linux/rcupdate.h>

#define INIT_LIST_HEAD_RCU(head) INIT_LIST_HEAD(head)
#define list_next_rcu(list) (*((struct list_head __rcu **)&(list)->next))
#define hlist_first_rcu(head) (*((struct hlist_node __rcu **)&(head)->first))
#define hlist_next_rcu(node) (*((struct hlist_node __rcu **)&(node)->next))

static inline void __list_publish(struct list_head *item,
				  struct list_head *left)
{
	struct list_head *right = left->next;

	item->next = right;
	item->prev = left;
	right->prev = item;
	smp_store_release(&left->next, item);
}

static inline void list_add_rcu(struct list_head *item, struct list_head *head)
{
	__list_publish(item, head);
}

static inline void list_add_tail_rcu(struct list_head *item,
				     struct list_head *head)
{
	__list_publish(item, head->prev);
}

static inline void list_del_rcu(struct list_head *item)
{
	__list_del_entry(item);
	item->prev = LIST_POISON2;
}

static inline void hlist_add_head_rcu(struct hlist_node *node,
				      struct hlist_head *head)
{
	struct hlist_node *next = head->first;

	node->next = next;
	node->pprev = &head->first;
	if (next)
		next->pprev = &node->next;
	smp_store_release(&head->first, node);
}

static inline void hlist_del_rcu(struct hlist_node *node)
{
	struct hlist_node *next = node->next;

	WRITE_ONCE(*node->pprev, next);
	if (next)
		next->pprev = node->pprev;
	node->pprev = LIST_POISON2;
}

static inline void hlist_del_init_rcu(struct hlist_node *node)
{
	if (node->pprev) {
		hlist_del_rcu(node);
		node->pprev = NULL;
	}
}

#define list_entry_rcu(ptr, type, member)                                      \
	container_of(rcu_dereference_raw(ptr), type, member)
#define list_for_each_entry_rcu(pos, head, member, cond...)                    \
	for (pos = list_entry_rcu((head)->next, __typeof__(*pos), member);     \
	     &pos->member != (head);                                           \
	     pos = list_entry_rcu(pos->member.next, __typeof__(*pos), member))
#define list_for_each_entry_srcu(pos, head, member, cond)                      \
	list_for_each_entry_rcu(pos, head, member, cond)
#define hlist_for_each_entry_rcu(pos, head, member, cond...)                   \
	for (pos = hlist_entry_safe(rcu_dereference_raw((head)->first),        \
				    __typeof__(*pos), member);                 \
	     pos;                                                              \
	     pos = hlist_entry_safe(rcu_dereference_raw(pos->member.next),     \
				    __typeof__(*pos), member))
#define hlist_for_each_entry_srcu(pos, head, member, cond)                     \
	hlist_for_each_entry_rcu(pos, head, member, cond)
#define hlist_for_each_entry_rcu_notrace(pos, head, member)                    \
	hlist_for_each_entry_rcu(pos, head, member)

#endif /* PFNSIM_LINUX_RCULIST_H */
