// SPDX-License-Identifier: GPL-2.0-only
#include "pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "engine.h"

#define TICK_MS 100

struct worker {
	pid_t pid; /* 0: there is none */
	int fd;
	void *what;
	char *text; /* the beginning of a line */
	size_t len;
};

struct pool {
	const struct pool_work *work;
	unsigned int nr, running;
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

/* ---- Beginning ----------------------------------------------------------- */

static void be_worker(const struct pool *pool, void *what, int fd, pid_t parent)
{
	FILE *out = fdopen(fd, "w");

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	engine_forked();
	if (getppid() != parent || !out)
		_exit(1);
	pool->work->work(pool->work->arg, what, out);
	_exit(fclose(out) ? 1 : 0);
}

static int start(struct pool *pool, unsigned int index, void *what)
{
	struct worker *worker = &pool->workers[index];
	pid_t parent = getpid(), pid;
	int fds[2];

	if (pipe(fds))
		return -errno;
	fflush(NULL);
	pid = fork();
	if (!pid) {
		close(fds[0]);
		be_worker(pool, what, fds[1], parent);
	}
	close(fds[1]);
	if (pid < 0) {
		close(fds[0]);
		return -errno;
	}
	*worker = (struct worker){ .pid = pid, .fd = fds[0], .what = what };
	pool->running++;
	return 0;
}

static int start_all(struct pool *pool)
{
	const struct pool_work *work = pool->work;

	for (unsigned int i = 0; i < pool->nr && !engine.interrupted; i++) {
		void *what;
		int err;

		if (pool->workers[i].pid)
			continue;
		what = work->next(work->arg, i);
		*hungry = !what;
		if (!what)
			return 0;
		err = start(pool, i, what);
		if (!err)
			continue;
		work->ended(work->arg, i, what, 0);
		return pool->running ? 0 : err;
	}
	return 0;
}

/* ---- Listening ----------------------------------------------------------- */

static void take_lines(struct pool *pool, unsigned int index)
{
	struct worker *worker = &pool->workers[index];
	char *at = worker->text, *end;

	while ((end = memchr(at, '\n', worker->text + worker->len - at))) {
		*end = '\0';
		pool->work->line(pool->work->arg, index, at);
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
	pool->running--;
	pool->work->ended(pool->work->arg, index, worker->what, status);
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
	free(pool.workers);
	free(pool.polls);
	return err;
}
