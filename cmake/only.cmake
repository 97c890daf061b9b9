# SPDX-License-Identifier: GPL-2.0-only
#
# A build folder of one kernel, as `pfnsim kernel add` makes it: PFNSIM_ONLY is
# NAME=PATH, a tree or a tarball of one, or with PFNSIM_ONLY_REVISION a git
# repository whose revision is extracted into the build folder.  The kernel
# comes to lie in kernels/NAME.so, what it was made of in kernels/NAME.revision.

include(cmake/kernel.cmake)
include(cmake/tree.cmake)

# replace_folder(NEW FOLDER): make FOLDER what NEW is, which goes.  Files that are
# as they were stay, and what was compiled of them need not be compiled again.
function(replace_folder new folder)
  file(GLOB_RECURSE before RELATIVE ${folder} ${folder}/*)
  file(GLOB_RECURSE files RELATIVE ${new} ${new}/*)
  foreach(file IN LISTS before)
    if(NOT file IN_LIST files)
      file(REMOVE ${folder}/${file})
    endif()
  endforeach()
  foreach(file IN LISTS files)
    cmake_path(GET file PARENT_PATH parent)
    file(MAKE_DIRECTORY ${folder}/${parent})
    file(COPY_FILE ${new}/${file} ${folder}/${file} ONLY_IF_DIFFERENT)
  endforeach()
  file(REMOVE_RECURSE ${new})
endfunction()

# extract_revision(REPOSITORY REVISION FOLDER COMMIT): make FOLDER hold the files
# that a kernel takes from a tree, as they are in REVISION, and no others.
function(extract_revision repository revision folder commit_variable)
  set(git git -C ${repository})
  execute_process(COMMAND ${git} rev-parse --verify --quiet --end-of-options
      "${revision}^{commit}"
    RESULT_VARIABLE failed OUTPUT_VARIABLE commit ERROR_VARIABLE said
    OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(failed)
    message(FATAL_ERROR
      "${repository} is no git repository with a revision ${revision}\n${said}")
  endif()
  execute_process(COMMAND ${git} rev-parse --show-prefix
    OUTPUT_VARIABLE prefix OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(prefix)
    message(FATAL_ERROR "${repository} is within a repository, not its top")
  endif()
  tree_files(files required)
  # git archive stops at a path that is not there, ls-tree does not.
  execute_process(
    COMMAND ${git} ls-tree ${commit} Makefile ${files}
    OUTPUT_VARIABLE content OUTPUT_STRIP_TRAILING_WHITESPACE)
  set(${commit_variable} ${commit} PARENT_SCOPE)
  set(stamp ${folder}/.extracted)
  if(EXISTS ${stamp})
    file(READ ${stamp} before)
    if(before STREQUAL content)
      return()
    endif()
  endif()
  string(REGEX REPLACE "[^\n\t]*\t" "" there "${content}")
  string(REPLACE "\n" ";" there "${there}")
  file(REMOVE ${stamp})
  file(REMOVE_RECURSE ${folder}.new)
  file(MAKE_DIRECTORY ${folder}.new)
  if(there)
    execute_process(
      COMMAND ${git} -c core.autocrlf=false archive --format=tar ${commit} --
        ${there}
      COMMAND tar -x -m -C ${folder}.new
      RESULTS_VARIABLE failed ERROR_VARIABLE said)
    if(NOT failed STREQUAL "0;0")
      message(FATAL_ERROR "cannot extract ${revision}\n${said}")
    endif()
  endif()
  replace_folder(${folder}.new ${folder})
  file(WRITE ${stamp} "${content}")
endfunction()

string(REGEX REPLACE "=.*" "" only_name "${PFNSIM_ONLY}")
string(REGEX REPLACE "^[^=]*=" "" only_path "${PFNSIM_ONLY}")
if(PFNSIM_ONLY_REVISION)
  set(only_tree ${CMAKE_BINARY_DIR}/tree)
  extract_revision(${only_path} "${PFNSIM_ONLY_REVISION}" ${only_tree} only_commit)
  git_revision(${only_path} ${only_commit} only_revision)
elseif(IS_DIRECTORY ${only_path})
  set(only_tree ${only_path})
  worktree_revision(${only_path} only_revision)
else()
  set(only_tree ${only_path})
  package_version(${only_path} only_revision)
endif()
add_tree_kernel("${only_name}" "${only_tree}")
write_revision(${only_name} "${only_revision}")
