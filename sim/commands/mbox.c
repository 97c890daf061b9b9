// SPDX-License-Identifier: GPL-2.0-only
#include "mbox.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine.h"
#include "escape.h"
#include "folder.h"
#include "process.h"
#include "session.h"

#define MAX_MAILS 255

/* ---- The repository ------------------------------------------------------ */

static bool write_line(const char *path, const char *line)
{
	FILE *file = fopen(path, "we");
	bool good = file && fprintf(file, "%s\n", line) > 0;

	return file && !fclose(file) && good;
}

/* Has @result see the objects of @from, and where its history was cut off. */
static int borrow(const struct repository *from,
		  const struct repository *result)
{
	char *objects = GIT(from, "rev-parse", "--path-format=absolute",
			    "--git-path", "objects");
	char *shallow = GIT(from, "rev-parse", "--path-format=absolute",
			    "--git-path", "shallow");
	char *to = text_of("%s/.git/objects/info/alternates", result->path);
	char *cut = text_of("%s/.git/shallow", result->path);
	char *text = shallow && !access(shallow, R_OK) ? process_file(shallow) :
							 NULL;
	int status = objects && write_line(to, objects) ? 0 : 4;

	if (text) {
		text[strlen(text) - (*text != '\0')] = '\0';
		status |= write_line(cut, text) ? 0 : 4;
	}
	free(objects);
	free(shallow);
	free(to);
	free(cut);
	free(text);
	return status;
}

/* HEAD and the index are at @onto; the work tree is empty, which am allows. */
static int make_repository(const struct repository *from, const char *onto,
			   const char *folder, struct repository *result)
{
	char *format = GIT(from, "rev-parse", "--show-object-format"), *option;
	char *steps[3] = { 0 };
	int status = 4;

	folder_remove(folder);
	*result = (struct repository){ .own = true };
	if (format && !mkdir(folder, 0777))
		result->path = realpath(folder, NULL);
	option = text_of("--object-format=%s", format ? format : "sha1");
	if (result->path)
		steps[0] = GIT(result, "init", "--quiet",
			       "--template=", "--initial-branch=series",
			       option);
	if (steps[0]) {
		char *info = text_of("%s/.git/objects/info", result->path);

		mkdir(info, 0777);
		free(info);
		status = borrow(from, result);
	}
	if (!status)
		steps[1] = GIT(result, "update-ref", "HEAD", onto);
	if (steps[1])
		steps[2] = GIT(result, "read-tree", "HEAD");
	for (size_t i = 0; i < 3; i++)
		free(steps[i]);
	free(format);
	free(option);
	return steps[2] ? 0 : 4;
}

/* ---- Mails --------------------------------------------------------------- */

/* The value of a line of what mailinfo says; "" without one.  free() it. */
static char *find_header(const char *info, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = info; at && *at; at = strchr(at, '\n')) {
		at += *at == '\n';
		if (!strncmp(at, name, len))
			return text_of("%.*s", (int)strcspn(at + len, "\n"),
				       at + len);
	}
	return text_of("%s", "");
}

/* "3/6" of "[PATCH v2 3/6]", or NULL. */
static char *find_number(const char *subject)
{
	const char *end = strchr(subject, ']');
	const char *slash = *subject == '[' && end ?
				    memchr(subject, '/', end - subject) :
				    NULL;
	const char *start = slash;

	while (start && isdigit((unsigned char)start[-1]))
		start--;
	if (!start || start == slash || !isdigit((unsigned char)slash[1]))
		return NULL;
	return text_of(
		"%.*s",
		(int)(slash - start + 1 + strspn(slash + 1, "0123456789")),
		start);
}

/*
 * Reads the mail at @path: its @subject, with what is in brackets, and whether it
 * has a patch.
 */
static char *read_mail(const struct repository *repository, const char *path,
		       bool *has_patch)
{
	char *mail = process_file(path);
	char *message = text_of("%s.message", path);
	char *patch = text_of("%s.patch", path);
	const char *const argv[] = {
		"mailinfo", "-k", "--encoding=UTF-8", "--no-scissors", message,
		patch,	    NULL
	};
	char *info = git_read(repository, argv, mail, STDERR_FILENO);
	char *subject = info ? find_header(info, "Subject: ") : NULL;
	struct stat st;

	*has_patch = !stat(patch, &st) && st.st_size > 0;
	free(mail);
	free(message);
	free(patch);
	free(info);
	return subject;
}

