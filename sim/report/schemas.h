/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Schemas of what is printed, the text of docs/results.schema.json and of
 * docs/junit.xsd, so that an installed program has them too.
 */
#ifndef PFNSIM_REPORT_SCHEMAS_H
#define PFNSIM_REPORT_SCHEMAS_H

extern const char results_schema[], junit_schema[];

#endif /* PFNSIM_REPORT_SCHEMAS_H */
