/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a loadable kernel offers to the host: one exported symbol,
 * pfnsim_kernel, of type struct kernel_desc.
 *
 * Operations are what a VMM, a vCPU or a guest does.  They run on the calling
 * task, may block, and return what the system call would: 0 or a positive
 * value, or a negative errno (Linux numbers).  Views look at the state without
 * any side effect and may be called between any two steps, on any stack.
 */
#ifndef PFNSIM_BORDER_KERNEL_H
#define PFNSIM_BORDER_KERNEL_H

/*
 * A kernel that was built against another border must not be loaded: the number
 * changes with the lists below.  Change the first part where a struct changes.
 * Whoever has this number may look at kernel_desc.interface, which tells the rest.
 */
#define PFNSIM_ABI_LISTS                                                       \
	(3000000 + NR_KERNEL_OPS * 1000 + NR_KERNEL_VIEWS * 10 + NR_KERNEL_CAPS)
#ifdef PFNSIM_NATIVE
#define PFNSIM_ABI (500000000 + PFNSIM_ABI_LISTS)
#else
#define PFNSIM_ABI PFNSIM_ABI_LISTS
#endif

/* Capabilities, as `needs:` names them. */
#define PFNSIM_CAPS(X)                                                         \
	X(CAP_GMEM, "gmem")                                                    \
	X(CAP_GMEM_MMAP, "gmem.mmap")                                          \
	X(CAP_GMEM_INIT_SHARED, "gmem.init-shared")                            \
	X(CAP_GMEM_NO_DIRECT_MAP, "gmem.no-direct-map")                        \
	X(CAP_MEMORY_ATTRIBUTES, "memory-attributes")                          \
	X(CAP_GPC_GMEM, "gpc.gmem")                                            \
	X(CAP_XEN, "xen")                                                      \
	X(CAP_GPC_SEQ, "gpc.seq")                                              \
	X(CAP_GMEM_ERROR_LOCKS, "gmem.error-locks")

enum kernel_cap {
#define X(id, name) id,
	PFNSIM_CAPS(X)
#undef X
		NR_KERNEL_CAPS
};

/* Flags of OP_GMEM_CREATE; the glue turns them into the tree's own bits. */
enum {
	GMEM_MMAP = 1,
	GMEM_INIT_SHARED = 2,
	GMEM_NO_DIRECT_MAP = 4,
	GMEM_UNKNOWN_FLAG = 8
};
/* Flags of OP_SLOT_SET. */
enum { SLOT_LOG_DIRTY = 1, SLOT_READONLY = 2, SLOT_GMEM = 4 };
/* Flags of OP_MMAP. */
enum { MMAP_PRIVATE = 1, MMAP_READONLY = 2 };
/* Flags of OP_XEN_CONFIG. */
enum {
	XEN_EVTCHN_SEND = 1,
	XEN_PVCLOCK_TSC_UNSTABLE = 2,
	XEN_UNKNOWN_FLAG = 4
};
/* Frame reuse. */
enum { REUSE_NEVER, REUSE_LIFO };

/* What KVM_CHECK_EXTENSION is asked for. */
#define PFNSIM_EXTENSIONS(X)                                                   \
	X(EXT_SYNC_MMU, "sync-mmu")                                            \
	X(EXT_USER_MEMORY2, "user-memory2")                                    \
	X(EXT_READONLY_MEM, "readonly-mem")                                    \
	X(EXT_NR_MEMSLOTS, "nr-memslots")                                      \
	X(EXT_MULTI_ADDRESS_SPACE, "multi-address-space")                      \
	X(EXT_VM_TYPES, "vm-types")                                            \
	X(EXT_MEMORY_ATTRIBUTES, "memory-attributes")                          \
	X(EXT_GUEST_MEMFD, "guest-memfd")                                      \
	X(EXT_GUEST_MEMFD_FLAGS, "guest-memfd-flags")                          \
	X(EXT_UNKNOWN, "unknown")

enum extension {
#define X(id, name) id,
	PFNSIM_EXTENSIONS(X)
#undef X
		NR_EXTENSIONS
};

/* How OP_MM_AGE asks: the callbacks of MMU notifiers. */
#define PFNSIM_AGEINGS(X)                                                      \
	X(AGE_CLEAR_FLUSH, "clear-flush")                                      \
	X(AGE_CLEAR, "clear")                                                  \
	X(AGE_TEST, "test")

