// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an event changed, in the words of a report: the observer compares the
 * state of caches and VM before and after each event of a trace, and names pages
 * by what they hold.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "checks.h"
#include "points.h"
#include "session.h"

#define WATCHED_CACHES 16
#define MAX_LABELS 512

struct label {
	unsigned long pfn;
	char text[40];
};

struct observer {
	struct gpc_view gpc[WATCHED_CACHES];
	struct vm_view vm;
	bool vm_known;
	struct label label[MAX_LABELS];
	unsigned int nr_labels;
};

static struct observer now, saved;

struct line_buffer {
	char text[512];
	size_t used;
};

__attribute__((format(printf, 2, 3))) static void
add_line(struct line_buffer *lines, const char *fmt, ...)
{
	size_t left = sizeof(lines->text) - lines->used;
	va_list args;
	int len;

	if (left < 2)
		return;
	if (lines->used) {
		lines->text[lines->used++] = '\n';
		left--;
	}
	va_start(args, fmt);
	len = vsnprintf(lines->text + lines->used, left, fmt, args);
	va_end(args);
	if (len > 0)
		lines->used += (size_t)len < left ? (size_t)len : left - 1;
}

/* ---- Names of pages ------------------------------------------------------ */

static const char *label_of(unsigned long pfn)
{
	for (unsigned int i = 0; i < now.nr_labels; i++)
		if (now.label[i].pfn == pfn)
			return now.label[i].text;
	return NULL;
}

__attribute__((format(printf, 2, 3))) static void
set_label(unsigned long pfn, const char *fmt, ...)
{
	struct label *label = NULL;
	va_list args;

	for (unsigned int i = 0; i < now.nr_labels && !label; i++)
		if (now.label[i].pfn == pfn)
			label = &now.label[i];
	if (!label && now.nr_labels < MAX_LABELS)
		label = &now.label[now.nr_labels++];
	if (!label)
		return;
	label->pfn = pfn;
	va_start(args, fmt);
	vsnprintf(label->text, sizeof(label->text), fmt, args);
	va_end(args);
}

static void label_file_page(const struct session *session, unsigned long pfn,
			    unsigned long index, const char *inode)
{
	const struct scenario *scn = session->scenario;

	for (size_t i = 0; i < scn->nr_gmem; i++) {
		unsigned long found = index;
		int fd = session->machine.state.gmem_fd[i];

		if (fd < 0 ||
		    kernel_look(session->kernel->desc, VIEW_FILE_PAGE, fd,
				&found) < 0 ||
		    found != pfn)
			continue;
		set_label(pfn, "%s/%lu", scn->gmem[i].name, index);
		return;
	}
	set_label(pfn, "%s/%lu", inode ? inode : "file", index);
}

static void label_user_page(const struct session *session, unsigned long pfn,
			    unsigned long uva)
{
	const struct scenario *scn = session->scenario;
	const char *old = label_of(pfn);

	if (old && strchr(old, '/'))
		return;
	for (size_t i = 0; i < scn->nr_region; i++) {
		const struct region_desc *region = &scn->region[i];

		if (uva - region->hva < region->pages * 4096UL) {
			set_label(pfn, "%s/%lu", region->name,
				  (uva - region->hva) >> 12);
			return;
		}
	}
}

/* ---- Notes --------------------------------------------------------------- */

static const char *note_text(struct trace *trace, enum host_note note,
			     unsigned long a, const char *text)
{
	const char *page = page_name(a);
	const char *label = label_of(a);

	switch (note) {
	case NOTE_PAGE_ALLOC:
		return trace_text(trace, "allocate %s", page);
	case NOTE_PAGE_FREE:
		return trace_text(trace, "free %s", page);
	case NOTE_CACHE_ADD:
		return trace_text(trace, "%s becomes %s", page, label);
	case NOTE_CACHE_REMOVE:
		return trace_text(trace, "%s leaves %s", page, label);
	case NOTE_MAP:
		return trace_text(trace, "%s of %s", text ? text : "map", page);
	case NOTE_UNMAP:
		return trace_text(trace, "undo %s of %s", text ? text : "map",
				  page);
	case NOTE_PTE_SET:
		return trace_text(trace, "map %s for the VMM", page);
	case NOTE_PTE_CLEAR:
		return trace_text(trace, "unmap %s from the VMM", page);
	case NOTE_ZAP_DIRECT:
		return trace_text(trace, "%s leaves the direct map", page);
	case NOTE_RESTORE_DIRECT:
		return trace_text(trace, "%s is back in the direct map", page);
	case NOTE_ACCESS:
		return trace_text(trace, "%s through khva of %s",
				  text ? text : "access", page);
	case NOTE_SPTE_SET:
		return trace_text(trace, "map %s for the guest", page);
	case NOTE_SPTE_CLEAR:
		return trace_text(trace, "unmap %s from the guest", page);
	case NOTE_FREE_DEFERRED:
		return trace_text(trace, "free %s after a grace period",
				  text ? text : "object");
	case NOTE_FREE:
		return trace_text(trace, "free %s", text ? text : "object");
	case NR_HOST_NOTES:
		break;
	}
	return text ? trace_text(trace, "%s", text) : NULL;
}

