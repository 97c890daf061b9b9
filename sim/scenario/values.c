// SPDX-License-Identifier: GPL-2.0-only
#include "reading.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "errnos.h"

bool parse_number(const char *text, size_t len, unsigned long *out)
{
	unsigned int base = 10;
	unsigned long value = 0;
	size_t i = 0;

	if (len > 2 && text[0] == '0' && text[1] == 'x') {
		base = 16;
		i = 2;
	} else if (!len || (len > 1 && text[0] == '0')) {
		return false;
	}
	for (; i < len; i++) {
		unsigned char c = tolower((unsigned char)text[i]);
		unsigned int digit = c - '0';

		if (c >= 'a' && c <= 'f')
			digit = c - 'a' + 10;
		if (digit >= base ||
		    __builtin_mul_overflow(value, base, &value) ||
		    __builtin_add_overflow(value, digit, &value))
			return false;
	}
	*out = value;
	return true;
}

/* A number that no variable holds is out of any range. */
static bool parse_any_number(const struct node *node, unsigned long *out)
{
	if (parse_number(node->text, node->len, out))
		return true;
	*out = ULONG_MAX;
	return node->len && node->text[0] != '0' &&
	       strspn(node->text, "0123456789") == node->len;
}

bool read_number(struct reading *r, const struct node *node, unsigned long min,
		 unsigned long max, unsigned long *out)
{
	unsigned long value;

	if (!parse_any_number(node, &value)) {
		complain(r, node->pos, Q " is not a number such as 12 or 0xc",
			 node->text);
		return false;
	}
	if (value >= min && value <= max) {
		*out = value;
		return true;
	}
	if (max > 0xffffff)
		complain(r, node->pos, "%.60s is out of range: 0x%lx to 0x%lx",
			 node->text, min, max);
	else
		complain(r, node->pos, "%.60s is out of range: %lu to %lu",
			 node->text, min, max);
	return false;
}

bool read_number_if(struct reading *r, const struct node *node,
		    unsigned long min, unsigned long max, unsigned long *out)
{
	return !node || read_number(r, node, min, max, out);
}

bool read_page_address(struct reading *r, const struct node *node,
		       unsigned long max, unsigned long *out)
{
	unsigned long value;

	if (!read_number(r, node, 0, max, &value))
		return false;
	if (value % PAGE_BYTES) {
		complain(r, node->pos, "%.60s is not a multiple of 0x1000",
			 node->text);
		return false;
	}
	*out = value;
	return true;
}

bool read_bool(struct reading *r, const struct node *node, bool *out)
{
	size_t index;

	if (!read_word(r, node, VALUE_BOOL, &index))
		return false;
	*out = index;
	return true;
}

bool read_name(struct reading *r, const struct node *node, char **out)
{
	size_t len = strspn(node->text, "abcdefghijklmnopqrstuvwxyz"
					"0123456789-_");

	if (!node->len || len < node->len || node->text[0] == '-' ||
	    node->text[0] == '_') {
		complain(r, node_part(node, len < node->len ? len : 0, 1),
			 Q " is not a name: a to z, 0 to 9, '-' and '_'",
			 node->text);
		return false;
	}
	if (len > SUGGEST_MAX_LEN) {
		complain(r, node->pos,
			 "a name of %zu characters; %d are "
			 "allowed",
			 len, SUGGEST_MAX_LEN);
		return false;
	}
	*out = (char *)node->text;
	return true;
}

bool read_line(struct reading *r, const struct node *node, char **out)
{
	if (!node->len || strpbrk(node->text, "\n\r")) {
		complain(r, node->pos, "one line of text is wanted here");
		return false;
	}
	*out = (char *)node->text;
	return true;
}

static void report_word(struct reading *r, const struct node *node,
			enum value_type type)
{
	struct suggestion suggestion;
	const char *word;

	suggest_init(&suggestion, node->text, node->len);
	for (size_t i = 0; (word = value_type_word(type, i)); i++)
		suggest_offer(&suggestion, word);
	if (suggestion.best)
		complain(r, node->pos, Q " is not %s; did you mean '%s'?",
			 node->text, value_type_name(type), suggestion.best);
	else
		complain(r, node->pos, Q " is not %s", node->text,
			 value_type_name(type));
}

bool read_word(struct reading *r, const struct node *node, enum value_type type,
	       size_t *out)
{
	const char *word;

	for (size_t i = 0; (word = value_type_word(type, i)); i++) {
		if (strcmp(word, node->text))
			continue;
		*out = i;
		return true;
	}
	report_word(r, node, type);
	return false;
}

bool read_words(struct reading *r, const struct node *node,
		enum value_type type, unsigned long *out)
{
	unsigned long bits = 0;
	struct node *child;
	bool ok = true;
	size_t index;

	if (node->kind == NODE_SCALAR) {
		if (!read_word(r, node, type, &index))
			return false;
		*out = 1UL << index;
		return true;
	}
	if (!check_words(r, node, MAX_LIST))
		return false;
	node_for_each(child, node) {
		if (!read_word(r, child, type, &index)) {
			ok = false;
			continue;
		}
		if (bits & 1UL << index) {
			complain(r, child->pos, Q " is given twice",
				 child->text);
			ok = false;
		}
		bits |= 1UL << index;
	}
	if (ok)
		*out = bits;
	return ok;
}

static void report_errno(struct reading *r, const struct node *node,
			 size_t sign)
{
	struct pos pos = node_part(node, sign, node->len - sign);
	struct suggestion suggestion;

	suggest_init(&suggestion, node->text + sign, node->len - sign);
	for (long i = 1; i <= ERRNO_MAX; i++)
		if (errno_name(i))
			suggest_offer(&suggestion, errno_name(i));
	if (suggestion.best)
		complain(r, pos, "unknown errno " Q "; did you mean '%s'?",
			 node->text + sign, suggestion.best);
	else
		complain(r, pos, "unknown errno " Q, node->text + sign);
}

