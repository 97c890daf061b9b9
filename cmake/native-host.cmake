# SPDX-License-Identifier: GPL-2.0-only
#
# The host side on native threads: pfnsim-soak, which `pfnsim soak` runs, and the
# same with each sanitizer.  It takes the floors that know nothing of coroutines
# from sim/, and sim/native in place of the engine.

if(NOT build_native)
  return()
endif()

pkg_check_modules(urcu_memb REQUIRED IMPORTED_TARGET liburcu)
find_package(Threads REQUIRED)

set(native_floors border oracle scenario report)
set(native_sources
  ${CMAKE_SOURCE_DIR}/sim/engine/anchors.c
  ${CMAKE_SOURCE_DIR}/sim/engine/loader.c
  ${CMAKE_SOURCE_DIR}/sim/engine/place.c
  ${CMAKE_SOURCE_DIR}/sim/engine/silence.c
  ${CMAKE_SOURCE_DIR}/sim/engine/symbols.c
  ${CMAKE_SOURCE_DIR}/sim/engine/trace.c
  ${CMAKE_SOURCE_DIR}/sim/oracle/checks.c
  ${CMAKE_SOURCE_DIR}/sim/oracle/datarace.c
  ${CMAKE_SOURCE_DIR}/sim/oracle/vm_model.c)
file(GLOB found CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/sim/scenario/*.c)
list(FILTER found EXCLUDE REGEX
  "/(session|runner|collect|judge|explore|pairs|pairs_table|observer|result|order|endstate|script|follow|piece|pieces|pieces_text|pool|spare|tally)\\.c$")
list(APPEND native_sources ${found})
file(GLOB found CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/sim/native/*.c)
list(APPEND native_sources ${found}
  ${CMAKE_SOURCE_DIR}/sim/report/buf.c ${CMAKE_SOURCE_DIR}/sim/report/escape.c)

# What needs no instrumentation is not: the emulation has none.
function(native_host_options target)
  add_dependencies(${target} pfnsim.interface)
  target_compile_options(${target} PRIVATE
    -std=gnu11 -Wall -Wextra -Werror -fno-omit-frame-pointer)
  foreach(floor IN ITEMS border engine oracle scenario report cli native explore)
    target_compile_options(${target} PRIVATE
      "SHELL:-iquote '${CMAKE_SOURCE_DIR}/sim/${floor}'")
  endforeach()
  target_compile_definitions(${target} PRIVATE _GNU_SOURCE PFNSIM_NATIVE
    PFNSIM_VERSION="${PROJECT_VERSION}")
  target_link_libraries(${target} PRIVATE PkgConfig::yaml PkgConfig::urcu_memb
    PkgConfig::libdw Threads::Threads ${CMAKE_DL_LIBS})
endfunction()

# soak_executable(TARGET source... LINK option...): the soak, linked with the options.
function(soak_executable target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINK")
  add_executable(${target} ${arg_UNPARSED_ARGUMENTS}
    ${CMAKE_SOURCE_DIR}/sim/native/main.c)
  native_host_options(${target})
  target_link_options(${target} PRIVATE ${arg_LINK}
    -Wl,--dynamic-list=${CMAKE_SOURCE_DIR}/cmake/host.dynlist)
endfunction()

# All but main(), which tests/native has, too.
list(REMOVE_ITEM native_sources ${CMAKE_SOURCE_DIR}/sim/native/main.c)
add_library(native-host OBJECT ${native_sources})
native_host_options(native-host)
soak_executable(pfnsim-soak $<TARGET_OBJECTS:native-host>)

# native_executable(TARGET source...): an executable with all of pfnsim-soak but its
# main().
function(native_executable target)
  add_executable(${target} ${ARGN} $<TARGET_OBJECTS:native-host>)
  native_host_options(${target})
  target_link_options(${target} PRIVATE
    -Wl,--dynamic-list=${CMAKE_SOURCE_DIR}/cmake/host.dynlist)
endfunction()
if(native_sanitizers)
  soak_executable(pfnsim-soak-tsan ${native_sources} LINK -fsanitize=thread)
  soak_executable(pfnsim-soak-asan ${native_sources} LINK -fsanitize=address)
  target_compile_definitions(pfnsim-soak-tsan PRIVATE PFNSIM_SOAK_TSAN)
  target_compile_definitions(pfnsim-soak-asan PRIVATE PFNSIM_SOAK_ASAN)
endif()
