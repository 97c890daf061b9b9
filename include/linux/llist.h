/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Singly linked lists that several tasks may push to.
 *
 * Fidelity: EMULATED - pushing and taking are atomic, and no scheduling points.
 */
#ifndef PFNSIM_LINUX_LLIST_H
#define PFNSIM_LINUX_LLIST_H

#include <linux/container_of.h>
#include <linux/types.h>

struct llist_node {
	struct llist_node *next;
};
struct llist_head {
	struct llist_node *first;
};
#define LLIST_HEAD_INIT(name)                                                  \
	{                                                                      \
		NULL                                                           \
	}
#define LLIST_HEAD(name) struct llist_head name = LLIST_HEAD_INIT(name)
#define llist_entry(ptr, type, member) container_of(ptr, type, member)

static inline void init_llist_head(struct llist_head *head)
{
	head->first = NULL;
}

static inline bool llist_empty(const struct llist_head *head)
{
	return !head->first;
}

/* Returns true where the list was empty before. */
static inline bool llist_add(struct llist_node *node, struct llist_head *head)
{
	node->next = head->first;
	head->first = node;
	return !node->next;
}

static inline struct llist_node *llist_del_all(struct llist_head *head)
{
	struct llist_node *all = head->first;

	head->first = NULL;
	return all;
}

#endif /* PFNSIM_LINUX_LLIST_H */
