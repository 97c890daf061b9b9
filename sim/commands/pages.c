// SPDX-License-Identifier: GPL-2.0-only
#include "pages.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "html.h"

void pages_add(struct pages *pages, const struct case_result *result,
	       bool alone)
{
	if (alone) {
		FILE *out = open_memstream(&pages->page, &pages->len);

		if (!out)
			abort();
		html_case_page(out, result, pages->source_url);
		fclose(out);
		pages->alone = true;
		return;
	}
	if (!pages->begun)
		html_run_begin(&pages->run, pages->source_url);
	pages->begun = true;
	html_run_add(&pages->run, result);
}

void pages_write(FILE *out, struct pages *pages)
{
	if (pages->alone) {
		fwrite(pages->page, 1, pages->len, out);
		return;
	}
	if (!pages->begun)
		html_run_begin(&pages->run, pages->source_url);
	pages->begun = true;
	html_run_write(out, &pages->run);
}

void pages_deinit(struct pages *pages)
{
	if (pages->begun)
		html_run_deinit(&pages->run);
	free(pages->page);
	*pages = (struct pages){ 0 };
}

int pages_check_url(const char *url)
{
	if (!url || !strncmp(url, "https://", 8) || !strncmp(url, "http://", 7))
		return 0;
	fprintf(stderr, "pfnsim: --source-url begins with https:// or "
			"http://\n");
	return 2;
}

FILE *page_open(const char *path)
{
	FILE *out = fopen(path, "we");

	if (!out)
		fprintf(stderr, "pfnsim: %s: %s\n", path, strerror(errno));
	return out;
}

int page_check(const char *path)
{
	FILE *out = fopen(path, "ae");

	if (out)
		return page_close(out, path);
	fprintf(stderr, "pfnsim: %s: %s\n", path, strerror(errno));
	return 2;
}

int page_close(FILE *out, const char *path)
{
	bool bad = ferror(out);

	if (!fclose(out) && !bad)
		return 0;
	fprintf(stderr, "pfnsim: %s: cannot write\n", path);
	return 2;
}
