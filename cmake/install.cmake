# SPDX-License-Identifier: GPL-2.0-only
#
# What `cmake --install` puts where, and the packages that cpack makes of it.
# sim/cli/places.h says how an installed program finds its files.

include(GNUInstallDirs)
# Kernels are no libraries of the system: no folder of an architecture.
set(install_lib lib/pfnsim)
set(install_data ${CMAKE_INSTALL_DATADIR}/pfnsim)
cmake_path(RELATIVE_PATH install_data BASE_DIRECTORY ${CMAKE_INSTALL_BINDIR}
  OUTPUT_VARIABLE data_from_bin)
cmake_path(RELATIVE_PATH install_lib BASE_DIRECTORY ${CMAKE_INSTALL_BINDIR}
  OUTPUT_VARIABLE lib_from_bin)

# install_files(): everything; after the kernels are known.
function(install_files)
  install(TARGETS pfnsim)
  get_property(kernels GLOBAL PROPERTY pfnsim_kernels)
  list(FILTER kernels INCLUDE REGEX "^kernel\\.reference")
  foreach(kernel IN LISTS kernels)
    install(TARGETS ${kernel} DESTINATION ${install_lib}/kernels)
    foreach(kind IN ITEMS hooked native tsan asan)
      if(TARGET ${kernel}.${kind})
        install(TARGETS ${kernel}.${kind}
          DESTINATION ${install_lib}/kernels/${kind})
      endif()
    endforeach()
  endforeach()
  foreach(soak IN ITEMS pfnsim-soak pfnsim-soak-tsan pfnsim-soak-asan)
    if(TARGET ${soak})
      install(TARGETS ${soak} DESTINATION ${install_lib})
    endif()
  endforeach()
  if(TARGET kernel.search-programs.hooked)
    install(TARGETS kernel.search-programs.hooked
      DESTINATION ${install_lib}/kernels/bench/hooked)
    install(FILES tests/search-programs/pfn.pml
      DESTINATION ${install_lib}/kernels/bench)
  endif()

  install(DIRECTORY scenarios DESTINATION ${install_data}
    FILES_MATCHING PATTERN *.yaml)
  install_kernel_sources()
  install(FILES docs/results.schema.json docs/junit.xsd
    DESTINATION ${install_data})
  install_help()
  install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}
    FILES_MATCHING PATTERN *.md)
  install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
endfunction()

# Manual pages, which the program writes, and completions.
function(install_help)
  set(man ${CMAKE_BINARY_DIR}/man)
  add_custom_command(OUTPUT ${man}/pfnsim.1.gz VERBATIM
    COMMAND ${CMAKE_SOURCE_DIR}/cmake/man-pages $<TARGET_FILE:pfnsim> ${man}
    DEPENDS pfnsim ${CMAKE_SOURCE_DIR}/cmake/man-pages
    COMMENT "Writing the manual pages")
  add_custom_target(man ALL DEPENDS ${man}/pfnsim.1.gz)
  set(schema ${CMAKE_BINARY_DIR}/scenario.schema.json)
  add_custom_command(OUTPUT ${schema} VERBATIM
    COMMAND $<TARGET_FILE:pfnsim> schema > ${schema} DEPENDS pfnsim
    COMMENT "Writing the schema of scenarios")
  add_custom_target(scenario-schema ALL DEPENDS ${schema})
  install(FILES ${schema} DESTINATION ${install_data})
  install(DIRECTORY ${man}/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  set(completion sim/cli/completion)
  install(FILES ${completion}/pfnsim.bash RENAME pfnsim
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  install(FILES ${completion}/_pfnsim
    DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
  install(FILES ${completion}/pfnsim.fish
    DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endfunction()

# What `pfnsim kernel` builds kernels from.
function(install_kernel_sources)
  set(build ${install_data}/build)
  install(FILES CMakeLists.txt DESTINATION ${build})
  install(DIRECTORY include DESTINATION ${build})
  install(DIRECTORY sim/border sim/kernel DESTINATION ${build}/sim)
  install(DIRECTORY src DESTINATION ${build} PATTERN variants EXCLUDE)
  install(DIRECTORY cmake DESTINATION ${build} USE_SOURCE_PERMISSIONS)
  # What reports show of the variants, which are not built again.
  get_property(copies GLOBAL PROPERTY pfnsim_variant_copies)
  foreach(copy IN LISTS copies)
    cmake_path(RELATIVE_PATH copy BASE_DIRECTORY ${CMAKE_BINARY_DIR}
      OUTPUT_VARIABLE below)
    cmake_path(GET below PARENT_PATH below)
    install(FILES ${copy} DESTINATION ${build}/${below})
  endforeach()
  install(FILES ${kernel_files} DESTINATION ${install_data})
  set(settings ${CMAKE_BINARY_DIR}/installed-settings.cmake)
  file(WRITE ${settings} "\
# SPDX-License-Identifier: GPL-2.0-only
set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING \"\")
")
  install(FILES ${settings} DESTINATION ${install_data}
    RENAME kernel-settings.cmake)
endfunction()
