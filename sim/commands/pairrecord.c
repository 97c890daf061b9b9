// SPDX-License-Identifier: GPL-2.0-only
#include "pairrecord.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"

struct text_field {
	const char *name;
	size_t offset;
};

#define FIELD(member)                                                          \
	{                                                                      \
#member, offsetof(struct pair_result, member)                  \
	}

static const struct text_field fields[] = {
	FIELD(text), FIELD(signature), FIELD(order), FIELD(reason), FIELD(path),
};
#define NR_FIELDS (sizeof(fields) / sizeof(fields[0]))

static char **text_of_field(const struct pair_result *result, size_t field)
{
	return (char **)((char *)result + fields[field].offset);
}

void pair_record_clear(struct pair_result *result)
{
	for (size_t i = 0; i < NR_FIELDS; i++)
		free(*text_of_field(result, i));
	*result = (struct pair_result){
		.what = result->what,
		.violation = NR_VIOLATIONS,
	};
}

/* A text of several lines becomes one. */
static void write_text(FILE *out, const char *name, const char *text)
{
	fprintf(out, "%s ", name);
	for (; *text; text++)
		fputc(*text == '\n' ? '\v' : *text, out);
	fputc('\n', out);
}

void pair_record_write(const struct pair_result *result, FILE *out)
{
	fprintf(out, "verdict %d %d %lu %d %d %u %d\n", result->verdict,
		result->tool_error, (unsigned long)result->executions,
		result->exhausted, result->violation, result->needs,
		result->fewest);
	for (size_t i = 0; i < NR_FIELDS; i++)
		if (*text_of_field(result, i))
			write_text(out, fields[i].name,
				   *text_of_field(result, i));
}

static int read_verdict(struct pair_result *result, const char *line)
{
	int verdict, tool_error, exhausted, violation, fewest, end = 0;
	unsigned long executions;
	unsigned int needs;

	if (sscanf(line, "verdict %d %d %lu %d %d %u %d%n", &verdict,
		   &tool_error, &executions, &exhausted, &violation, &needs,
		   &fewest, &end) != 7 ||
	    line[end] || verdict < 0 || verdict > VERDICT_ERROR ||
	    violation < 0 || violation > NR_VIOLATIONS)
		return -EINVAL;
	result->verdict = verdict;
	result->tool_error = tool_error;
	result->executions = executions;
	result->exhausted = exhausted;
	result->violation = violation;
	result->needs = needs;
	result->fewest = fewest;
	return 0;
}

int pair_record_read(struct pair_result *result, const char *line)
{
	for (size_t i = 0; i < NR_FIELDS; i++) {
		size_t len = strlen(fields[i].name);
		char **text = text_of_field(result, i);

		if (strncmp(line, fields[i].name, len) || line[len] != ' ')
			continue;
		free(*text);
		*text = text_of("%s", line + len + 1);
		for (char *at = *text; *at; at++)
			if (*at == '\v')
				*at = '\n';
		return 0;
	}
	return read_verdict(result, line);
}
