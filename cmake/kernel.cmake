# SPDX-License-Identifier: GPL-2.0-only
#
# Kernels.  A kernel is three sets of objects linked into kernels/NAME.so:
#
#   code   the code under test: src/ or a tree's virt/kvm, and nothing else
#   lib    files of the tree that the code under test stands on (xarray, rbtree)
#   shim   sim/kernel, compiled anew against each kernel's headers
#
# None of them sees a header of the system.

set(kernels_dir ${CMAKE_BINARY_DIR}/kernels)

# Options that decide what the code means: equal for all objects of all kernels.
set(kernel_dialect
  -std=gnu11 -fms-extensions -funsigned-char -fno-strict-aliasing
  -fno-strict-overflow -fno-delete-null-pointer-checks -fno-common
  -Werror=implicit-function-declaration -Werror=incompatible-pointer-types)
set(kernel_codegen
  -O2 -g -fPIC -fvisibility=hidden -ffunction-sections -fdata-sections
  -fno-omit-frame-pointer -fno-optimize-sibling-calls -fno-stack-protector
  -U_FORTIFY_SOURCE)
set(kernel_defines __KERNEL__ KBUILD_MODNAME="kvm")

# Our own lines: warnings are errors.  Callbacks rarely need all parameters, and
# the kernel mixes signed and unsigned on purpose.
set(warnings_ours -Wall -Wextra -Werror -Wno-unused-parameter
  -Wno-sign-compare -Wno-missing-field-initializers -Wno-type-limits)
# A tree's lines are not ours to mend: the warnings of its own build.
set(warnings_tree -Wall -Wno-sign-compare -Wno-unused-but-set-variable
  -Wno-unused-function -Wno-pointer-sign -Wno-address-of-packed-member)
if(CMAKE_C_COMPILER_ID MATCHES Clang)
  list(APPEND kernel_dialect -Wno-microsoft-anon-tag
    -Werror=incompatible-function-pointer-types)
  list(APPEND warnings_ours -Wno-initializer-overrides)
  list(APPEND warnings_tree -Wno-gnu-variable-sized-type-not-at-end)
  execute_process(COMMAND ${CMAKE_C_COMPILER} -print-resource-dir
    OUTPUT_VARIABLE compiler_headers OUTPUT_STRIP_TRAILING_WHITESPACE)
  string(APPEND compiler_headers /include)
else()
  list(APPEND warnings_tree -Wno-maybe-uninitialized)
  execute_process(COMMAND ${CMAKE_C_COMPILER} -print-file-name=include
    OUTPUT_VARIABLE compiler_headers OUTPUT_STRIP_TRAILING_WHITESPACE)
endif()
set(kernel_isolation -nostdinc "SHELL:-isystem '${compiler_headers}'")

# Every load and store is announced by a call that the compiler places
# (sim/kernel/hooks).  Where a primitive's meaning is known as a whole, its own
# accesses are left out.
if(CMAKE_C_COMPILER_ID MATCHES Clang)
  set(hook_options -fsanitize=thread
    "SHELL:-mllvm -tsan-distinguish-volatile=1"
    "SHELL:-mllvm -tsan-instrument-func-entry-exit=0"
    "SHELL:-mllvm -tsan-compound-read-before-write=1")
else()
  set(hook_options -fsanitize=thread
    "SHELL:--param tsan-distinguish-volatile=1"
    "SHELL:--param tsan-instrument-func-entry-exit=0")
