// SPDX-License-Identifier: GPL-2.0-only
#include "diag.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

#define TEXT_MAX 400

void diags_init(struct diags *diags)
{
	*diags = (struct diags){ 0 };
	CDS_INIT_LIST_HEAD(&diags->list);
}

void diags_deinit(struct diags *diags)
{
	struct diag *diag, *next;

	cds_list_for_each_entry_safe(diag, next, &diags->list, list) {
		free(diag->text);
		free(diag->note);
		free(diag);
	}
	free(diags->file);
	free(diags->source);
	diags_init(diags);
}

void diags_set_file(struct diags *diags, const char *file)
{
	free(diags->file);
	diags->file = text_copy(file, strlen(file));
}

void diags_set_source(struct diags *diags, const char *source, size_t len)
{
	free(diags->source);
	diags->source = source ? text_copy(source, len) : NULL;
	diags->source_len = source ? len : 0;
}

static char *format_text(const char *fmt, va_list args)
{
	char raw[TEXT_MAX];

	vsnprintf(raw, sizeof(raw), fmt, args);
	return text_printable(raw);
}

static size_t nr_messages(const struct diags *diags)
{
	return diags->nr_errors + diags->nr_warnings;
}

void diag_add(struct diags *diags, enum diag_severity severity, struct pos pos,
	      const char *fmt, ...)
{
	struct diag *diag;
	va_list args;

	if (severity == DIAG_ERROR)
		diags->nr_errors++;
	else
		diags->nr_warnings++;
	/* A note that follows a message that was dropped is dropped, too. */
	if (nr_messages(diags) > DIAG_MAX_KEPT)
		return;
	diag = text_alloc(sizeof(*diag));
	diag->severity = severity;
	diag->pos = pos;
	va_start(args, fmt);
	diag->text = format_text(fmt, args);
	va_end(args);
	cds_list_add_tail(&diag->list, &diags->list);
}

void diag_note(struct diags *diags, struct pos pos, const char *fmt, ...)
{
	struct diag *last;
	va_list args;

	assert(!cds_list_empty(&diags->list));
	if (nr_messages(diags) > DIAG_MAX_KEPT)
		return;
	last = cds_list_entry(diags->list.prev, struct diag, list);
	free(last->note);
	last->note_pos = pos;
	va_start(args, fmt);
	last->note = format_text(fmt, args);
	va_end(args);
}

static int compare_pos(const struct pos *a, const struct pos *b)
{
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->col != b->col)
		return a->col < b->col ? -1 : 1;
	return 0;
}

/* Insertion from the back: messages come nearly sorted, and are few. */
void diags_sort(struct diags *diags)
{
	struct cds_list_head sorted, *place;
	struct diag *diag, *next;

	CDS_INIT_LIST_HEAD(&sorted);
	cds_list_for_each_entry_safe(diag, next, &diags->list, list) {
		cds_list_del(&diag->list);
		for (place = sorted.prev; place != &sorted;
		     place = place->prev) {
			struct diag *other = cds_list_entry(place, struct diag,
							    list);

			if (compare_pos(&other->pos, &diag->pos) <= 0)
				break;
		}
		cds_list_add(&diag->list, place);
	}
	CDS_INIT_LIST_HEAD(&diags->list);
	cds_list_splice(&sorted, &diags->list);
}

static void print_message(const struct diags *diags, const struct pos *pos,
			  const char *severity, const char *text, FILE *out)
{
	const char *file = diags->file ? diags->file : "scenario";
	char *name = text_printable(file);
	struct text_line line;

	if (pos->line)
		fprintf(out, "%s:%u:%u: %s: %s\n", name, pos->line, pos->col,
			severity, text);
	else
		fprintf(out, "%s: %s: %s\n", name, severity, text);
	free(name);
	if (!pos->line || !diags->source)
		return;
	line = text_find_line(diags->source, diags->source_len, pos->line);
	if (!line.start)
		return;
	text_print_caret(out, line, pos);
}

void diags_print(struct diags *diags, FILE *out)
{
	static const char *const names[] = { "error", "warning" };
	size_t total = nr_messages(diags);
	size_t shown = 0;
	struct diag *diag;

	diags_sort(diags);
	cds_list_for_each_entry(diag, &diags->list, list) {
		if (shown++ == DIAG_MAX_SHOWN)
			break;
		print_message(diags, &diag->pos, names[diag->severity],
			      diag->text, out);
		if (diag->note)
			print_message(diags, &diag->note_pos, "note",
				      diag->note, out);
	}
	if (total > DIAG_MAX_SHOWN)
		fprintf(out, "%zu more\n", total - DIAG_MAX_SHOWN);
}
