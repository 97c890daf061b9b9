# SPDX-License-Identifier: GPL-2.0-only
#
# Kernels from a tree.  Two lists say what is taken from it, and describe their
# own format: cmake/tree-sources.txt, the files that are compiled in place, and
# cmake/real-headers.txt, the tree's own headers that kernel-side code sees.  Of
# the former virt/kvm is code under test, the rest is what it stands on.
# A tarball is unpacked once per build folder, and only what the lists name.

include(${CMAKE_CURRENT_LIST_DIR}/revision.cmake)

# read_list(FILE LINES): its lines without comments
function(read_list file lines)
  file(STRINGS ${CMAKE_SOURCE_DIR}/cmake/${file} text REGEX "^[^#]")
  set(${lines} ${text} PARENT_SCOPE)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/cmake/${file})
endfunction()

# unpack_tree(TARBALL FOLDER FILE...): put the FILEs into FOLDER.  tar's exit
# status says nothing here, it minds an optional file that is not there.
function(unpack_tree tarball folder)
  file(SIZE ${tarball} size)
  file(TIMESTAMP ${tarball} time)
  set(state "${tarball} ${size} ${time}\n${ARGN}\n")
  set(stamp ${folder}/.unpacked)
  if(EXISTS ${stamp})
    file(READ ${stamp} before)
    if(before STREQUAL state)
      return()
    endif()
  endif()
  message(STATUS "Unpacking ${tarball}")
  file(REMOVE_RECURSE ${folder})
  file(MAKE_DIRECTORY ${folder})
  execute_process(COMMAND tar -tf ${tarball} COMMAND head -n 1
    OUTPUT_VARIABLE top OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  string(REGEX REPLACE "/.*" "" top "${top}")
  set(members ${ARGN})
  list(TRANSFORM members PREPEND "${top}/")
  execute_process(
    COMMAND tar -xf ${tarball} -C ${folder} --strip-components=1 ${members}
    ERROR_QUIET)
  file(WRITE ${stamp} "${state}")
endfunction()

# tree_version(FOLDER VERSION): what the tree calls itself, for people to read.
function(tree_version folder version)
  set(parts)
  foreach(key VERSION PATCHLEVEL SUBLEVEL)
    file(STRINGS ${folder}/Makefile line REGEX "^${key} *=" LIMIT_COUNT 1)
    string(REGEX REPLACE "^[^=]*= *" "" line "${line}")
    list(APPEND parts ${line})
  endforeach()
  list(JOIN parts "." text)
  set(${version} "${text}" PARENT_SCOPE)
endfunction()

# link_real_headers(TREE FOLDER ID LINE...): make FOLDER a search path on which the
# headers of TREE are that the lines of real-headers.txt name, and no other.  ID
# is another wherever other headers are there, in FOLDER or include/: an object
# does not depend on a header that comes to stand before one that it included.
function(link_real_headers tree folder id)
  file(REMOVE_RECURSE ${folder})
  file(GLOB_RECURSE there CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
    ${CMAKE_SOURCE_DIR}/include/*.h)
  foreach(line IN LISTS ARGN)
    string(REGEX MATCH "^([^ ]+) -> ([^ ]+)" found "${line}")
    if(NOT found)
      message(FATAL_ERROR "cmake/real-headers.txt: what is '${line}'?")
    endif()
    set(header ${tree}/${CMAKE_MATCH_1})
    cmake_path(SET link ${folder}/${CMAKE_MATCH_2})
    if(EXISTS ${header})
      cmake_path(GET link PARENT_PATH parent)
      file(MAKE_DIRECTORY ${parent})
      file(CREATE_LINK ${header} ${link} SYMBOLIC)
      list(APPEND there ${CMAKE_MATCH_2})
    endif()
  endforeach()
  string(MD5 hash "${there}")
  set(${id} ${hash} PARENT_SCOPE)
endfunction()

# link_x86(TREE FOLDER): make FOLDER an arch/x86/kvm that has xen.c and xen.h of
# TREE and nothing else, so that their "x86.h" is ours.
function(link_x86 tree folder)
  file(REMOVE_RECURSE ${folder})
  file(MAKE_DIRECTORY ${folder})
  foreach(file xen.c xen.h)
    if(EXISTS ${tree}/arch/x86/kvm/${file})
      file(CREATE_LINK ${tree}/arch/x86/kvm/${file} ${folder}/${file} SYMBOLIC)
    endif()
  endforeach()
endfunction()

# Functions of the tree's lib that sim/kernel/tree makes scheduling points of,
# without touching lib.
set(tree_wraps
  -Wl,--wrap=xa_load -Wl,--wrap=xa_store -Wl,--wrap=xa_store_range)

# replaced_headers(FILES): the headers of a tree that those of include/ stand for.
# They are not compiled; `pfnsim kernel` checks declarations against them.
function(replaced_headers files)
  file(GLOB_RECURSE ours CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
    ${CMAKE_SOURCE_DIR}/include/*.h)
  list(FILTER ours EXCLUDE REGEX "^include/pfnsim/")
  set(shared ${ours})
  list(FILTER shared INCLUDE REGEX "^include/kvm-x86/")
  list(FILTER ours EXCLUDE REGEX "^include/kvm-x86/")
  list(TRANSFORM shared REPLACE "^include/kvm-x86/" "arch/x86/kvm/")
  set(architecture ${ours})
  list(FILTER architecture INCLUDE REGEX "^include/(uapi/)?asm/")
  list(FILTER ours EXCLUDE REGEX "^include/(uapi/)?asm/")
  set(generic ${architecture})
  list(TRANSFORM architecture PREPEND arch/x86/)
  list(TRANSFORM generic REPLACE "/asm/" "/asm-generic/")
  set(${files} ${ours} ${shared} ${architecture} ${generic} PARENT_SCOPE)
endfunction()

# tree_files(FILES REQUIRED): the paths that the lists name, and those of them
# that every tree must have.
function(tree_files files_variable required_variable)
  replaced_headers(replaced)
  read_list(tree-sources.txt sources)
  read_list(real-headers.txt headers)
  set(files ${sources} ${headers})
  list(TRANSFORM files REPLACE "^(compile|with|declares) " "")
  set(required ${files})
  list(FILTER required EXCLUDE REGEX " optional$")
  list(TRANSFORM files REPLACE " .*" "")
  list(TRANSFORM required REPLACE " .*" "")
  list(APPEND files ${replaced})
  list(REMOVE_DUPLICATES files)
  set(${files_variable} ${files} PARENT_SCOPE)
  set(${required_variable} ${required} PARENT_SCOPE)
endfunction()

# add_tree_kernel(NAME PATH): the kernel NAME from a tree or a tarball of one.
function(add_tree_kernel name path)
  if(NOT name MATCHES "^[a-z0-9][a-z0-9._-]*$")
    message(FATAL_ERROR "'${name}' is no name for a kernel ([a-z0-9._-])")
  endif()
  set_property(GLOBAL APPEND PROPERTY pfnsim_native_trees ${name})
  read_list(tree-sources.txt sources)
  read_list(real-headers.txt headers)
  tree_files(files required)

  if(IS_DIRECTORY ${path})
    file(REAL_PATH ${path} tree EXPAND_TILDE)
  elseif(EXISTS ${path})
    set(tree ${CMAKE_BINARY_DIR}/trees/${name})
    unpack_tree(${path} ${tree} Makefile ${files})
  else()
    message(FATAL_ERROR "Kernel ${name}: there is no ${path}")
  endif()
  foreach(file Makefile ${required})
    if(NOT EXISTS ${tree}/${file})
      message(FATAL_ERROR "Kernel ${name}: ${path} has no ${file}")
    endif()
  endforeach()

  set(real ${kernels_dir}/${name}/real)
  link_real_headers(${tree} ${real} headers_id ${headers})
  set(includes ${real} ${shared_includes})
  set(probes ${kernels_dir}/${name}/pfnsim-probes.h)
  set(x86 ${kernels_dir}/${name}/x86)
  link_x86(${tree} ${x86})
  probe_kernel(${name} ${probes} ${tree}/virt/kvm ${x86} ${includes})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    ${tree}/include/linux/kvm_host.h ${tree}/virt/kvm/kvm_mm.h)

  list(FILTER sources INCLUDE REGEX "^compile ")
  list(TRANSFORM sources REPLACE "^compile ([^ ]+).*" "\\1")
  set(code)
  set(lib)
  set(arch)
  foreach(file IN LISTS sources)
    if(NOT EXISTS ${tree}/${file})
      continue()
    elseif(file MATCHES "^virt/kvm/")
      list(APPEND code ${tree}/${file})
    elseif(file MATCHES "^arch/x86/kvm/")
      file(STRINGS ${probes} has_xen REGEX "PFNSIM_HAVE_XEN ")
      if(has_xen)
        list(APPEND arch ${x86}/xen.c)
      endif()
    else()
      list(APPEND lib ${tree}/${file})
    endif()
  endforeach()
  set(common INCLUDES ${includes} PROBES ${probes}
    DEFINES PFNSIM_TREE PFNSIM_HEADERS_${headers_id})
  kernel_objects(${name}.code MEASURED HOOKS code SOURCES ${code} ${common}
    WARNINGS ${warnings_tree} PREFIX ${tree})
  kernel_objects(${name}.lib HOOKS shim SOURCES ${lib} ${common}
    WARNINGS ${warnings_tree} PREFIX ${tree} DEFINES PFNSIM_LIB)
  set(shim_options ${common} WARNINGS ${warnings_ours} PREFIX ${CMAKE_SOURCE_DIR}
    CODE ${tree}/virt/kvm ${x86} ${x86_code} ${x86_shim})
  kernel_objects(${name}.shim HOOKS shim
    SOURCES ${tree_shim_sources} ${x86_code}/kvmclock.c ${shim_options})
  set(sets ${name}.code ${name}.lib)
  set(described code=${name}.code)
  if(arch)
    kernel_objects(${name}.arch MEASURED HOOKS code SOURCES ${arch} ${common}
      WARNINGS ${warnings_tree} PREFIX ${x86} CODE ${x86_shim})
    list(APPEND sets ${name}.arch)
    list(APPEND described code=${name}.arch)
  endif()
  list(APPEND sets ${name}.shim)
  list(TRANSFORM sets REPLACE "(.+)" "$<TARGET_OBJECTS:\\1>" OUTPUT_VARIABLE objects)
  tree_version(${tree} version)
  link_kernel(${name} "${version}" HOOKED OPTIONS ${tree_wraps} OBJECTS ${objects})
  describe_kernel(${name} ${tree}
    ${described} lib=${name}.lib shim=${name}.shim)
  # What tests need to build the same kernel with more in it.
  set_property(GLOBAL APPEND PROPERTY pfnsim_tree_kernels ${name})
  set_property(GLOBAL PROPERTY pfnsim_shim_options_${name} ${shim_options})
  set_property(GLOBAL PROPERTY pfnsim_code_${name} ${code} ${lib} ${arch})
  set_property(GLOBAL PROPERTY pfnsim_sets_${name} ${sets})
endfunction()

# The kernel linux-6.12 from Debian's package where it is installed, and those
# that the user named.
function(add_tree_kernels)
  set(source ${PFNSIM_LINUX_SOURCE})
  if(source STREQUAL "auto")
    set(source /usr/src/linux-source-6.12.tar.xz)
    if(NOT EXISTS ${source})
      message(STATUS "No ${source}: the kernel linux-6.12 is not built")
      set(source none)
    endif()
  endif()
  if(NOT source STREQUAL "none")
    add_tree_kernel(linux-6.12 ${source})
    package_version(${source} revision)
    write_revision(linux-6.12 "${revision}")
  endif()
  foreach(entry IN LISTS PFNSIM_TREES)
    string(REGEX REPLACE "=.*" "" name "${entry}")
    string(REGEX REPLACE "^[^=]*=" "" path "${entry}")
    add_tree_kernel("${name}" "${path}")
  endforeach()
endfunction()
