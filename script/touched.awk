# SPDX-License-Identifier: GPL-2.0-only
#
# usage: awk -f script/touched.awk DIFF TRACEFILE
#
# Of an lcov tracefile only the lines and branches that a diff adds or changes, so
# that lcov counts no others.  DIFF is what `git diff -U0` prints.  Functions are left out:
# they are longer than what is touched.  Where the variable missed is set, prints what
# no test reaches instead: "FILE:LINE:line", or "FILE:LINE:1 of 2 outcomes" where a
# condition never comes out so.  The last line is the number of touched lines with
# code and how many of them are reached.

function in_tree(path) {
	sub(/^.*\/virt\/kvm\//, "virt/kvm/", path)
	sub(/^.*\/arch\//, "arch/", path)
	sub(/^.*\/include\/linux\//, "include/linux/", path)
	sub(/^.*\/x86\/xen\.c$/, "arch/x86/kvm/xen.c", path)
	return path
}

function is_touched(record,    part) {
	split(substr(record, index(record, ":") + 1), part, ",")
	return (file, part[1] + 0) in touched
}

# A line may come once for each test; it counts as missed where none reaches it.
function count(record,    part, key) {
	split(substr(record, 4), part, ",")
	key = file ":" part[1]
	if (!(key in hits))
		order[++nr] = key
	hits[key] += part[2]
}

function count_outcome(record,    part, key) {
	split(substr(record, 6), part, ",")
	key = file ":" part[1]
	if (!((key, part[2], part[3]) in taken))
		name[key, ++outcomes[key]] = part[2] SUBSEP part[3]
	taken[key, part[2], part[3]] += part[4]
}

function report(key,    i, never) {
	if (!hits[key]) {
		print key ":line"
		return
	}
	reached++
	for (i = 1; i <= outcomes[key]; i++)
		never += !taken[key, name[key, i]]
	if (never)
		print key ":" never " of " outcomes[key] " outcomes"
}

FNR == 1 { reading++ }

reading == 1 && /^\+\+\+ / {
	path = $2
	sub(/^b\//, "", path)
	next
}
reading == 1 && /^@@ / {
	split(substr($3, 2), range, ",")
	length_of = range[2] == "" ? 1 : range[2]
	for (i = 0; i < length_of; i++)
		touched[path, range[1] + i] = 1
	next
}
reading == 1 { next }

/^SF:/ { file = in_tree(substr($0, 4)) }
/^(FN|FNDA|FNL|FNA|FNF|FNH|LF|LH|BRF|BRH)/ { next }
/^(DA|BRDA):/ && !is_touched($0) { next }
/^DA:/ { count($0) }
/^BRDA:/ { count_outcome($0) }
!missed { print }

END {
	for (i = 1; i <= nr && missed; i++)
		report(order[i])
	if (missed)
		print nr + 0, reached + 0
}
