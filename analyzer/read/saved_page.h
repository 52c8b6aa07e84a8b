/* saved_page.h: what a browser puts beside a page that it saves: for PAGE.html a folder PAGE_files
 * with pictures, scripts, and the pages of its frames, which are advertisements as a rule. */
#ifndef READ_SAVED_PAGE_H
#define READ_SAVED_PAGE_H

#include "base/text_view.h"

/* True for a file in such a folder beside its page. */
bool saved_page_has(const char *path);

/* The same for a member of an archive, whose neighbours are not known: frames as Chromium calls
 * them. */
bool saved_page_frame(text_view path);

#endif
