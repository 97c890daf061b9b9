# SPDX-License-Identifier: GPL-2.0-only
#
# usage: awk -f script/touched.awk DIFF TRACEFILE
#
# Of an lcov tracefile only the lines and branches that a diff adds or changes, so
# that lcov counts no others.  DIFF is what `git diff -U0` prints.  Functions are left out:
# they are longer than what is touched.  Where the variable missed is set, prints the
# touched lines that no test reaches instead, as FILE:LINE.

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
!missed { print }

END {
	for (i = 1; i <= nr && missed; i++)
		if (!hits[order[i]])
			print order[i]
}
