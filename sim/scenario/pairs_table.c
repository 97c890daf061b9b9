// SPDX-License-Identifier: GPL-2.0-only
/* The machines and the operations of combinations. */
#include "kernel.h"
#include "pairs.h"

enum {
	GPA, /* ordinary memory */
	HVA,
	LONE,
	SHARED, /* a guest_memfd beside it */
	PRIVATE,
	HIDDEN,
	MAPPED, /* nothing but a guest_memfd */
	UNMAPPED,
};

#define CAP(name) (1UL << CAP_##name)
#define ON(name) (1UL << (name))

#define ORDINARY (ON(GPA) | ON(HVA))
#define CONVERTS (ON(SHARED) | ON(PRIVATE) | ON(HIDDEN))
#define WITH_GMEM (CONVERTS | ON(MAPPED) | ON(UNMAPPED))
#define EVERYWHERE (ORDINARY | ON(LONE) | WITH_GMEM)

#define ANON                                                                   \
	"mm:\n"                                                                \
	"  anon: {pages: 4, hva: 0x7f0000000000, text: {1: here, 2: there}}\n"
#define ORDINARY_SLOT                                                          \
	"slots:\n"                                                             \
	"  ram: {gpa: 0x0, pages: 4, hva: anon}\n"
#define TEXT "text: {1: mine, 2: own}}\n"
#define TWO_FILES                                                              \
	"gmem:\n"                                                              \
	"  g0: {pages: 4, " TEXT "  g1: {pages: 4}\n"                          \
	"slots:\n"                                                             \
	"  ram: {gpa: 0x0, pages: 4, hva: anon, gmem: g0}\n"
#define VIEW                                                                   \
	"mm:\n"                                                                \
	"  view: {pages: 4, hva: 0x7f0000000000, gmem: g0}\n"
#define SLOT_OF_VIEW                                                           \
	"slots:\n"                                                             \
	"  ram: {gpa: 0x0, pages: 4, hva: view, gmem: g0}\n"
#define CACHE(place)                                                           \
	"caches:\n"                                                            \
	"  clock: {" place ", len: 32}\n"
/* On x86, no file starts shared where there is private memory. */
#define NO_PRIVATE_MEMORY "private-memory: false\n"
#define MAPS_GMEM (CAP(GMEM) | CAP(GMEM_MMAP) | CAP(GMEM_INIT_SHARED))

