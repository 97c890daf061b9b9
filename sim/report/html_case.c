// SPDX-License-Identifier: GPL-2.0-only
/* The page of one result, in the order in which a reader may stop. */
#include <string.h>

#include "escape.h"
#include "html.h"
#include "points.h"
#include "terminal.h"

static void heading(const struct html_view *view, const char *text)
{
	fprintf(view->out, "<h%d>%s</h%d>\n", 2 + view->part, text,
		2 + view->part);
}

/* ---- The verdict --------------------------------------------------------- */

static void put_title(const struct html_view *view)
{
	const struct case_result *result = view->result;
	const char *class = html_verdict_class(result->verdict);

	fprintf(view->out,
		"<h%d><span class=\"verdict %s\"><span aria-hidden=\"true\">%s"
		"</span> %s</span> ",
		1 + view->part, class, html_verdict_sign(result->verdict),
		verdict_name(result->verdict));
	html_text(view->out, result_scenario_name(result));
	fputs(" / <wbr>", view->out);
	html_text(view->out, result_case_name(result));
	fprintf(view->out, "</h%d>\n", 1 + view->part);
}

static void put_kernel(const struct html_view *view)
{
	const struct case_result *result = view->result;

	fputs("<p class=\"meta\">", view->out);
	if (result->scenario->title) {
		html_text(view->out, result->scenario->title);
		fputs("<br>", view->out);
	}
	fputs("kernel <b>", view->out);
	html_text(view->out, result->kernel ? result->kernel : "-");
	fputs("</b>", view->out);
	if (result->version && *result->version) {
		fputs(", Linux ", view->out);
		html_text(view->out, result->version);
	}
	if (result->revision && *result->revision) {
		fputs(", revision <code>", view->out);
		html_text(view->out, result->revision);
		fputs("</code>", view->out);
	}
	fputs("</p>\n", view->out);
}

static void put_finding(const struct html_view *view,
			const struct finding *finding)
{
	struct buf text = { 0 };

	describe_finding(&text, view->result, finding);
	html_steps_text(view, buf_get(&text));
	buf_deinit(&text);
}

static void put_findings(const struct html_view *view)
{
	const struct case_result *result = view->result;

	if (result->reason) {
		fprintf(view->out, "<p class=\"reason\">%s",
			result->verdict == VERDICT_XFAIL ? "Known: " : "");
		html_text(view->out, result->reason);
		fputs("</p>\n", view->out);
	}
	if (!result->nr_findings)
		return;
	fprintf(view->out, "<p class=\"sentence %s\">",
		html_verdict_class(result->verdict));
	put_finding(view, &result->findings[0]);
	fputs("</p>\n", view->out);
	if (result->nr_findings == 1)
		return;
	fputs("<ul class=\"also\">\n", view->out);
	for (size_t i = 1; i < result->nr_findings; i++) {
		fputs("<li>also ", view->out);
		put_finding(view, &result->findings[i]);
		fputs("</li>\n", view->out);
	}
	fputs("</ul>\n", view->out);
}

/* ---- Objects ------------------------------------------------------------- */

static void put_history_line(const struct html_view *view, const char *name,
			     const struct history_line *line)
{
	const struct trace *trace = &view->result->trace;
	unsigned int step = line->in_setup ?
				    0 :
				    trace_step_number(trace, line->event);

	fputs("<tr><th scope=\"row\">", view->out);
	html_text(view->out, name);
	fputs("</th><td>", view->out);
	html_text(view->out, line->verb);
	fputs("</td><td>", view->out);
	if (line->in_setup)
		fputs("in setup", view->out);
	else if (step)
		fprintf(view->out, "<a href=\"#%ss%u\">step %u</a>",
			view->prefix, step, step);
	fputs("</td><td>", view->out);
	html_text(view->out, line->text ? line->text : "");
	fputs("</td></tr>\n", view->out);
}

static void put_histories(const struct html_view *view)
{
	const struct case_result *result = view->result;
	const char *path = result->nr_findings ? result->findings[0].path :
						 NULL;

	if (!result->nr_histories && !path)
		return;
	heading(view, "What became of the page");
	fputs("<table class=\"life\">\n", view->out);
	for (size_t i = 0; i < result->nr_histories; i++) {
		const struct history *history = &result->histories[i];

		for (size_t j = 0; j < history->nr; j++)
			put_history_line(
				view, j || !history->name ? "" : history->name,
				&history->lines[j]);
	}
	if (path) {
		fputs("<tr><th scope=\"row\"></th><td>found</td><td></td>"
		      "<td>in ",
		      view->out);
		html_text(view->out, path);
		fputs("</td></tr>\n", view->out);
	}
	fputs("</table>\n", view->out);
}

/* ---- Running it again ---------------------------------------------------- */

static void put_again(const struct html_view *view)
{
	const struct case_result *result = view->result;
	struct buf command = { 0 };

	if (!result->order || !*result->order)
		return;
	heading(view, "Run it again");
	describe_replay(&command, result, " ");
	fputs("<pre class=\"command\">", view->out);
	html_text(view->out, buf_get(&command));
	fputs("</pre>\n", view->out);
	if (result->nr_findings && result->findings[0].signature) {
		fputs("<p class=\"meta\">The same bug has the signature "
		      "<code>",
		      view->out);
		html_text(view->out, result->findings[0].signature);
		fputs("</code>.</p>\n", view->out);
	}
	buf_deinit(&command);
}

static void put_caps(const struct html_view *view)
{
	if (view->part || !view->result->caps)
		return;
	heading(view, "Kernel");
	fputs("<p>It can do: <code>", view->out);
	for (int i = 0; i < NR_KERNEL_CAPS; i++)
		if (view->result->caps >> i & 1)
			fprintf(view->out, "%s ", kernel_cap_name(i));
	fputs("</code></p>\n", view->out);
}

/* ---- The whole ----------------------------------------------------------- */

void html_case_parts(const struct html_view *view)
{
	put_title(view);
	put_kernel(view);
	put_findings(view);
	html_lanes(view);
	put_histories(view);
	html_search(view);
	html_scenario(view);
	put_again(view);
	put_caps(view);
}

void html_case_page(FILE *out, const struct case_result *result,
		    const char *source_url)
{
	struct html_view view = {
		.out = out,
		.result = result,
		.source_url = source_url,
		.prefix = "",
	};
	struct buf title = { 0 };

	buf_printf(&title, "%s %s / %s (%s)", verdict_name(result->verdict),
		   result_scenario_name(result), result_case_name(result),
		   result->kernel ? result->kernel : "-");
	html_begin(out, buf_get(&title));
	html_case_parts(&view);
	html_end(out);
	buf_deinit(&title);
}