endif()
file(GLOB unhooked_sources CONFIGURE_DEPENDS
  ${CMAKE_SOURCE_DIR}/sim/kernel/sync/*.c ${CMAKE_SOURCE_DIR}/sim/kernel/engine/*.c
  ${CMAKE_SOURCE_DIR}/sim/kernel/hooks/*.c)
list(FILTER unhooked_sources EXCLUDE REGEX "/(sched|refcount|points)\\.c$")
set_source_files_properties(${unhooked_sources} PROPERTIES
  COMPILE_OPTIONS -fno-sanitize=thread)
# Called at each access, most often to find that nobody listens.
set_source_files_properties(${CMAKE_SOURCE_DIR}/sim/kernel/hooks/tsan.c PROPERTIES
  COMPILE_OPTIONS "-fno-sanitize=thread;-momit-leaf-frame-pointer")

set(shared_includes ${CMAKE_SOURCE_DIR}/include ${CMAKE_SOURCE_DIR}/include/uapi
  ${CMAKE_SOURCE_DIR}/sim/border)
set(kconfig ${CMAKE_SOURCE_DIR}/include/pfnsim/kconfig.h)

# arch/x86/kvm: our headers in place of those that its files share, and the part
# of the reference that serves trees as well.  A tree's xen.c has instructions
# of x86-64.
set(x86_shim ${CMAKE_SOURCE_DIR}/include/kvm-x86)
set(x86_code ${CMAKE_SOURCE_DIR}/src/arch/x86/kvm)
set(host_is_x86 FALSE)
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
  set(host_is_x86 TRUE)
endif()

include(${CMAKE_CURRENT_LIST_DIR}/interface.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/probe.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/native.cmake)

# sim/kernel/tree and sim/kernel/reference are for the one or the other only.
file(GLOB_RECURSE shim_sources CONFIGURE_DEPENDS
  ${CMAKE_SOURCE_DIR}/sim/kernel/*.c)
list(FILTER shim_sources EXCLUDE REGEX "/sim/kernel/native/")
set(tree_shim_sources ${shim_sources})
list(FILTER tree_shim_sources EXCLUDE REGEX "/sim/kernel/reference/")
list(FILTER shim_sources EXCLUDE REGEX "/sim/kernel/tree/")
file(GLOB_RECURSE reference_sources CONFIGURE_DEPENDS
  RELATIVE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/src/*.c)
list(FILTER reference_sources EXCLUDE REGEX "^src/variants/")
file(GLOB_RECURSE reference_headers CONFIGURE_DEPENDS
  RELATIVE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/src/*.h)

# kernel_objects(TARGET SOURCES file... INCLUDES dir... PROBES header
#                WARNINGS option... [DEFINES name...] [PREFIX dir] [CODE dir...]
#                [MEASURED] [HOOKS code|shim])
# An object library of kernel-side files.  PREFIX is cut from __FILE__, so that
# messages are equal wherever the tree lies; CODE is where "kvm_mm.h" and the
# like are found; MEASURED objects count coverage.  HOOKS makes TARGET.hooked
# beside it, where accesses are announced as those of the code under test or of
# the emulation.
function(kernel_objects target)
  native_objects(${target} ${ARGN})
  cmake_parse_arguments(arg MEASURED "PROBES;PREFIX;HOOKS"
    "SOURCES;INCLUDES;WARNINGS;DEFINES;CODE" ${ARGN})
  set(targets ${target})
  if(arg_HOOKS AND PFNSIM_HOOKS AND NOT PFNSIM_COVERAGE)
    list(APPEND targets ${target}.hooked)
  endif()
  foreach(objects IN LISTS targets)
    add_library(${objects} OBJECT ${arg_SOURCES})
    target_compile_options(${objects} PRIVATE ${kernel_isolation}
      ${kernel_dialect} ${kernel_codegen} ${arg_WARNINGS}
      "SHELL:-include '${kconfig}'"
      "SHELL:-include '${arg_PROBES}'")
    foreach(dir IN LISTS arg_CODE)
      target_compile_options(${objects} PRIVATE "SHELL:-iquote '${dir}'")
    endforeach()
    if(arg_PREFIX)
      target_compile_options(${objects} PRIVATE
        -fmacro-prefix-map=${arg_PREFIX}/=)
    endif()
    target_compile_definitions(${objects} PRIVATE
      ${kernel_defines} ${arg_DEFINES})
    target_include_directories(${objects} PRIVATE ${arg_INCLUDES})
  endforeach()
  if(TARGET ${target}.hooked)
    target_compile_options(${target}.hooked PRIVATE ${hook_options})
    if(arg_HOOKS STREQUAL "shim")
      target_compile_options(${target}.hooked PRIVATE
        "SHELL:-include '${CMAKE_SOURCE_DIR}/sim/kernel/hooks/rename.h'")
    else()
      target_compile_definitions(${target}.hooked PRIVATE PFNSIM_HOOKED_CODE)
    endif()
  endif()
  if(arg_MEASURED AND PFNSIM_COVERAGE)
    target_compile_options(${target} PRIVATE --coverage)
  endif()
endfunction()

# Copies are seen too in a kernel with hooks.
set(hook_wraps -Wl,--wrap=memcpy -Wl,--wrap=memmove -Wl,--wrap=memset)

# link_kernel(NAME VERSION OBJECTS object... [OPTIONS option...] [FOLDER dir] [HOOKED])
# kernels/NAME.so, or FOLDER/NAME.so of what is no kernel to run; which must take
# nothing but the border from outside.  HOOKED: hooked/NAME.so beside it, of the
# same objects with hooks.
function(link_kernel name version)
  cmake_parse_arguments(arg HOOKED FOLDER "OBJECTS;OPTIONS" ${ARGN})
  if(NOT arg_FOLDER)
    set(arg_FOLDER ${kernels_dir})
    set_property(GLOBAL APPEND PROPERTY pfnsim_kernels kernel.${name})
  endif()
  set(PFNSIM_NAME ${name})
  set(PFNSIM_TREE_VERSION ${version})
  set(identity ${kernels_dir}/${name}/identity.c)
  configure_file(${CMAKE_SOURCE_DIR}/cmake/identity.c.in ${identity} @ONLY)

  set(map kernel.map)
  if(PFNSIM_COVERAGE)
    set(map kernel-coverage.map)
    list(APPEND arg_OPTIONS --coverage -Wl,-u,__gcov_dump)
  endif()
  link_kernel_object(kernel.${name} ${arg_FOLDER} ${name} ${map}
    OBJECTS ${arg_OBJECTS} ${identity} OPTIONS ${arg_OPTIONS})
  if(arg_HOOKED AND PFNSIM_HOOKS AND NOT PFNSIM_COVERAGE)
    set(hooked ${arg_OBJECTS})
    list(TRANSFORM hooked REPLACE "TARGET_OBJECTS:([^>]+)>" "TARGET_OBJECTS:\\1.hooked>")
    link_kernel_object(kernel.${name}.hooked ${arg_FOLDER}/hooked ${name}
      kernel.map OBJECTS ${hooked} ${identity}
      OPTIONS ${arg_OPTIONS} ${hook_wraps})
  endif()
  if(arg_HOOKED)
    link_native_kernel(${name} ${arg_FOLDER} ${identity} ${arg_OBJECTS})
  endif()
endfunction()

# link_kernel_object(TARGET FOLDER NAME MAP OBJECTS object... [OPTIONS option...])
function(link_kernel_object target folder name map)
  cmake_parse_arguments(arg "" "" "OBJECTS;OPTIONS" ${ARGN})
  set(map ${CMAKE_SOURCE_DIR}/cmake/${map})
  set(check ${CMAKE_SOURCE_DIR}/cmake/check-kernel)
  add_library(${target} MODULE ${arg_OBJECTS})
  add_dependencies(${target} pfnsim.interface)
  set_target_properties(${target} PROPERTIES PREFIX "" SUFFIX .so
    OUTPUT_NAME ${name} LIBRARY_OUTPUT_DIRECTORY ${folder}
    LINK_DEPENDS "${map};${check}")
  target_link_options(${target} PRIVATE -Wl,--gc-sections -Wl,-z,now
    -Wl,--version-script=${map} ${arg_OPTIONS})
  add_custom_command(TARGET ${target} POST_BUILD VERBATIM
    COMMAND ${check} ${CMAKE_NM} $<TARGET_FILE:${target}>)
endfunction()

# describe_kernel(NAME ROOT SET=TARGET...): write kernels/NAME/objects.txt, by which
# `pfnsim kernel` finds what the kernel was made of; sim/interface/code.h says how.
function(describe_kernel name root)
  set(lines "root ${root}\nprobes ${kernels_dir}/${name}/pfnsim-probes.h\n")
  foreach(entry IN LISTS ARGN)
    string(REPLACE "=" ";" entry "${entry}")
    list(GET entry 0 set)
    list(GET entry 1 target)
    string(APPEND lines "${set} $<JOIN:$<TARGET_OBJECTS:${target}>,\n${set} >\n")
  endforeach()
  file(GENERATE OUTPUT ${kernels_dir}/${name}/objects.txt CONTENT "${lines}")
endfunction()

# Where src/ keeps "kvm_mm.h".
file(GLOB_RECURSE reference_code CONFIGURE_DEPENDS
  ${CMAKE_SOURCE_DIR}/src/kvm_mm.h)
cmake_path(GET reference_code PARENT_PATH reference_code)

# What the reference's own objects are compiled with, but for its variants.
set(reference_includes ${CMAKE_SOURCE_DIR}/src/include
  ${CMAKE_SOURCE_DIR}/src/include/uapi ${shared_includes})
set(reference_probes ${kernels_dir}/reference/pfnsim-probes.h)
set(reference_options INCLUDES ${reference_includes} PROBES ${reference_probes}
  WARNINGS ${warnings_ours} PREFIX ${CMAKE_SOURCE_DIR}
  CODE ${reference_code} ${x86_code} ${x86_shim})

function(add_reference_kernel)
  probe_kernel(reference ${reference_probes} ${reference_code} ${x86_code}
    ${reference_includes})
  kernel_objects(reference.code MEASURED HOOKS code SOURCES ${reference_sources}
    ${reference_options})
  kernel_objects(reference.shim HOOKS shim SOURCES ${shim_sources}
    ${reference_options})
  link_kernel(reference "" HOOKED OBJECTS
    $<TARGET_OBJECTS:reference.code> $<TARGET_OBJECTS:reference.shim>)
  describe_kernel(reference ${CMAKE_SOURCE_DIR}/src
    code=reference.code shim=reference.shim)
endfunction()

# What an earlier configuration built and this one does not, a tree that was taken
# out of PFNSIM_TREES say, is no kernel any more.  identity.c tells what was made
# by this build from what `pfnsim kernel add` put there.
function(remove_former_kernels)
  get_property(kernels GLOBAL PROPERTY pfnsim_kernels)
  file(GLOB objects ${kernels_dir}/*.so)
  foreach(object IN LISTS objects)
    cmake_path(GET object STEM LAST_ONLY name)
    if(NOT kernel.${name} IN_LIST kernels AND
        EXISTS ${kernels_dir}/${name}/identity.c)
      message(STATUS "Kernel ${name} is no longer built: removing it")
      file(REMOVE ${object} ${kernels_dir}/hooked/${name}.so
        ${kernels_dir}/${name}.revision)
      file(REMOVE_RECURSE ${kernels_dir}/${name})
    endif()
  endforeach()
endfunction()