const char *observer_note(void *arg, enum host_note note, unsigned long a,
			  unsigned long b, const char *text)
{
	struct session *session = arg;

	if (note == NOTE_CACHE_ADD)
		label_file_page(session, a, b, text);
	else if (note == NOTE_PTE_SET)
		label_user_page(session, a, b);
	else if (note == NOTE_PAGE_ALLOC)
		set_label(a, "new");
	return note_text(session->trace, note, a, text);
}

/* ---- Changes ------------------------------------------------------------- */

static void page_change(struct line_buffer *lines,
			const struct trace_event *event)
{
	const char *label = label_of(event->pfn);

	switch (event->note) {
	case NOTE_PAGE_FREE:
		add_line(lines, "%s %s -> free", page_name(event->pfn),
			 label ? label : "");
		set_label(event->pfn, "free");
		break;
	case NOTE_CACHE_ADD:
	case NOTE_PTE_SET:
		if (label)
			add_line(lines, "%s is %s", page_name(event->pfn),
				 label);
		break;
	default:
		break;
	}
}

static void number_change(struct line_buffer *lines, const char *what,
			  unsigned long old, unsigned long new)
{
	if (old != new)
		add_line(lines, "%s %lu -> %lu", what, old, new);
}

static void vm_change(struct session *session, struct line_buffer *lines)
{
	struct vm_view vm;

	if (kernel_look(session->kernel->desc, VIEW_VM,
			session->machine.state.vm_fd, &vm) < 0 ||
	    !vm.alive) {
		now.vm_known = false;
		return;
	}
	if (now.vm_known) {
		/* The top bit says that an update is under way. */
		number_change(lines, "generation",
			      now.vm.generation & ~(1UL << 63),
			      vm.generation & ~(1UL << 63));
		number_change(lines, "active invalidations",
			      now.vm.active_invalidate_count,
			      vm.active_invalidate_count);
		number_change(lines, "in progress",
			      now.vm.invalidate_in_progress,
			      vm.invalidate_in_progress);
		number_change(lines, "mmu seq", now.vm.invalidate_seq,
			      vm.invalidate_seq);
		number_change(lines, "gpc seq", now.vm.gpc_invalidate_seq,
			      vm.gpc_invalidate_seq);
	}
	now.vm = vm;
	now.vm_known = true;
}

static void cache_change(struct line_buffer *lines, const char *name,
			 const struct gpc_view *old, const struct gpc_view *new)
{
	if (old->active != new->active)
		add_line(lines, "%s %s", name,
			 new->active ? "active" : "inactive");
	if (old->valid != new->valid)
		add_line(lines, "%s %s", name,
			 new->valid ? "valid" : "invalid");
	if (old->pfn != new->pfn &&new->khva)
		add_line(lines, "%s -> %s", name, page_name(new->pfn));
	else if (old->khva && !new->khva)
		add_line(lines, "%s has no page", name);
	if (old->active && new->active)
		number_change(lines, name, old->generation, new->generation);
}

static void cache_changes(struct session *session, struct line_buffer *lines)
{
	unsigned int nr = session->machine.nr_caches;

	for (unsigned int i = 0; i < nr && i < WATCHED_CACHES; i++) {
		const struct cache_desc *cache = machine_cache(
			&session->machine, i);
		struct gpc_view view;

		if (!cache ||
		    kernel_look(session->kernel->desc, VIEW_GPC, i, &view) < 0)
			continue;
		cache_change(lines, cache->name, &now.gpc[i], &view);
		now.gpc[i] = view;
	}
}

void observer_event(void *arg, struct trace_event *event)
{
	struct session *session = arg;
	struct line_buffer lines = { .used = 0 };

	if (event->kind == TRACE_NOTE && event->pfn != HOST_NO_PFN)
		page_change(&lines, event);
	if (event->kind == TRACE_BLOCK && event->ret >= 0)
		event->text = trace_text(
			session->trace, "%s (%s)",
			event->obj ? event->obj : shim_call_name(event->call),
			session_task_name(session, event->ret));
	else if (event->kind == TRACE_BLOCK)
		event->text = trace_text(
			session->trace, "%s",
			event->obj ? event->obj : shim_call_name(event->call));
	vm_change(session, &lines);
	cache_changes(session, &lines);
	if (lines.used)
		event->changed = trace_text(session->trace, "%s", lines.text);
}

void observer_begin(struct session *session)
{
	(void)session;
	memset(&now, 0, sizeof(now));
}

void observer_save(void)
{
	saved = now;
}

void observer_resume(struct session *session)
{
	struct line_buffer lines = { .used = 0 };

	now = saved;
	vm_change(session, &lines);
	cache_changes(session, &lines);
}
