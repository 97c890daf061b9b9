// SPDX-License-Identifier: GPL-2.0-only
#include "schema.h"

#include "points.h"

#define PAGE_PATTERN "^[a-z0-9][a-z0-9_-]*"
#define POINT_PATTERN "[a-z_]+\\.[a-z_]+/[a-z_]+(\\(.*\\))?(#[0-9]+)?"
#define NUMBER_PATTERN "(0x[0-9a-fA-F]+|0|[1-9][0-9]*)"

static const char *pick(const char *const *words, size_t nr, size_t index)
{
	return index < nr ? words[index] : NULL;
}

#define WORDS(function, ...)                                                   \
	static const char *function(size_t index)                              \
	{                                                                      \
		static const char *const words[] = { __VA_ARGS__ };            \
                                                                               \
		return pick(words, sizeof(words) / sizeof(words[0]), index);   \
	}

WORDS(gmem_flags, "mmap", "init-shared", "no-direct-map", "unknown")
WORDS(slot_flags, "log-dirty", "readonly")
WORDS(xen_flags, "evtchn-send", "pvclock-tsc-unstable", "unknown")
WORDS(reuses, "never", "lifo")
WORDS(bools, "false", "true")
/* By enum cache_use, from 1. */
#define X(id, name) name,
WORDS(uses, PFNSIM_CACHE_USES(X))
#undef X
/* By enum extension and enum ageing. */
#define X(id, name) name,
WORDS(extensions, PFNSIM_EXTENSIONS(X))
WORDS(ageings, PFNSIM_AGEINGS(X))
#undef X
/* By enum map_kind. */
WORDS(map_kinds, "none", "direct", "kmap", "vmap", "memremap")

static const char *caps(size_t index)
{
	return kernel_cap_name(index);
}

static const char *hazards(size_t index)
{
	return violation_name(index);
}

static const char *failures(size_t index)
{
	return index == NR_VIOLATIONS ? "expectation" : violation_name(index);
}

static const struct {
	const char *name, *doc, *pattern;
	const char *(*word)(size_t index);
} types[NR_VALUE_TYPES] = {
	[VALUE_NOTHING] = { "a mapping", "", NULL, NULL },
	[VALUE_VERSION] = { "a version", "`1`", "^1$", NULL },
	[VALUE_TEXT] = { "a text", "any text", NULL, NULL },
	[VALUE_NAME] = { "a name", "letters a to z, digits, `-` and `_`",
			 "^[a-z0-9][a-z0-9_-]*$", NULL },
	[VALUE_NUMBER] = { "a number", "`12` or `0xc`", "^" NUMBER_PATTERN "$",
			   NULL },
	[VALUE_ADDRESS] = { "an address", "`0x1000`", "^" NUMBER_PATTERN "$",
			    NULL },
	[VALUE_BOOL] = { "true or false", "`true` or `false`", NULL, bools },
	[VALUE_NULL] = { "null", "`null`", "^null$", NULL },
	[VALUE_URL] = { "an address on the web", "`https://` and what follows",
			"^https?://", NULL },
	[VALUE_GLOB] = { "a name of a kernel", "may have `*`, `?` and `[]`",
			 NULL, NULL },
	[VALUE_CAP] = { "a capability", "see Capabilities", NULL, caps },
	[VALUE_HAZARD] = { "a hazard", "see Hazards", NULL, hazards },
	[VALUE_FAILS] = { "a hazard or 'expectation'",
			  "a hazard, or `expectation`", NULL, failures },
	[VALUE_GMEM_FLAG] = { "a flag", "a flag", NULL, gmem_flags },
	[VALUE_SLOT_FLAG] = { "a flag", "a flag", NULL, slot_flags },
	[VALUE_XEN_FLAG] = { "a flag", "a flag", NULL, xen_flags },
	[VALUE_EXTENSION] = { "an extension", "`guest-memfd`, see below", NULL,
			      extensions },
	[VALUE_AGEING] = { "a way to age", "`clear-flush`, `clear` or `test`",
			   NULL, ageings },
	[VALUE_REUSE] = { "never or lifo", "`never` or `lifo`", NULL, reuses },
	[VALUE_USE] = { "a use of the architecture",
			"`kvm-clock`, `xen-shared-info`, `xen-vcpu-info`, "
			"`xen-time-info`, `xen-runstate` or `xen-runstate2`",
			NULL, uses },
	[VALUE_MAPPED_BY] = { "a kind of mapping",
			      "`none`, `direct`, `kmap`, `vmap`, `memremap`",
			      NULL, map_kinds },
	[VALUE_CACHE] = { "a cache", "name of a cache", NULL, NULL },
	[VALUE_GMEM] = { "a guest_memfd", "name of a guest_memfd", NULL, NULL },
	[VALUE_REGION] = { "a region", "name of a region", NULL, NULL },
	[VALUE_SLOT] = { "a memslot", "name of a memslot", NULL, NULL },
	[VALUE_VM] = { "vm", "`vm`", "^vm$", NULL },
	[VALUE_ALL] = { "all", "`all`", "^all$", NULL },
	[VALUE_KVM] = { "kvm", "`kvm`", "^kvm$", NULL },
	[VALUE_PAGE] = { "a page", "`g0/1`: object and index",
			 PAGE_PATTERN "/[0-9]+$", NULL },
	[VALUE_PAGES] = { "pages", "`g0/1`, `g0/0..2`, `g0/1..` or `g0`",
			  PAGE_PATTERN "(/[0-9]+(\\.\\.([0-9]+)?)?)?$", NULL },
	[VALUE_UVA] = { "a userspace address",
			"`anon`, `anon/1` or `0x7f0000000000`", NULL, NULL },
	[VALUE_BYTES] = { "bytes", "`word`, `zeros` or `{hex: de ad}`", NULL,
			  NULL },
	[VALUE_RET] = { "a return value", "`0`, `1` or `-EFAULT`",
			"^(-E[A-Z0-9]+|[0-9]+)$", NULL },
	[VALUE_RANGE] = { "a range", "`3`, `1..` or `0..2`",
			  "^[0-9]+(\\.\\.([0-9]+)?)?$", NULL },
	[VALUE_REPEAT] = { "a number or 'endless'", "`3` or `endless`",
			   "^(" NUMBER_PATTERN "|endless)$", NULL },
	[VALUE_POINT] = { "a point", "`gpc.refresh/resolved`",
			  "^" POINT_PATTERN "$", NULL },
	[VALUE_UNTIL] = { "a point, 'blocked' or 'end'",
			  "`op/point`, `op/point#2`, `op/before-call(object)`, "
			  "`blocked` or `end`",
			  "^(blocked|end|" POINT_PATTERN ")$", NULL },
	[VALUE_FAULT] = { "a fault",
			  "`ENOMEM#1`: the first allocation of the step fails",
			  "^ENOMEM#[1-9][0-9]*$", NULL },
	[VALUE_CASE] = { "a case", "name of a case", NULL, NULL },
};

const char *value_type_name(enum value_type type)
{
	return types[type].name;
}

const char *value_type_doc(enum value_type type)
{
	return types[type].doc;
}

const char *value_type_pattern(enum value_type type)
{
	return types[type].pattern;
}

const char *value_type_word(enum value_type type, size_t index)
{
	return types[type].word ? types[type].word(index) : NULL;
}