bool read_ret(struct reading *r, const struct node *node, long *out)
{
	const char *text = node->text;
	unsigned long number;

	if (text[0] == '-' && text[1] == 'E') {
		long err = errno_find(text + 1, node->len - 1);

		if (err)
			*out = -err;
		else
			report_errno(r, node, 1);
		return err;
	}
	if (text[0] == '-' && parse_number(text + 1, node->len - 1, &number) &&
	    number <= ERRNO_MAX && errno_name(number)) {
		complain(r, node->pos, "errnos are symbolic: write -%s",
			 errno_name(number));
		return false;
	}
	if (text[0] == 'E' && errno_find(text, node->len)) {
		complain(r, node->pos, "a sign is missing: write -%s", text);
		return false;
	}
	if (!parse_number(text, node->len, &number) || number > INT_MAX) {
		complain(r, node->pos,
			 Q " is not a return value such as 0, 1 or -EFAULT",
			 text);
		return false;
	}
	*out = number;
	return true;
}

bool read_range(struct reading *r, const struct node *node,
		struct count_range *out)
{
	const char *dots = strstr(node->text, "..");
	size_t first = dots ? (size_t)(dots - node->text) : node->len;
	struct count_range range;
	bool ok = parse_number(node->text, first, &range.lo);

	range.hi = range.lo;
	if (ok && dots && !dots[2])
		range.hi = ~0UL;
	else if (ok && dots)
		ok = parse_number(dots + 2, node->len - first - 2, &range.hi);
	if (!ok) {
		complain(r, node->pos,
			 Q " is not a range such as 3, 1.. or 0..2",
			 node->text);
		return false;
	}
	if (range.lo > range.hi) {
		complain(r, node->pos, "the range %.60s is empty", node->text);
		return false;
	}
	*out = range;
	return true;
}

bool read_fault(struct reading *r, const struct node *node,
		struct fail_spec *out)
{
	static const char prefix[] = "ENOMEM#";
	size_t len = sizeof(prefix) - 1;
	unsigned long nth;

	if (strncmp(node->text, prefix, len) ||
	    !parse_number(node->text + len, node->len - len, &nth) || nth < 1 ||
	    nth > 1000) {
		complain(r, node->pos,
			 Q " is not a fault; ENOMEM#1 fails the step's first "
			   "allocation",
			 node->text);
		return false;
	}
	*out = (struct fail_spec){ .given = true, .err = -ENOMEM, .nth = nth };
	return true;
}

static int hex_digit(char c)
{
	if (!isxdigit((unsigned char)c))
		return -1;
	return isdigit((unsigned char)c) ? c - '0' : tolower(c) - 'a' + 10;
}

static bool read_hex(struct reading *r, const struct node *node,
		     struct bytes *out)
{
	unsigned char *data = tree_alloc(r->mem, node->len + 1);
	const char *text = node->text;
	size_t len = 0;

	for (size_t i = 0; i < node->len;) {
		if (text[i] == ' ') {
			i++;
			continue;
		}
		if (hex_digit(text[i]) < 0 || hex_digit(text[i + 1]) < 0) {
			complain(r, node_part(node, i, 1),
				 "not hexadecimal bytes such as de ad");
			return false;
		}
		data[len++] = hex_digit(text[i]) << 4 | hex_digit(text[i + 1]);
		i += 2;
	}
	*out = (struct bytes){ .data = data, .len = len };
	return true;
}

bool read_bytes(struct reading *r, const struct node *node, struct bytes *out)
{
	struct bytes bytes = { 0 };
	struct fields fields;

	if (node->kind == NODE_MAP) {
		if (!read_fields(r, node, &schema_bytes, &fields) ||
		    !read_hex(r, field(&fields, "hex"), &bytes))
			return false;
	} else if (!strcmp(node->text, "zeros")) {
		bytes.zeros = true;
		*out = bytes;
		return true;
	} else {
		bytes.data = (unsigned char *)node->text;
		bytes.len = node->len;
	}
	if (!bytes.len || bytes.len > PAGE_BYTES) {
		complain(r, node->pos, "%zu bytes; 1 to 4096 are allowed",
			 bytes.len);
		return false;
	}
	*out = bytes;
	return true;
}

static bool read_string(struct reading *r, const struct node *node,
			enum value_type type, char **out)
{
	if (type == VALUE_NAME)
		return read_name(r, node, out);
	if (!read_line(r, node, out))
		return false;
	if (strncmp(node->text, "https://", 8) &&
	    strncmp(node->text, "http://", 7)) {
		complain(r, node->pos, Q " does not start with https://",
			 node->text);
		return false;
	}
	return true;
}

bool read_strings(struct reading *r, const struct node *list,
		  enum value_type type, char ***out, size_t *nr)
{
	char **strings;
	struct node *child;
	size_t n = 0;
	bool ok = true;

	if (list->kind == NODE_SCALAR) {
		*out = tree_alloc(r->mem, sizeof(**out));
		*nr = 1;
		return read_string(r, list, type, *out);
	}
	if (!check_words(r, list, MAX_LIST))
		return false;
	strings = tree_alloc(r->mem, (list->nr + 1) * sizeof(*strings));
	node_for_each(child, list)
		if (read_string(r, child, type, &strings[n]))
			n++;
		else
			ok = false;
	*out = strings;
	*nr = n;
	return ok;
}
