// SPDX-License-Identifier: GPL-2.0-only
/*
 * The programs that papers on partial-order reduction measure: file-system and
 * indexer of Flanagan and Godefroid (POPL 2005), readers and lastzero of Abdulla
 * et al. (POPL 2014).
 */
#include "program.h"

#define MAX_TASKS 32

/* ---- readers(n): one writes a variable, n read it ------------------------ */

static int shared;

static void readers(unsigned int task, unsigned int n, unsigned int m)
{
	if (task)
		program_saw(task, READ_ONCE(shared));
	else
		WRITE_ONCE(shared, 1);
}

/* ---- lastzero(n): one looks for the last zero while n fill an array ------ */

static int array[MAX_TASKS];

static void lastzero(unsigned int task, unsigned int n, unsigned int m)
{
	unsigned int i = n;

	if (task) {
		WRITE_ONCE(array[task], READ_ONCE(array[task - 1]) + 1);
		return;
	}
	while (READ_ONCE(array[i]))
		i--;
	program_saw(task, i);
}

static unsigned long lastzero_finish(unsigned int n, unsigned int m)
{
	unsigned long state = 0;

	for (unsigned int i = 1; i <= n; i++)
		state = state * 31 + array[i];
	return state;
}

/* ---- indexer(n): n insert four words each into a hash table -------------- */

#define TABLE_SIZE 128
#define WORDS 4

static atomic_t table[TABLE_SIZE];

static void indexer(unsigned int task, unsigned int n, unsigned int m)
{
	for (int i = 1; i <= WORDS; i++) {
		int word = i * 11 + (int)task;
		unsigned int at = (unsigned int)word * 7 % TABLE_SIZE;

		while (atomic_cmpxchg(&table[at], 0, word))
			at = (at + 1) % TABLE_SIZE;
	}
}

static unsigned long indexer_finish(unsigned int n, unsigned int m)
{
	unsigned long state = 0;

	for (unsigned int i = 0; i < TABLE_SIZE; i++)
		state = state * 131 + atomic_read(&table[i]);
	return state;
}

/* ---- filesystem(n): n take a block for an inode each --------------------- */

#define INODES 32
#define BLOCKS 26

static struct mutex inode_locks[INODES], block_locks[BLOCKS];
static int inodes[INODES], busy[BLOCKS];

static void filesystem_start(unsigned int n, unsigned int m)
{
	for (unsigned int i = 0; i < INODES; i++)
		mutex_init(&inode_locks[i]);
	for (unsigned int i = 0; i < BLOCKS; i++)
		mutex_init(&block_locks[i]);
}

static void take_block(unsigned int inode)
{
	unsigned int block = inode * 2 % BLOCKS;
	bool taken = false;

	while (!taken) {
		mutex_lock(&block_locks[block]);
		if (!READ_ONCE(busy[block])) {
			WRITE_ONCE(busy[block], 1);
			WRITE_ONCE(inodes[inode], (int)block + 1);
			taken = true;
		}
		mutex_unlock(&block_locks[block]);
		block = (block + 1) % BLOCKS;
	}
}

static void filesystem(unsigned int task, unsigned int n, unsigned int m)
{
	unsigned int inode = task % INODES;

	mutex_lock(&inode_locks[inode]);
	if (!READ_ONCE(inodes[inode]))
		take_block(inode);
	mutex_unlock(&inode_locks[inode]);
}

static unsigned long filesystem_finish(unsigned int n, unsigned int m)
{
	unsigned long state = 0;

	for (unsigned int i = 0; i < INODES; i++)
		state = state * 31 + inodes[i];
	return state;
}

DEFINE_PROGRAMS(classic, { "readers", program_n_and_one, NULL, readers, NULL },
		{ "lastzero", program_n_and_one, NULL, lastzero,
		  lastzero_finish },
		{ "indexer", program_n, NULL, indexer, indexer_finish },
		{ "filesystem", program_n, filesystem_start, filesystem,
		  filesystem_finish });
