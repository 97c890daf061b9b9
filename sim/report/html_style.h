/* SPDX-License-Identifier: GPL-2.0-only */
/* How pages for a browser look: on a screen wide or narrow, light or dark, and on
 * paper. */
#ifndef PFNSIM_REPORT_HTML_STYLE_H
#define PFNSIM_REPORT_HTML_STYLE_H

extern const char html_style[];

#endif /* PFNSIM_REPORT_HTML_STYLE_H */