enum ageing {
#define X(id, name) id,
	PFNSIM_AGEINGS(X)
#undef X
		NR_AGEINGS
};

/* Which of the architecture's caches a cache is; one of each. */
#define PFNSIM_CACHE_USES(X)                                                   \
	X(USE_KVM_CLOCK, "kvm-clock")                                          \
	X(USE_XEN_SHARED_INFO, "xen-shared-info")                              \
	X(USE_XEN_VCPU_INFO, "xen-vcpu-info")                                  \
	X(USE_XEN_TIME_INFO, "xen-time-info")                                  \
	X(USE_XEN_RUNSTATE, "xen-runstate")                                    \
	X(USE_XEN_RUNSTATE2, "xen-runstate2")

enum cache_use {
	USE_NONE, /* the cache is a scenario's own */
#define X(id, name) id,
	PFNSIM_CACHE_USES(X)
#undef X
		NR_CACHE_USES
};

/* Most descriptors that the process can have, whatever its limit. */
#define MAX_FDS 64

/* Largest number of caches of one VM. */
#define MAX_CACHES 8192

/*
 * The operations.  Arguments by position in op_args.a[]; text is in op_args.buf.
 * fd: a file descriptor of the simulated process.  "len" counts bytes.
 */
enum kernel_op {
	OP_VM_CREATE,	/* 1 without private memory, else 0 -> vm fd        */
	OP_CLOSE,	/* fd                                               */
	OP_SLOT_SET,	/* vm fd, slot, SLOT_*, gpa, size, uva, gmem fd, offset;
			     size 0 deletes; ioctl SET_USER_MEMORY_REGION2    */
	OP_ATTR_SET,	/* vm fd, gpa, size, private (0, 1)                 */
	OP_GMEM_CREATE, /* vm fd, size, GMEM_* -> gmem fd                   */
	OP_FALLOCATE,	/* fd, punch (0 allocate, 1 punch hole), offset, len*/
	OP_MMAP,	/* uva (fixed), len, fd or -1 (anonymous) or -2
			     (device), offset, MMAP_*                         */
	OP_MUNMAP,	/* uva, len                                         */
	OP_DONTNEED,	/* uva, len: madvise(MADV_DONTNEED)                 */
	OP_MM_INVALIDATE, /* uva, len: zap PTEs under a notifier, keep pages  */
	OP_MM_MIGRATE,	  /* uva: move the page to a new frame                */
	OP_USER_READ,	  /* uva, len, into buf                               */
	OP_USER_WRITE,	  /* uva, len, from buf                               */
	OP_MEMORY_FAILURE, /* pfn: an uncorrectable error hit the frame        */
	OP_GPC_INIT,	 /* vm fd, cache, USE_*: kvm_gpc_init()              */
	OP_GPC_ACTIVATE, /* cache, gpa, len                                  */
	OP_GPC_ACTIVATE_HVA, /* cache, uva, len                               */
	OP_GPC_CHECK,	/* cache, len -> 1 or 0                             */
	OP_GPC_REFRESH, /* cache, len                                       */
	OP_GPC_READ,	/* cache, len, into buf; -EAGAIN if check fails     */
	OP_GPC_WRITE,	/* cache, len, from buf; -EAGAIN if check fails     */
	OP_GPC_DEACTIVATE, /* cache                                            */
	OP_GUEST_READ,	  /* vm fd, gpa, len, into buf: a guest's load        */
	OP_GUEST_WRITE,	  /* vm fd, gpa, len, from buf: a guest's store       */
	OP_GRACE_PERIOD,  /* wait for RCU and SRCU readers, run callbacks     */
	OP_PAGE_POKE,	  /* pfn, offset, len, vm fd, gpa or ~0UL, from buf:
			     the page is prepared for the guest as a fault at
			     gpa does, then written by no code under test     */
	OP_PAGE_PEEK,	  /* pfn, offset, len, into buf: no code under test   */
	OP_RAW_SLOT,	  /* vm fd, slot, flags, gpa, size, uva, fd, offset, all
			     as the ioctl's structure has them                */
	OP_RAW_ATTR,	  /* vm fd, address, size, attributes, flags          */
	OP_RAW_GMEM,	  /* vm fd, size, flags                               */
	OP_RAW_FALLOCATE, /* fd, mode, offset, len                            */
	OP_FTRUNCATE,	  /* fd, size                                         */
	OP_FSTAT_SIZE,	  /* fd -> size in bytes                              */
	OP_MODULE_RELOAD, /* rmmod and modprobe of KVM: -EAGAIN where it is in
			     use; else what its initialisation returns.  1:
			     as rmmod -f, although it is in use               */
	OP_EXIT,	  /* the process exits: unmap all, close all files,
			     run every deferred callback                      */
	OP_SLOT_DIRTY,	  /* vm fd, slot, page: the log's bit -> 1 or 0       */
	OP_CLOCK_ENABLE,  /* vm fd, gpa: MSR_KVM_SYSTEM_TIME is written       */
	OP_CLOCK_WRITE,	  /* vm fd, USE_*: kvm_setup_guest_pvclock()          */
	OP_XEN_SET,	  /* vm fd, USE_*, by uva (0, 1), address or ~0UL:
			     ioctl XEN_HVM_SET_ATTR or XEN_VCPU_SET_ATTR      */
	OP_XEN_RUN,	  /* vm fd: the vCPU runs                             */
	OP_XEN_PREEMPT,	  /* vm fd: the scheduler takes the CPU from it       */
	OP_XEN_SEND,	  /* vm fd, port: ioctl XEN_HVM_EVTCHN_SEND           */
	OP_XEN_IRQ,	  /* vm fd, port: a device's interrupt, in atomic
			     context                                          */
	OP_XEN_INJECT,	  /* vm fd -> words that were kept for the vCPU       */
	OP_XEN_PENDING,	  /* vm fd, 1 if about to block -> 1 or 0             */
	OP_EXTENSION,	  /* vm fd or ~0UL, /dev/kvm; EXT_*: what
			     KVM_CHECK_EXTENSION answers                      */
	OP_MM_AGE,	  /* uva, len, AGE_* -> 1 if the guest accessed a page
			     since its entry was made or cleared, else 0      */
	OP_CLOCK_UPDATE,  /* vm fd: on the way into the guest; 1 if its time was
			     to be written, else 0                            */
	OP_XEN_CONFIG,	  /* vm fd, XEN_*: ioctl XEN_HVM_CONFIG               */
	OP_TEST,	  /* a[0]: number of a shim test (test kernels only)  */
	NR_KERNEL_OPS
};

