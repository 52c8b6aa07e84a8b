/* shard_index.h: the file PART.shard beside the report of a shard (score --shard I/N -o PART):
 * which shard it is, and where each of its articles stood in the whole input, so that the parts can
 * be put together to the report of a single run.
 *
 * JSON Lines, one line ending in \n each:
 *
 *   {"whosaid_shard": 1, "shard": 3, "of": 8, "head_bytes": 240, "identity": "..."}
 *   [0, 0, 1312, "9f86d081884c7d659a2feaa0c55ad015", "folder/a.txt"]
 *   [7, 2, 0, "", "folder/list.json#3"]
 *   {"articles": 2, "records": 12, "statements": 9, "failures": 0,
 *    "input": "0123456789abcdef", "check": "fedcba9876543210"}
 *
 * The first line: the version of this format; this shard and how many there are; how many bytes
 * stand in the report before the first article (a header row); the identity of the run (sink.h)
 * but for the shard, which is the same for all shards of a run.
 *
 * One line for each article in the report, in the order of the report: `record` and `article`, its
 * place in the whole input, ascending: first by the record, then by the article in it (a JSON list
 * is one record), the same numbers in each shard and no two alike; the length in bytes of its piece
 * of the report, which follows the one before it (0: no rows; a report that is no stream of bytes
 * counts what its sink was given); the hash of what it says (batch/seen_texts.h; "" for a text that
 * is not compared with others); its id.
 *
 * The last line, which a part has when its run is complete: the sums; how many records the whole
 * input had and a hash of their names and order, both the same in all shards; the hash of
 * everything before this line.
 *
 * Duplicates: within a shard articles are marked as in a single run (or left out, with --unique),
 * but a shard does not know of texts in other shards. Of two entries with one hash the one with the
 * smaller place came first: the other ones are its duplicates, and duplicate_of is its id. Where it
 * lies in another shard they carry another mark or none, and with --unique they are still there. */
#ifndef REPORT_SHARD_INDEX_H
#define REPORT_SHARD_INDEX_H

#include "base/hash.h"
#include "whosaid.h"

#define SHARD_INDEX_ENDING ".shard"

typedef struct shard_index_head {
    uint32_t shard, of; /* from 1 */
    uint64_t head_bytes;
    text_view identity;
} shard_index_head;

typedef struct shard_entry {
    uint64_t record, article;
    uint64_t bytes;
    hash128 text; /* {0, 0}: not compared with others */
    text_view id;
} shard_entry;

typedef struct shard_index_end {
    uint64_t articles, records, statements, failures;
    uint64_t input;
} shard_index_end;

typedef struct shard_index_writer shard_index_writer;

/* Begins PART.shard, replacing what there is. part: the path of the report. The caller owns *out.
 * Errors: IO, NO_MEMORY. */
WHOSAID_CHECK whosaid_status shard_index_create(const char *part, const shard_index_head *head,
                                                shard_index_writer **out, whosaid_error *err);

/* Goes on with the index of a run that was stopped: its first `length` bytes stay, which must have
 * the hash `check` (both from shard_index_flush). Errors: IO; USAGE when it was changed since;
 * NO_MEMORY. */
WHOSAID_CHECK whosaid_status shard_index_continue(const char *part, uint64_t length, uint64_t check,
                                                  shard_index_writer **out, whosaid_error *err);

WHOSAID_CHECK whosaid_status shard_index_add(shard_index_writer *writer, const shard_entry *entry,
                                             whosaid_error *err);

/* Everything so far survives a kill of the program; *length and *check tell where that is. */
WHOSAID_CHECK whosaid_status shard_index_flush(shard_index_writer *writer, uint64_t *length,
                                               uint64_t *check, whosaid_error *err);

/* Writes the last line; end->articles is not asked, the entries were counted. */
WHOSAID_CHECK whosaid_status shard_index_finish(shard_index_writer *writer,
                                                const shard_index_end *end, whosaid_error *err);

/* Closes and frees; accepts NULL. remove: the file goes too. */
void shard_index_writer_free(shard_index_writer *writer, bool remove);

typedef struct shard_index_reader shard_index_reader;

/* Opens PART.shard and reads its first line; head->identity is borrowed from the reader. The caller
 * owns *out. Errors: IO, SYNTAX (it is damaged), NO_MEMORY. */
WHOSAID_CHECK whosaid_status shard_index_open(const char *part, shard_index_reader **out,
                                              shard_index_head *head, whosaid_error *err);

/* The next entry; its id is borrowed until the next call. *found is false behind the last one: then
 * the whole file agrees with its check and *end is filled; before that it is left alone.
 * Errors: IO, SYNTAX (it is damaged, or ends before its last line because the run is not
 * complete; the text says which), NO_MEMORY. */
WHOSAID_CHECK whosaid_status shard_index_next(shard_index_reader *reader, shard_entry *entry,
                                              bool *found, shard_index_end *end,
                                              whosaid_error *err);

void shard_index_reader_free(shard_index_reader *reader);

#endif