/* clang-format off */
const struct pair_machine pair_machines[] = {
	[GPA] = {
		.name = "gpa",
		.title = "GPA-based cache, ordinary memory",
		.vm = ANON
		      "  spare: {pages: 4, hva: 0x7f2000000000}\n"
		      ORDINARY_SLOT CACHE("gpa: 0x1000"),
		.page = "anon/1", .region = "anon", .over = "pages: 4",
		.elsewhere = "gpa: 0x2000", .kind = "hva: anon/1",
		.slot = "gpa: 0x0, pages: 4, hva: spare",
	},
	[HVA] = {
		.name = "hva",
		.title = "HVA-based cache in a memslot",
		.vm = ANON ORDINARY_SLOT CACHE("hva: anon/1"),
		.page = "anon/1", .region = "anon", .over = "pages: 4",
		.elsewhere = "hva: anon/2", .kind = "gpa: 0x1000",
		.slot = "gpa: 0x0, pages: 4, hva: anon",
	},
	[LONE] = {
		.name = "lone",
		.title = "HVA-based cache in no memslot",
		.vm = ANON
		      "  info: {pages: 4, hva: 0x7f1000000000, "
			"text: {1: here, 2: there}}\n"
		      ORDINARY_SLOT CACHE("hva: info/1"),
		.page = "info/1", .region = "info", .over = "pages: 4",
		.elsewhere = "hva: info/2", .kind = "gpa: 0x1000",
		.slot = "gpa: 0x0, pages: 4, hva: anon",
	},
	[SHARED] = {
		.name = "shared",
		.title = "GPA-based cache, shared page beside a guest_memfd",
		.needs = CAP(GMEM) | CAP(MEMORY_ATTRIBUTES),
		.vm = ANON TWO_FILES CACHE("gpa: 0x1000"),
		.page = "anon/1", .region = "anon", .over = "pages: 4",
		.elsewhere = "gpa: 0x2000", .kind = "hva: anon/1",
		.slot = "gpa: 0x0, pages: 4, hva: anon, gmem: g1",
	},
	[PRIVATE] = {
		.name = "private",
		.title = "GPA-based cache, private page of a guest_memfd",
		.needs = CAP(GMEM) | CAP(MEMORY_ATTRIBUTES) | CAP(GPC_GMEM),
		.vm = ANON TWO_FILES
		      "private: [0x1000, 0x2000]\n"
		      CACHE("gpa: 0x1000"),
		.page = "anon/1", .region = "anon", .over = "pages: 4",
		.elsewhere = "gpa: 0x2000", .kind = "hva: anon/1",
		.slot = "gpa: 0x0, pages: 4, hva: anon, gmem: g1",
	},
	[HIDDEN] = {
		.name = "hidden",
		.title = "GPA-based cache, private page without direct map",
		.needs = CAP(GMEM) | CAP(MEMORY_ATTRIBUTES) | CAP(GPC_GMEM) |
			 CAP(GMEM_NO_DIRECT_MAP),
		.vm = ANON
		      "gmem:\n"
		      "  g0: {pages: 4, flags: [no-direct-map], " TEXT
		      "slots:\n"
		      "  ram: {gpa: 0x0, pages: 4, hva: anon, gmem: g0}\n"
		      "private: [0x1000, 0x2000]\n"
		      CACHE("gpa: 0x1000"),
		.page = "anon/1", .region = "anon", .over = "pages: 4",
		.elsewhere = "gpa: 0x2000", .kind = "hva: anon/1",
		.slot = "gpa: 0x0, pages: 4, hva: anon, gmem: g0",
	},
	[MAPPED] = {
		.name = "mapped",
		.title = "GPA-based cache, guest_memfd that the VMM maps",
		.needs = MAPS_GMEM,
		.vm = VIEW
		      "gmem:\n"
		      "  g0: {pages: 4, flags: [mmap, init-shared], "
			TEXT
		      SLOT_OF_VIEW CACHE("gpa: 0x1000") NO_PRIVATE_MEMORY,
		.page = "view/1", .region = "view",
		.over = "pages: 4, gmem: g0",
		.elsewhere = "gpa: 0x2000", .kind = "hva: view/1",
		.slot = "gpa: 0x0, pages: 4, hva: view, gmem: g0",
	},
	[UNMAPPED] = {
		.name = "unmapped",
		.title = "GPA-based cache, guest_memfd without direct map",
		.needs = MAPS_GMEM | CAP(GMEM_NO_DIRECT_MAP) | CAP(GPC_GMEM),
		.vm = VIEW
		      "gmem:\n"
		      "  g0: {pages: 4, flags: [mmap, init-shared, "
			"no-direct-map], " TEXT
		      SLOT_OF_VIEW CACHE("gpa: 0x1000") NO_PRIVATE_MEMORY,
		.page = "view/1", .region = "view",
		.over = "pages: 4, gmem: g0",
		.elsewhere = "gpa: 0x2000", .kind = "hva: view/1",
		.slot = "gpa: 0x0, pages: 4, hva: view, gmem: g0",
	},
};
const size_t nr_pair_machines =
	sizeof(pair_machines) / sizeof(pair_machines[0]);

