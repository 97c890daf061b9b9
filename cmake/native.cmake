# SPDX-License-Identifier: GPL-2.0-only
#
# Kernels on native threads: kernels/native/NAME.so of the same sources, with
# sim/kernel/native in place of sim/kernel/engine below sim/kernel/sync.  Those that
# native_tsan and native_asan name are there once more for ThreadSanitizer and for
# AddressSanitizer, in kernels/tsan and kernels/asan; what `pfnsim kernel add` made
# is so once a soak wants it.
#
# In these the code under test and the emulation are two worlds, between which
# calls are led through stubs; cmake/split-worlds makes them.

set(build_native FALSE)
if(PFNSIM_NATIVE AND host_is_x86 AND NOT PFNSIM_COVERAGE AND NOT PFNSIM_CODE_ONLY)
  set(build_native TRUE)
endif()
# The options below are gcc's.
set(native_sanitizers)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
  set(native_sanitizers tsan asan)
endif()

# Which kernels: all but variants, and of these those that soaks are to catch.
set(native_variants hva-no-slot retry-removed gpc-lock-not-taken
  error-path-leak wake-up-removed no-grace-period)
set(native_tsan reference linux-6.12 reference+gpc-lock-not-taken)
set(native_asan reference linux-6.12 reference+no-grace-period)

