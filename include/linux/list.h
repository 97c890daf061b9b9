/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Circular doubly linked lists, and chains with a single-pointer head.
 *
 * For kernels without a tree's own list.h.
 *
 * Fidelity: EMULATED - same results as the kernel's; no hardening checks.
 */
#ifndef PFNSIM_LINUX_LIST_H
#define PFNSIM_LINUX_LIST_H

#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/poison.h>
#include <linux/stddef.h>
#include <linux/types.h>
#include <asm/barrier.h>

#define LIST_HEAD_INIT(name)                                                   \
	{                                                                      \
		&(name), &(name)                                               \
	}
#define LIST_HEAD(name) struct list_head name = LIST_HEAD_INIT(name)

static inline void INIT_LIST_HEAD(struct list_head *head)
{
	head->next = head->prev = head;
}

static inline void __list_join(struct list_head *left, struct list_head *right)
{
	right->prev = left;
	WRITE_ONCE(left->next, right);
}

static inline void __list_insert(struct list_head *item, struct list_head *left)
{
	struct list_head *right = left->next;

	__list_join(item, right);
	__list_join(left, item);
}

static inline void list_add(struct list_head *item, struct list_head *head)
{
	__list_insert(item, head);
}

static inline void list_add_tail(struct list_head *item, struct list_head *head)
{
	__list_insert(item, head->prev);
}

static inline void __list_del_entry(struct list_head *item)
{
	__list_join(item->prev, item->next);
}

static inline void list_del(struct list_head *item)
{
	__list_del_entry(item);
	item->next = LIST_POISON1;
	item->prev = LIST_POISON2;
}

static inline void list_del_init(struct list_head *item)
{
	__list_del_entry(item);
	INIT_LIST_HEAD(item);
}

static inline void list_replace(struct list_head *old, struct list_head *item)
{
	__list_join(item, old->next);
	__list_join(old->prev, item);
}

static inline void list_move(struct list_head *item, struct list_head *head)
{
	__list_del_entry(item);
	list_add(item, head);
}

static inline void list_move_tail(struct list_head *item,
				  struct list_head *head)
{
	__list_del_entry(item);
	list_add_tail(item, head);
}

static inline int list_empty(const struct list_head *head)
{
	return READ_ONCE(head->next) == head;
}

static inline int list_is_head(const struct list_head *item,
			       const struct list_head *head)
{
	return item == head;
}

static inline int list_is_first(const struct list_head *item,
				const struct list_head *head)
{
	return head->next == item;
}

static inline int list_is_last(const struct list_head *item,
			       const struct list_head *head)
{
	return head->prev == item;
}

static inline int list_is_singular(const struct list_head *head)
{
	return head->next != head && head->next == head->prev;
}

/* Insert the items of the non-empty @list after @left. */
static inline void __list_insert_all(struct list_head *list,
				     struct list_head *left)
{
	__list_join(list->prev, left->next);
	__list_join(left, list->next);
}

static inline void list_splice(struct list_head *list, struct list_head *head)
{
	if (!list_empty(list))
		__list_insert_all(list, head);
}

static inline void list_splice_tail(struct list_head *list,
				    struct list_head *head)
{
	list_splice(list, head->prev);
}

static inline void list_splice_init(struct list_head *list,
				    struct list_head *head)
{
	list_splice(list, head);
	INIT_LIST_HEAD(list);
}

static inline void list_splice_tail_init(struct list_head *list,
					 struct list_head *head)
{
	list_splice_init(list, head->prev);
}

#define list_entry(ptr, type, member) container_of(ptr, type, member)
#define list_first_entry(head, type, member)                                   \
	list_entry((head)->next, type, member)
#define list_last_entry(head, type, member)                                    \
	list_entry((head)->prev, type, member)
#define list_first_entry_or_null(head, type, member)                           \
	(list_empty(head) ? NULL : list_first_entry(head, type, member))
#define list_next_entry(pos, member)                                           \
	list_entry((pos)->member.next, __typeof__(*(pos)), member)
#define list_prev_entry(pos, member)                                           \
	list_entry((pos)->member.prev, __typeof__(*(pos)), member)
#define list_entry_is_head(pos, head, member) (&(pos)->member == (head))

#define list_for_each(pos, head)                                               \
	for (pos = (head)->next; pos != (head); pos = pos->next)
#define list_for_each_safe(pos, n, head)                                       \
	for (pos = (head)->next, n = pos->next; pos != (head);                 \
	     pos = n, n = pos->next)
#define list_for_each_entry(pos, head, member)                                 \
	for (pos = list_first_entry(head, __typeof__(*pos), member);           \
	     !list_entry_is_head(pos, head, member);                           \
	     pos = list_next_entry(pos, member))
#define list_for_each_entry_reverse(pos, head, member)                         \
	for (pos = list_last_entry(head, __typeof__(*pos), member);            \
	     !list_entry_is_head(pos, head, member);                           \
	     pos = list_prev_entry(pos, member))
#define list_for_each_entry_safe(pos, n, head, member)                         \
	for (pos = list_first_entry(head, __typeof__(*pos), member),           \
	    n = list_next_entry(pos, member);                                  \
	     !list_entry_is_head(pos, head, member);                           \
	     pos = n, n = list_next_entry(n, member))

#define HLIST_HEAD_INIT                                                        \
	{                                                                      \
		NULL                                                           \
	}
#define HLIST_HEAD(name) struct hlist_head name = HLIST_HEAD_INIT
#define INIT_HLIST_HEAD(head) ((head)->first = NULL)

static inline void INIT_HLIST_NODE(struct hlist_node *node)
{
	node->next = NULL;
	node->pprev = NULL;
}

static inline int hlist_unhashed(const struct hlist_node *node)
{
	return !node->pprev;
}

static inline int hlist_empty(const struct hlist_head *head)
{
	return !READ_ONCE(head->first);
}

static inline void __hlist_del(struct hlist_node *node)
{
	WRITE_ONCE(*node->pprev, node->next);
	if (node->next)
		node->next->pprev = node->pprev;
}

static inline void hlist_del(struct hlist_node *node)
{
	__hlist_del(node);
	node->next = LIST_POISON1;
	node->pprev = LIST_POISON2;
}

static inline void hlist_del_init(struct hlist_node *node)
{
	if (hlist_unhashed(node))
		return;
	__hlist_del(node);
	INIT_HLIST_NODE(node);
}

static inline void hlist_add_head(struct hlist_node *node,
				  struct hlist_head *head)
{
	node->next = head->first;
	node->pprev = &head->first;
	if (head->first)
		head->first->pprev = &node->next;
	WRITE_ONCE(head->first, node);
}

#define hlist_entry(ptr, type, member) container_of(ptr, type, member)
#define hlist_entry_safe(ptr, type, member)                                    \
	({                                                                     \
		__typeof__(ptr) __node = (ptr);                                \
		__node ? hlist_entry(__node, type, member) : NULL;             \
	})
#define hlist_for_each_entry(pos, head, member)                                \
	for (pos = hlist_entry_safe((head)->first, __typeof__(*pos), member);  \
	     pos; pos = hlist_entry_safe(pos->member.next, __typeof__(*pos),   \
					 member))
#define hlist_for_each_entry_safe(pos, n, head, member)                        \
	for (pos = hlist_entry_safe((head)->first, __typeof__(*pos), member);  \
	     pos && ({                                                         \
		     n = pos->member.next;                                     \
		     1;                                                        \
	     });                                                               \
	     pos = hlist_entry_safe(n, __typeof__(*pos), member))

#endif /* PFNSIM_LINUX_LIST_H */
