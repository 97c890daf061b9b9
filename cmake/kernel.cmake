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

include(${CMAKE_CURRENT_LIST_DIR}/probe.cmake)

# sim/kernel/tree and sim/kernel/reference are for the one or the other only.
file(GLOB_RECURSE shim_sources CONFIGURE_DEPENDS
  ${CMAKE_SOURCE_DIR}/sim/kernel/*.c)
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
#                [MEASURED])
# An object library of kernel-side files.  PREFIX is cut from __FILE__, so that
# messages are equal wherever the tree lies; CODE is where "kvm_mm.h" and the
# like are found; MEASURED objects count coverage.
function(kernel_objects target)
  cmake_parse_arguments(arg MEASURED "PROBES;PREFIX"
    "SOURCES;INCLUDES;WARNINGS;DEFINES;CODE" ${ARGN})
  add_library(${target} OBJECT ${arg_SOURCES})
  target_compile_options(${target} PRIVATE ${kernel_isolation}
    ${kernel_dialect} ${kernel_codegen} ${arg_WARNINGS}
    "SHELL:-include '${kconfig}'"
    "SHELL:-include '${arg_PROBES}'")
  foreach(dir IN LISTS arg_CODE)
    target_compile_options(${target} PRIVATE "SHELL:-iquote '${dir}'")
  endforeach()
  if(arg_PREFIX)
    target_compile_options(${target} PRIVATE
      -fmacro-prefix-map=${arg_PREFIX}/=)
  endif()
  target_compile_definitions(${target} PRIVATE
    ${kernel_defines} ${arg_DEFINES})
  target_include_directories(${target} PRIVATE ${arg_INCLUDES})
  if(arg_MEASURED AND PFNSIM_COVERAGE)
    target_compile_options(${target} PRIVATE --coverage)
  endif()
endfunction()

# link_kernel(NAME VERSION OBJECTS object... [OPTIONS option...] [FOLDER dir])
# kernels/NAME.so, or FOLDER/NAME.so of what is no kernel to run; which must take nothing but the border from outside.
function(link_kernel name version)
  cmake_parse_arguments(arg "" FOLDER "OBJECTS;OPTIONS" ${ARGN})
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
  set(map ${CMAKE_SOURCE_DIR}/cmake/${map})
  set(check ${CMAKE_SOURCE_DIR}/cmake/check-kernel)
  add_library(kernel.${name} MODULE ${arg_OBJECTS} ${identity})
  set_target_properties(kernel.${name} PROPERTIES PREFIX "" SUFFIX .so
    OUTPUT_NAME ${name} LIBRARY_OUTPUT_DIRECTORY ${arg_FOLDER}
    LINK_DEPENDS "${map};${check}")
  target_link_options(kernel.${name} PRIVATE -Wl,--gc-sections -Wl,-z,now
    -Wl,--version-script=${map} ${arg_OPTIONS})
  add_custom_command(TARGET kernel.${name} POST_BUILD VERBATIM
    COMMAND ${check} ${CMAKE_NM} $<TARGET_FILE:kernel.${name}>)
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
  kernel_objects(reference.code MEASURED SOURCES ${reference_sources}
    ${reference_options})
  kernel_objects(reference.shim SOURCES ${shim_sources} ${reference_options})
  link_kernel(reference "" OBJECTS
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
      file(REMOVE ${object} ${kernels_dir}/${name}.revision)
      file(REMOVE_RECURSE ${kernels_dir}/${name})
    endif()
  endforeach()
endfunction()
