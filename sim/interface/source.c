// SPDX-License-Identifier: GPL-2.0-only
#include "source.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "tokens.h"

/* The tokens of a declaration at file scope. */
struct group {
	struct token *tokens;
	size_t nr, size;
};

static void group_add(struct group *group, struct token token)
{
	if (group->nr == group->size) {
		group->size = group->size ? group->size * 2 : 64;
		group->tokens = realloc(group->tokens,
					group->size * sizeof(token));
		if (!group->tokens)
			abort();
	}
	group->tokens[group->nr++] = token;
}

static void add_item(struct source *source, struct source_item item)
{
	size_t nr = source->nr;

	if (!(nr & (nr + 1))) { /* full: one less than a power of two */
		source->items = realloc(source->items,
					(nr * 2 + 1) * sizeof(item));
		if (!source->items)
			abort();
	}
	source->items[source->nr++] = item;
}

static char *join(const struct token *tokens, size_t nr)
{
	struct buf text = { 0 };
	char *copy;

	for (size_t i = 0; i < nr; i++)
		token_add(&text, &tokens[i]);
	copy = text_copy(buf_get(&text), text.len);
	buf_deinit(&text);
	return copy;
}

/* ---- Macros -------------------------------------------------------------- */

static void add_macro(struct source *source, const struct token *directive)
{
	char *line = text_copy(directive->at, directive->len);
	struct group group = { 0 };
	struct lexer lexer;
	struct token token;

	lexer_init(&lexer, line);
	lexer.in_line = true;
	while ((token = lexer_next(&lexer)).kind != TOKEN_END)
		group_add(&group, token);
	if (group.nr >= 2 && token_is(group.tokens, "define"))
		add_item(source,
			 (struct source_item){
				 .kind = SOURCE_MACRO,
				 .name = text_copy(group.tokens[1].at,
						   group.tokens[1].len),
				 .text = join(group.tokens + 2, group.nr - 2),
				 .line = directive->line });
	free(group.tokens);
	free(line);
}

/* ---- Declarations -------------------------------------------------------- */

static bool is_one_of(const struct token *token, const char *const *words)
{
	for (; *words; words++)
		if (token_is(token, *words))
			return true;
	return false;
}

static bool is_name(const struct token *token)
{
	static const char *const no_names[] = {
		"int",	    "long",	      "short",
		"char",	    "void",	      "bool",
		"unsigned", "signed",	      "struct",
		"union",    "enum",	      "__attribute__",
		"if",	    "while",	      "for",
		"switch",   "_Static_assert", "static_assert",
		"sizeof",   "typeof",	      "__typeof__",
		NULL
	};

	return token->kind == TOKEN_WORD &&
	       !isdigit((unsigned char)*token->at) &&
	       !is_one_of(token, no_names);
}

/* Index of what follows the parenthesis that opens at @i. */
static size_t skip_parens(const struct token *tokens, size_t nr, size_t i)
{
	int depth = 0;

	for (; i < nr; i++) {
		depth += token_is(&tokens[i], "(");
		depth -= token_is(&tokens[i], ")");
		if (!depth)
			return i + 1;
	}
	return nr;
}

/* Whether there is nothing from @i on but words like __must_check. */
static bool only_attributes(const struct token *tokens, size_t nr, size_t i)
{
	while (i < nr) {
		if (token_is(&tokens[i], "("))
			i = skip_parens(tokens, nr, i);
		else if (tokens[i].len > 2 && !memcmp(tokens[i].at, "__", 2))
			i++;
		else
			return false;
	}
	return true;
}

/*
 * Index of the name of the function that the tokens declare, or @nr.  Macros
 * with arguments may stand before it, and attributes behind the parameters: the
 * declaration begins at @start.
 */
static size_t find_name(const struct token *tokens, size_t nr, size_t *start)
{
	size_t i = 0, next;

	*start = 0;
	if (!nr || token_is(tokens, "typedef"))
		return nr;
	while (i + 1 < nr && !token_is(&tokens[i], "=")) {
		if (token_is(&tokens[i], "(")) {
			i = skip_parens(tokens, nr, i);
			continue;
		}
		if (!token_is(&tokens[i + 1], "(")) {
			i++;
			continue;
		}
		next = skip_parens(tokens, nr, i + 1);
		if (i > *start && is_name(&tokens[i]) &&
		    only_attributes(tokens, nr, next))
			return i;
		i = *start = next;
	}
	return nr;
}

/* The body between its braces, in tokens; @lexer stands behind the first. */
static char *read_body(struct lexer *lexer, bool keep)
{
	struct buf text = { 0 };
	struct token token;
	char *copy = NULL;
	int depth = 1;

	buf_puts(&text, "{");
	while (depth && (token = lexer_next(lexer)).kind != TOKEN_END) {
		depth += token_is(&token, "{");
		depth -= token_is(&token, "}");
		if (keep)
			token_add(&text, &token);
	}
	if (keep)
		copy = text_copy(buf_get(&text), text.len);
	buf_deinit(&text);
	return copy;
}

static void add_declaration(struct source *source, const struct group *group,
			    size_t name, size_t start, char *body)
{
	add_item(source,
		 (struct source_item){
			 .kind = body ? SOURCE_FUNCTION : SOURCE_DECLARATION,
			 .name = text_copy(group->tokens[name].at,
					   group->tokens[name].len),
			 .text = join(group->tokens + start, group->nr - start),
			 .body = body,
			 .line = group->tokens[name].line });
}

/* At an opening brace: a function's, or one within a declaration. */
static void take_braces(struct source *source, struct lexer *lexer,
			struct group *group)
{
	size_t start, name = find_name(group->tokens, group->nr, &start);
	bool is_function = name < group->nr;
	char *body = read_body(lexer, is_function);

	if (!is_function)
		return;
	add_declaration(source, group, name, start, body);
	group->nr = 0;
}

void source_parse(const char *text, struct source *source)
{
	struct group group = { 0 };
	struct lexer lexer;
	struct token token;
	size_t name, start;

	*source = (struct source){ 0 };
	lexer_init(&lexer, text);
	while ((token = lexer_next(&lexer)).kind != TOKEN_END) {
		if (token.kind == TOKEN_DIRECTIVE) {
			add_macro(source, &token);
		} else if (token_is(&token, "{")) {
			take_braces(source, &lexer, &group);
		} else if (token_is(&token, ";")) {
			name = find_name(group.tokens, group.nr, &start);
			if (name < group.nr)
				add_declaration(source, &group, name, start,
						NULL);
			group.nr = 0;
		} else {
			group_add(&group, token);
		}
	}
	free(group.tokens);
}

int source_read(const char *path, struct source *source)
{
	FILE *file = fopen(path, "re");
	char *text = NULL;
	size_t size = 0;
	ssize_t len;

	*source = (struct source){ 0 };
	if (!file)
		return -errno;
	len = getdelim(&text, &size, '\0', file);
	fclose(file);
	if (len > 0)
		source_parse(text, source);
	free(text);
	return 0;
}

void source_deinit(struct source *source)
{
	for (size_t i = 0; i < source->nr; i++) {
		free(source->items[i].name);
		free(source->items[i].text);
		free(source->items[i].body);
	}
	free(source->items);
	*source = (struct source){ 0 };
}

const struct source_item *source_find(const struct source *source,
				      const char *name)
{
	for (size_t i = source->nr; i--;)
		if (source->items[i].kind != SOURCE_MACRO &&
		    !strcmp(source->items[i].name, name))
			return &source->items[i];
	return NULL;
}
