// SPDX-License-Identifier: GPL-2.0-only
#include "pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "engine.h"

#define TICK_MS 100
#define END_LINE ".\n"

struct worker {
	pid_t pid; /* 0: there is none */
	int fd;
	void *what; /* NULL: it waits for work */
	char *text; /* the beginning of a line */
	size_t len;
};

struct pool {
	const struct pool_work *work;
	unsigned int nr, running; /* ... are at work */
	struct worker *workers;
	struct pollfd *polls;
	bool told; /* that this process was interrupted */
};

/* Shared with the workers: one has nothing to do while others do. */
static volatile bool *hungry;

bool pool_is_hungry(void)
{
	return *hungry;
}

/* ---- In a worker --------------------------------------------------------- */

/* The lines up to one that is a dot; NULL where there are no more. */
static char *read_request(FILE *in)
{
	char *text = NULL, *line = NULL;
	size_t size, room = 0;
	FILE *out = open_memstream(&text, &size);
	bool whole = false;

	if (!out)
		abort();
	while (!whole && getline(&line, &room, in) > 0) {
		whole = !strcmp(line, END_LINE);
		if (!whole)
			fputs(line, out);
	}
	free(line);
	if (fclose(out))
		abort();
	if (whole)
		return text;
	free(text);
	return NULL;
}

static void be_worker(const struct pool *pool, int fd, pid_t parent)
{
	FILE *in = fdopen(dup(fd), "r"), *out = fdopen(fd, "w");
	char *asked;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	engine_forked();
	if (getppid() != parent || !in || !out)
		_exit(1);
	/* Others see that this process is done with them by their end alone. */
	for (unsigned int i = 0; i < pool->nr; i++)
		if (pool->workers[i].pid)
			close(pool->workers[i].fd);
	while (!engine.interrupted && (asked = read_request(in))) {
		pool->work->work(pool->work->arg, asked, out);
		free(asked);
		fputs(END_LINE, out);
		if (fflush(out))
			_exit(1);
	}
	_exit(0);
}

/* ---- Beginning ----------------------------------------------------------- */

static int start(struct pool *pool, struct worker *worker)
{
	pid_t parent = getpid(), pid;
	int fds[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds))
		return -errno;
	fflush(NULL);
	pid = fork();
	if (!pid) {
		close(fds[0]);
		be_worker(pool, fds[1], parent);
	}
	close(fds[1]);
	if (pid < 0) {
		close(fds[0]);
		return -errno;
	}
	*worker = (struct worker){ .pid = pid, .fd = fds[0] };
	return 0;
}

/* That it died meanwhile, what is read from it says. */
static void ask(const struct pool *pool, const struct worker *worker)
{
	char *text = NULL;
	size_t size, at = 0;
	FILE *out = open_memstream(&text, &size);
	ssize_t nr;

	if (!out)
		abort();
	pool->work->ask(pool->work->arg, worker->what, out);
	fputs(END_LINE, out);
	if (fclose(out))
		abort();
	while (at < size) {
		nr = send(worker->fd, text + at, size - at, MSG_NOSIGNAL);
		if (nr < 0 && errno == EINTR)
			continue;
		if (nr < 0)
			break;
		at += nr;
	}
	free(text);
}

static int start_all(struct pool *pool)
{
	const struct pool_work *work = pool->work;

	for (unsigned int i = 0; i < pool->nr && !engine.interrupted; i++) {
		struct worker *worker = &pool->workers[i];
		void *what;
		int err;

		if (worker->what)
			continue;
		what = work->next(work->arg, i);
		*hungry = !what;
		if (!what)
			return 0;
		err = worker->pid ? 0 : start(pool, worker);
		if (err) {
			work->ended(work->arg, i, what, 0);
			return pool->running ? 0 : err;
		}
		worker->what = what;
		pool->running++;
		ask(pool, worker);
	}
	return 0;
}

/* ---- Listening ----------------------------------------------------------- */

static void end_work(struct pool *pool, unsigned int index, int status)
{
	struct worker *worker = &pool->workers[index];
	void *what = worker->what;

	if (!what)
		return;
	worker->what = NULL;
	pool->running--;
	pool->work->ended(pool->work->arg, index, what, status);
}

static void take_lines(struct pool *pool, unsigned int index)
{
	struct worker *worker = &pool->workers[index];
	char *at = worker->text, *end;

	while ((end = memchr(at, '\n', worker->text + worker->len - at))) {
		size_t len = end + 1 - at;

		if (len == strlen(END_LINE) && !memcmp(at, END_LINE, len)) {
			end_work(pool, index, 0);
		} else {
			*end = '\0';
			pool->work->line(pool->work->arg, index, at);
		}
		at = end + 1;
	}
	worker->len -= at - worker->text;
	memmove(worker->text, at, worker->len);
}

static void end(struct pool *pool, unsigned int index)
{
	struct worker *worker = &pool->workers[index];
	int status = 0;

	close(worker->fd);
	while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR)
		;
	free(worker->text);
	worker->text = NULL;
	worker->len = 0;
	worker->pid = 0;
	end_work(pool, index, status);
}

static void listen_to(struct pool *pool, unsigned int index)
{
	struct worker *worker = &pool->workers[index];
	char bytes[65536];
	ssize_t nr = read(worker->fd, bytes, sizeof(bytes));

	if (nr < 0 && errno == EINTR)
		return;
	if (nr <= 0) {
		end(pool, index);
		return;
	}
	worker->text = realloc(worker->text, worker->len + nr);
	if (!worker->text)
		abort();
	memcpy(worker->text + worker->len, bytes, nr);
	worker->len += nr;
	take_lines(pool, index);
}

static void listen_to_all(struct pool *pool)
{
	for (unsigned int i = 0; i < pool->nr; i++)
		pool->polls[i] = (struct pollfd){
			.fd = pool->workers[i].pid ? pool->workers[i].fd : -1,
			.events = POLLIN,
		};
	if (poll(pool->polls, pool->nr, TICK_MS) <= 0)
		return;
	for (unsigned int i = 0; i < pool->nr; i++)
		if (pool->polls[i].revents)
			listen_to(pool, i);
}

static void tell(struct pool *pool)
{
	if (!engine.interrupted || pool->told)
		return;
	pool->told = true;
	for (unsigned int i = 0; i < pool->nr; i++)
		if (pool->workers[i].pid)
			kill(pool->workers[i].pid, SIGTERM);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec * 1e-9;
}

int pool_run(unsigned int jobs, const struct pool_work *work)
{
	struct pool pool = {
		.work = work,
		.nr = jobs,
		.workers = calloc(jobs, sizeof(struct worker)),
		.polls = calloc(jobs, sizeof(struct pollfd)),
	};
	double ticked = now();
	int err;

	if (!hungry)
		hungry = mmap(NULL, sizeof(*hungry), PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (!pool.workers || !pool.polls || hungry == MAP_FAILED)
		abort();
	for (;;) {
		err = start_all(&pool);
		tell(&pool);
		if (!pool.running)
			break;
		listen_to_all(&pool);
		if (work->tick && now() > ticked + TICK_MS / 1000.0) {
			ticked = now();
			work->tick(work->arg);
		}
	}
	for (unsigned int i = 0; i < pool.nr; i++)
		if (pool.workers[i].pid)
			end(&pool, i);
	free(pool.workers);
	free(pool.polls);
	return err;
}
