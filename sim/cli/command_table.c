// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "command_table.h"

/* clang-format off */
const struct cli_command_desc cli_commands[NR_CLI_COMMANDS] = {
	[CLI_NEW] = {
		.name = "new",
		.operands = "NAME",
		.min = 1,
		.max = 1,
		.need = "a name for the scenario",
		.summary = "Write a scenario to begin with",
		.about =
"Writes NAME.yaml, a scenario that is complete and explained by comments: it can "
"be checked, run and searched as it is, and changed from there. NAME may be a "
"path. A file that is there is left alone.\n"
"Exit status: 0 written, 2 not.",
		.example = "pfnsim new my-race\n"
			   "pfnsim my-race.yaml",
	},
	[CLI_RUN] = {
		.name = "run",
		.operands = "[FILE|DIR]...",
		.max = ~0UL,
		.summary = "Run every case of scenario files; `pfnsim FILE` too",
		.about =
"Runs each case on each kernel and reports what does not hold. A directory "
"stands for the *.yaml files below it, in the order of their names; a name that "
"is no file for the scenario of that name that comes with pfnsim. Without any, "
"all of those are run.\n"
"A case that an `xfail:` of its file expects to fail counts as a known failure, "
"one whose `needs:` a kernel lacks is skipped. The last line of text output is "
"always of the form `12 passed, 0 failed, 3 skipped`.\n"
"Exit status: 0 all is as expected, 77 every case was skipped, 1 a case failed "
"or passed against expectation, 3 a search ended without a verdict, 2 a wrong "
"file or command line, 4 a defect of pfnsim. The worst decides.",
		.example = "pfnsim run scenarios\n"
			   "pfnsim run -k reference -k linux-6.12 --table scenarios",
	},
	[CLI_EXPLORE] = {
		.name = "explore",
		.operands = "FILE|DIR...|--all",
		.max = ~0UL,
		.need = "a scenario file or directory, or --all",
		.summary = "Search the interleavings of scenarios",
		.about =
"Searches the cases that have `explore`, or the one of --case with its order left "
"aside; of a file that has none, all its tasks for violations. First come "
"schedules drawn at random, then all with no preemption, with one and with two, "
"then all interleavings that differ in more than the order of independent events, "
"until there is a verdict or the time is over. With --preemptions, "
"--delays or --random, no more than that is searched. A delay passes over the "
"task whose turn it is, where they take turns by their numbers.\n"
"Of a failure, the schedule with the fewest preemptions is shown, and its order as "
"a scenario file has it. PASS says what was searched to its end. A search that "
"was not is UNKNOWN.\n"
"With --all, scenarios are made: every operation against every other one, on "
"several small machines; three at a time with --tasks 3, one alone with 1. They "
"fail by violations only. The default is 2 preemptions, 1 with three tasks, and "
"600 seconds in all. With --out, scenarios that fail are saved.\n"
"With --jobs, worker processes share the search; what it comes to is the same. "
"With --checkpoint, what is done is saved every few seconds and at the end; the "
"same command goes on from there, also after an interrupt or when the time was "
"over. With --shard=K/N, only the Kth of N parts is searched, so that N machines "
"can share a search: each writes a file with --checkpoint, and `pfnsim merge` "
"tells what all came to. A shard that is done and found nothing exits with 0.\n"
"Exit status: 0 all is as expected, 1 a case failed or passed against "
"expectation, 3 a search ended without a verdict, 77 every case was skipped, 2 a "
"wrong file or command line, 4 a defect of pfnsim. The worst decides.",
		.example =
"pfnsim explore --all -k linux-6.12 --only refresh,dontneed,munmap",
	},
	[CLI_MERGE] = {
		.name = "merge",
		.operands = "PART...",
		.min = 1,
		.max = ~0UL,
		.need = "the files that the shards of a search wrote",
		.summary = "Tell what the shards of a search came to",
		.about =
"Takes the files that `explore --shard=K/N --checkpoint=FILE` wrote, one of each "
"shard, and prints what one search without shards would print. It needs the "
"same program, kernels and scenarios, at the same paths as the shards had. Parts "
"of different searches, shards that are missing and shards that are not finished "
"are refused by name.\n"
"Exit status: that of the search; 2 where the parts make no whole.",
		.example =
"pfnsim merge part-1 part-2 part-3 part-4",
	},
	[CLI_REPLAY] = {
		.name = "replay",
		.operands = "[FILE]",
		.max = 1,
		.need = "a scenario file",
		.summary = "Run one case, one order or one recorded trace again",
		.about =
"Takes one schedule and shows it, whatever its verdict: the one of a case, the "
"one given with --order, or the one recorded in a trace. An order is written as "
"in a scenario file, with blanks between its lines: `task:until`, where until is "
"op/point, op/point#2, "
"op/before-call(object), blocked or end. A trace, as `run --out` saves it, names its "
"file and kernel itself. With both --case and --order, the "
"expectations are those of the case.",
		.example =
"pfnsim replay scenarios/hole.yaml --case hole-after-map\n"
"pfnsim replay hole.yaml --order 'vcpu0:gpc.refresh/mapped vmm:end vcpu0:end'",
	},
	[CLI_REPORT] = {
		.name = "report",
		.operands = "TRACE...",
		.min = 1,
		.max = ~0UL,
		.need = "a trace, as `run --out` saves it",
		.summary = "Show saved traces: text, HTML, Perfetto, commit message",
		.about =
"A trace holds all that a report needs: neither the scenario nor the kernel has to "
"be there. `text` is what `replay` prints, `html` one page that needs no script and "
"no network (of several traces, a page with a matrix), `perfetto` a file of trace "
"events for ui.perfetto.dev or chrome://tracing, `commit` the interleaving in 72 "
"columns for a commit message or a mail, `json` the results as `run` prints them.\n"
"--html and --perfetto write files beside what is printed. With --source-url, "
"places in the source are links: {path} and {line} stand for the file and its "
"line.\n"
"Exit status: 0 done, 2 a trace cannot be read or a wrong command line, 4 a defect "
"of pfnsim.",
		.example =
"pfnsim report out/latest --html race.html\n"
"pfnsim report out/latest --format=commit",
	},
	[CLI_SOAK] = {
		.name = "soak",
		.operands = "FILE|DIR...",
		.min = 1,
		.max = ~0UL,
		.need = "a scenario file or directory",
		.summary = "Run the tasks of scenarios as loops on threads",
		.about =
"Runs the same kernels on threads, with real locks, atomics, RCU and processors: "
"each task of a scenario is a loop over its operations, one in four with other "
"arguments, drawn from a seed. Where there are more threads than tasks, several do "
"the same. Every file gets an equal part of the time. The VM is built anew every "
"few thousand operations, and after each such round everything is closed and looked "
"at for leaks.\n"
"At the end, operations are counted by kind, with the longest of each, and every "
"violation is shown once, with the stacks of who met it and of who freed or unmapped "
"the page. Those that an `xfail:` of the file names are as expected. A task that does "
"not get on for --patience seconds is reported with what all tasks do, hold and wait "
"for.\n"
"With --sanitize=thread, data races of the code under test are violations; with "
"address, accesses outside of objects end the process. An interrupt ends a soak "
"with its figures.\n"
"With --once, the tasks run as the file has them: each step once, on a thread a task, "
"again and again. What their steps return and read and which caches are valid in the "
"end is compared with the ends that a search by `explore` finds on the same kernel, for "
"which it takes half of --seconds, or without that up to ten seconds a file. Where the "
"search came to all interleavings, an end that it does not know is a failure: what "
"threads do, an order does, too. Otherwise such ends are shown and counted.\n"
"Exit status: 0 all is as expected, 1 it is not, 77 every file was skipped, 2 a "
"wrong file or command line, 4 a defect of pfnsim.",
		.example =
"pfnsim soak -k linux-6.12 scenarios --seconds=60\n"
"pfnsim soak -k reference --sanitize=thread --operations=2000 scenarios\n"
"pfnsim soak -k mine --once --seconds=600 scenarios",
	},
	[CLI_COMPARE] = {
		.name = "compare",
		.operands = "[FILE|DIR]...",
		.max = ~0UL,
		.summary = "Show what changes from one kernel to the next",
		.about =
"Runs each case, of all scenarios that come with pfnsim where no file is named, "
"on each of at least two kernels, in the order in which -k gives them, and "
"prints a line a case and a column a kernel. What a kernel does counts, not "
"what was expected of it: a known failure is a failure. A cell is marked where "
"it differs from the one before it, and the line likewise: `+` better, `-` "
"worse, `~` otherwise, as where a case is skipped or fails by something else. "
"The last line of text output counts the cases of each kind.\n"
"Exit status: 0 nothing got worse, 1 something did, whatever got better, 3 an "
"interrupt, 2 a wrong file or command line, 4 a defect of pfnsim.",
		.example = "pfnsim compare -k linux-6.12 -k mine scenarios\n"
			   "pfnsim compare -q -k v1 -k v2 -k v3 scenarios",
	},
	[CLI_SERIES] = {
		.name = "series",
		.operands = "TREE BASE..REV FILE|DIR...",
		.min = 2,
		.max = ~0UL,
		.need = "a git repository, a range of commits, and scenarios",
		.summary = "Show what each commit of a series fixes and breaks",
		.about =
"Builds a kernel of BASE and of each commit of the range that touches a file a "
"kernel is compiled from, and compares them as `compare` does: one line a case, "
"one column a commit. Commits that do not build, or that change a prototype of "
"what pfnsim emulates, have cells of their own and hide no change. The tree is only read: its branches, index, work tree and "
"settings stay as they are.\n"
"With --mbox and --onto in place of the range, the patches of a mail folder, as "
"`b4 am` and `git format-patch` write it, are the commits; a cover letter is "
"passed over. They are applied elsewhere, without the user's hooks and settings. "
"Messages name a patch by its subject.\n"
"As many kernels are built at a time as there are processors. They are kept in "
"the folder `series` of the kernel directory by the content of the files, of "
"pfnsim's own and of the compiler, so that nothing is built a second time. The "
"256 used last are kept, about 1.5 MB each; `pfnsim kernel prune` takes all away. "
"Where another series is being built there, this one waits.\n"
"Exit status, as `git bisect run` understands it: 0 the last commit does "
"nothing worse than BASE, 1 it does, 125 it does not build, 2 a wrong option, "
"128 and above anything else. With --ends, a step of a bisection builds one "
"kernel.",
		.example =
"pfnsim series ~/linux v6.12..gmem-series scenarios\n"
"pfnsim series --mbox v4.mbx --onto v6.12 ~/linux scenarios\n"
"git bisect run pfnsim series --ends . v6.12..HEAD ~/hole.yaml",
	},
	[CLI_LINT] = {
		.name = "lint",
		.operands = "[FILE|DIR]...",
		.max = ~0UL,
		.summary = "Check scenario files without running them",
		.about =
"Reports every error of a file at once, as `file:line:column: error: text`, and "
"what merely departs from the one form that files have. Exit status 2 where "
"anything was found.",
		.example = "pfnsim lint scenarios",
	},
	[CLI_LIST] = {
		.name = "list",
		.operands = "[FILE|DIR]...",
		.max = ~0UL,
		.summary = "List the cases of scenario files, their labels and needs",
		.about =
"Prints one line a case. --format=ctest prints the add_test() lines by which "
"ctest finds them.",
		.example = "pfnsim list scenarios\n"
			   "pfnsim list --format=ctest scenarios",
	},
	[CLI_POINTS] = {
		.name = "points",
		.operands = "[OP]",
		.max = 1,
		.summary = "List the scheduling points that an order can name",
		.about =
"Prints each operation's points and the call that each is anchored at, of all "
"operations or of the one given.",
		.example = "pfnsim points gpc.refresh",
	},
	[CLI_KERNEL] = {
		.name = "kernel",
		.operands = "add|update|remove|prune|show|diff|check NAME...",
		.min = 1,
		.max = 3,
		.need = "a verb, as `add`",
		.summary = "Add a kernel from a tree of yours, or look into one",
		.about =
"`add` builds the kernel NAME of a Linux tree, at least 6.12, and puts it into "
"the kernel directory, where every command finds it. TREE is a folder, as git or "
"a package unpacks it, or a tarball of one; with --git, it is a revision of that "
"repository, of which the files needed are extracted. Nothing is written into "
"the tree: the kernel is built in NAME.build in the kernel directory. Adding a "
"name again builds what has changed since.\n"
"A tree that does not build leaves the kernel of that name as it was. A tree "
"whose interfaces pfnsim does not know is refused: each is named, with its "
"declaration in the tree, pfnsim's, and what there is to do.\n"
"`update` builds the kernels NAME again from what they were added from, without "
"a name those that another version of pfnsim built. Such a kernel is not used: "
"`run` and others leave it out and say so, or refuse it where -k names it.\n"
"`remove` takes away a kernel that `add` made, and no other. `prune` takes away "
"all that `series` has built and kept.\n"
"One process at a time deals with a kernel; another one waits. One that is "
"interrupted leaves the kernel that was there, or none.\n"
"`show` lists the functions that the code under test uses of the rest of its "
"kernel, the file that defines each, and how true to the tree it is. It looks "
"into the objects that a kernel was linked from, which a package does not have: "
"of the reference that was installed, see docs/fidelity.md.\n"
"`diff` prints what of the code differs between A and B, each a kernel or the "
"path of a tree: capabilities, probed features, functions that the code under "
"test uses, its types, what the tree's headers declare, and which functions "
"under test have another text.\n"
"`check` compares the prototypes of those functions with the declarations of "
"the tree, also in headers that pfnsim replaces, as `add` does.\n"
"Exit status: 0 done or no difference, 1 the tree does not build or something "
"differs, 2 a wrong command line, 3 an interrupt.",
		.example = "pfnsim kernel add mine ~/linux\n"
			   "pfnsim kernel add v2 --git ~/linux gmem-series-v2\n"
			   "pfnsim kernel update\n"
			   "pfnsim kernel diff linux-6.12 mine\n"
			   "pfnsim kernel remove mine",
	},
	[CLI_KERNELS] = {
		.name = "kernels",
		.operands = "",
		.summary = "List the kernels that were built, and what they can do",
		.about =
"Prints name, version, revision and capabilities of each kernel in the kernel "
"directory. The revision is what its tree was when the kernel was made: git's "
"name of the commit, with -dirty where files differed from it, or the version of "
"the package that the tree came from. Capabilities are what `needs:` of a "
"scenario names. One that another version of pfnsim built is `stale`: `pfnsim "
"kernel update` builds it again.",
		.example = "pfnsim kernels",
	},
	[CLI_SCHEMA] = {
		.name = "schema",
		.operands = "",
		.summary = "Print the form of scenarios, or of results",
		.about =
"Prints the format of scenarios: as a JSON schema, which editors use to complete "
"and check files, or as a Markdown page. `results` is the JSON schema of what "
"`run`, `replay` and `explore` print with --format=json, `junit` the XML schema "
"of what --junit writes.",
		.example = "pfnsim schema > scenario.schema.json\n"
			   "pfnsim schema --format=results",
	},
	[CLI_BENCH] = {
		.name = "bench",
		.operands = "SUBJECT [FILE|PROGRAM]",
		.min = 1,
		.max = 2,
		.need = "a subject: replay, explore, search or scale",
		.summary = "Measure how fast executions are",
		.about =
"Measures one subject for a while and prints its rate. `replay` runs one case, "
"by default the first of FILE, over and over. `explore` searches FILE in each "
"way that there is, and judges as `pfnsim explore` does. `search` searches small programs "
"all through, whose numbers of interleavings are known, beside recorded figures "
"of other model checkers; where SPIN is installed, it runs on a model of the "
"program pfn. With PROGRAM, only those whose name starts with it, or `random`; "
"--seconds is for each search. `scale` measures 1 to 5121 caches of one VM with up "
"to 1024 tasks on threads: reads and refreshes a second, how long an invalidation "
"takes that concerns none of them, alone and meanwhile, and memory.\n"
"Exit status: 0 measured, 1 the case does not pass or a search did not find what "
"is known, 3 an interrupt, 2 a wrong command line, 4 a defect of pfnsim.",
		.example = "pfnsim bench replay scenarios/hole.yaml --seconds=2\n"
			   "pfnsim bench search 'pfn(3,1)'",
	},
	[CLI_VERSION] = {
		.name = "version",
		.operands = "",
		.summary = "Print the version",
		.about = "Prints the version of pfnsim and of its kernel interface.",
		.example = "pfnsim version",
	},
};
/* clang-format on */

enum cli_command cli_find_command(const char *name)
{
	enum cli_command command = 0;

	while (command < NR_CLI_COMMANDS &&
	       strcmp(cli_commands[command].name, name))
		command++;
	return command;
}

const char *cli_command_name(enum cli_command command)
{
	return command < NR_CLI_COMMANDS ? cli_commands[command].name : NULL;
}
