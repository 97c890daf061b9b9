/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Flags of an allocation.
 *
 * Fidelity: EMULATED - __GFP_ZERO, __GFP_DIRECT_RECLAIM (may sleep) and
 * __GFP_NOFAIL have an effect; zones, accounting and placement have none.
 */
#ifndef _LINUX_GFP_TYPES_H
#define _LINUX_GFP_TYPES_H

#include <linux/types.h>

#define __GFP_HIGHMEM ((gfp_t)(1u << 1))
#define __GFP_MOVABLE ((gfp_t)(1u << 3))
#define __GFP_RECLAIMABLE ((gfp_t)(1u << 4))
#define __GFP_HIGH ((gfp_t)(1u << 5))
#define __GFP_IO ((gfp_t)(1u << 6))
#define __GFP_FS ((gfp_t)(1u << 7))
#define __GFP_ZERO ((gfp_t)(1u << 8))
#define __GFP_DIRECT_RECLAIM ((gfp_t)(1u << 10))
#define __GFP_KSWAPD_RECLAIM ((gfp_t)(1u << 11))
#define __GFP_WRITE ((gfp_t)(1u << 12))
#define __GFP_NOWARN ((gfp_t)(1u << 13))
#define __GFP_RETRY_MAYFAIL ((gfp_t)(1u << 14))
#define __GFP_NOFAIL ((gfp_t)(1u << 15))
#define __GFP_NORETRY ((gfp_t)(1u << 16))
#define __GFP_COMP ((gfp_t)(1u << 18))
#define __GFP_HARDWALL ((gfp_t)(1u << 20))
#define __GFP_THISNODE ((gfp_t)(1u << 21))
#define __GFP_ACCOUNT ((gfp_t)(1u << 22))
/* Bits above are free for the users of a gfp_t, such as the xarray. */
#define __GFP_BITS_SHIFT 26
#define __GFP_RECLAIM (__GFP_DIRECT_RECLAIM | __GFP_KSWAPD_RECLAIM)

#define GFP_ATOMIC (__GFP_HIGH | __GFP_KSWAPD_RECLAIM)
#define GFP_KERNEL (__GFP_RECLAIM | __GFP_IO | __GFP_FS)
#define GFP_KERNEL_ACCOUNT (GFP_KERNEL | __GFP_ACCOUNT)
#define GFP_NOWAIT (__GFP_KSWAPD_RECLAIM | __GFP_NOWARN)
#define GFP_NOIO __GFP_RECLAIM
#define GFP_NOFS (__GFP_RECLAIM | __GFP_IO)
#define GFP_USER (GFP_KERNEL | __GFP_HARDWALL)
#define GFP_HIGHUSER (GFP_USER | __GFP_HIGHMEM)
#define GFP_HIGHUSER_MOVABLE (GFP_HIGHUSER | __GFP_MOVABLE)

#endif /* _LINUX_GFP_TYPES_H */
