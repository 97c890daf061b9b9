// SPDX-License-Identifier: GPL-2.0-only
#include "escape.h"
#include "jsonout.h"

static void begin_value(struct jsonout *json, const char *key)
{
	size_t len = json->text.len;
	bool on_line = len && json->text.bytes[len - 1] == '\n';

	if (len && !json->first && !on_line)
		buf_puts(&json->text, ", ");
	json->first = false;
	if (key)
		buf_printf(&json->text, "\"%s\": ", key);
}

void jsonout_open(struct jsonout *json, const char *key, char bracket)
{
	begin_value(json, key);
	buf_add(&json->text, &bracket, 1);
	json->first = true;
}

void jsonout_close(struct jsonout *json, char bracket)
{
	buf_add(&json->text, &bracket, 1);
	json->first = false;
}

void jsonout_line(struct jsonout *json)
{
	buf_puts(&json->text, json->first ? "\n" : ",\n");
}

void jsonout_text(struct jsonout *json, const char *key, const char *text)
{
	begin_value(json, key);
	if (text)
		escape_json(&json->text, text);
	else
		buf_puts(&json->text, "null");
}

void jsonout_number(struct jsonout *json, const char *key, long number)
{
	begin_value(json, key);
	buf_printf(&json->text, "%ld", number);
}

void jsonout_flag(struct jsonout *json, const char *key, bool flag)
{
	begin_value(json, key);
	buf_puts(&json->text, flag ? "true" : "false");
}
