/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What arch/x86/kvm offers to its own files.
 *
 * A vCPU of the emulated machine executes nothing, so that nothing of a guest's
 * registers, modes and instructions is ever looked at: what reads them is
 * declared, and whoever reached it would not link.
 *
 * Fidelity: TRAP - declarations; clocks and interrupts are in
 * sim/kernel/arch/vcpu.c.
 */
#ifndef PFNSIM_KVM_X86_X86_H
#define PFNSIM_KVM_X86_X86_H

#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/kvm_host.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <asm/pvclock.h>

#define LOCK_PREFIX "lock; "
#define HZ 1000
#define NSEC_PER_SEC 1000000000L
#define NSEC_PER_MSEC 1000000L
#define _THIS_IP_ 0
#define jiffies 0UL
#define nsecs_to_jiffies(ns) ((unsigned long)(ns))
/* run_delay of a task counts, and stays 0. */
#define sched_info_on() true

#define X86_FEATURE_CONSTANT_TSC 0
#define static_cpu_has(feature) false
#define cpu_feature_enabled(feature) false
#define rdtsc() 0ULL

struct x86_exception {
	u8 vector;
};

#define kvm_x86_call(name) kvm_x86_##name
int kvm_x86_get_cpl(struct kvm_vcpu *vcpu);
void kvm_x86_patch_hypercall(struct kvm_vcpu *vcpu, unsigned char *code);
bool is_long_mode(struct kvm_vcpu *vcpu);
bool is_64_bit_hypercall(struct kvm_vcpu *vcpu);
unsigned long kvm_get_linear_rip(struct kvm_vcpu *vcpu);
int kvm_skip_emulated_instruction(struct kvm_vcpu *vcpu);
int kvm_read_guest_virt(struct kvm_vcpu *vcpu, gva_t addr, void *to,
			unsigned int bytes, struct x86_exception *fault);
void kvm_set_mp_state(struct kvm_vcpu *vcpu, int state);

enum { VCPU_REGS_RAX };
unsigned long kvm_register_read(struct kvm_vcpu *vcpu, int reg);
unsigned long kvm_register_of_guest(struct kvm_vcpu *vcpu);
#define kvm_rax_read_raw kvm_register_of_guest
#define kvm_rbx_read kvm_register_of_guest
#define kvm_rcx_read kvm_register_of_guest
#define kvm_rdx_read kvm_register_of_guest
#define kvm_rsi_read kvm_register_of_guest
#define kvm_rdi_read kvm_register_of_guest
#define kvm_rbp_read kvm_register_of_guest
#define kvm_r8_read kvm_register_of_guest
#define kvm_r9_read kvm_register_of_guest
#define kvm_r10_read kvm_register_of_guest
#define kvm_rdi_read_raw kvm_register_of_guest
#define kvm_rsi_read_raw kvm_register_of_guest
#define kvm_rdx_read_raw kvm_register_of_guest
#define kvm_r10_read_raw kvm_register_of_guest
#define kvm_r8_read_raw kvm_register_of_guest
#define kvm_r9_read_raw kvm_register_of_guest
#define kvm_eax_read kvm_register_of_guest
#define kvm_ebx_read kvm_register_of_guest
#define kvm_ecx_read kvm_register_of_guest
#define kvm_edx_read kvm_register_of_guest
#define kvm_esi_read kvm_register_of_guest
#define kvm_edi_read kvm_register_of_guest
#define kvm_ebp_read kvm_register_of_guest
bool kvm_is_linear_rip(struct kvm_vcpu *vcpu, unsigned long rip);
bool lapic_in_kernel(struct kvm_vcpu *vcpu);
void kvm_rax_write(struct kvm_vcpu *vcpu, unsigned long value);
void kvm_rax_write_raw(struct kvm_vcpu *vcpu, unsigned long value);

/* The VM's clock, in ns since its start; every look at it takes 1 us. */
u64 get_kvmclock_ns(struct kvm *kvm);
/* The wall clock at the start of the VM's clock: the epoch of Unix. */
uint64_t kvm_get_wall_clock_epoch(struct kvm *kvm);
bool kvm_get_monotonic_and_clockread(s64 *kernel_ns, u64 *tsc);
u64 kvm_read_l1_tsc(struct kvm_vcpu *vcpu, u64 host_tsc);

#endif /* PFNSIM_KVM_X86_X86_H */
