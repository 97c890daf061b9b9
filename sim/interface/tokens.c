// SPDX-License-Identifier: GPL-2.0-only
#include "tokens.h"

#include <ctype.h>
#include <string.h>

static const char *const operators[] = {
	"...", "<<=", ">>=", "->", "++", "--", "<<", ">>",
	"<=",  ">=",  "==",  "!=", "&&", "||", "+=", "-=",
	"*=",  "/=",  "%=",  "&=", "^=", "|=", "##",
};

void lexer_init(struct lexer *lexer, const char *text)
{
	*lexer = (struct lexer){ .at = text, .line = 1 };
}

static void advance(struct lexer *lexer, size_t len)
{
	for (size_t i = 0; i < len; i++)
		lexer->line += lexer->at[i] == '\n';
	lexer->at += len;
}

/* Length of the white space or comment that @s starts with. */
static size_t blank_length(const char *s)
{
	const char *end;

	if (isspace((unsigned char)*s))
		return 1;
	if (s[0] == '\\' && s[1] == '\n')
		return 2;
	if (!strncmp(s, "//", 2))
		return strcspn(s, "\n");
	if (strncmp(s, "/*", 2))
		return 0;
	end = strstr(s + 2, "*/");
	return end ? (size_t)(end + 2 - s) : strlen(s);
}

/* A string or character constant, up to its quote or the end of the line. */
static size_t quoted_length(const char *s)
{
	size_t len = 1;

	while (s[len] && s[len] != *s && s[len] != '\n')
		len += s[len] == '\\' && s[len + 1] ? 2 : 1;
	return len + (s[len] == *s);
}

static size_t directive_length(const char *s)
{
	size_t len = 0, comment;

	while (s[len] && s[len] != '\n') {
		comment = s[len] == '/' ? blank_length(s + len) : 0;
		if (comment)
			len += comment;
		else
			len += s[len] == '\\' && s[len + 1] ? 2 : 1;
	}
	return len;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static size_t other_length(const char *s)
{
	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++)
		if (!strncmp(s, operators[i], strlen(operators[i])))
			return strlen(operators[i]);
	return 1;
}

static enum token_kind measure(const char *s, size_t *len)
{
	*len = 0;
	while (is_word(s[*len]))
		++*len;
	if (*len)
		return TOKEN_WORD;
	*len = *s == '"' || *s == '\'' ? quoted_length(s) : other_length(s);
	return TOKEN_OTHER;
}

struct token lexer_next(struct lexer *lexer)
{
	struct token token;
	unsigned int before = lexer->line;
	size_t len;

	while ((len = blank_length(lexer->at))) {
		if (*lexer->at == '\n')
			lexer->in_line = false;
		advance(lexer, len);
	}
	if (lexer->line != before && lexer->at[-1] == '\n')
		lexer->in_line = false;
	token = (struct token){ .at = lexer->at, .line = lexer->line };
	if (!*lexer->at)
		return token;
	if (*lexer->at == '#' && !lexer->in_line) {
		advance(lexer, 1);
		token.kind = TOKEN_DIRECTIVE;
		token.at = lexer->at;
		token.len = directive_length(lexer->at);
	} else {
		token.kind = measure(lexer->at, &token.len);
		lexer->in_line = true;
	}
	advance(lexer, token.len);
	return token;
}

bool token_is(const struct token *token, const char *text)
{
	return token->len == strlen(text) &&
	       !memcmp(token->at, text, token->len);
}

void token_add(struct buf *out, const struct token *token)
{
	char last = out->len ? out->bytes[out->len - 1] : '\0';
	bool close = token->kind == TOKEN_OTHER && token->len == 1 &&
		     strchr(",;)]", *token->at);
	bool call = token_is(token, "(") && is_word(last);

	if (last && !close && !call && last != '(' && last != '[' &&
	    last != '*' && !(token_is(token, "[") && is_word(last)))
		buf_puts(out, " ");
	buf_add(out, token->at, token->len);
}
