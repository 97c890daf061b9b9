/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Copies that the emulation makes, which no race detector is to follow: that of
 * the C library would be.
 *
 * Fidelity: EMULATED - as memcpy(), memmove(), memset() and memcmp().
 */
	.macro	function name
	.globl	\name
	.hidden	\name
	.type	\name, @function
\name:
	.endm

	.text
	function shim_memcpy
	mov	%rdi, %rax
	mov	%rdx, %rcx
	rep movsb
	ret

	function shim_memmove
	mov	%rdi, %rax
	mov	%rdx, %rcx
	mov	%rdi, %r8
	sub	%rsi, %r8
	cmp	%rdx, %r8
	jb	1f
	rep movsb
	ret
1:	lea	-1(%rdi,%rdx), %rdi
	lea	-1(%rsi,%rdx), %rsi
	std
	rep movsb
	cld
	ret

	function shim_memset
	mov	%rdi, %r8
	mov	%esi, %eax
	mov	%rdx, %rcx
	rep stosb
	mov	%r8, %rax
	ret

	function shim_memcmp
	mov	%rdx, %rcx
	xor	%eax, %eax
	cmp	%rcx, %rcx
	repe cmpsb
	je	1f
	movzbl	-1(%rdi), %eax
	movzbl	-1(%rsi), %ecx
	sub	%ecx, %eax
1:	ret

	.section .note.GNU-stack, "", @progbits
