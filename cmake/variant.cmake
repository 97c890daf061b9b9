# SPDX-License-Identifier: GPL-2.0-only
#
# Variants of the reference kernel.  src/variants/NAME.patch (patch -p1) makes
# the kernel reference+NAME out of a view of src/ in variants/reference+NAME/src:
# links to the files as they are, and patched copies of those that the patch
# touches.  What a patch cannot have changed is not compiled again:
#
#   a patch of .c files alone        those files
#   of a header beside them          all of src/
#   of a header in src/include       all of src/ and the shim

file(GLOB variant_patches CONFIGURE_DEPENDS
  ${CMAKE_SOURCE_DIR}/src/variants/*.patch)

# patched_files(PATCH FILES): the files that PATCH touches, from the top folder.
function(patched_files patch files)
  file(STRINGS ${patch} lines REGEX "^\\+\\+\\+ ")
  list(TRANSFORM lines REPLACE "^\\+\\+\\+ [^/]*/([^ \t]*).*" "\\1")
  if(NOT lines)
    message(FATAL_ERROR "${patch} touches no file")
  endif()
  foreach(file IN LISTS lines)
    if(NOT file IN_LIST reference_sources AND NOT file IN_LIST reference_headers)
      message(FATAL_ERROR "${patch} touches ${file}, which is no file of src/")
    endif()
  endforeach()
  set(${files} ${lines} PARENT_SCOPE)
endfunction()

# add_patched_kernel(NAME PATCH [FOLDER dir]): the kernel NAME, as link_kernel()
# makes it, of the reference with PATCH applied.
function(add_patched_kernel name patch)
  set(view ${CMAKE_BINARY_DIR}/variants/${name})
  patched_files(${patch} touched)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${patch})

  set(copies ${touched})
  set(originals ${touched})
  list(TRANSFORM copies PREPEND ${view}/)
  list(TRANSFORM originals PREPEND ${CMAKE_SOURCE_DIR}/)
  foreach(file IN LISTS reference_sources reference_headers)
    if(NOT file IN_LIST touched)
      cmake_path(GET file PARENT_PATH parent)
      file(MAKE_DIRECTORY ${view}/${parent})
      file(CREATE_LINK ${CMAKE_SOURCE_DIR}/${file} ${view}/${file} SYMBOLIC)
    endif()
  endforeach()
  set(apply ${CMAKE_SOURCE_DIR}/cmake/apply-variant)
  if(NOT ARGN) # else for a test
    set_property(GLOBAL APPEND PROPERTY pfnsim_variant_copies ${copies})
  endif()
  add_custom_command(OUTPUT ${copies} VERBATIM
    COMMAND ${apply} ${CMAKE_SOURCE_DIR} ${patch} ${view} ${touched}
    DEPENDS ${patch} ${originals} ${apply}
    COMMENT "Patching ${name}")
  # Several targets compile the copies: they must not make them at a time.
  add_custom_target(patched.${name} DEPENDS ${copies})

  set(again ${touched})
  set(shim_again FALSE)
  list(FILTER again INCLUDE REGEX "\\.c$")
  foreach(file IN LISTS touched)
    if(file MATCHES "\\.h$")
      set(again ${reference_sources})
      if(file MATCHES "^src/include/")
        set(shim_again TRUE)
      endif()
    endif()
  endforeach()

  cmake_path(RELATIVE_PATH reference_code BASE_DIRECTORY ${CMAKE_SOURCE_DIR}
    OUTPUT_VARIABLE code_dir)
  set(common INCLUDES ${view}/src/include ${view}/src/include/uapi
    ${shared_includes}
    PROBES ${reference_probes}
    CODE ${view}/${code_dir} ${view}/src/arch/x86/kvm ${x86_shim})
  set(sources ${again})
  list(TRANSFORM sources PREPEND ${view}/)
  list(FILTER copies INCLUDE REGEX "\\.h$")
  kernel_objects(${name}.code HOOKS code SOURCES ${sources} ${copies} ${common}
    WARNINGS ${warnings_ours} ${warnings_variant} PREFIX ${view})
  set(objects $<TARGET_OBJECTS:${name}.code>)
  list(JOIN again "|" pattern)
  string(REPLACE "." "\\." pattern "${pattern}")
  list(APPEND objects
    $<FILTER:$<TARGET_OBJECTS:reference.code>,EXCLUDE,/\(${pattern}\)\\.o$>)
  if(shim_again)
    kernel_objects(${name}.shim HOOKS shim SOURCES ${shim_sources} ${copies} ${common}
      WARNINGS ${warnings_ours} PREFIX ${CMAKE_SOURCE_DIR})
    list(APPEND objects $<TARGET_OBJECTS:${name}.shim>)
  else()
    list(APPEND objects $<TARGET_OBJECTS:reference.shim>)
  endif()
  foreach(kind IN ITEMS "" .hooked .native .primitives .tsan .asan)
    foreach(target ${name}.code${kind} ${name}.shim${kind})
      if(TARGET ${target})
        add_dependencies(${target} patched.${name})
      endif()
    endforeach()
  endforeach()
  link_kernel(${name} "" HOOKED ${ARGN} OBJECTS ${objects})
endfunction()

# What a patch takes away may leave a helper or a variable without a user.
set(warnings_variant -Wno-unused-function -Wno-unused-variable
  -Wno-unused-but-set-variable)

function(add_variant_kernels)
  foreach(patch IN LISTS variant_patches)
    cmake_path(GET patch STEM LAST_ONLY variant)
    add_patched_kernel(reference+${variant} ${patch})
  endforeach()
endfunction()
