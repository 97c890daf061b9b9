# SPDX-License-Identifier: GPL-2.0-only
# Completion of pfnsim for fish: install it as
# /usr/share/fish/vendor_completions.d/pfnsim.fish.
#
# The program knows its own words; where it has none to offer, file names are.
function __pfnsim_complete
	set -l words (commandline -opc) (commandline -ct)
	set -l offers ($words[1] --complete $words[2..-1] 2>/dev/null)
	if set -q offers[1]
		printf '%s\n' $offers
	else
		__fish_complete_path (commandline -ct)
	end
end
complete -c pfnsim -f -a '(__pfnsim_complete)'
