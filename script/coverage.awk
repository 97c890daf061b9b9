# SPDX-License-Identifier: GPL-2.0-only
#
# Reads docs/unreached.txt and an lcov tracefile, sums up its tests, and prints
# a table of its files and, unless quiet, what no test reaches in pfncache.c and
# guest_memfd.c: lines, and outcomes of branches.  "reachable" leaves out what has a
# reason that begins with "unreachable".  Weak functions that others stand in for,
# whose names are in the variable replaced, are no part of the kernel.

function base(path) {
	sub(/.*\//, "", path)
	return path
}

# Our own files by their path, a kernel's by their name.
function display(path) {
	return path ~ /\/sim\// ? substr(path, match(path, /sim\/[^\/]*\/?[^\/]*$/)) : \
		base(path)
}

function percent(part, whole) {
	return whole ? sprintf("%.1f %%", 100 * part / whole) : "-"
}

# The function of FILE that holds LINE: the last one that begins before it.
function owner(path, line) {
	while (line > 0 && !((path, line) in begins))
		line--
	return begins[path, line]
}

function is_replaced(path, line,    fn) {
	fn = owner(path, line)
	return fn != "" && index(" " replaced " ", " " fn " ")
}

function reason(path, fn,    key) {
	key = base(path) SUBSEP fn
	return ((kernel, key) in why) ? why[kernel, key] : why["*", key]
}

# Runs of lines of one function without a hit; lines without code do not end one.
function list_missed(path,    line, fn, from, to, text) {
	for (line = 1; line <= last[path]; line++) {
		if (!((path, line) in hits) || hits[path, line])
			continue
		fn = owner(path, line)
		from = to = line
		while (++line <= last[path] && owner(path, line) == fn) {
			if (!((path, line) in hits))
				continue
			if (hits[path, line])
				break
			to = line
		}
		line--
		text = reason(path, fn)
		printf "  %s:%s %s()%s\n", base(path), \
			from == to ? from : from "-" to, fn, \
			text == "" ? "" : ": " text
	}
}

# "static inline int f(int a)" is f: tracefiles lack what is inlined everywhere.
function name_before_arguments(text) {
	sub(/\(.*/, "", text)
	sub(/.*[ *]/, "", text)
	return text
}

function read_source(path,    line, text) {
	while ((getline text < path) > 0) {
		source[path, ++line] = text
		if (text ~ /^static (__always_)?inline [^;]*\([^;]*$/)
			begins[path, line] = name_before_arguments(text)
	}
	close(path)
}

# The excuse for outcomes missed on a line, or 0.
function excuse_of(path, line,    i, fn) {
	fn = owner(path, line)
	for (i = 1; i <= nr_excuses; i++)
		if ((ex_kernel[i] == "*" || ex_kernel[i] == kernel) && \
		    ex_file[i] == base(path) && ex_fn[i] == fn && \
		    index(source[path, line], ex_text[i]))
			return i
	return 0
}

# How many of the outcomes missed in the file cannot be; lists all unless quiet.
function excused(path, list,    line, i, n, taken_out, text, sum) {
	for (i = 1; i <= nr_excuses; i++)
		ex_left[i] = ex_nr[i]
	for (line = 1; line <= last[path]; line++) {
		n = outcomes[path, line] - outcomes_taken[path, line]
		if (!n)
			continue
		i = excuse_of(path, line)
		taken_out = i ? (n < ex_left[i] ? n : ex_left[i]) : 0
		if (i)
			ex_left[i] -= taken_out
		if (i && ex_why[i] ~ /^unreachable/)
			sum += taken_out
		text = i ? ": " ex_why[i] : ""
		if (i && taken_out < n)
			text = ": " n - taken_out " more than expected" text
		if (list)
			printf "  %s:%d %s() %d of %d%s\n", base(path), line, \
				owner(path, line), n, outcomes[path, line], text
	}
	return sum + 0
}

function forget_replaced(path,    line) {
	for (line = 1; line <= last[path]; line++) {
		if (!((path, line) in hits) || !is_replaced(path, line))
			continue
		delete hits[path, line]
		branches[path] -= outcomes[path, line]
		taken[path] -= outcomes_taken[path, line]
		delete outcomes[path, line]
		delete outcomes_taken[path, line]
	}
}

function row(path,    line, n, hit, reach, reach_hit) {
	for (line = 1; line <= last[path]; line++) {
		if (!((path, line) in hits))
			continue
		n++
		hit += hits[path, line] > 0
		if (hits[path, line] || \
		    reason(path, owner(path, line)) !~ /^unreachable/) {
			reach++
			reach_hit += hits[path, line] > 0
		}
	}
	all += n
	all_hit += hit
	printf "%-17s %-16s %9s %9s %9s %9s\n", kernel, display(path), \
		percent(hit, n), percent(reach_hit, reach), \
		percent(taken[path], branches[path]), \
		percent(taken[path], branches[path] - excused(path))
}

# A reason, behind as many fields as come before it.
function rest(fields,    text, i) {
	text = $0
	for (i = 0; i < fields; i++)
		sub(/^[^ \t]+[ \t]+/, "", text)
	return text
}

FNR == NR {
	if ($0 ~ /^#/ || NF < 4)
		next
	if (split($0, field, "\"") == 3 && $4 ~ /^[0-9]+$/) {
		nr_excuses++
		ex_kernel[nr_excuses] = $1
		ex_file[nr_excuses] = $2
		ex_fn[nr_excuses] = $3
		ex_nr[nr_excuses] = $4
		ex_text[nr_excuses] = field[2]
		ex_why[nr_excuses] = substr(field[3], 2)
	} else {
		why[$1, $2, $3] = rest(3)
	}
	next
}
/^SF:/ {
	path = substr($0, 4)
	if (!(path in last)) {
		paths[++nr_paths] = path
		read_source(path)
	}
	last[path] += 0
}
/^FN:/ {
	n = split(substr($0, 4), field, ",")
	begins[path, field[1]] = field[n]
}
# lcov 2.3 gives functions numbers, of which others say names.
/^FNL:/ {
	split(substr($0, 5), field, ",")
	first_line[path, field[1]] = field[2]
}
/^FNA:/ {
	split(substr($0, 5), field, ",")
	begins[path, first_line[path, field[1]]] = field[3]
}
/^DA:/ {
	split(substr($0, 4), field, ",")
	hits[path, field[1]] += field[2]
	if (field[1] + 0 > last[path])
		last[path] = field[1] + 0
}
/^BRDA:/ {
	split(substr($0, 6), field, ",")
	key = path SUBSEP field[1] SUBSEP field[2] SUBSEP field[3]
	if (!(key in branch)) {
		branches[path]++
		outcomes[path, field[1]]++
	}
	if (field[4] + 0 > 0 && !branch[key]) {
		branch[key] = 1
		taken[path]++
		outcomes_taken[path, field[1]]++
	}
	branch[key] += 0
}

END {
	printf "\n%-17s %-16s %9s %9s %9s %9s\n", "kernel", "file", "lines", \
		"reachable", "branches", "reachable"
	for (i = 1; i <= nr_paths; i++) {
		forget_replaced(paths[i])
		row(paths[i])
	}
	printf "%-17s %-16s %9s\n", kernel, "all", percent(all_hit, all)
	if (quiet)
		exit
	print "\nNot reached, kernel " kernel ":"
	for (i = 1; i <= nr_paths; i++)
		if (base(paths[i]) ~ /^(pfncache|guest_memfd)\.c$/)
			list_missed(paths[i])
	print "\nOutcomes of branches that never came, kernel " kernel ":"
	for (i = 1; i <= nr_paths; i++)
		if (base(paths[i]) ~ /^(pfncache|guest_memfd)\.c$/)
			excused(paths[i], 1)
}
