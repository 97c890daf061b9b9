// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module KVM: loading it, unloading it, /dev/kvm.
 *
 * Fidelity: EMULATED - the module's data stay as its exit function left them,
 * where a module that is loaded again starts from its image: an exit that
 * forgets something is found, and statics that rely on being cleared fail.
 */
#include <linux/fs.h>
#include <linux/kvm_host.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <pfnsim/counters.h>
#include <pfnsim/fs.h>

#include "glue.h"

static DEFINE_MUTEX(module_mutex);
static int kvm_fd;
static bool loaded, reloaded;
/* Slab objects that the module keeps while it is loaded: nobody's leak. */
static unsigned long own_objects;

int module_fd(void)
{
	return kvm_fd;
}

static long module_load(void)
{
	unsigned long before = pfnsim_counters[CTR_SLAB_LIVE];
	long ret = kvm_init(sizeof(struct kvm_vcpu),
			    __alignof__(struct kvm_vcpu), THIS_MODULE);

	if (ret)
		return ret;
	loaded = true;
	own_objects = pfnsim_counters[CTR_SLAB_LIVE] - before;
	pfnsim_counters[CTR_SLAB_LIVE] = before;
	kvm_fd = sys_open_misc(KVM_MINOR);
	return kvm_fd < 0 ? kvm_fd : 0;
}

/*
 * As delete_module(2) begins.  From here on nobody gets a new reference, while
 * those who have one go on, if it is with force.  The module's exit is not called
 * under the mutex.
 */
static long module_stop(bool force)
{
	long ret = 0;

	mutex_lock(&module_mutex);
	host_enter(CALL_STOP_MODULE, &pfnsim_module, pfnsim_module.name);
	if (pfnsim_module.going)
		ret = -EBUSY;
	else if (pfnsim_module.refs && !force)
		ret = -EAGAIN;
	else
		pfnsim_module.going = true;
	host_leave(CALL_STOP_MODULE, &pfnsim_module, pfnsim_module.name);
	mutex_unlock(&module_mutex);
	return ret;
}

static void module_unload(void)
{
	if (pfnsim_module.refs)
		host_report(V_CONTRACT, HOST_NO_PFN,
			    "%s is unloaded by force, with %d references left",
			    pfnsim_module.name, pfnsim_module.refs);
	pfnsim_counters[CTR_SLAB_LIVE] += own_objects;
	own_objects = 0;
	loaded = false;
	kvm_exit();
}

long module_boot(void)
{
	return module_load();
}

long op_module_reload(struct op_args *args)
{
	long ret;

	if (kvm_fd >= 0)
		sys_close(kvm_fd);
	fs_exit_to_user();
	kvm_fd = -1;
	ret = module_stop(args->a[0]);
	if (ret) {
		kvm_fd = sys_open_misc(KVM_MINOR);
		return ret;
	}
	if (loaded)
		module_unload();
	pfnsim_module.going = false;
	reloaded = true;
	return module_load();
}

void module_exit_check(void)
{
	if (pfnsim_module.refs)
		host_report(V_LEAK, HOST_NO_PFN,
			    "%d references to the module are left",
			    pfnsim_module.refs);
	else if (loaded && reloaded)
		module_unload();
}
