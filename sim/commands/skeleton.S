/* SPDX-License-Identifier: GPL-2.0-only */
/* The text of skeleton.yaml, for new.c. */
	.section .rodata
	.globl new_skeleton
new_skeleton:
	.incbin "skeleton.yaml"
	.byte 0
	.section .note.GNU-stack,"",%progbits
