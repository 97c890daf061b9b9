/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tokens of C, and text made of them again.
 */
#ifndef PFNSIM_INTERFACE_TOKENS_H
#define PFNSIM_INTERFACE_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_OTHER, TOKEN_DIRECTIVE };

/* A directive's token is its whole logical line, without the '#'. */
struct token {
	enum token_kind kind;
	const char *at; /* in the text that is read */
	size_t len;
	unsigned int line;
};

struct lexer {
	const char *at;
	unsigned int line;
	bool in_line; /* something stands before on this line */
};

void lexer_init(struct lexer *lexer, const char *text);

/* The next token; at the end, forever one of the kind TOKEN_END. */
struct token lexer_next(struct lexer *lexer);

bool token_is(const struct token *token, const char *text);

/* Appends a token, behind a blank where one is usual. */
void token_add(struct buf *out, const struct token *token);

#endif /* PFNSIM_INTERFACE_TOKENS_H */
