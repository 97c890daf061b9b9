/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a kernel of small concurrent programs offers by OP_TEST: a[0] is the
 * number of the program, a[1] a part of it, a[2] and a[3] its sizes n and m.
 * All parts return -ENOENT where there is no such program.
 *
 * The programs are in tests/search-programs.
 */
#ifndef PFNSIM_BORDER_PROGRAMS_H
#define PFNSIM_BORDER_PROGRAMS_H

enum program_part {
	PROGRAM_NAME,	/* its name, a const char *, into op_args.buf -> 0 */
	PROGRAM_START,	/* sets up its variables -> how many tasks it has */
	PROGRAM_FINISH, /* after the tasks: what tells end states apart, an
			   unsigned long, into op_args.buf; reports what is wrong
			   with it -> 0, or 1 where a task gave up */
	PROGRAM_TASK,	/* and above: + number of the task -> 0 */
};

#endif /* PFNSIM_BORDER_PROGRAMS_H */
