# SPDX-License-Identifier: GPL-2.0-only
#
# Reads docs/unreached.txt and an lcov tracefile, sums up its tests, and prints
# a table of its files and, unless quiet, what no test reaches in pfncache.c and
# guest_memfd.c.  "reachable" leaves out the functions whose reason begins with
# "unreachable".

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
	printf "%-12s %-28s %9s %9s %9s\n", kernel, display(path), \
		percent(hit, n), percent(reach_hit, reach), \
		percent(taken[path], branches[path])
}

FNR == NR {
	if ($0 !~ /^#/ && NF > 3) {
		text = $0
		sub(/^[^ \t]+[ \t]+[^ \t]+[ \t]+[^ \t]+[ \t]+/, "", text)
		why[$1, $2, $3] = text
	}
	next
}
/^SF:/ {
	path = substr($0, 4)
	if (!(path in last))
		paths[++nr_paths] = path
	last[path] += 0
}
/^FN:/ {
	n = split(substr($0, 4), field, ",")
	begins[path, field[1]] = field[n]
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
	if (!(key in branch))
		branches[path]++
	if (field[4] + 0 > 0 && !branch[key]) {
		branch[key] = 1
		taken[path]++
	}
	branch[key] += 0
}

END {
	printf "\n%-12s %-28s %9s %9s %9s\n", "kernel", "file", "lines", \
		"reachable", "branches"
	for (i = 1; i <= nr_paths; i++)
		row(paths[i])
	printf "%-12s %-28s %9s\n", kernel, "all", percent(all_hit, all)
	if (quiet)
		exit
	print "\nNot reached, kernel " kernel ":"
	for (i = 1; i <= nr_paths; i++)
		if (base(paths[i]) ~ /^(pfncache|guest_memfd)\.c$/)
			list_missed(paths[i])
}
