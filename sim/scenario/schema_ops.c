// SPDX-License-Identifier: GPL-2.0-only
#include "schema.h"

#define REQUIRED true
#define OPTIONAL false

static const struct schema_key gpc_activate[] = {
	{ "cache", AS_PLAIN, VALUE_CACHE, REQUIRED, NULL, "the cache" },
	{ "gpa", AS_PLAIN, VALUE_ADDRESS, OPTIONAL, NULL,
	  "another address than that in `vm`" },
	{ "hva", AS_PLAIN, VALUE_UVA, OPTIONAL, NULL,
	  "another userspace address than that in `vm`" },
	{ "len", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL,
	  "another length than that in `vm`" },
};

static const struct schema_key gpc_len[] = {
	{ "cache", AS_PLAIN, VALUE_CACHE, REQUIRED, NULL, "the cache" },
	{ "len", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL,
	  "another length than that in `vm`" },
};

static const struct schema_key gpc_read[] = {
	{ "cache", AS_PLAIN, VALUE_CACHE, REQUIRED, NULL, "the cache" },
	{ "len", AS_PLAIN, VALUE_NUMBER, REQUIRED, NULL, "bytes to read" },
};

static const struct schema_key gpc_write[] = {
	{ "cache", AS_PLAIN, VALUE_CACHE, REQUIRED, NULL, "the cache" },
	{ "text", AS_PLAIN | AS_MAP, VALUE_BYTES, REQUIRED, &schema_bytes,
	  "bytes to write" },
};

static const struct schema_key gpc_only[] = {
	{ "cache", AS_PLAIN, VALUE_CACHE, REQUIRED, NULL, "the cache" },
};

static const struct schema_key gmem_create[] = {
	{ "gmem", AS_PLAIN, VALUE_NAME, REQUIRED, NULL, "a new name" },
	{ "pages", AS_PLAIN, VALUE_NUMBER, REQUIRED, NULL,
	  "size in pages, 0 to 8192" },
	{ "flags", AS_LIST, VALUE_GMEM_FLAG, OPTIONAL, NULL,
	  "flags of KVM_CREATE_GUEST_MEMFD" },
	{ "other-vm", AS_PLAIN, VALUE_BOOL, OPTIONAL, NULL,
	  "a file of a second VM, whose descriptor is closed again" },
};

static const struct schema_key gmem_range[] = {
	{ "pages", AS_PLAIN, VALUE_PAGES, REQUIRED, NULL,
	  "pages of a guest_memfd" },
};

static const struct schema_key gmem_only[] = {
	{ "gmem", AS_PLAIN, VALUE_GMEM, REQUIRED, NULL, "the guest_memfd" },
};

static const struct schema_key page_write[] = {
	{ "page", AS_PLAIN, VALUE_PAGE, REQUIRED, NULL, "the page" },
	{ "text", AS_PLAIN | AS_MAP, VALUE_BYTES, REQUIRED, &schema_bytes,
	  "bytes to write at its start" },
};

static const struct schema_key page_read[] = {
	{ "page", AS_PLAIN, VALUE_PAGE, REQUIRED, NULL, "the page" },
	{ "len", AS_PLAIN, VALUE_NUMBER, REQUIRED, NULL,
	  "bytes to read from its start" },
};

static const struct schema_key page_only[] = {
	{ "page", AS_PLAIN, VALUE_PAGE, REQUIRED, NULL, "the page" },
};

static const struct schema_key slot_create[] = {
	{ "slot", AS_PLAIN, VALUE_NAME, REQUIRED, NULL,
	  "a new name, or that of a memslot" },
	{ "gpa", AS_PLAIN, VALUE_ADDRESS, REQUIRED, NULL,
	  "guest physical address" },
	{ "pages", AS_PLAIN, VALUE_NUMBER, REQUIRED, NULL,
	  "size in pages, 1 to 8192" },
	{ "hva", AS_PLAIN, VALUE_UVA, REQUIRED, NULL,
	  "userspace address: a region, a page of it, or a number" },
	{ "gmem", AS_PLAIN, VALUE_GMEM, OPTIONAL, NULL,
	  "the guest_memfd behind the private pages" },
	{ "offset", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL,
	  "first page of the file, 0 by default" },
	{ "flags", AS_LIST, VALUE_SLOT_FLAG, OPTIONAL, NULL,
	  "flags of KVM_SET_USER_MEMORY_REGION2" },
};