static void say_of_mail(const char *file, size_t nr, const char *subject,
			const char *what)
{
	char *number = find_number(subject);
	struct buf safe = { 0 };

	escape_terminal(&safe, subject, false);
	if (number)
		fprintf(stderr, "pfnsim: %s: patch %s %s: %s\n", file, number,
			what, buf_get(&safe));
	else
		fprintf(stderr, "pfnsim: %s: mail %zu %s: %s\n", file, nr, what,
			buf_get(&safe));
	free(number);
	buf_deinit(&safe);
}

/* Shows the errors of git, without its hints on what to do in the repository. */
static void show_errors(const char *path)
{
	char *words = process_file(path), *at = words, *line;

	while ((line = strsep(&at, "\n"))) {
		struct buf safe = { 0 };

		if (strncmp(line, "error: ", 7))
			continue;
		escape_terminal(&safe, line + 7, false);
		fprintf(stderr, "  %s\n", buf_get(&safe));
		buf_deinit(&safe);
	}
	free(words);
}

/* Makes a commit of the mail at @path; what git says goes to the file @words. */
static bool apply_mail(const struct repository *repository, const char *path,
		       const char *words)
{
	int err = open(words, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	const char *const argv[] = { "am",
				     "--quiet",
				     "--patch-format=mbox",
				     "--no-3way",
				     "--no-gpg-sign",
				     "--no-scissors",
				     "--whitespace=nowarn",
				     "--committer-date-is-author-date",
				     path,
				     NULL };
	char *said = git_read(repository, argv, NULL, err);
	bool good = said != NULL;

	free(said);
	if (err >= 0)
		close(err);
	return good;
}

/* Number 0 of a series, which says what the others do. */
static bool is_cover(const char *subject)
{
	char *number = find_number(subject);
	bool cover = number && number[strspn(number, "0")] == '/';

	free(number);
	return cover;
}

static int take_mail(const char *file, const struct repository *repository,
		     const char *path, size_t nr, size_t *nr_applied)
{
	bool has_patch;
	char *subject = read_mail(repository, path, &has_patch);
	char *words = text_of("%s.words", path);
	int status = 0;

	if (!subject || !has_patch) {
		if (!subject || !is_cover(subject)) {
			say_of_mail(file, nr, subject ? subject : "",
				    "has no patch in it");
			status = 2;
		}
	} else if (apply_mail(repository, path, words)) {
		(*nr_applied)++;
	} else if (engine.interrupted) {
		status = 3;
	} else {
		say_of_mail(file, nr, subject, "does not apply");
		show_errors(words);
		status = 2;
	}
	free(words);
	free(subject);
	return status;
}

/* Splits the mbox into the files 0001, 0002, ... of @folder; how many, or -1. */
static long split(const char *file, const struct repository *repository,
		  const char *folder)
{
	char *into = text_of("-o%s", folder), *path = realpath(file, NULL);
	const char *const argv[] = { "mailsplit", into, "--", path, NULL };
	char *count = NULL;
	long nr = -1;

	if (!path)
		fprintf(stderr, "pfnsim: %s: %s\n", file, strerror(errno));
	else if (!mkdir(folder, 0777) || errno == EEXIST)
		count = git_read(repository, argv, NULL, 0);
	if (count)
		nr = strtol(count, NULL, 10);
	if (path && nr <= 0)
		fprintf(stderr, "pfnsim: %s: no mbox with patches in it\n",
			file);
	else if (nr > MAX_MAILS)
		fprintf(stderr, "pfnsim: %s: more than %d mails\n", file,
			MAX_MAILS);
	free(into);
	free(path);
	free(count);
	return nr > 0 && nr <= MAX_MAILS ? nr : -1;
}

static int apply_mails(const char *file, const struct repository *repository)
{
	char *folder = text_of("%s/.git/mails", repository->path);
	long nr = split(file, repository, folder);
	size_t nr_applied = 0;
	int status = nr < 0 ? 2 : 0;

	for (long i = 1; i <= nr && !status; i++) {
		char *path = text_of("%s/%04ld", folder, i);

		status = engine.interrupted ? 3 :
					      take_mail(file, repository, path,
							i, &nr_applied);
		free(path);
	}
	if (!status && !nr_applied) {
		fprintf(stderr, "pfnsim: %s: no patch in it\n", file);
		status = 2;
	}
	free(folder);
	return status;
}

int mbox_apply(const char *file, const struct repository *from,
	       const char *onto, const char *folder, struct repository *result)
{
	int status = make_repository(from, onto, folder, result);

	if (!status)
		status = apply_mails(file, result);
	if (status)
		repository_deinit(result);
	return status;
}
