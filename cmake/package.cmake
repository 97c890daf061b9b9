# SPDX-License-Identifier: GPL-2.0-only
#
# The package that `cpack` makes, for Debian 12 and newer.

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME pfnsim)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "${PFNSIM_MAINTAINER}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
  "cmake (>= 3.25), gcc | clang, ninja-build | make, git")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "linux-source-6.12, spin")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY
  "find and explain races in KVM's pfncache and guest_memfd")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Runs pfncache.c, guest_memfd.c and kvm_main.c of a kernel tree in userspace,
under a deterministic scheduler, to replay, search for and explain the races
between invalidation and refresh.
.
Scenarios, a reference kernel and variants of it with one bug each come with
it; kernels are built from any tree of Linux 6.12 or newer.")
set(CPACK_STRIP_FILES OFF)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
  WORLD_READ WORLD_EXECUTE)

# Debian wants both in the folder of the package's documentation.
set(deb_doc ${CMAKE_BINARY_DIR}/deb)
file(WRITE ${deb_doc}/copyright "\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: pfnsim

Files: *
Copyright: 2026 the authors of pfnsim
License: GPL-2
 This program is free software; you can redistribute it and/or modify it under
 the terms of the GNU General Public License, version 2, as published by the Free
 Software Foundation. On Debian systems its text is in
 /usr/share/common-licenses/GPL-2.
")
file(WRITE ${deb_doc}/changelog "\
pfnsim (${PROJECT_VERSION}) unstable; urgency=medium

  * See the history of the repository.

 -- ${PFNSIM_MAINTAINER}  ${PFNSIM_RELEASED_RFC}
")
execute_process(COMMAND gzip -9nkf ${deb_doc}/changelog)
# Reports name functions and lines by the kernels' debug information.
file(WRITE ${deb_doc}/overrides "\
pfnsim: unstripped-binary-or-object [usr/lib/pfnsim/kernels/*]
pfnsim: unstripped-binary-or-object [usr/bin/pfnsim]
")
install(FILES ${deb_doc}/overrides DESTINATION share/lintian/overrides
  RENAME pfnsim)
install(FILES ${deb_doc}/copyright ${deb_doc}/changelog.gz
  DESTINATION ${CMAKE_INSTALL_DOCDIR})
include(CPack)