static const struct schema_key slot_only[] = {
	{ "slot", AS_PLAIN, VALUE_SLOT, REQUIRED, NULL, "the memslot" },
};

static const struct schema_key slot_move[] = {
	{ "slot", AS_PLAIN, VALUE_SLOT, REQUIRED, NULL, "the memslot" },
	{ "gpa", AS_PLAIN, VALUE_ADDRESS, REQUIRED, NULL,
	  "its new guest physical address" },
};

static const struct schema_key slot_flags[] = {
	{ "slot", AS_PLAIN, VALUE_SLOT, REQUIRED, NULL, "the memslot" },
	{ "flags", AS_LIST, VALUE_SLOT_FLAG, REQUIRED, NULL,
	  "its new flags; `[]` for none" },
};

static const struct schema_key set_attributes[] = {
	{ "gpa", AS_PLAIN, VALUE_ADDRESS, REQUIRED, NULL,
	  "guest physical address" },
	{ "pages", AS_PLAIN, VALUE_NUMBER, REQUIRED, NULL,
	  "size in pages, 1 to 8192" },
	{ "private", AS_PLAIN, VALUE_BOOL, REQUIRED, NULL,
	  "KVM_MEMORY_ATTRIBUTE_PRIVATE, or no attribute" },
};

static const struct schema_key check_extension[] = {
	{ "extension", AS_PLAIN, VALUE_EXTENSION, REQUIRED, NULL,
	  "KVM_CAP_* by name" },
	{ "system", AS_PLAIN, VALUE_BOOL, OPTIONAL, NULL,
	  "asked of /dev/kvm, not of the VM" },
	{ "mask", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL,
	  "only these bits of the answer" },
};

static const struct schema_key vm_only[] = {
	{ "vm", AS_PLAIN, VALUE_VM, REQUIRED, NULL, "the VM" },
};

static const struct schema_key mm_mmap[] = {
	{ "region", AS_PLAIN, VALUE_NAME, REQUIRED, NULL,
	  "a new name, or that of a region" },
	{ "pages", AS_PLAIN, VALUE_NUMBER, REQUIRED, NULL,
	  "size in pages, 1 to 8192" },
	{ "hva", AS_PLAIN, VALUE_ADDRESS, OPTIONAL, NULL,
	  "userspace address; required for a new name" },
	{ "gmem", AS_PLAIN, VALUE_GMEM, OPTIONAL, NULL,
	  "map this guest_memfd; anonymous memory without it" },
	{ "offset", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL,
	  "first page of the file, 0 by default" },
	{ "device", AS_PLAIN, VALUE_BOOL, OPTIONAL, NULL,
	  "pages without struct page (VM_PFNMAP)" },
	{ "readonly", AS_PLAIN, VALUE_BOOL, OPTIONAL, NULL,
	  "without PROT_WRITE" },
	{ "private", AS_PLAIN, VALUE_BOOL, OPTIONAL, NULL,
	  "MAP_PRIVATE instead of MAP_SHARED" },
};

static const struct schema_key mm_range[] = {
	{ "pages", AS_PLAIN, VALUE_PAGES, REQUIRED, NULL,
	  "pages of a region or a memslot" },
};

static const struct schema_key mm_age[] = {
	{ "pages", AS_PLAIN, VALUE_PAGES, REQUIRED, NULL,
	  "pages of a region or a memslot" },
	{ "how", AS_PLAIN, VALUE_AGEING, REQUIRED, NULL,
	  "which callback of the notifiers is called" },
};

