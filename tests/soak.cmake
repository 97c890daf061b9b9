# SPDX-License-Identifier: GPL-2.0-only
#
# Soaks on threads, for a bounded number of operations: nothing but what is known
# comes of a kernel, and each seeded bug is seen.  Runs of each step once end in no
# state that a search of the same kernel excludes.

if(NOT build_native)
  return()
endif()

set(scenarios ${CMAKE_SOURCE_DIR}/scenarios)

# soak_test(NAME argument...): `pfnsim soak` with these arguments succeeds.
function(soak_test name)
  add_test(NAME soak/${name} COMMAND pfnsim soak ${ARGN})
  set_tests_properties(soak/${name} PROPERTIES TIMEOUT 600 PROCESSORS 2)
endfunction()

# seeded_soak(VARIANT SCENARIO FOUND argument...): a soak of the variant of the
# reference finds FOUND, and one of the reference itself does not.
function(seeded_soak variant scenario found)
  foreach(kernel IN ITEMS reference+${variant} reference)
    set(name soak/seeded/${variant}/${kernel})
    add_test(NAME ${name}
      COMMAND pfnsim soak -k ${kernel} ${ARGN} ${scenarios}/${scenario}.yaml)
    set_tests_properties(${name} PROPERTIES TIMEOUT 300 PROCESSORS 2)
  endforeach()
  set_tests_properties(soak/seeded/${variant}/reference+${variant} PROPERTIES
    PASS_REGULAR_EXPRESSION "${found}")
  set_tests_properties(soak/seeded/${variant}/reference PROPERTIES
    FAIL_REGULAR_EXPRESSION "${found}")
endfunction()

# Their searches come to an end within a moment, and know several states each.
set(ends)
foreach(file IN ITEMS activate-vs-notifier clock-write deactivate-in-refresh
    frame-comes-back gmem-fault-enomem gmem-poison-vs-cache gpc-activate-hole
    memslot-recreate-without-gmem module-reload munmap-vs-refresh
    private-to-shared-vs-activate punch-hole-vs-refresh punch-marks-by-uhva
    slot-delete-dangling slot-flags slot-move xen-hva-no-slot)
  list(APPEND ends ${scenarios}/${file}.yaml)
endforeach()

foreach(kernel IN ITEMS reference linux-6.12)
  if(NOT TARGET kernel.${kernel}.native)
    continue()
  endif()
  soak_test(${kernel} -k ${kernel} --operations=400 ${scenarios})
  soak_test(thread/${kernel} -k ${kernel} --sanitize=thread --operations=150
    ${scenarios})
  soak_test(address/${kernel} -k ${kernel} --sanitize=address --operations=150
    ${scenarios})
  soak_test(ends/${kernel} -k ${kernel} --once --operations=200 --seconds=20 ${ends})
endforeach()
if(TARGET kernel.linux-6.12.native)
  soak_test(hva-no-slot/linux-6.12 -k linux-6.12 --operations=100000
    ${scenarios}/hva-no-slot.yaml)
  set_tests_properties(soak/hva-no-slot/linux-6.12 PROPERTIES
    PASS_REGULAR_EXPRESSION "expected use-after-free: read through a kmap")
  # Two locks in both orders: a hang, with both stacks and what they hold.
  soak_test(hang/linux-6.12 -k linux-6.12 --once --patience=1 --operations=2000
    --seconds=4 ${scenarios}/gmem-poison-vs-punch.yaml)
  string(CONCAT hang
    "machine: gmem.poison for [^\n]*, waits in filemap_invalidate_lock_shared"
    "[^\n]*, which vmm holds\n *holds: mf_mutex\n *at: [^\n]*kvm_gmem_error_folio.*"
    "vmm: gmem.punch_hole for [^\n]*, waits in folio_lock.*"
    "holds: mapping.invalidate_lock\n *at: [^\n]*kvm_gmem_fallocate")
  set_tests_properties(soak/hang/linux-6.12 PROPERTIES PASS_REGULAR_EXPRESSION "${hang}")
  soak_test(hang/reference -k reference --once --patience=1 --operations=400
    --seconds=4 ${scenarios}/gmem-poison-vs-punch.yaml)
endif()
if(PFNSIM_VARIANTS)
  seeded_soak(hva-no-slot hva-no-slot "use-after-free: read" --operations=200000)
  seeded_soak(retry-removed munmap-vs-refresh "use-after-free: read"
    --operations=400000)
  seeded_soak(wake-up-removed swap-waits-for-notifier
    "memslots_update_rcuwait" --operations=60000 --patience=1)
  seeded_soak(gpc-lock-not-taken deactivate-vs-notifier "data-race:"
    --sanitize=thread --operations=8000)
  seeded_soak(no-grace-period slot-delete-vs-activate
    "use-after-poison [^ ]* in [a-z_]*" --sanitize=address --operations=40000)
  seeded_soak(error-path-leak enomem-gpc-gmem "leak: a page was never freed"
    --once --operations=200 --seconds=2)
  # The end of a native run that a search of the kernel without the bug excludes, and
  # one of the kernel with the bug does not.
  foreach(against IN ITEMS reference reference+retry-removed)
    add_test(NAME soak/seeded/end/${against} COMMAND pfnsim soak --once
      -k reference+retry-removed --against ${against} --operations=6000
      ${scenarios}/munmap-vs-refresh.yaml)
    set_tests_properties(soak/seeded/end/${against} PROPERTIES TIMEOUT 300
      PROCESSORS 2)
  endforeach()
  set_tests_properties(soak/seeded/end/reference PROPERTIES
    PASS_REGULAR_EXPRESSION "no order of the search ends so:\n[^\n]* clock valid")
endif()
if(TARGET pfnsim-soak)
  add_test(NAME soak/session COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/soak-session
    $<TARGET_FILE:pfnsim> ${scenarios}/munmap-vs-refresh.yaml)
  set_tests_properties(soak/session PROPERTIES TIMEOUT 300 PROCESSORS 2)
endif()
soak_test(json -k reference --operations=200 --format=json
  ${scenarios}/hva-no-slot.yaml)
add_test(NAME soak/no-such-kernel COMMAND pfnsim soak -k nowhere ${scenarios})
set_tests_properties(soak/no-such-kernel PROPERTIES
  PASS_REGULAR_EXPRESSION "there is no kernel 'nowhere' for threads")
add_test(NAME soak/scale COMMAND pfnsim bench scale -k reference --seconds=2)
set_tests_properties(soak/scale PROPERTIES PASS_REGULAR_EXPRESSION " 5121 +1024 ")

# What of the soak decides, and needs no kernel.
if(criterion_FOUND)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/native/*.c)
  add_executable(test-native ${sources} $<TARGET_OBJECTS:native-host>)
  native_host_options(test-native)
  target_compile_definitions(test-native PRIVATE SCENARIOS_DIR="${scenarios}")
  target_link_libraries(test-native PRIVATE PkgConfig::criterion)
  add_test(NAME unit/native COMMAND test-native)
endif()
