/* page.h: the annotation page, made at build time from the files in page/ (cmake/EmbedPage.cmake).
 */
#ifndef ANNOTATE_PAGE_H
#define ANNOTATE_PAGE_H

#include <stddef.h>

extern const char annotate_page[]; /* [annotate_page_len], no NUL at the end */
extern const size_t annotate_page_len;

#endif
