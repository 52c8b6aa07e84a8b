/* html_text.h: text of a page with its white space folded as a browser shows it. */
#ifndef READ_HTML_TEXT_H
#define READ_HTML_TEXT_H

#include "base/buffer.h"

/* Appends `piece` to the run that begins at `begin`: runs of white space (no-break spaces too)
 * become one blank and none stands at the beginning; soft hyphens, zero-width characters and
 * control characters are left out, and what is no UTF-8 becomes U+FFFD. False when memory is out.
 */
bool html_text_add(buffer *out, size_t begin, text_view piece);

/* Appends a line break, with no blanks in front. False when memory is out. */
bool html_text_break(buffer *out, size_t begin);

/* Cuts white space off the end of the run. */
void html_text_trim(buffer *out, size_t begin);

#endif
