// SPDX-License-Identifier: GPL-2.0-only
/* Steps and outcomes in the words of the scenario file. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "machine.h"
#include "points.h"
#include "schema.h"

struct text_buffer {
	char text[160];
	size_t used;
};

__attribute__((format(printf, 2, 3))) static void
add(struct text_buffer *buffer, const char *fmt, ...)
{
	size_t left = sizeof(buffer->text) - buffer->used;
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(buffer->text + buffer->used, left, fmt, args);
	va_end(args);
	if (len > 0)
		buffer->used += (size_t)len < left ? (size_t)len : left - 1;
}

static void add_page(struct text_buffer *buffer, const struct scenario *scn,
		     const struct page_ref *page)
{
	const char *name = page->space == PAGES_GMEM ?
				   scn->gmem[page->obj].name :
			   page->space == PAGES_REGION ?
				   scn->region[page->obj].name :
				   scn->slot[page->obj].name;

	if (page->nr == 1)
		add(buffer, "%s/%lu", name, page->first);
	else if (page->nr)
		add(buffer, "%s/%lu..%lu", name, page->first,
		    page->first + page->nr - 1);
	else if (page->first)
		add(buffer, "%s/%lu..", name, page->first);
	else
		add(buffer, "%s", name);
}

static void add_object(struct text_buffer *buffer, const struct scenario *scn,
		       const struct step *step)
{
	const struct step_args *args = &step->args;

	if (args->page.space != PAGES_NONE)
		add_page(buffer, scn, &args->page);
	else if (args->cache != SCN_NONE)
		add(buffer, "%s", scn->cache[args->cache].name);
	else if (args->slot != SCN_NONE)
		add(buffer, "%s", scn->slot[args->slot].name);
	else if (args->region != SCN_NONE)
		add(buffer, "%s", scn->region[args->region].name);
	else if (args->gmem != SCN_NONE)
		add(buffer, "%s", scn->gmem[args->gmem].name);
}

static void add_extra(struct text_buffer *buffer, const struct scenario *scn,
		      const struct step *step)
{
	const struct step_args *args = &step->args;

	switch (step->op) {
	case SOP_GPC_ACTIVATE:
		if (args->has_gpa)
			add(buffer, ", %#lx", args->gpa);
		break;
	case SOP_GPC_READ:
		if (args->has_len)
			add(buffer, ", %lu", args->len);
		break;
	case SOP_SLOT_CREATE:
		if (args->gmem != SCN_NONE)
			add(buffer, ", %s", scn->gmem[args->gmem].name);
		break;
	case SOP_SLOT_MOVE:
		add(buffer, ", %#lx", args->gpa);
		break;
	case SOP_VM_SET_ATTRIBUTES:
		add(buffer, "%#lx, %s", args->gpa,
		    args->is_private ? "private" : "shared");
		break;
	case SOP_VM_CHECK_EXTENSION:
		add(buffer, "%s",
		    value_type_word(VALUE_EXTENSION, args->extension));
		break;
	case SOP_MM_AGE:
		add(buffer, ", %s",
		    value_type_word(VALUE_AGEING, args->ageing));
		break;
	case SOP_GUEST_READ:
	case SOP_GUEST_WRITE:
		add(buffer, "%#lx", args->gpa);
		break;
	default:
		break;
	}
}

const char *machine_describe_step(const struct machine *machine,
				  const struct step *step, struct trace *trace)
{
	struct text_buffer buffer = { .used = 0 };

	add(&buffer, "%s(", scenario_op_name(step->op));
	add_object(&buffer, machine->scenario, step);
	add_extra(&buffer, machine->scenario, step);
	add(&buffer, ")");
	return trace_text(trace, "%s", buffer.text);
}
