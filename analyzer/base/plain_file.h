/* plain_file.h: opening a file of a model. The folder may come from a stranger: a pipe in it would
 * block the program for ever, a device may be endless or act on being opened. */
#ifndef BASE_PLAIN_FILE_H
#define BASE_PLAIN_FILE_H

#include "whosaid.h"

#include <stdio.h>
#include <sys/stat.h>

/* Opens `path` (links are followed) for reading when it is a regular file, else refuses it without
 * waiting. action: for the error, such as "cannot open the model". *info: of the open file.
 * On success the caller owns *out (fclose). Error: IO. */
WHOSAID_CHECK whosaid_status plain_file_open(const char *path, const char *action, FILE **out,
                                             struct stat *info, whosaid_error *err);

#endif
