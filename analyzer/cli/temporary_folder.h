/* temporary_folder.h: a folder for the models that an evaluation trains for the occasion. */
#ifndef CLI_TEMPORARY_FOLDER_H
#define CLI_TEMPORARY_FOLDER_H

#include "whosaid.h"

typedef struct temporary_folder {
    char path[24];
} temporary_folder;

/* Error: IO. */
WHOSAID_CHECK whosaid_status temporary_folder_make(temporary_folder *out, whosaid_error *err);

/* Removes the files, where they are there, and the folder. */
void temporary_folder_remove(const temporary_folder *folder, const char *const *files,
                             size_t count);

#endif
