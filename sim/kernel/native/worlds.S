/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Crossing between code under test and emulation, on the way there and back.
 *
 * cmake/split-worlds makes a stub for each function that one world calls in the
 * other: it loads the function's address into r11 and jumps here.  The return
 * address is kept by the host meanwhile, so that arguments on the stack stay
 * where the function looks for them.
 *
 * Fidelity: EMULATED - no kernel has two worlds; x86-64 only.
 */
	.macro	save
	push	%rax
	push	%rdi
	push	%rsi
	push	%rdx
	push	%rcx
	push	%r8
	push	%r9
	push	%r11
	sub	$8, %rsp
	.endm

	.macro	restore
	add	$8, %rsp
	pop	%r11
	pop	%r9
	pop	%r8
	pop	%rcx
	pop	%rdx
	pop	%rsi
	pop	%rdi
	pop	%rax
	.endm

	/* The return address lies above what save pushed. */
	.macro	cross name begin end from_code
	.globl	\name
	.hidden	\name
	.type	\name, @function
\name:
	save
	mov	72(%rsp), %rdi
	mov	$\from_code, %esi
	call	\begin@PLT
	restore
	add	$8, %rsp
	call	*%r11
	push	%rax
	push	%rdx
	call	\end@PLT
	mov	%rax, %r11
	pop	%rdx
	pop	%rax
	jmp	*%r11
	.size	\name, . - \name
	.endm

	.text
	cross	cross_in host_cross_in host_cross_in_end 1
	cross	cross_in_shim host_cross_in host_cross_in_end 0
	cross	cross_out host_cross_out host_cross_out_end 0

	.section .note.GNU-stack, "", @progbits
