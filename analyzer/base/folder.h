/* folder.h: making the folder that files are written into. */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

#include "whosaid.h"

/* Makes `path` and the folders above it, as far as they are not there. Errors: IO, LIMIT (the path
 * is too long). */
WHOSAID_CHECK whosaid_status folder_make(const char *path, whosaid_error *err);

#endif
