/* folder_walk.h: the files under some paths, folders searched recursively, in the byte order of
 * their full paths. Memory is bound by the entries of the folders that are open, not by the tree.
 *
 * Hidden entries (a leading dot) are left out. In folders, links to folders are not followed, so
 * that no loop can arise, and devices, pipes and sockets are skipped; a path that the user names is
 * followed and read whatever it is. */
#ifndef READ_FOLDER_WALK_H
#define READ_FOLDER_WALK_H

#include "whosaid.h"

#include <stdbool.h>

typedef struct folder_walk folder_walk;

typedef enum walk_event {
    WALK_FILE,    /* a file to read */
    WALK_SKIPPED, /* something that is not read, by rule; err says what and why */
    WALK_FAILED,  /* something that should be read and cannot; err says why */
    WALK_END
} walk_event;

typedef struct walk_file {
    const char *path; /* borrowed until the next folder_walk_next; "-" is standard input */
    bool named;       /* the user named this very path */
} walk_file;

/* Starts at `paths` (copied). NULL when memory is out. The caller owns it. */
folder_walk *folder_walk_new(const char *const *paths, size_t count);
void folder_walk_free(folder_walk *walk);

/* The next file or failure; the walk goes on after a failure. Sets *file for WALK_FILE. */
walk_event folder_walk_next(folder_walk *walk, walk_file *file, whosaid_error *err);

#endif