struct op_args {
	unsigned long a[8];
	void *buf;
};

/* How the kernel came to an address that it uses. */
enum map_kind { MAP_NONE, MAP_DIRECT, MAP_KMAP, MAP_VMAP, MAP_MEMREMAP };

enum kernel_view {
	VIEW_GPC,	/* id: cache -> struct gpc_view                       */
	VIEW_VM,	/* id: vm fd -> struct vm_view                        */
	VIEW_PTE,	/* id: uva -> unsigned long pfn, or HOST_NO_PFN       */
	VIEW_USER_PAGE, /* id: uva -> pfn that an access would find: the PTE's,
			   else the page cache's, else HOST_NO_PFN            */
	VIEW_FILE,	/* id: fd -> unsigned long: the open file itself, which
			   may outlive its descriptor; never reused          */
	VIEW_OPEN_FILE_PAGE, /* id: of VIEW_FILE, index in *(unsigned long *)
			   out -> pfn; -ENOENT once it was released, -EAGAIN
			   while its release is pending                      */
	VIEW_FILE_PAGE, /* id: fd, index in *(unsigned long *)out -> pfn      */
	VIEW_PAGE,	/* id: pfn -> struct page_view                        */
	VIEW_MAPPING,	/* id: kernel address -> struct mapping_view          */
	VIEW_SPTE,	/* id: gfn (VM made first) -> pfn or HOST_NO_PFN      */
	VIEW_COUNTERS,	/* -> unsigned long[NR_COUNTERS]                      */
	VIEW_HELD,	/* id: task -> struct held_view: locks it holds       */
	NR_KERNEL_VIEWS
};

