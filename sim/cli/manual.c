// SPDX-License-Identifier: GPL-2.0-only
#include "manual.h"

#include <stddef.h>

/* clang-format off */
const char manual_summary[] =
"find and explain races in KVM's pfncache and guest_memfd";

const char manual_about[] =
"Runs the kernel's own pfncache.c, guest_memfd.c and kvm_main.c, compiled from a "
"tree, in userspace under a deterministic scheduler. A scenario file describes a "
"VM, tasks, and an order of their steps, or asks for a search of all orders.\n"
"A kernel is one shared object, made of a tree by `pfnsim kernel add`; the "
"reference, a corrected implementation of pfncache on guest_memfd, comes with "
"pfnsim, and so do variants of it that have one bug each.\n"
"Results go to standard output, progress and errors to standard error. Errors "
"in files are `file:line:column: error: text`. A command or option that does not "
"exist is one line, with the nearest that does.\n"
"Colours are for terminals only. A search shows its progress in one line where "
"standard error is a terminal; where it is not, it writes a line at 10, 100, "
"1000 and so on executions.";

const char manual_example[] =
"pfnsim new my-race\n"
"pfnsim my-race.yaml\n"
"pfnsim explore my-race.yaml\n"
"pfnsim kernel add mine ~/linux\n"
"pfnsim run -k mine";

const struct manual_entry manual_statuses[] = {
	{ "0", "All is as expected, known failures included." },
	{ "1", "A case failed, or passed where it was expected to fail; "
	       "`compare` and `series`: something got worse." },
	{ "2", "A wrong command line, or a file with errors." },
	{ "3", "A search ended without a verdict, or an interrupt." },
	{ "4", "A defect of pfnsim, or of the machine that it runs on." },
	{ "77", "Every case was skipped." },
	{ NULL, NULL },
};

const struct manual_entry manual_environment[] = {
	{ "PFNSIM_KERNELS", "The only folder that kernels are looked for in." },
	{ "XDG_DATA_HOME, HOME",
	  "Where an installed pfnsim keeps the kernels that are added: the "
	  "folder `pfnsim/kernels` in the former, or in `.local/share` in the "
	  "latter." },
	{ "NO_COLOR", "Set and not empty: no colours but with --color=always." },
	{ "TERM", "`dumb`: no colours, and no line that is written over." },
	{ "CI", "Set and not empty: no line that is written over." },
	{ "COLUMNS", "Width of pages, where it is not the terminal's." },
	{ "CC", "The compiler that an installed pfnsim builds kernels with." },
	{ "TMPDIR", "Where `kernel diff` compiles a tree." },
	{ NULL, NULL },
};

const struct manual_entry manual_files[] = {
	{ "PREFIX/share/pfnsim/scenarios",
	  "The scenarios that come with pfnsim; PREFIX is the folder above that "
	  "of the program." },
	{ "PREFIX/lib/pfnsim/kernels", "The kernels that come with it." },
	{ "PREFIX/share/doc/pfnsim", "The tutorial, the reference of scenarios "
				     "and other pages." },
	{ "~/.local/share/pfnsim/kernels", "The kernels that you added." },
	{ NULL, NULL },
};
/* clang-format on */
