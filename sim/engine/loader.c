// SPDX-License-Identifier: GPL-2.0-only
#include "loader.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine.h"
#include "silence.h"
#include "symbols.h"

/* Finds the part of the writable segment that stays writable after start. */
static int find_image(struct dl_phdr_info *info, size_t size, void *arg)
{
	struct loaded_kernel *kernel = arg;
	uintptr_t relro_end = 0, start = 0, end = 0;

	(void)size;
	if (info->dlpi_addr != kernel->load_address)
		return 0;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *ph = &info->dlpi_phdr[i];
		uintptr_t at = info->dlpi_addr + ph->p_vaddr;

		if (ph->p_type == PT_GNU_RELRO)
			relro_end = (at + ph->p_memsz + 4095) & ~4095UL;
		if (ph->p_type == PT_LOAD && (ph->p_flags & PF_W)) {
			start = at;
			end = at + ph->p_memsz;
		}
	}
	if (relro_end > start && relro_end <= end)
		start = relro_end;
	kernel->image.base = (char *)start;
	kernel->image.size = end - start;
	return 1;
}

static char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *name = strdup(slash ? slash + 1 : path);
	char *dot = name ? strrchr(name, '.') : NULL;

	if (dot && !strcmp(dot, ".so"))
		*dot = '\0';
	return name;
}

static int check_desc(struct loaded_kernel *kernel, char *why, size_t size)
{
	kernel->desc = dlsym(kernel->handle, "pfnsim_kernel");
	if (!kernel->desc) {
		snprintf(why, size, "%s is not a kernel of pfnsim",
			 kernel->path);
		return -EINVAL;
	}
	if (kernel->desc->abi != PFNSIM_ABI ||
	    strcmp(kernel->desc->interface, PFNSIM_INTERFACE)) {
		snprintf(why, size,
			 "%s was built by another version of pfnsim: "
			 "build it again",
			 kernel->path);
		return -ESTALE;
	}
	return 0;
}

/* Whether all that would be mapped lies within the @size bytes of the file. */
static bool is_whole(int fd, size_t size)
{
	ElfW(Ehdr) header;
	ElfW(Phdr) part;

	if (pread(fd, &header, sizeof(header), 0) != sizeof(header) ||
	    memcmp(header.e_ident, ELFMAG, SELFMAG) ||
	    header.e_phentsize != sizeof(part))
		return false;
	for (unsigned int i = 0; i < header.e_phnum; i++) {
		off_t at = header.e_phoff + i * sizeof(part);

		if (pread(fd, &part, sizeof(part), at) != sizeof(part))
			return false;
		if (part.p_type == PT_LOAD &&
		    (part.p_offset > size ||
		     part.p_filesz > size - part.p_offset))
			return false;
	}
	return true;
}

/*
 * dlopen() dies of a file that ends too early, as an interrupted build leaves it,
 * and waits for a writer of a FIFO.
 */
static int check_file(const char *path, char *why, size_t size)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct stat st;
	bool good;

	if (fd < 0) {
		int err = errno;

		snprintf(why, size, "%s: %s", path, strerror(err));
		return -err;
	}
	good = !fstat(fd, &st) && S_ISREG(st.st_mode) &&
	       is_whole(fd, st.st_size);
	close(fd);
	if (good)
		return 0;
	snprintf(why, size,
		 "%s is no shared object, or a part of one: "
		 "build it again",
		 path);
	return -EINVAL;
}

/*
 * One line: what the build wrote beside the kernel about its tree, git's name of
 * a commit or the version of a package.
 */
static char *read_revision(const char *path)
{
	char *line = NULL, *name;
	size_t size = 0;
	FILE *file;

	if (asprintf(&name, "%.*s.revision", (int)strlen(path) - 3, path) < 0)
		abort();
	file = fopen(name, "re");
	if (file && getline(&line, &size, file) > 0)
		line[strcspn(line, "\n")] = '\0';
	else if (line)
		*line = '\0';
	if (file)
		fclose(file);
	free(name);
	return line ? line : strdup("");
}

int loader_open(const char *path, struct loaded_kernel *kernel, char *why,
		size_t size)
{
	struct link_map *map;
	int err;

	*kernel = (struct loaded_kernel){ 0 };
	err = check_file(path, why, size);
	if (err)
		return err;
	kernel->handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (!kernel->handle) {
		snprintf(why, size, "%s", dlerror());
		return -ENOENT;
	}
	kernel->path = strdup(path);
	kernel->name = name_of(path);
	kernel->revision = read_revision(path);
	err = check_desc(kernel, why, size);
	if (err) {
		loader_close(kernel);
		return err;
	}
	dlinfo(kernel->handle, RTLD_DI_LINKMAP, &map);
	kernel->load_address = map->l_addr;
	dl_iterate_phdr(find_image, kernel);
	kernel->cold = malloc(kernel->image.size);
	if (!kernel->cold)
		abort();
	memcpy(kernel->cold, kernel->image.base, kernel->image.size);
	return 0;
}

void loader_close(struct loaded_kernel *kernel)
{
	symbols_use(NULL, 0);
	silence_end();
	if (kernel->handle)
		dlclose(kernel->handle);
	free(kernel->cold);
	free(kernel->path);
	free(kernel->name);
	free(kernel->revision);
	*kernel = (struct loaded_kernel){ 0 };
}

void loader_cold_start(const struct loaded_kernel *kernel)
{
	world_clear();
	memcpy(kernel->image.base, kernel->cold, kernel->image.size);
	symbols_use(kernel->path, kernel->load_address);
}

long kernel_look(const struct kernel_desc *kernel, enum kernel_view view,
		 unsigned long id, void *out)
{
	long ret;

	engine.quiet++;
	ret = kernel->view(view, id, out);
	engine.quiet--;
	return ret;
}

static int by_name(const void *a, const void *b)
{
	const char *x = *(char *const *)a, *y = *(char *const *)b;
	bool rx = !strncmp(x, "reference", 9), ry = !strncmp(y, "reference", 9);

	return rx != ry ? ry - rx : strcmp(x, y);
}

static bool wanted(const char *file, bool variants)
{
	size_t len = strlen(file);

	if (len < 4 || strcmp(file + len - 3, ".so"))
		return false;
	if (!strcmp(file, "shim-test.so"))
		return false;
	return variants || !strchr(file, '+');
}

static bool is_listed(char *const *list, int nr, const char *name)
{
	for (int i = 0; i < nr; i++)
		if (!strcmp(list[i], name))
			return true;
	return false;
}

/* Adds the kernels of @dir to @names. Returns 0 or a negative errno. */
static int list_folder(const char *dir, bool variants, char ***names, int *nr)
{
	DIR *d = opendir(dir);
	struct dirent *entry;

	if (!d)
		return -errno;
	while ((entry = readdir(d))) {
		char *name = wanted(entry->d_name, variants) ?
				     name_of(entry->d_name) :
				     NULL;

		if (!name || is_listed(*names, *nr, name)) {
			free(name);
			continue;
		}
		*names = realloc(*names, (*nr + 1) * sizeof(**names));
		if (!*names)
			abort();
		(*names)[(*nr)++] = name;
	}
	closedir(d);
	return 0;
}

int loader_list(const char *dir, const char *also, bool variants, char ***names)
{
	int nr = 0, err;

	*names = NULL;
	err = list_folder(dir, variants, names, &nr);
	if (also && !list_folder(also, variants, names, &nr))
		err = 0;
	if (nr)
		qsort(*names, nr, sizeof(**names), by_name);
	return err ? err : nr;
}