file(GLOB native_sync CONFIGURE_DEPENDS
  ${CMAKE_SOURCE_DIR}/sim/kernel/sync/*.c ${CMAKE_SOURCE_DIR}/sim/kernel/native/*.c)
set(native_assembly ${CMAKE_SOURCE_DIR}/sim/kernel/native/worlds.S
  ${CMAKE_SOURCE_DIR}/sim/kernel/native/string.S)

# is_native(TARGET RESULT): whether the kernel whose set TARGET is, NAME.code or
# NAME.shim, is built for native threads; RESULT is a list of what for.
function(is_native target result)
  set(${result} "" PARENT_SCOPE)
  string(REGEX REPLACE "\\.(code|lib|arch|shim)$" "" name ${target})
  get_property(trees GLOBAL PROPERTY pfnsim_native_trees)
  set(names reference ${trees})
  foreach(variant IN LISTS native_variants)
    list(APPEND names reference+${variant})
  endforeach()
  if(NOT build_native OR name STREQUAL target OR NOT name IN_LIST names)
    return()
  endif()
  set(kinds native)
  foreach(kind IN LISTS native_sanitizers)
    if(PFNSIM_SANITIZED OR name IN_LIST native_${kind})
      list(APPEND kinds ${kind})
    endif()
  endforeach()
  set(${result} ${kinds} PARENT_SCOPE)
endfunction()

# native_objects(TARGET argument...): beside the objects that kernel_objects()
# makes of the same arguments, those for native threads.
function(native_objects target)
  cmake_parse_arguments(PARSE_ARGV 1 arg MEASURED "PROBES;PREFIX;HOOKS"
    "SOURCES;INCLUDES;WARNINGS;DEFINES;CODE")
  is_native(${target} kinds)
  if(NOT kinds OR NOT arg_HOOKS)
    return()
  endif()
  set(common INCLUDES ${arg_INCLUDES} PROBES ${arg_PROBES} CODE ${arg_CODE}
    DEFINES ${arg_DEFINES} PFNSIM_NATIVE WARNINGS ${arg_WARNINGS})
  if(arg_PREFIX)
    list(APPEND common PREFIX ${arg_PREFIX})
  endif()
  if(target MATCHES "\\.shim$")
    set(sources ${arg_SOURCES})
    list(FILTER sources EXCLUDE REGEX "/sim/kernel/(sync|engine|hooks)/")
    kernel_objects(${target}.native SOURCES ${sources} ${common})
    kernel_objects(${target}.primitives SOURCES ${native_sync} ${common})
    return()
  endif()
  foreach(kind IN LISTS kinds)
    kernel_objects(${target}.${kind} SOURCES ${arg_SOURCES} ${common})
  endforeach()
  if(TARGET ${target}.tsan)
    target_compile_options(${target}.tsan PRIVATE -fsanitize=thread -Wno-tsan)
  endif()
  if(TARGET ${target}.asan)
    # A round begins with the bytes of all data, red zones or not.
    target_compile_options(${target}.asan PRIVATE -fsanitize=address
      "SHELL:--param asan-globals=0")
  endif()
endfunction()

# native_of(OBJECTS KIND RESULT): the objects of that kind beside OBJECTS.
function(native_of objects kind result)
  list(TRANSFORM objects REPLACE "TARGET_OBJECTS:([^>]+)>" "TARGET_OBJECTS:\\1.${kind}>")
  set(${result} ${objects} PARENT_SCOPE)
endfunction()

# link_worlds(TARGET FOLDER NAME KIND IDENTITY UNDER_TEST object... EMULATION object...
#             PRIMITIVES object...)
# FOLDER/KIND/NAME.so, a kernel on native threads, of the objects of its worlds.
function(link_worlds target folder name kind identity)
  cmake_parse_arguments(PARSE_ARGV 5 arg "" "" "UNDER_TEST;EMULATION;PRIMITIVES")
  set(dir ${CMAKE_BINARY_DIR}/native/${kind}/${name})
  foreach(world IN ITEMS UNDER_TEST EMULATION PRIMITIVES)
    file(GENERATE OUTPUT ${dir}/${world}.list CONTENT "$<JOIN:${arg_${world}},\n>\n")
  endforeach()
  set(objects ${arg_UNDER_TEST} ${arg_EMULATION} ${arg_PRIMITIVES})
  set(parts ${dir}/code.o ${dir}/shim.o ${dir}/sync.o ${dir}/stubs.S)
  add_custom_command(OUTPUT ${parts} VERBATIM COMMAND_EXPAND_LISTS
    COMMAND ${CMAKE_SOURCE_DIR}/cmake/split-worlds ${CMAKE_LINKER} ${CMAKE_NM}
      ${CMAKE_OBJCOPY} ${dir} ${dir}/UNDER_TEST.list ${dir}/EMULATION.list
      ${dir}/PRIMITIVES.list
    DEPENDS ${CMAKE_SOURCE_DIR}/cmake/split-worlds ${objects}
    COMMENT "Splitting ${name} into its worlds (${kind})")
  set_source_files_properties(${dir}/code.o ${dir}/shim.o ${dir}/sync.o PROPERTIES
    EXTERNAL_OBJECT TRUE GENERATED TRUE)
  link_kernel_object(${target} ${folder}/${kind} ${name} kernel.map
    OBJECTS ${parts} ${native_assembly} ${identity})
  # The objects are files to the command above: whose, it cannot tell.
  string(REGEX MATCHALL "TARGET_OBJECTS:[^>]+" made "${objects}")
  list(TRANSFORM made REPLACE "TARGET_OBJECTS:" "")
  list(REMOVE_DUPLICATES made)
  add_dependencies(${target} ${made})
endfunction()

# link_native_kernel(NAME FOLDER IDENTITY object...): the kernels on native threads
# beside the one that is linked of these objects.
function(link_native_kernel name folder identity)
  is_native(${name}.code kinds)
  set(shim ${ARGN})
  list(FILTER shim INCLUDE REGEX "TARGET_OBJECTS:[^>]*\\.shim>")
  set(code ${ARGN})
  list(FILTER code EXCLUDE REGEX "TARGET_OBJECTS:[^>]*\\.shim>")
  native_of("${shim}" primitives primitives)
  native_of("${shim}" native emulation)
  foreach(kind IN LISTS kinds)
    native_of("${code}" ${kind} under_test)
    link_worlds(kernel.${name}.${kind} ${folder} ${name} ${kind} ${identity}
      UNDER_TEST ${under_test} EMULATION ${emulation} PRIMITIVES ${primitives})
  endforeach()
endfunction()
