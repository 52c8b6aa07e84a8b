/* html_page.h: the page of the HTML report up to its data, made at build time from the files in
 * html/ (cmake/EmbedPage.cmake). */
#ifndef REPORT_HTML_PAGE_H
#define REPORT_HTML_PAGE_H

#include <stddef.h>

extern const char report_page[]; /* [report_page_len], no NUL at the end */
extern const size_t report_page_len;

#endif