struct gpc_view {
	unsigned long gpa; /* ~0UL: HVA-based or never activated */
	unsigned long uhva, khva, pfn;
	unsigned long generation;
	unsigned char active, valid;
	unsigned char would_check; /* kvm_gpc_check(1) would pass now */
};

struct vm_view {
	unsigned long generation;
	unsigned long active_invalidate_count;
	long invalidate_in_progress;
	unsigned long invalidate_seq;	  /* mmu_invalidate_seq         */
	unsigned long gpc_invalidate_seq; /* 0 where the tree has none  */
	unsigned char bugged, dead, alive;
};

enum page_state { PAGE_FREE, PAGE_CACHE, PAGE_ANON, PAGE_OTHER, PAGE_RESERVED };

struct page_view {
	enum page_state state;
	unsigned int refs;
	unsigned int life; /* how often the frame was allocated so far */
	unsigned char in_direct_map, hwpoison, uptodate, locked;
	unsigned long index; /* in the file */
	const char *inode;   /* name of the file that holds it, or NULL */
};

struct mapping_view {
	enum map_kind kind;
	unsigned char live;
	unsigned int life; /* page_view.life when it was made */
	unsigned long pfn;
};

struct held_view {
	unsigned int nr;
	const char *name[16];
	const void *lock[16];
};

/* Counters of the emulated machine, as `counters:` names them. */
#define PFNSIM_COUNTERS(X)                                                     \
	X(CTR_VMAP_LIVE, "vmap.live")                                          \
	X(CTR_VMAP_PEAK, "vmap.peak")                                          \
	X(CTR_VMAP_BYTES, "vmap.bytes") /* guard pages counted */              \
	X(CTR_VMAP_PEAK_BYTES, "vmap.peak-bytes")                              \
	X(CTR_KMAP_LIVE, "kmap.live")                                          \
	X(CTR_MEMREMAP_LIVE, "memremap.live")                                  \
	X(CTR_SLAB_LIVE, "slab.live")                                          \
	X(CTR_FRAMES_USED, "frames.used")                                      \
	X(CTR_NO_DIRECT_MAP, "direct-map.zapped")                              \
	X(CTR_FILES_LIVE, "files.live")                                        \
	X(CTR_TLB_FLUSHES, "tlb.flushes")                                      \
	X(CTR_SPTES, "spte.live")                                              \
	X(CTR_GUP, "gup.calls")                                                \
	X(CTR_NOTIFIER_CALLS, "notifier.calls")                                \
	X(CTR_CALLBACKS_PENDING, "rcu.pending")

enum kernel_counter {
#define X(id, name) id,
	PFNSIM_COUNTERS(X)
#undef X
		NR_COUNTERS
};

struct machine_config {
	unsigned int page_reuse;  /* REUSE_* */
	unsigned long nr_frames;  /* frames that exist, at most host_frames */
	unsigned long vmap_bytes; /* size of the vmap address space, 0: 32 TiB */
	unsigned long max_fds;	  /* RLIMIT_NOFILE; 0 or above MAX_FDS: that */
};

struct kernel_desc {
	unsigned int abi;
	/* A hash of what all kernels are compiled with (cmake/interface.cmake). */
	const char *interface;
	const char *name;    /* "reference", "linux-6.12"      */
	const char *version; /* of the tree: "6.12.117", or "" */
	unsigned long caps;  /* bit 1UL << enum kernel_cap     */
	/* Initialises shim and module on HOST_SETUP_TASK. 0 or -errno. */
	long (*boot)(const struct machine_config *config);
	long (*op)(enum kernel_op op, struct op_args *args);
	/*
	 * An instruction of the kernel touches @addr, in the host's range of
	 * kernel addresses.  Before it: checks the access and fills @page with
	 * the bytes of the page there; 0, or -EFAULT where nothing was ever
	 * mapped.  After it: takes @page back.  On native threads @page becomes
	 * the address of the frame instead, and nothing comes after it.
	 */
	long (*touch_begin)(unsigned long addr, _Bool write, void *page);
	void (*touch_end)(unsigned long addr, const void *page);
	/* 0, or -errno where there is no such object. */
	long (*view)(enum kernel_view view, unsigned long id, void *out);
};

extern const struct kernel_desc pfnsim_kernel;

#endif /* PFNSIM_BORDER_KERNEL_H */
