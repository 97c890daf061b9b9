// SPDX-License-Identifier: GPL-2.0-only
#include "toolbox.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "places.h"
#include "session.h"

/* Whether PATH has an executable file of that name. */
static bool is_command(const char *name)
{
	const char *at = getenv("PATH");
	bool found = false;

	while (at && *at && !found) {
		size_t len = strcspn(at, ":");
		char *path = text_of("%.*s/%s", (int)len, at, name);

		found = len && !access(path, X_OK);
		free(path);
		at += len + (at[len] == ':');
	}
	return found;
}

static void fill_installed(struct toolbox *box, const char *data)
{
	const char *compiler = getenv("CC");

	box->cmake = "cmake";
	box->generator = is_command("ninja") ? "Ninja" : "Unix Makefiles";
	box->compiler = compiler && *compiler ? compiler : "cc";
	box->settings = text_of("%s/kernel-settings.cmake", data);
	box->files = text_of("%s/kernel-files.txt", data);
}

const struct toolbox *toolbox(void)
{
	static struct toolbox box = {
		.cmake = PFNSIM_CMAKE,
		.generator = PFNSIM_GENERATOR,
		.compiler = PFNSIM_COMPILER,
		.settings = PFNSIM_SETTINGS,
		.files = PFNSIM_FILES,
	};

	if (box.sources)
		return &box;
	if (place_of_data())
		fill_installed(&box, place_of_data());
	box.sources = place_of_sources();
	return &box;
}