const struct pair_operation pair_operations[] = {
	{ .name = "activate", .of_cache = true,
	  .steps = "- gpc.activate: clock\n",
	  .machines = EVERYWHERE },
	{ .name = "reactivate", .of_cache = true, .chosen = true,
	  .steps = "- gpc.deactivate: clock\n"
		   "- gpc.activate: clock\n",
	  .wants = WANT_ACTIVE, .machines = EVERYWHERE },
	{ .name = "activate-elsewhere", .of_cache = true, .chosen = true,
	  .steps = "- gpc.activate: {cache: clock, $elsewhere}\n",
	  .wants = WANT_ACTIVE, .machines = EVERYWHERE },
	{ .name = "activate-other-kind", .of_cache = true,
	  .steps = "- gpc.activate: {cache: clock, $kind}\n",
	  .wants = WANT_ACTIVE, .machines = EVERYWHERE & ~ON(UNMAPPED) },
	{ .name = "activate-enomem", .of_cache = true,
	  .steps = "- gpc.activate: clock\n"
		   "  fail: ENOMEM#1\n",
	  .wants = WANT_GONE, .machines = EVERYWHERE },
	{ .name = "refresh", .of_cache = true, .chosen = true,
	  .steps = "- gpc.refresh: clock\n",
	  .wants = WANT_ACTIVE | WANT_INVALID, .machines = EVERYWHERE },
	{ .name = "refresh-enomem", .of_cache = true,
	  .steps = "- gpc.refresh: clock\n"
		   "  fail: ENOMEM#1\n",
	  .wants = WANT_ACTIVE | WANT_GONE, .machines = EVERYWHERE },
	{ .name = "check", .of_cache = true,
	  .steps = "- gpc.check: clock\n",
	  .wants = WANT_ACTIVE, .machines = EVERYWHERE },
	{ .name = "read", .of_cache = true, .chosen = true,
	  .steps = "- gpc.read: {cache: clock, len: 4}\n",
	  .wants = WANT_ACTIVE, .machines = EVERYWHERE },
	{ .name = "write", .of_cache = true,
	  .steps = "- gpc.write: {cache: clock, text: tick}\n",
	  .wants = WANT_ACTIVE, .machines = EVERYWHERE },
	{ .name = "deactivate", .of_cache = true, .chosen = true,
	  .steps = "- gpc.deactivate: clock\n",
	  .wants = WANT_ACTIVE, .machines = EVERYWHERE },

	/* A hole allocates nothing, so that there is none that fails. */
	{ .name = "punch", .chosen = true,
	  .steps = "- gmem.punch_hole: g0/1\n",
	  .machines = WITH_GMEM },
	{ .name = "punch-all",
	  .steps = "- gmem.punch_hole: g0\n",
	  .machines = WITH_GMEM },
	{ .name = "allocate", .chosen = true,
	  .steps = "- gmem.allocate: g0\n",
	  .machines = WITH_GMEM },
	{ .name = "allocate-enomem",
	  .steps = "- gmem.allocate: g0\n"
		   "  fail: ENOMEM#1\n",
	  .machines = WITH_GMEM },
	{ .name = "gmem-close", .chosen = true,
	  .steps = "- gmem.close: g0\n",
	  .machines = WITH_GMEM },
	{ .name = "poison",
	  .steps = "- gmem.poison: g0/1\n",
	  .machines = WITH_GMEM },

	{ .name = "slot-create",
	  .steps = "- slot.create: {slot: more, gpa: 0x100000, pages: 1, "
		   "hva: 0x7f3000000000}\n",
	  .machines = EVERYWHERE },
	{ .name = "slot-delete",
	  .steps = "- slot.delete: ram\n",
	  .machines = EVERYWHERE },
	{ .name = "slot-recreate", .chosen = true,
	  .steps = "- slot.delete: ram\n"
		   "- slot.create: {slot: ram, $slot}\n",
	  .machines = EVERYWHERE },
	{ .name = "slot-move",
	  .steps = "- slot.move: {slot: ram, gpa: 0x1000}\n",
	  .machines = ORDINARY },
	{ .name = "slot-flags",
	  .steps = "- slot.flags: {slot: ram, flags: [log-dirty]}\n",
	  .machines = ORDINARY },
	{ .name = "slot-flags-refused", .refused = true,
	  .steps = "- slot.flags: {slot: ram, flags: []}\n",
	  .machines = CONVERTS },
	{ .name = "slot-enomem",
	  .steps = "- slot.delete: ram\n"
		   "  fail: ENOMEM#1\n",
	  .machines = EVERYWHERE },

	{ .name = "to-shared",
	  .steps = "- vm.set_attributes: {gpa: 0x1000, pages: 1, "
		   "private: false}\n",
	  .machines = CONVERTS, .needs = CAP(MEMORY_ATTRIBUTES) },
	{ .name = "to-private", .chosen = true,
	  .steps = "- vm.set_attributes: {gpa: 0x1000, pages: 1, "
		   "private: true}\n",
	  .machines = CONVERTS, .needs = CAP(MEMORY_ATTRIBUTES) },
	{ .name = "attributes-enomem",
	  /* Beyond what one node of an xarray holds. */
	  .steps = "- vm.set_attributes: {gpa: 0x1000, pages: 64, "
		   "private: true}\n"
		   "  fail: ENOMEM#1\n",
	  .machines = CONVERTS, .needs = CAP(MEMORY_ATTRIBUTES) },

	{ .name = "munmap",
	  .steps = "- mm.munmap: $page\n",
	  .machines = EVERYWHERE },
	{ .name = "dontneed", .chosen = true,
	  .steps = "- mm.dontneed: $page\n",
	  .machines = EVERYWHERE },
	{ .name = "mmap-over",
	  .steps = "- mm.mmap: {region: $region, $over}\n",
	  .machines = EVERYWHERE },
	{ .name = "invalidate",
	  .steps = "- mm.invalidate: $page\n",
	  .machines = EVERYWHERE },
	{ .name = "migrate",
	  .steps = "- mm.migrate: $page\n",
	  .machines = ORDINARY | ON(LONE) | ON(SHARED) },
};
const size_t nr_pair_operations =
	sizeof(pair_operations) / sizeof(pair_operations[0]);
/* clang-format on */
