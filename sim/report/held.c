// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "held.h"

enum effect { EFFECT_NONE, EFFECT_TAKE, EFFECT_TRY, EFFECT_DROP };

static enum effect effect_of(enum shim_call call)
{
	switch (call) {
	case CALL_MUTEX_LOCK:
	case CALL_DOWN_READ:
	case CALL_DOWN_WRITE:
	case CALL_FILEMAP_INVALIDATE_LOCK:
	case CALL_FILEMAP_INVALIDATE_LOCK_SHARED:
	case CALL_MMAP_READ_LOCK:
	case CALL_MMAP_WRITE_LOCK:
	case CALL_SPIN_LOCK:
	case CALL_READ_LOCK:
	case CALL_READ_LOCK_IRQ:
	case CALL_WRITE_LOCK:
	case CALL_WRITE_LOCK_IRQ:
	case CALL_RCU_READ_LOCK:
	case CALL_SRCU_READ_LOCK:
	case CALL_FOLIO_LOCK:
		return EFFECT_TAKE;
	case CALL_MUTEX_TRYLOCK:
	case CALL_SPIN_TRYLOCK:
	case CALL_READ_TRYLOCK:
		return EFFECT_TRY;
	case CALL_MUTEX_UNLOCK:
	case CALL_UP_READ:
	case CALL_UP_WRITE:
	case CALL_FILEMAP_INVALIDATE_UNLOCK:
	case CALL_FILEMAP_INVALIDATE_UNLOCK_SHARED:
	case CALL_MMAP_READ_UNLOCK:
	case CALL_MMAP_WRITE_UNLOCK:
	case CALL_SPIN_UNLOCK:
	case CALL_READ_UNLOCK:
	case CALL_READ_UNLOCK_IRQ:
	case CALL_WRITE_UNLOCK:
	case CALL_WRITE_UNLOCK_IRQ:
	case CALL_RCU_READ_UNLOCK:
	case CALL_SRCU_READ_UNLOCK:
	case CALL_FOLIO_UNLOCK:
		return EFFECT_DROP;
	default:
		return EFFECT_NONE;
	}
}

/* Read sections and folios have no name of their own everywhere. */
const char *held_lock_name(const struct trace_event *event)
{
	if (event->obj)
		return event->obj;
	if (event->call == CALL_RCU_READ_LOCK ||
	    event->call == CALL_RCU_READ_UNLOCK)
		return "rcu";
	if (event->call == CALL_SRCU_READ_LOCK ||
	    event->call == CALL_SRCU_READ_UNLOCK)
		return "srcu";
	if (event->call == CALL_FOLIO_LOCK || event->call == CALL_FOLIO_UNLOCK)
		return "folio";
	return NULL;
}

static bool take(struct held_locks *held, unsigned int task, const char *name)
{
	if (held->task[task].nr == HELD_MAX)
		return false;
	held->task[task].name[held->task[task].nr++] = name;
	return true;
}

static bool drop(struct held_locks *held, unsigned int task, const char *name)
{
	const char **names = held->task[task].name;

	for (unsigned int i = held->task[task].nr; i-- > 0;) {
		if (strcmp(names[i], name))
			continue;
		held->task[task].nr--;
		memmove(names + i, names + i + 1,
			(held->task[task].nr - i) * sizeof(*names));
		return true;
	}
	return false;
}

bool held_follow(struct held_locks *held, const struct trace_event *event)
{
	const char *name = held_lock_name(event);

	if (event->kind != TRACE_CALL || !name || event->task >= HOST_MAX_TASKS)
		return false;
	switch (effect_of(event->call)) {
	case EFFECT_TAKE:
		return take(held, event->task, name);
	case EFFECT_TRY:
		return event->ret > 0 && take(held, event->task, name);
	case EFFECT_DROP:
		return drop(held, event->task, name);
	case EFFECT_NONE:
		break;
	}
	return false;
}

void held_describe(const struct held_locks *held, unsigned int task,
		   struct buf *out)
{
	unsigned int nr = held->task[task].nr;

	if (!nr) {
		buf_puts(out, "holds no lock");
		return;
	}
	for (unsigned int i = 0; i < nr; i++)
		buf_printf(out, "%s%s", i ? ", " : "holds ",
			   held->task[task].name[i]);
}
