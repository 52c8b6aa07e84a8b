/* archive_members.h: the files in a .zip or .tar, one after the other, as byte streams. Members are
 * read, never written anywhere: their names are only what reports call them, so that a name that
 * climbs out of the folder does no harm.
 *
 * Limits against bombs: what comes out of an archive may be at most 1,000 times what went in, once
 * it is more than 1 GiB; a member that is over it ends the archive. */
#ifndef READ_ARCHIVE_MEMBERS_H
#define READ_ARCHIVE_MEMBERS_H

#include "read/byte_stream.h"

typedef struct archive_members archive_members;

typedef enum archive_kind { ARCHIVE_OF_ZIP, ARCHIVE_OF_TAR } archive_kind;

/* Reads from `stream`, which is taken over (and closed on failure). The caller owns *out.
 * Errors: IO (also for what is no such archive), NO_MEMORY. */
WHOSAID_CHECK whosaid_status archive_members_open(byte_stream *stream, archive_kind format,
                                                  archive_members **out, whosaid_error *err);
void archive_members_close(archive_members *members);

/* The next member that is a file and not hidden. *path: the archive's path, "/" and the member's
 * name, borrowed until the next call; *member: NULL at the end; else the caller closes it before
 * the next call. After an error the archive cannot be read any further.
 * Errors: IO, LIMIT, NO_MEMORY. */
WHOSAID_CHECK whosaid_status archive_members_next(archive_members *members, const char **path,
                                                  byte_stream **member, whosaid_error *err);

#endif
