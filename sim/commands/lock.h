/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One process at a time in a folder.  The lock is of the kernel's, on a file: it
 * is gone with the last process that holds it, however that ends.  A child that
 * is forked holds it too, a program that is run does not.
 */
#ifndef PFNSIM_COMMANDS_LOCK_H
#define PFNSIM_COMMANDS_LOCK_H

struct lock {
	char *path; /* owned */
	int fd;	    /* -1: not held */
};

/*
 * Takes the lock on the file @path, which is made; where another process has it,
 * says on stderr that this one waits, and waits.  @what that process does: "adds
 * kernel x".  Returns 0; 3 after an interrupt; 4 after an error on stderr.
 */
int lock_take(struct lock *lock, const char *path, const char *what);

/* Releases the lock, if it is held. */
void lock_release(struct lock *lock);

/* Takes the file away and releases the lock. */
void lock_remove(struct lock *lock);

#endif /* PFNSIM_COMMANDS_LOCK_H */