static const struct schema_key guest_read[] = {
	{ "gpa", AS_PLAIN, VALUE_ADDRESS, REQUIRED, NULL,
	  "guest physical address" },
	{ "len", AS_PLAIN, VALUE_NUMBER, REQUIRED, NULL, "bytes to read" },
};

static const struct schema_key guest_write[] = {
	{ "gpa", AS_PLAIN, VALUE_ADDRESS, REQUIRED, NULL,
	  "guest physical address" },
	{ "text", AS_PLAIN | AS_MAP, VALUE_BYTES, REQUIRED, &schema_bytes,
	  "bytes to write" },
};

static const struct schema_key everything[] = {
	{ "all", AS_PLAIN, VALUE_ALL, REQUIRED, NULL, "all readers" },
};

static const struct schema_key vcpu_caches[] = {
	{ "all", AS_PLAIN, VALUE_ALL, REQUIRED, NULL,
	  "all caches of the vCPU that hold its time" },
};

static const struct schema_key module[] = {
	{ "kvm", AS_PLAIN, VALUE_KVM, REQUIRED, NULL, "the module" },
};

/* In the order of the kernel operation's arguments, after the descriptor. */
static const struct schema_key raw_slot[] = {
	{ "slot", AS_PLAIN, VALUE_NUMBER, REQUIRED, NULL,
	  "number of the memslot, that of the address space above bit 16" },
	{ "flags", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL, "KVM_MEM_*" },
	{ "gpa", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL, "guest_phys_addr" },
	{ "size", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL,
	  "memory_size, in bytes" },
	{ "hva", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL, "userspace_addr" },
	{ "fd", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL,
	  "guest_memfd; 0 is /dev/kvm and 1 the VM" },
	{ "offset", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL,
	  "guest_memfd_offset, in bytes" },
	{ "gmem", AS_PLAIN, VALUE_GMEM, OPTIONAL, NULL,
	  "guest_memfd, by name instead of by `fd`" },
};

static const struct schema_key raw_attributes[] = {
	{ "address", AS_PLAIN, VALUE_NUMBER, REQUIRED, NULL, "address" },
	{ "size", AS_PLAIN, VALUE_NUMBER, REQUIRED, NULL, "size, in bytes" },
	{ "attributes", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL,
	  "KVM_MEMORY_ATTRIBUTE_*" },
	{ "flags", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL, "flags" },
};

static const struct schema_key raw_gmem[] = {
	{ "size", AS_PLAIN, VALUE_NUMBER, REQUIRED, NULL, "size, in bytes" },
	{ "flags", AS_PLAIN, VALUE_NUMBER, OPTIONAL, NULL,
	  "GUEST_MEMFD_FLAG_*" },
};

static const struct schema_key raw_fallocate[] = {
	{ "mode", AS_PLAIN, VALUE_NUMBER, REQUIRED, NULL, "FALLOC_FL_*" },
	{ "offset", AS_PLAIN, VALUE_NUMBER, REQUIRED, NULL,
	  "offset, in bytes" },
	{ "len", AS_PLAIN, VALUE_NUMBER, REQUIRED, NULL, "length, in bytes" },
	{ "gmem", AS_PLAIN, VALUE_GMEM, REQUIRED, NULL, "the guest_memfd" },
};

static const struct schema_key raw_truncate[] = {
	{ "size", AS_PLAIN, VALUE_NUMBER, REQUIRED, NULL, "size, in bytes" },
	{ "gmem", AS_PLAIN, VALUE_GMEM, REQUIRED, NULL, "the guest_memfd" },
};

static const struct schema_key xen_set[] = {
	{ "cache", AS_PLAIN, VALUE_CACHE, REQUIRED, NULL, "the cache" },
	{ "gpa", AS_PLAIN, VALUE_ADDRESS, OPTIONAL, NULL,
	  "another address than that in `vm`" },
	{ "hva", AS_PLAIN, VALUE_UVA, OPTIONAL, NULL,
	  "another userspace address than that in `vm`" },
};

