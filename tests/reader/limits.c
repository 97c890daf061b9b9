// SPDX-License-Identifier: GPL-2.0-only
/*
 * Input that is no file, or too much of one.
 */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fixture.h"
#include "tree.h"

static void prints(char *messages, const char *expected)
{
	cr_assert_str_eq(messages, expected, "prints %s", messages);
	free(messages);
}

/* @pattern again and again, up to the largest file that is read. */
static char *fill(const char *pattern)
{
	size_t len = strlen(pattern);
	char *text = malloc(TREE_MAX_BYTES + 1);

	for (size_t i = 0; i <= TREE_MAX_BYTES; i++)
		text[i] = pattern[i % len];
	return text;
}

Test(limits, missing_file)
{
	prints(messages_of("tests/bad/no-such-file.yaml"),
	       "tests/bad/no-such-file.yaml: error: "
	       "No such file or directory\n");
}

Test(limits, directory)
{
	prints(messages_of("tests/bad"), "tests/bad: error: Is a directory\n");
}

Test(limits, device_without_end)
{
	prints(messages_of("/dev/zero"),
	       "/dev/zero: error: the file is larger than 1 MiB\n");
}

Test(limits, empty_device)
{
	prints(messages_of("/dev/null"),
	       "/dev/null: error: the file is empty\n");
}

static void feed_without_end(const char *path)
{
	int fd = open(path, O_WRONLY);
	char buf[4096];

	signal(SIGPIPE, SIG_DFL);
	memset(buf, '#', sizeof(buf));
	while (write(fd, buf, sizeof(buf)) > 0)
		;
	_exit(0);
}

Test(limits, pipe_without_end)
{
	char dir[] = "/tmp/pfnsim-XXXXXX", path[64], *messages;
	pid_t child;

	cr_assert_not_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/pipe", dir);
	cr_assert_eq(mkfifo(path, 0600), 0);
	child = fork();
	if (!child)
		feed_without_end(path);
	messages = messages_of(path);
	waitpid(child, NULL, 0);
	unlink(path);
	rmdir(dir);
	cr_assert_not_null(strstr(messages, "larger than 1 MiB"), "%s",
			   messages);
	free(messages);
}

Test(limits, text_of_one_byte_too_much)
{
	char *text = fill("#");

	prints(messages_of_text("big", text, TREE_MAX_BYTES + 1),
	       "big: error: the file is larger than 1 MiB\n");
	prints(messages_of_text("big", text, TREE_MAX_BYTES),
	       "big: error: the file is empty\n");
	free(text);
}

/* Whatever fills the file, what is printed is short and soon there. */
static void is_refused(const char *pattern, const char *reason)
{
	char *text = fill(pattern), *messages;

	messages = messages_of_text("big", text, TREE_MAX_BYTES);
	cr_assert_not_null(strstr(messages, reason), "%s: %s", pattern,
			   messages);
	cr_assert_lt(strlen(messages), 16384);
	free(messages);
	free(text);
}

Test(limits, brackets, .timeout = 20)
{
	is_refused("[", "nested deeper than 16 levels");
}

Test(limits, braces, .timeout = 20)
{
	is_refused("{", "a key must be a plain value");
}

Test(limits, dashes, .timeout = 20)
{
	is_refused("- ", "nested deeper than 16 levels");
}

Test(limits, question_marks, .timeout = 20)
{
	is_refused("? ", "a key must be a plain value");
}

Test(limits, flow_keys, .timeout = 20)
{
	is_refused("{a: ", "nested deeper than 16 levels");
}

Test(limits, list_elements, .timeout = 20)
{
	is_refused("- a\n", "more than 65536 values");
}

Test(limits, keys, .timeout = 20)
{
	is_refused("a: b\n", "more than 256 keys in one mapping");
}

Test(limits, one_word, .timeout = 20)
{
	is_refused("a", "a scenario is a mapping, not a plain value");
}

Test(limits, quotes, .timeout = 20)
{
	is_refused("'", "a scenario is a mapping, not a plain value");
}

Test(limits, anchors, .timeout = 20)
{
	is_refused("&a ", "error");
}

Test(limits, aliases, .timeout = 20)
{
	is_refused("*a ", "aliases are not part of the format");
}

Test(limits, tags, .timeout = 20)
{
	is_refused("! ", "error");
}

Test(limits, documents, .timeout = 20)
{
	is_refused("---\n", "directives and '---' are not part");
}

Test(limits, messages_are_bounded)
{
	struct diags diags;

	diags_init(&diags);
	for (int i = 0; i < 5000; i++) {
		diag_add(&diags, DIAG_ERROR, (struct pos){ 5000 - i, 1, 1 },
			 "error %d", i);
		diag_note(&diags, (struct pos){ 1, 1, 1 }, "note");
	}
	cr_assert_eq(diags.nr_errors, 5000);
	diags_deinit(&diags);
}
