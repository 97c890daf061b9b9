# SPDX-License-Identifier: GPL-2.0-only
#
# What exactly a kernel was made of, for people to read: one line in the file
# kernels/NAME.revision, or no file where there is nothing to say.

# git_revision(FOLDER REVISION TEXT): what git calls REVISION, "" where FOLDER is
# not the top of a repository.
function(git_revision folder revision text)
  set(git git -C ${folder})
  set(${text} "" PARENT_SCOPE)
  execute_process(COMMAND ${git} rev-parse --show-prefix
    RESULT_VARIABLE failed OUTPUT_VARIABLE prefix ERROR_QUIET
    OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(NOT failed EQUAL 0 OR prefix)
    return()
  endif()
  execute_process(COMMAND ${git} describe --tags --always ${revision}
    OUTPUT_VARIABLE described ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
  set(${text} "${described}" PARENT_SCOPE)
endfunction()

# worktree_revision(FOLDER TEXT): the same for a work tree; "-dirty" tells that
# files a kernel takes from it are not as they were committed.  describe --dirty
# would write into the repository.
function(worktree_revision folder text)
  git_revision(${folder} HEAD described)
  if(described)
    tree_files(files required)
    execute_process(
      COMMAND git --no-optional-locks -C ${folder} status --porcelain
        --untracked-files=no -- Makefile ${files}
      OUTPUT_VARIABLE changed ERROR_QUIET)
    if(changed)
      string(APPEND described "-dirty")
    endif()
  endif()
  set(${text} "${described}" PARENT_SCOPE)
endfunction()

# package_version(FILE TEXT): of the Debian package that installed FILE, or "".
function(package_version file text)
  set(${text} "" PARENT_SCOPE)
  execute_process(COMMAND dpkg-query -S ${file}
    RESULT_VARIABLE failed OUTPUT_VARIABLE owner ERROR_QUIET
    OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(NOT failed EQUAL 0)
    return()
  endif()
  string(REGEX REPLACE ":.*" "" owner "${owner}")
  execute_process(COMMAND dpkg-query -W -f \${Version} ${owner}
    OUTPUT_VARIABLE version ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
  set(${text} "${version}" PARENT_SCOPE)
endfunction()

function(write_revision name text)
  if(text)
    file(WRITE ${kernels_dir}/${name}.revision "${text}\n")
  else()
    file(REMOVE ${kernels_dir}/${name}.revision)
  endif()
endfunction()