static const struct schema_key xen_config[] = {
	{ "flags", AS_LIST, VALUE_XEN_FLAG, REQUIRED, NULL,
	  "KVM_XEN_HVM_CONFIG_*; `[]` for none" },
};

static const struct schema_key clock_enable[] = {
	{ "cache", AS_PLAIN, VALUE_CACHE, REQUIRED, NULL, "the cache" },
	{ "gpa", AS_PLAIN, VALUE_ADDRESS, OPTIONAL, NULL,
	  "another address than that in `vm`" },
};

static const struct schema_key xen_event[] = {
	{ "cache", AS_PLAIN, VALUE_CACHE, REQUIRED, NULL, "the shared page" },
	{ "port", AS_PLAIN, VALUE_NUMBER, REQUIRED, NULL,
	  "the event channel, 1 to 4095" },
};

static const struct schema_key xen_pending[] = {
	{ "cache", AS_PLAIN, VALUE_CACHE, REQUIRED, NULL,
	  "the information block" },
	{ "blocking", AS_PLAIN, VALUE_BOOL, OPTIONAL, NULL,
	  "asked by a vCPU that is about to block, which must not sleep" },
};

#define ARGS(name, k)                                                          \
	.args = { .id = (name),                                                \
		  .what = (name),                                              \
		  .keys = (k),                                                 \
		  .nr = sizeof(k) / sizeof((k)[0]),                            \
		  .any_order = true }

/* Arguments in a mapping; or one of them alone as well; or that only. */
#define MAPPED(name, k, text)                                                  \
	{                                                                      \
		ARGS(name, k), .doc = (text)                                   \
	}
#define READS(name, k, text)                                                   \
	{                                                                      \
		ARGS(name, k), .reads = true, .doc = (text)                    \
	}
#define EITHER(name, k, one, text)                                             \
	{                                                                      \
		ARGS(name, k), .alone = (one), .doc = (text)                   \
	}
#define ALONE(name, k, one, text)                                              \
	{                                                                      \
		ARGS(name, k), .alone = (one), .only_alone = true,             \
			       .doc = (text)                                   \
	}

