# SPDX-License-Identifier: GPL-2.0-only
#
# What a kernel's headers offer is found out by compiling, never read off a
# version number.  cmake/probes/NAME.c compiles where the feature is there, and
# then PFNSIM_HAVE_NAME is defined for all objects of that kernel.
# cmake/probes/one-of.txt lists the interfaces that a kernel must have in one of
# its known forms, calls.txt and handlers.txt the features that only show in the
# code itself.

file(GLOB probe_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/cmake/probes/*.c)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
  ${probe_files} ${kconfig} ${CMAKE_SOURCE_DIR}/cmake/probes/one-of.txt
  ${CMAKE_SOURCE_DIR}/cmake/probes/calls.txt
  ${CMAKE_SOURCE_DIR}/cmake/probes/handlers.txt)

# Set RESULT to whether FILE compiles with the given include folders, OUTPUT to
# what the compiler said.
function(probe_compile file result output)
  set(options)
  foreach(dir IN LISTS ARGN)
    list(APPEND options -I${dir})
  endforeach()
  foreach(define IN LISTS kernel_defines)
    list(APPEND options -D${define})
  endforeach()
  execute_process(
    COMMAND ${CMAKE_C_COMPILER} -fsyntax-only -nostdinc
      -isystem ${compiler_headers} ${kernel_dialect}
      -Werror=incompatible-pointer-types ${options} -include ${kconfig} ${file}
    RESULT_VARIABLE failed OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(failed)
    set(${result} FALSE PARENT_SCOPE)
  else()
    set(${result} TRUE PARENT_SCOPE)
  endif()
  set(${output} "${said}" PARENT_SCOPE)
endfunction()

# probe_calls(CODE FEATURES): append to FEATURES the features of calls.txt that the
# files in the folder CODE show.
function(probe_calls code features)
  set(found ${${features}})
  file(STRINGS ${CMAKE_SOURCE_DIR}/cmake/probes/calls.txt lines REGEX "^[^#]")
  foreach(line IN LISTS lines)
    string(REPLACE " " ";" line "${line}")
    list(GET line 0 feature)
    list(GET line 1 file)
    list(GET line 2 function)
    file(STRINGS ${code}/${file} calls REGEX "${function} *\\(")
    if(calls)
      list(APPEND found ${feature})
    endif()
  endforeach()
  set(${features} ${found} PARENT_SCOPE)
endfunction()

# Set BODY to the text of the function that the file CODE gives to MEMBER of a
# structure of operations, or to "".
function(handler_body code member body)
  set(${body} "" PARENT_SCOPE)
  file(READ ${code} text)
  if(NOT text MATCHES "\\.${member}[ \t]*=[ \t]*([a-zA-Z0-9_]+)")
    return()
  endif()
  if(NOT text MATCHES "[^a-zA-Z0-9_]${CMAKE_MATCH_1}\\([^;{}]*\\)[ \t\n]*{")
    return()
  endif()
  string(FIND "${text}" "${CMAKE_MATCH_0}" start)
  string(SUBSTRING "${text}" ${start} -1 text)
  string(FIND "${text}" "\n}" end)
  string(SUBSTRING "${text}" 0 ${end} text)
  set(${body} "${text}" PARENT_SCOPE)
endfunction()

# probe_handlers(CODE FEATURES): the same for handlers.txt.
function(probe_handlers code features)
  set(found ${${features}})
  file(STRINGS ${CMAKE_SOURCE_DIR}/cmake/probes/handlers.txt lines
    REGEX "^[^#]")
  foreach(line IN LISTS lines)
    string(REGEX MATCHALL "[^ ]+" words "${line}")
    list(POP_FRONT words feature file member function)
    handler_body(${code}/${file} ${member} body)
    if(body MATCHES "${function} *\\(")
      list(APPEND found ${feature})
    endif()
  endforeach()
  set(${features} ${found} PARENT_SCOPE)
endfunction()

# declarations(TREE FILE PATTERN TEXT): a line for each declaration in TREE/FILE of
# a name that matches PATTERN.
function(declarations tree file pattern text)
  set(lines)
  if(EXISTS ${tree}/${file})
    file(READ ${tree}/${file} content)
    # A semicolon would separate the elements of a list.
    string(REPLACE ";" "@" content "${content}")
    string(REGEX MATCHALL "[^@{}#/\n][^@{}#/]*[^A-Za-z0-9_](${pattern})[^A-Za-z0-9_@{}][^@{}]*@"
      found "${content}@")
    foreach(declaration IN LISTS found)
      string(FIND "${content}" "${declaration}" at)
      string(SUBSTRING "${content}" 0 ${at} before)
      string(REGEX MATCHALL "\n" newlines "${before}")
      list(LENGTH newlines line)
      math(EXPR line "${line} + 1")
      string(REGEX REPLACE "[ \t\n]+" " " declaration "${declaration}")
      string(REPLACE "@" "" declaration "${declaration}")
      string(STRIP "${declaration}" declaration)
      string(APPEND lines "   in the tree: ${file}:${line}: ${declaration}\n")
    endforeach()
  endif()
  if(NOT lines)
    set(lines "   in the tree: nothing like it in ${file}\n")
  endif()
  set(${text} "${lines}" PARENT_SCOPE)
endfunction()

# known_forms(FORMS TEXT): a line for each, as the probe's comment describes it.
function(known_forms forms text)
  set(lines)
  foreach(form IN LISTS forms)
    file(STRINGS ${CMAKE_SOURCE_DIR}/cmake/probes/${form}.c about
      LIMIT_COUNT 2)
    list(GET about 1 about)
    string(REGEX REPLACE "^/\\* | \\*/$" "" about "${about}")
    string(APPEND lines "   known: ${form}: ${about}\n")
  endforeach()
  set(${text} "${lines}" PARENT_SCOPE)
endfunction()

# probe_kernel(NAME HEADER CODE X86 DIR...): write HEADER with the features of the
# kernel NAME, whose code is in the folder CODE, whose arch/x86/kvm is X86 and
# whose include folders are DIR...
function(probe_kernel name header code x86)
  set(includes ${ARGN} ${code})
  probe_compile(${CMAKE_SOURCE_DIR}/cmake/probes/base.c ok said ${includes})
  if(NOT ok)
    message(NOTICE "${said}")
    message(FATAL_ERROR
      "Kernel ${name}: its <linux/kvm_host.h> and \"kvm_mm.h\" do not compile "
      "against include/.")
  endif()

  set(have)
  foreach(file IN LISTS probe_files)
    cmake_path(GET file STEM feature)
    probe_compile(${file} ok said ${includes})
    if(ok AND NOT feature STREQUAL "base")
      list(APPEND have ${feature})
    endif()
    set(said_${feature} "${said}")
  endforeach()
  probe_calls(${code} have)
  # The users of caches are code under test, too, where they compile.
  if(EXISTS ${x86}/xen.c AND (code STREQUAL reference_code OR host_is_x86))
    probe_compile(${x86}/xen.c ok said ${includes} ${x86_shim})
    if(ok)
      list(APPEND have xen)
    else()
      message(STATUS
        "Kernel ${name}: arch/x86/kvm/xen.c does not compile: no capability xen")
      message(VERBOSE "${said}")
    endif()
  endif()
  probe_handlers(${code} have)

  file(STRINGS ${CMAKE_SOURCE_DIR}/cmake/probes/one-of.txt groups
    REGEX "^[^#]")
  set(unknown)
  foreach(group IN LISTS groups)
    string(REPLACE " | " ";" group "${group}")
    list(GET group 0 interface)
    list(GET group 1 file)
    list(GET group 2 pattern)
    list(GET group 3 forms)
    string(REPLACE " " ";" forms "${forms}")
    set(found FALSE)
    foreach(form IN LISTS forms)
      if(form IN_LIST have)
        set(found TRUE)
      endif()
    endforeach()
    if(NOT found)
      # CMake leaves lines alone that start with a blank.
      foreach(form IN LISTS forms)
        message(NOTICE "${said_${form}}")
      endforeach()
      # virt/kvm in a tree as in src/.
      declarations(${code}/../.. ${file} "${pattern}" there)
      known_forms("${forms}" known)
      string(APPEND unknown " Kernel ${name}: ${interface} has a form that no "
        "probe knows\n${there}${known}"
        "   to do: add its form to cmake/probes/ and its use to sim/kernel/\n")
    endif()
  endforeach()
  if(unknown AND PFNSIM_CODE_ONLY)
    message(NOTICE "${unknown}")
  elseif(unknown)
    message(FATAL_ERROR "${unknown}")
  endif()

  set(lines)
  foreach(feature IN LISTS have)
    string(TOUPPER ${feature} macro)
    string(APPEND lines "#define PFNSIM_HAVE_${macro} 1\n")
  endforeach()
  file(CONFIGURE OUTPUT ${header} @ONLY CONTENT
"/* SPDX-License-Identifier: GPL-2.0-only */
/* Generated by cmake/probe.cmake: the features of the kernel ${name}. */
${lines}
/* Defined once a kernel, so that variants can share their other objects. */
extern const char pfnsim_kernel_name[], pfnsim_kernel_version[];
extern const char pfnsim_kernel_interface[];
#define PFNSIM_KERNEL_NAME pfnsim_kernel_name
#define PFNSIM_KERNEL_VERSION pfnsim_kernel_version
#define PFNSIM_KERNEL_INTERFACE pfnsim_kernel_interface
")
  list(JOIN have " " text)
  message(STATUS "Kernel ${name}: ${text}")
endfunction()
