# SPDX-License-Identifier: GPL-2.0-only
#
# usage: awk -v kernel=NAME -v folder=DIR -f script/reached.awk [DIFF] TRACEFILE
#
# Reads an lcov tracefile with a test name for each scenario and writes a page
# DIR/FILE.html for each source file in it: each line with the scenarios that reach
# it and the outcomes of its branches that came.  Lines with the same scenarios
# share one list at the end of the page.  DIFF is what `git diff -U0` prints; the
# lines that it adds or changes are marked.  Prints the names of the pages.

function escaped(text) {
	gsub(/&/, "\\&amp;", text)
	gsub(/</, "\\&lt;", text)
	return text
}

function base(path) {
	sub(/.*\//, "", path)
	return path
}

function in_tree(path) {
	sub(/^.*\/virt\/kvm\//, "virt/kvm/", path)
	sub(/^.*\/arch\//, "arch/", path)
	sub(/^.*\/include\/linux\//, "include/linux/", path)
	sub(/^.*\/x86\/xen\.c$/, "arch/x86/kvm/xen.c", path)
	sub(/^.*\/real\/linux\/kvm_host\.h$/, "include/linux/kvm_host.h", path)
	return path
}

function many(n, word) {
	return n " " word (n == 1 ? "" : "s")
}

function read_source(path,    line, text) {
	while ((getline text < path) > 0)
		source[path, ++line] = text
	close(path)
	nr_lines[path] = line + 0
}

# ---- What is known of a line ------------------------------------------------

function class_of(path, line) {
	if (!((path, line) in hits))
		return ""
	if (!hits[path, line])
		return "never"
	return taken[path, line] < outcomes[path, line] ? "partly" : "reached"
}

# How many scenarios, as a link to the list of their names.
function scenarios_of(path, line,    names, nr) {
	names = reached_by[path, line]
	if (names == "")
		return class_of(path, line) == "never" ? "0" : ""
	nr = split(names, scratch, " ")
	if (!(names in set)) {
		set[names] = ++nr_sets
		names_of[nr_sets] = names
	}
	return "<a href=\"#set" set[names] "\"" (nr > 3 ? "" : \
		" title=\"" substr(names, 2) "\"") ">" nr "</a>"
}

function outcomes_of(path, line) {
	if (!outcomes[path, line])
		return ""
	return taken[path, line] + 0 "/" outcomes[path, line]
}

# ---- The page ---------------------------------------------------------------

function begin(page, path,    title) {
	title = escaped(base(path)) ", " escaped(kernel)
	print "<!DOCTYPE html>\n<html lang=\"en\">\n<head>" \
		"<meta charset=\"utf-8\">\n" \
		"<meta name=\"viewport\" content=\"width=device-width\">\n" \
		"<meta http-equiv=\"Content-Security-Policy\" content=\"" \
		"default-src 'none'; style-src 'unsafe-inline'\">\n" \
		"<title>" title "</title>\n<style>\n" \
		":root { color-scheme: light dark; --text: #1c2128;" \
		" --page: #fff; --dim: #57606a; --line: #d4d9df;" \
		" --never: #fdeceb; --partly: #fff3d6; --reached: #e7f6ec;" \
		" --mark: #0b57b7; }\n" \
		"@media (prefers-color-scheme: dark) { :root {" \
		" --text: #e4e8ec; --page: #10151b; --dim: #a1abb6;" \
		" --line: #343c46; --never: #3a1614; --partly: #33270c;" \
		" --reached: #12301d; --mark: #83b9ff; } }\n" \
		"body { margin: 0; padding: 1rem; color: var(--text);" \
		" background: var(--page); font: 15px/1.5 system-ui," \
		" sans-serif; }\n" \
		"a { color: var(--mark); }\n" \
		"table { border-collapse: collapse; font: 12.5px/1.45" \
		" ui-monospace, \"DejaVu Sans Mono\", monospace; }\n" \
		"th, td { padding: 0 .6em; text-align: left; vertical-align: top;" \
		" white-space: pre; }\n" \
		"td.s { white-space: pre-wrap; overflow-wrap: anywhere; }\n" \
		"@media (max-width: 600px) { body { padding: .5rem; }" \
		" th, td { padding: 0 .2em; } td.s { tab-size: 2; } }\n" \
		"th { font-weight: 400; color: var(--dim); }\n" \
		"thead th { border-bottom: 1px solid var(--line); }\n" \
		"tbody th, td.n { text-align: right; }\n" \
		".never td.s, .key.never { background: var(--never); }\n" \
		".partly td.s, .key.partly { background: var(--partly); }\n" \
		".reached td.s, .key.reached { background: var(--reached); }\n" \
		".touched th { color: var(--mark); font-weight: 700;" \
		" border-left: 3px solid var(--mark); }\n" \
		".key { padding: 0 .4em; }\n" \
		":target { outline: 2px solid var(--mark); }\n" \
		"</style></head>\n<body>\n<h1>" title "</h1>" >page
}

function sum_up(page, path,    line, n, never, out, came) {
	for (line = 1; line <= nr_lines[path]; line++) {
		n += (path, line) in hits
		never += class_of(path, line) == "never"
		out += outcomes[path, line]
		came += taken[path, line]
	}
	print "<p>" many(n, "line") " of code, " n - never " reached; " \
		many(out + 0, "outcome") " of branches, " came + 0 \
		" came.</p>\n<p><span class=\"key reached\">reached</span> " \
		"<span class=\"key partly\">reached, with an outcome that " \
		"never came</span> <span class=\"key never\">never " \
		"reached</span>" (touched_files[in_tree(path)] ? \
		" A bar marks what the commits touch." : "") "</p>" >page
}

function put_line(page, path, line,    class) {
	class = class_of(path, line)
	if ((in_tree(path), line) in touched)
		class = class (class == "" ? "" : " ") "touched"
	print "<tr id=\"L" line "\"" \
		(class == "" ? "" : " class=\"" class "\"") "><th>" line \
		"</th><td class=\"n\">" scenarios_of(path, line) \
		"</td><td class=\"n\">" \
		outcomes_of(path, line) "</td><td class=\"s\">" \
		escaped(source[path, line]) "</td></tr>" >page
}

function put_sets(page,    i) {
	if (nr_sets)
		print "<h2>Scenarios</h2>\n<dl>" >page
	for (i = 1; i <= nr_sets; i++)
		print "<dt id=\"set" i "\">" \
			many(split(names_of[i], scratch, " "), "scenario") \
			"</dt><dd>" substr(names_of[i], 2) "</dd>" >page
	if (nr_sets)
		print "</dl>" >page
}

function write_page(path,    page, line) {
	page = folder "/" base(path) ".html"
	nr_sets = 0
	split("", set)
	read_source(path)
	begin(page, path)
	sum_up(page, path)
	print "<table>\n<thead><tr><th>line</th>" \
		"<th>scenarios</th><th>outcomes</th><th></th></tr>" \
		"</thead>\n<tbody>" >page
	for (line = 1; line <= nr_lines[path]; line++)
		put_line(page, path, line)
	print "</tbody></table>" >page
	put_sets(page)
	print "</body></html>" >page
	close(page)
	print base(path) ".html"
}

# ---- What is read -----------------------------------------------------------

FNR == 1 { reading++ }

ARGC == 3 && reading == 1 && /^\+\+\+ / {
	path = $2
	sub(/^b\//, "", path)
	touched_files[path] = 1
	next
}
ARGC == 3 && reading == 1 && /^@@ / {
	split(substr($3, 2), range, ",")
	length_of = range[2] == "" ? 1 : range[2]
	for (i = 0; i < length_of; i++)
		touched[path, range[1] + i] = 1
	next
}
ARGC == 3 && reading == 1 { next }

/^TN:/ {
	test = substr($0, 4)
	gsub(/_/, "-", test)
}
/^SF:/ {
	path = substr($0, 4)
	if (!(path in known))
		paths[++nr_paths] = path
	known[path] = 1
}
/^DA:/ {
	split(substr($0, 4), field, ",")
	hits[path, field[1]] += field[2]
	if (field[2] + 0 > 0 && !((path, field[1], test) in seen)) {
		seen[path, field[1], test] = 1
		reached_by[path, field[1]] = \
			reached_by[path, field[1]] " " test
	}
}
/^BRDA:/ {
	split(substr($0, 6), field, ",")
	key = path SUBSEP field[1] SUBSEP field[2] SUBSEP field[3]
	if (!(key in branch))
		outcomes[path, field[1]]++
	if (field[4] + 0 > 0 && !branch[key])
		taken[path, field[1]]++
	branch[key] += field[4]
}

END {
	for (i = 1; i <= nr_paths; i++)
		write_page(paths[i])
}
