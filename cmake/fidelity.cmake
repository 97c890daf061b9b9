# SPDX-License-Identifier: GPL-2.0-only
#
# Every build checks that each file in include/ and sim/kernel/ says how true
# to the kernel it is; docs/fidelity.md is written from that by script/fidelity.

file(GLOB_RECURSE marked CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/include/*.h
  ${CMAKE_SOURCE_DIR}/sim/kernel/*.[ch])
add_custom_command(OUTPUT fidelity.stamp VERBATIM
  COMMAND ${CMAKE_SOURCE_DIR}/script/fidelity --marks
  COMMAND ${CMAKE_COMMAND} -E touch fidelity.stamp
  DEPENDS ${marked} ${CMAKE_SOURCE_DIR}/script/fidelity
  COMMENT "Checking the fidelity marks")
add_custom_target(fidelity ALL DEPENDS fidelity.stamp)
