// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "escape.h"
#include "html.h"
#include "html_style.h"

void html_bytes(FILE *out, const char *text, size_t len)
{
	struct buf safe = { 0 };

	escape_html_bytes(&safe, text, len);
	fputs(buf_get(&safe), out);
	buf_deinit(&safe);
}

void html_text(FILE *out, const char *text)
{
	html_bytes(out, text, strlen(text));
}

void html_code(FILE *out, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "_(-");

		html_bytes(out, text, len);
		text += len;
		if (!strncmp(text, "->", 2)) {
			fputs("<span class=\"nb\">", out);
			html_bytes(out, text, 2);
			fputs("</span><wbr>", out);
			text += 2;
		} else if (*text) {
			html_bytes(out, text, 1);
			fputs(*text++ == '-' ? "" : "<wbr>", out);
		}
	}
}

void html_begin(FILE *out, const char *title)
{
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	      "<meta charset=\"utf-8\">\n"
	      "<meta http-equiv=\"Content-Security-Policy\" content=\""
	      "default-src 'none'; style-src 'unsafe-inline'\">\n"
	      "<meta name=\"viewport\" content=\"width=device-width, "
	      "initial-scale=1\">\n"
	      "<meta name=\"color-scheme\" content=\"light dark\">\n"
	      "<title>",
	      out);
	html_text(out, title);
	fputs("</title>\n<style>\n", out);
	fputs(html_style, out);
	fputs("</style>\n</head>\n<body>\n<main>\n", out);
}

void html_end(FILE *out)
{
	fputs("</main>\n</body>\n</html>\n", out);
}

/* ---- Verdicts ------------------------------------------------------------ */

const char *html_verdict_class(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_PASS:
		return "pass";
	case VERDICT_XFAIL:
		return "known";
	case VERDICT_SKIP:
		return "skip";
	case VERDICT_UNKNOWN:
		return "open";
	default:
		return "fail";
	}
}

const char *html_verdict_sign(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_PASS:
		return "&#10003;"; /* a tick */
	case VERDICT_XFAIL:
		return "~";
	case VERDICT_SKIP:
		return "&#8211;"; /* a dash */
	case VERDICT_UNKNOWN:
		return "?";
	default:
		return "&#215;"; /* a cross */
	}
}

/* ---- Links --------------------------------------------------------------- */

void html_steps_text(const struct html_view *view, const char *text)
{
	static const char word[] = "step ";
	const char *at;

	while ((at = strstr(text, word))) {
		const char *number = at + strlen(word);
		size_t digits = strspn(number, "0123456789");

		html_bytes(view->out, text, at - text);
		text = number + digits;
		if (digits && digits < 9)
			fprintf(view->out, "<a href=\"#%ss%.*s\">step %.*s</a>",
				view->prefix, (int)digits, number, (int)digits,
				number);
		else
			html_bytes(view->out, at, text - at);
	}
	html_text(view->out, text);
}

static void add_url(struct buf *url, const char *pattern,
		    const struct place *place)
{
	bool whole = !strstr(pattern, "{path}");

	while (*pattern) {
		if (!strncmp(pattern, "{path}", 6)) {
			buf_puts(url, place->path);
			pattern += 6;
		} else if (!strncmp(pattern, "{line}", 6)) {
			buf_printf(url, "%u", place->line);
			pattern += 6;
		} else {
			buf_add(url, pattern++, 1);
		}
	}
	if (whole)
		buf_printf(url, "%s%s#L%u",
			   url->len && url->bytes[url->len - 1] == '/' ? "" :
									 "/",
			   place->path, place->line);
}

void html_source_link(const struct html_view *view, const struct place *place)
{
	const char *slash = strrchr(place->path, '/');
	struct buf url = { 0 };

	if (view->source_url) {
		add_url(&url, view->source_url, place);
		fputs("<a rel=\"noreferrer\" href=\"", view->out);
		html_text(view->out, buf_get(&url));
		fputs("\">", view->out);
	}
	html_text(view->out, slash ? slash + 1 : place->path);
	fprintf(view->out, ":%u%s", place->line,
		view->source_url ? "</a>" : "");
	buf_deinit(&url);
}
