# SPDX-License-Identifier: GPL-2.0-only
#
# The host side: the library pfnsim-host, one folder of sim/ a floor, and the
# executable pfnsim.

find_package(PkgConfig REQUIRED)
pkg_check_modules(yaml REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(urcu REQUIRED IMPORTED_TARGET liburcu liburcu-cds)
pkg_check_modules(libdw REQUIRED IMPORTED_TARGET libdw libelf)

set(host_floors border engine oracle explore scenario report interface cli
  commands)

# What every host-side object is compiled with.  Folders are for quoted includes
# only, so that no file of ours can hide one of the C library's.
add_library(host-flags INTERFACE)
target_compile_options(host-flags INTERFACE
  -std=gnu11 -Wall -Wextra -Werror -fno-omit-frame-pointer)
foreach(floor IN LISTS host_floors)
  target_compile_options(host-flags INTERFACE
    "SHELL:-iquote '${CMAKE_SOURCE_DIR}/sim/${floor}'")
endforeach()
target_compile_definitions(host-flags INTERFACE
  _GNU_SOURCE PFNSIM_VERSION="${PROJECT_VERSION}"
  PFNSIM_RELEASED="${PFNSIM_RELEASED}")
target_link_libraries(host-flags INTERFACE
  PkgConfig::yaml PkgConfig::urcu PkgConfig::libdw ${CMAKE_DL_LIBS} m)
if(PFNSIM_SANITIZE)
  target_compile_options(host-flags INTERFACE
    -fsanitize=${PFNSIM_SANITIZE} -fno-sanitize-recover=undefined)
  target_link_options(host-flags INTERFACE -fsanitize=${PFNSIM_SANITIZE})
  if(PFNSIM_SANITIZE MATCHES "address")
    target_compile_definitions(host-flags INTERFACE PFNSIM_ASAN)
  endif()
  if(CMAKE_C_COMPILER_ID MATCHES Clang)
    # The C library's obstack.h counts from a null pointer.
    target_compile_options(host-flags INTERFACE -fno-sanitize=pointer-overflow)
  endif()
endif()
if(PFNSIM_COVERAGE)
  # Counters live in memory that a reset would restore: the runner forks a
  # process for each case instead.
  target_compile_options(host-flags INTERFACE --coverage)
  target_compile_definitions(host-flags INTERFACE PFNSIM_COVERAGE)
  target_link_options(host-flags INTERFACE --coverage)
endif()

set(host_sources)
foreach(floor IN LISTS host_floors)
  file(GLOB found CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/sim/${floor}/*.c ${CMAKE_SOURCE_DIR}/sim/${floor}/*.S)
  list(APPEND host_sources ${found})
endforeach()
set(schemas ${CMAKE_SOURCE_DIR}/docs/results.schema.json
  ${CMAKE_SOURCE_DIR}/docs/junit.xsd)
set_source_files_properties(${CMAKE_SOURCE_DIR}/sim/report/schemas.S PROPERTIES
  INCLUDE_DIRECTORIES ${CMAKE_SOURCE_DIR}/docs OBJECT_DEPENDS "${schemas}")
set_source_files_properties(${CMAKE_SOURCE_DIR}/sim/commands/skeleton.S PROPERTIES
  INCLUDE_DIRECTORIES ${CMAKE_SOURCE_DIR}/sim/commands
  OBJECT_DEPENDS ${CMAKE_SOURCE_DIR}/sim/commands/skeleton.yaml)
add_library(pfnsim-host STATIC ${host_sources})
target_link_libraries(pfnsim-host PUBLIC host-flags)
add_dependencies(pfnsim-host pfnsim.interface)
set_source_files_properties(${CMAKE_SOURCE_DIR}/sim/engine/loader.c PROPERTIES
  COMPILE_OPTIONS "-include;${interface_header}")

# host_executable(TARGET SOURCE...): an executable that can load kernels.  They
# call functions that nothing in the executable calls, hence the whole library.
function(host_executable target)
  add_executable(${target} ${ARGN})
  target_link_libraries(${target} PRIVATE
    $<LINK_LIBRARY:WHOLE_ARCHIVE,pfnsim-host>)
  target_link_options(${target} PRIVATE
    -Wl,--dynamic-list=${CMAKE_SOURCE_DIR}/cmake/host.dynlist)
  set_property(TARGET ${target} APPEND PROPERTY
    LINK_DEPENDS ${CMAKE_SOURCE_DIR}/cmake/host.dynlist)
endfunction()

host_executable(pfnsim sim/pfnsim.c)
