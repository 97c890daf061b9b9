# SPDX-License-Identifier: GPL-2.0-only
# Completion of pfnsim for bash: source it, or install it as
# /usr/share/bash-completion/completions/pfnsim.
#
# The program knows its own words; where it has none to offer, -o default makes
# bash complete file names.
_pfnsim()
{
	local line=${COMP_LINE:0:COMP_POINT} words
	read -ra words <<< "$line"
	[[ $line == *[[:space:]] ]] && words+=("")
	mapfile -t COMPREPLY < <("${words[0]}" --complete "${words[@]:1}" 2>/dev/null)
}
complete -o default -F _pfnsim pfnsim
