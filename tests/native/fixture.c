// SPDX-License-Identifier: GPL-2.0-only
#include "fixture.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "reader.h"

const struct gpc_view gpc_active = { .active = true, .gpa = 0x1000 };
const struct gpc_view gpc_fresh = { .gpa = ~0UL, .uhva = ~0UL };

struct scenario *scenario_called(const char *name)
{
	struct scenario *scenario;
	struct diags diags;
	char path[256];

	diags_init(&diags);
	snprintf(path, sizeof(path), SCENARIOS_DIR "/%s.yaml", name);
	scenario = scenario_read(path, &diags);
	cr_assert_not_null(scenario, "%s", path);
	diags_deinit(&diags);
	return scenario;
}

static const struct gpc_view *gpc_now;

static long view(enum kernel_view what, unsigned long id, void *out)
{
	(void)id;
	if (what != VIEW_GPC)
		return -EINVAL;
	memcpy(out, gpc_now, sizeof(*gpc_now));
	return 0;
}

struct loaded_kernel kernel_called(const char *name, unsigned long caps,
				   const struct gpc_view *gpc)
{
	static struct kernel_desc desc;

	gpc_now = gpc;
	desc = (struct kernel_desc){ .name = name, .caps = caps, .view = view };
	return (struct loaded_kernel){ .desc = &desc, .name = (char *)name };
}
