/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * void coro_jump(void **save, void *load)
 *
 * Ends in an indirect jump: a `ret` to another stack always mispredicts.
 */
#ifdef __x86_64__
	.text
	.globl	coro_jump
	.type	coro_jump, @function
coro_jump:
	pushq	%rbp
	pushq	%rbx
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	movq	%rsp, (%rdi)
	movq	%rsi, %rsp
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbx
	popq	%rbp
	popq	%rcx
	jmp	*%rcx
	.size	coro_jump, .-coro_jump
#endif
	.section .note.GNU-stack, "", @progbits
