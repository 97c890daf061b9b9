// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "source.h"
#include "text.h"
#include "tokens.h"

#define MAX_TOKENS 256

struct words {
	struct token tokens[MAX_TOKENS];
	size_t nr;
	bool integer; /* an integer type was seen, and these words of it: */
	bool is_unsigned, is_char, is_short;
	int longs;
	struct buf out;
};

static bool is_among(const struct token *token, const char *words)
{
	size_t len;

	for (const char *at = words; *at; at += len + (at[len] == ' ')) {
		len = strcspn(at, " ");
		if (len == token->len && !memcmp(at, token->at, len))
			return true;
	}
	return false;
}

/* Annotations start with two underscores, as some types do. */
static bool is_annotation(const struct token *token, const char *name)
{
	static const char types[] =
		"__u8 __u16 __u32 __u64 __s8 __s16 __s32 __s64 __le16 __le32 "
		"__le64 __be16 __be32 __be64 __poll_t __kernel_loff_t "
		"__kernel_size_t __kernel_ssize_t __va_list_tag __wsum __sum16";

	if (token->kind != TOKEN_WORD || token_is(token, name))
		return false;
	if (is_among(token, "extern static inline noinline asmlinkage notrace"))
		return true;
	return token->len > 2 && !memcmp(token->at, "__", 2) &&
	       !is_among(token, types);
}

/* Behind an annotation and its arguments; @next is what follows its name. */
static struct token skip_arguments(struct lexer *lexer, struct token next)
{
	int depth = 0;

	while (next.kind != TOKEN_END) {
		depth += token_is(&next, "(");
		if (!depth)
			break;
		depth -= token_is(&next, ")");
		next = lexer_next(lexer);
		if (!depth)
			break;
	}
	return next;
}

static void read_words(struct words *words, const char *text, const char *name)
{
	struct lexer lexer;
	struct token token, next;

	lexer_init(&lexer, text);
	lexer.in_line = true;
	token = lexer_next(&lexer);
	while (token.kind != TOKEN_END && words->nr < MAX_TOKENS) {
		next = lexer_next(&lexer);
		if (is_annotation(&token, name))
			next = skip_arguments(&lexer, next);
		else
			words->tokens[words->nr++] = token;
		token = next;
	}
}

/* ---- Types --------------------------------------------------------------- */

static void put_word(struct buf *out, const char *word)
{
	char last = out->len ? out->bytes[out->len - 1] : '(';

	if (last != '(' && last != '*' && last != ' ')
		buf_puts(out, " ");
	buf_puts(out, word);
}

/* Prints the integer type whose words were seen. */
static void flush_integer(struct words *words)
{
	if (!words->integer)
		return;
	if (words->is_unsigned)
		put_word(&words->out, "unsigned");
	if (words->is_short)
		put_word(&words->out, "short");
	for (int i = 0; i < words->longs; i++)
		put_word(&words->out, "long");
	if (words->is_char)
		put_word(&words->out, "char");
	if (!words->is_short && !words->longs && !words->is_char)
		put_word(&words->out, "int");
	words->integer = words->is_unsigned = words->is_short = false;
	words->is_char = false;
	words->longs = 0;
}

static bool take_integer(struct words *words, const struct token *token)
{
	if (!is_among(token, "unsigned signed int long short char"))
		return false;
	words->integer = true;
	words->is_unsigned |= token_is(token, "unsigned");
	words->is_short |= token_is(token, "short");
	words->is_char |= token_is(token, "char");
	words->longs += token_is(token, "long");
	return true;
}

static size_t matching(const struct words *words, size_t i)
{
	int depth = 0;

	for (; i < words->nr; i++) {
		depth += token_is(&words->tokens[i], "(");
		depth -= token_is(&words->tokens[i], ")");
		if (!depth)
			break;
	}
	return i;
}

static void put_parameters(struct words *words, size_t from, size_t to);

/* A word of a type, or the name of what has the type, which is dropped. */
static void put_type_word(struct words *words, const struct token *token,
			  bool *seen)
{
	bool tag = is_among(token, "struct union enum");
	bool qualifier = is_among(token, "const volatile restrict");
	char *word;

	if (take_integer(words, token)) {
		*seen = true;
		return;
	}
	flush_integer(words);
	if (*seen && !tag && !qualifier)
		return;
	word = token_is(token, "_Bool") ? text_copy("bool", 4) :
	       token_is(token, "__kernel_size_t") ?
					  text_copy("size_t", 6) :
					  text_copy(token->at, token->len);
	put_word(&words->out, word);
	free(word);
	*seen |= !tag && !qualifier;
}

/* The type that stands in [from, to), without the name of what has it. */
static void put_type(struct words *words, size_t from, size_t to)
{
	bool seen = false;
	size_t end;

	for (size_t i = from; i < to; i++) {
		const struct token *token = &words->tokens[i];

		if (token->kind == TOKEN_WORD) {
			put_type_word(words, token, &seen);
			continue;
		}
		flush_integer(words);
		if (token_is(token, "(")) {
			bool pointer = i + 1 < to &&
				       token_is(&words->tokens[i + 1], "*");

			end = matching(words, i);
			buf_puts(&words->out, pointer ? " (*" : "(");
			if (!pointer)
				put_parameters(words, i + 1, end);
			buf_puts(&words->out, ")");
			i = end;
		} else if (token_is(token, "[")) {
			put_word(&words->out, "*");
			while (i < to && !token_is(&words->tokens[i], "]"))
				i++;
		} else {
			put_word(&words->out, token_is(token, "*") ? "*" : "?");
		}
	}
	flush_integer(words);
}

static void put_parameters(struct words *words, size_t from, size_t to)
{
	size_t start = from;

	for (size_t i = from; i <= to; i++) {
		if (i < to && token_is(&words->tokens[i], "(")) {
			i = matching(words, i);
			continue;
		}
		if (i < to && !token_is(&words->tokens[i], ","))
			continue;
		if (start > from)
			buf_puts(&words->out, ", ");
		if (start < i && token_is(&words->tokens[start], "..."))
			buf_puts(&words->out, "...");
		else
			put_type(words, start, i);
		start = i + 1;
	}
}

char *source_prototype(const char *declaration, const char *name)
{
	struct words words = { 0 };
	size_t at = 0;
	char *copy;

	read_words(&words, declaration, name);
	while (at < words.nr && !token_is(&words.tokens[at], name))
		at++;
	put_type(&words, 0, at);
	put_word(&words.out, name);
	buf_puts(&words.out, "(");
	if (at + 1 < words.nr)
		put_parameters(&words, at + 2, matching(&words, at + 1));
	buf_puts(&words.out, ")");
	copy = text_copy(buf_get(&words.out), words.out.len);
	buf_deinit(&words.out);
	return copy;
}