static const struct schema_op ops[NR_SCENARIO_OPS] = {
	[SOP_GPC_ACTIVATE] = EITHER("gpc.activate", gpc_activate, "cache",
				    "`kvm_gpc_activate()` at the address that "
				    "`vm` gives, or at another one"),
	[SOP_GPC_CHECK] = EITHER("gpc.check", gpc_len, "cache",
				 "`kvm_gpc_check()` under the read lock; "
				 "returns 1 or 0"),
	[SOP_GPC_REFRESH] = EITHER("gpc.refresh", gpc_len, "cache",
				   "`kvm_gpc_refresh()`"),
	[SOP_GPC_READ] = READS("gpc.read", gpc_read,
			       "lock, check, load through khva, unlock; "
			       "`-EAGAIN` where the check fails"),
	[SOP_GPC_WRITE] = MAPPED("gpc.write", gpc_write,
				 "lock, check, store through khva, unlock; "
				 "`-EAGAIN` where the check fails"),
	[SOP_GPC_DEACTIVATE] = ALONE("gpc.deactivate", gpc_only, "cache",
				     "`kvm_gpc_deactivate()`"),
	[SOP_GMEM_CREATE] = MAPPED("gmem.create", gmem_create,
				   "KVM_CREATE_GUEST_MEMFD"),
	[SOP_GMEM_ALLOCATE] = ALONE("gmem.allocate", gmem_range, "pages",
				    "`fallocate()` of pages"),
	[SOP_GMEM_PUNCH_HOLE] = ALONE("gmem.punch_hole", gmem_range, "pages",
				      "`fallocate(FALLOC_FL_PUNCH_HOLE)`"),
	[SOP_GMEM_CLOSE] = ALONE("gmem.close", gmem_only, "gmem",
				 "`close()` of the file"),
	[SOP_GMEM_WRITE] = MAPPED("gmem.write", page_write,
				  "put bytes into a page of the file, as the "
				  "guest would; allocates the page"),
	[SOP_GMEM_READ] = READS("gmem.read", page_read,
				"look at the bytes of a page of the file"),
	[SOP_GMEM_POISON] = ALONE("gmem.poison", page_only, "page",
				  "`memory_failure()` on a page of the file"),
	[SOP_GMEM_STAT] = ALONE("gmem.stat", gmem_only, "gmem",
				"`fstat()` of the file; returns its size in "
				"pages"),
	[SOP_SLOT_CREATE] = MAPPED("slot.create", slot_create,
				   "KVM_SET_USER_MEMORY_REGION2 with a new "
				   "memslot"),
	[SOP_SLOT_DELETE] = ALONE("slot.delete", slot_only, "slot",
				  "KVM_SET_USER_MEMORY_REGION2 with size 0"),
	[SOP_SLOT_MOVE] = MAPPED("slot.move", slot_move,
				 "KVM_SET_USER_MEMORY_REGION2 with another "
				 "guest physical address"),
	[SOP_SLOT_FLAGS] = MAPPED("slot.flags", slot_flags,
				  "KVM_SET_USER_MEMORY_REGION2 with other "
				  "flags"),
	[SOP_SLOT_DIRTY] = ALONE("slot.dirty", page_only, "page",
				 "looks into the dirty log of a memslot, "
				 "`ram/1`; returns 1 or 0, `-ENOENT` without "
				 "a log"),
	[SOP_VM_SET_ATTRIBUTES] = MAPPED("vm.set_attributes", set_attributes,
					 "KVM_SET_MEMORY_ATTRIBUTES"),
	[SOP_VM_CHECK_EXTENSION] = EITHER("vm.check_extension", check_extension,
					  "extension",
					  "KVM_CHECK_EXTENSION; returns the "
					  "answer"),
	[SOP_VM_CLOSE] = ALONE("vm.close", vm_only, "vm",
			       "`close()` of the VM's file descriptor"),
	[SOP_MM_MMAP] = MAPPED("mm.mmap", mm_mmap,
			       "`mmap()` at a fixed address"),
	[SOP_MM_MUNMAP] = ALONE("mm.munmap", mm_range, "pages", "`munmap()`"),
	[SOP_MM_DONTNEED] = ALONE("mm.dontneed", mm_range, "pages",
				  "`madvise(MADV_DONTNEED)`"),
	[SOP_MM_INVALIDATE] = ALONE("mm.invalidate", mm_range, "pages",
				    "an MMU notifier pass that zaps the page "
				    "table entries and keeps the pages"),
	[SOP_MM_MIGRATE] = ALONE("mm.migrate", page_only, "page",
				 "migration of the page to a new frame"),
	[SOP_MM_AGE] = MAPPED("mm.age", mm_age,
			      "reclaim looks whether pages are in use; "
			      "returns 1 where the guest accessed one since "
			      "it was mapped or last cleared, else 0"),
	[SOP_MM_WRITE] = MAPPED("mm.write", page_write,
				"a store by the VMM, through its mapping"),
	[SOP_MM_READ] = READS("mm.read", page_read,
			      "a load by the VMM, through its mapping"),
	[SOP_MM_POISON] = ALONE("mm.poison", page_only, "page",
				"`memory_failure()` on a page of a region"),
	[SOP_GUEST_READ] = READS("guest.read", guest_read,
				 "a load by the guest"),
	[SOP_GUEST_WRITE] = MAPPED("guest.write", guest_write,
				   "a store by the guest"),
	[SOP_RCU_GRACE_PERIOD] = ALONE("rcu.grace_period", everything, "all",
				       "wait for RCU and SRCU readers, then run "
				       "the callbacks"),
	[SOP_CLOCK_ENABLE] = EITHER("clock.enable", clock_enable, "cache",
				    "the vCPU writes MSR_KVM_SYSTEM_TIME: "
				    "`kvm_write_system_time()`"),
	[SOP_CLOCK_WRITE] = ALONE("clock.write", gpc_only, "cache",
				  "kvm-clock is updated: "
				  "`kvm_setup_guest_pvclock()`"),
	[SOP_CLOCK_UPDATE] = ALONE("clock.update", vcpu_caches, "all",
				   "the vCPU is on its way into the guest: "
				   "writes its time where KVM_REQ_CLOCK_UPDATE "
				   "asks for it; returns 1 where it does, else "
				   "0"),
	[SOP_XEN_CONFIG] = MAPPED("xen.config", xen_config,
				  "KVM_XEN_HVM_CONFIG, without a hypercall "
				  "page"),
	[SOP_XEN_SET] = EITHER("xen.set", xen_set, "cache",
			       "KVM_XEN_HVM_SET_ATTR or KVM_XEN_VCPU_SET_ATTR: "
			       "tells where the area is"),
	[SOP_XEN_UNSET] = ALONE("xen.unset", gpc_only, "cache",
				"the same: the area is nowhere"),
	[SOP_XEN_RUN] = ALONE("xen.run", gpc_only, "cache",
			      "`kvm_xen_update_runstate()` of a vCPU that "
			      "begins to run"),
	[SOP_XEN_PREEMPT] = ALONE("xen.preempt", gpc_only, "cache",
				  "`kvm_xen_update_runstate()` of a vCPU that "
				  "is preempted: in atomic context"),
	[SOP_XEN_SEND] = MAPPED("xen.send", xen_event,
				"KVM_XEN_HVM_EVTCHN_SEND"),
	[SOP_XEN_IRQ] = MAPPED("xen.irq", xen_event,
			       "`kvm_xen_set_evtchn_fast()`, as a device's "
			       "interrupt does: in atomic context; returns 1, "
			       "0 where the event is pending, or `-EAGAIN`"),
	[SOP_XEN_INJECT] = ALONE("xen.inject", gpc_only, "cache",
				 "`kvm_xen_inject_pending_events()`, if "
				 "something was kept; returns what"),
	[SOP_XEN_PENDING] = EITHER("xen.pending", xen_pending, "cache",
				   "`__kvm_xen_has_interrupt()`; returns 1 or "
				   "0"),
	[SOP_MODULE_RELOAD] = ALONE("module.reload", module, "kvm",
				    "unload KVM and load it again; `-EAGAIN` "
				    "where it is in use"),
	[SOP_MODULE_FORCE_RELOAD] = ALONE("module.force_reload", module, "kvm",
					  "unload KVM although it may be in "
					  "use, as `rmmod -f` does, and load "
					  "it again"),
	[SOP_RAW_SLOT] = MAPPED("raw.slot", raw_slot,
				"KVM_SET_USER_MEMORY_REGION2 as it is "
				"written, to be refused or in another address "
				"space than 0"),
	[SOP_RAW_ATTRIBUTES] = MAPPED("raw.attributes", raw_attributes,
				      "KVM_SET_MEMORY_ATTRIBUTES as it is "
				      "written, to be refused"),
	[SOP_RAW_GMEM] = MAPPED("raw.gmem", raw_gmem,
				"KVM_CREATE_GUEST_MEMFD as it is written, to "
				"be refused"),
	[SOP_RAW_FALLOCATE] = MAPPED("raw.fallocate", raw_fallocate,
				     "`fallocate()` as it is written, to be "
				     "refused"),
	[SOP_RAW_TRUNCATE] = MAPPED("raw.truncate", raw_truncate,
				    "`ftruncate()`, to be refused"),
};

const struct schema_op *schema_op(enum scenario_op op)
{
	return (unsigned int)op < NR_SCENARIO_OPS ? &ops[op] : NULL;
}
