# SPDX-License-Identifier: GPL-2.0-only
#
# Soaks on threads, for a bounded number of operations: nothing but what is known
# comes of a kernel, and each seeded bug is seen.

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

foreach(kernel IN ITEMS reference linux-6.12)
  if(NOT TARGET kernel.${kernel}.native)
    continue()
  endif()
  soak_test(${kernel} -k ${kernel} --operations=400 ${scenarios})
  soak_test(thread/${kernel} -k ${kernel} --sanitize=thread --operations=150
    ${scenarios})
  soak_test(address/${kernel} -k ${kernel} --sanitize=address --operations=150
    ${scenarios})
endforeach()
if(TARGET kernel.linux-6.12.native)
  soak_test(hva-no-slot/linux-6.12 -k linux-6.12 --operations=100000
    ${scenarios}/hva-no-slot.yaml)
  set_tests_properties(soak/hva-no-slot/linux-6.12 PROPERTIES
    PASS_REGULAR_EXPRESSION "expected use-after-free: read through a kmap")
endif()
if(PFNSIM_VARIANTS)
  seeded_soak(hva-no-slot hva-no-slot "use-after-free: read" --operations=200000)
  seeded_soak(retry-removed munmap-vs-refresh "use-after-free: read"
    --operations=400000)
  seeded_soak(wake-up-removed swap-waits-for-notifier
    "memslots_update_rcuwait" --operations=60000)
  seeded_soak(gpc-lock-not-taken deactivate-vs-notifier "data-race:"
    --sanitize=thread --operations=8000)
endif()
soak_test(json -k reference --operations=200 --format=json
  ${scenarios}/hva-no-slot.yaml)
add_test(NAME soak/no-such-kernel COMMAND pfnsim soak -k nowhere ${scenarios})
set_tests_properties(soak/no-such-kernel PROPERTIES
  PASS_REGULAR_EXPRESSION "there is no kernel 'nowhere' for threads")
add_test(NAME soak/scale COMMAND pfnsim bench scale -k reference --seconds=2)
set_tests_properties(soak/scale PROPERTIES PASS_REGULAR_EXPRESSION " 5121 +1024 ")
