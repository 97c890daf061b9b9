/* SPDX-License-Identifier: GPL-2.0-only */
/* The schemas of docs/, as schemas.h declares them. */
	.section .rodata
	.globl results_schema
results_schema:
	.incbin "results.schema.json"
	.byte 0
	.globl junit_schema
junit_schema:
	.incbin "junit.xsd"
	.byte 0
	.section .note.GNU-stack,"",%progbits
