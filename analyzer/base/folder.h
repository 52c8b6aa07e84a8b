/* folder.h: making the folder that files are written into, and the paths of files in it. */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

#include "whosaid.h"

#include <limits.h>

/* Makes `path` and the folders above it, as far as they are not there. Errors: IO, LIMIT (the path
 * is too long). */
WHOSAID_CHECK whosaid_status folder_make(const char *path, whosaid_error *err);

/* path: "FOLDER/FILE". Error: LIMIT (the path is too long). */
WHOSAID_CHECK whosaid_status folder_path(const char *folder, const char *file, char path[PATH_MAX],
                                         whosaid_error *err);

#endif
