// SPDX-License-Identifier: GPL-2.0-only
#include "cell.h"
#include "escape.h"
#include "points.h"

/* The call in the words of an order: "spin_lock(kvm->gpc_lock)". */
static void describe_call(struct buf *out, const struct trace_event *event)
{
	const char *name = shim_call_name(event->call);

	buf_puts(out, name ? name : "?");
	if (event->obj)
		buf_printf(out, "(%s)", event->obj);
}

static void describe_point(struct buf *out, const struct trace_event *event,
			   bool verbose)
{
	if (event->point)
		buf_puts(out, event->point);
	if (event->point && event->nth > 1)
		buf_printf(out, "#%u", event->nth);
	if (event->text)
		buf_printf(out, "%s%s", event->point ? ": " : "", event->text);
	if (event->text && !verbose)
		return;
	if (event->point && !verbose)
		return;
	if (out->len)
		buf_puts(out, ": ");
	describe_call(out, event);
	if (!event->point && event->nth > 1)
		buf_printf(out, "#%u", event->nth);
}

/*
 * The sentence of a violation stands above the lanes. In its lane stands what
 * the task did.
 */
static void describe_violation(struct buf *out, const struct trace_event *event,
			       bool verbose)
{
	if (event->call != CALL_BEGIN)
		describe_call(out, event);
	else
		buf_puts(out, violation_name(event->violation));
	if (verbose && event->text)
		buf_printf(out, ": %s", event->text);
}

static void describe_body(struct buf *out, const struct trace_event *event,
			  bool verbose)
{
	const char *text = event->text ? event->text : "";

	switch (event->kind) {
	case TRACE_BEGIN:
	case TRACE_NOTE:
		buf_puts(out, text);
		break;
	case TRACE_END:
		if (event->text)
			buf_puts(out, text);
		else
			buf_printf(out, "ret %ld", event->ret);
		break;
	case TRACE_CALL:
		describe_point(out, event, verbose);
		break;
	case TRACE_BLOCK:
		buf_printf(out, "blocked on %s", text);
		break;
	case TRACE_RESUME:
		buf_puts(out, "goes on");
		break;
	case TRACE_LOG:
		buf_printf(out, "log: %s", text);
		break;
	case TRACE_VIOLATION:
		describe_violation(out, event, verbose);
		break;
	}
}

static void describe_change(struct buf *out, const struct trace_event *event)
{
	if (event->changed)
		buf_puts(out, event->changed);
	else if (event->kind == TRACE_VIOLATION && event->call != CALL_BEGIN)
		buf_puts(out, violation_name(event->violation));
}

static void set_leads(struct cell *cell, enum trace_kind kind)
{
	cell->lead = kind == TRACE_BEGIN ? "" : kind == TRACE_END ? "` " : "| ";
	cell->next = kind == TRACE_BEGIN || kind == TRACE_END ? "  " : "| ";
}

void cell_describe(struct cell *cell, const struct trace_event *event,
		   const struct report_style *style,
		   const struct held_locks *held)
{
	struct buf raw = { 0 };

	buf_clear(&cell->body);
	buf_clear(&cell->change);
	set_leads(cell, event->kind);
	describe_body(&raw, event, style->verbose);
	escape_terminal(&cell->body, buf_get(&raw), style->utf8);
	buf_clear(&raw);
	describe_change(&raw, event);
	if (style->verbose && held) {
		if (raw.len)
			buf_puts(&raw, "\n");
		held_describe(held, event->task, &raw);
	}
	escape_change(&cell->change, buf_get(&raw), style->utf8);
	buf_deinit(&raw);
}

void cell_deinit(struct cell *cell)
{
	buf_deinit(&cell->body);
	buf_deinit(&cell->change);
}
