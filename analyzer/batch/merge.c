#include "batch/merge.h"

#include "base/error.h"
#include "batch/merge_target.h"
#include "batch/seen_texts.h"
#include "report/journal.h"

#include <stdlib.h>
#include <sys/stat.h>

/* ---- do the parts fit together? ---- */

static bool is_database(text_view identity) {
    return view_is(identity_value(identity, "format"), "sqlite");
}

static whosaid_status refuse(whosaid_error *err, const char *where, const char *what) {
    return error_set(err, WHOSAID_USAGE, where, 0, "%s", what);
}

static int by_shard(const void *left, const void *right) {
    const merge_part *const *a = left, *const *b = right;
    uint32_t x = (*a)->head.shard, y = (*b)->head.shard;
    return x < y ? -1 : x > y;
}

/* sorted: by their shards, from 1. */
static whosaid_status check_numbers(const merge_part *const *sorted, size_t count,
                                    whosaid_error *err) {
    uint32_t shards = sorted[0]->head.of;
    for (uint32_t i = 0; i < shards; i++) {
        uint32_t shard = i < count ? sorted[i]->head.shard : 0;
        if (i > 0 && i < count && shard == sorted[i - 1]->head.shard)
            return error_set(err, WHOSAID_USAGE, sorted[i]->path, 0,
                             "is shard %u of %u, and so is %s", shard, shards, sorted[i - 1]->path);
        if (shard != i + 1)
            return error_set(err, WHOSAID_USAGE, NULL, 0, "shard %u of %u is missing", i + 1,
                             shards);
    }
    if (count == shards) return WHOSAID_OK;
    return error_set(err, WHOSAID_USAGE, NULL, 0, "there are %zu parts of %u shards", count,
                     shards);
}

static whosaid_status check_shards(const merge_part *parts, size_t count, whosaid_error *err) {
    for (size_t i = 1; i < count; i++) {
        const merge_part *part = &parts[i];
        if (!view_equal(parts[0].head.identity, part->head.identity))
            return journal_refuse_other(part->path, part->head.identity, parts[0].head.identity,
                                        err);
        if (part->head.of != parts[0].head.of)
            return error_set(err, WHOSAID_USAGE, part->path, 0, "is one of %u shards, %s one of %u",
                             part->head.of, parts[0].path, parts[0].head.of);
    }
    const merge_part **sorted = calloc(count, sizeof(merge_part *));
    if (!sorted) return error_no_memory(err);
    for (size_t i = 0; i < count; i++)
        sorted[i] = &parts[i];
    qsort(sorted, count, sizeof *sorted, by_shard);
    whosaid_status status = check_numbers(sorted, count, err);
    free(sorted);
    return status;
}

/* Reads an index to its end, which tells whether it is whole. */
static whosaid_status check_index(const char *path, bool is_first, shard_index_end *first_end,
                                  merge_counts *counts, whosaid_error *err) {
    merge_part part;
    uint64_t bytes = 0;
    whosaid_status status = merge_part_open(&part, path, err);
    while (status == WHOSAID_OK && part.has_entry) {
        bytes += part.entry.bytes;
        status = merge_part_step(&part, err);
    }
    if (status == WHOSAID_OK) {
        counts->failures += part.end.failures;
        if (is_first) *first_end = part.end;
        if (part.end.records != first_end->records || part.end.input != first_end->input)
            status = refuse(err, path, "was made from other inputs than the other parts");
    }
    struct stat info;
    if (status == WHOSAID_OK && !is_database(part.head.identity) && stat(path, &info) == 0 &&
        (uint64_t)info.st_size != part.head.head_bytes + bytes)
        status = refuse(err, path, "has another length than its index says: it was changed");
    merge_part_close(&part);
    return status;
}

static whosaid_status check_format(const merge_part *part, whosaid_error *err) {
    static const char *const formats[] = {"csv", "jsonl", "sqlite"};
    text_view format = identity_value(part->head.identity, "format");
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (view_is(format, formats[i])) return WHOSAID_OK;
    return error_set(err, WHOSAID_USAGE, part->path, 0,
                     "is %.*s: only CSV, JSON Lines and databases can be merged",
                     (int)(format.len < 20 ? format.len : 20), format.ptr);
}

static whosaid_status check_output(const merge_part *parts, size_t count, const char *output,
                                   whosaid_error *err) {
    struct stat made, part;
    if (!output || stat(output, &made) != 0) return WHOSAID_OK;
    for (size_t i = 0; i < count; i++)
        if (stat(parts[i].path, &part) == 0 && part.st_dev == made.st_dev &&
            part.st_ino == made.st_ino)
            return refuse(err, output, "is one of the parts: choose another name");
    return WHOSAID_OK;
}

/* ---- the articles in their order ---- */

static bool comes_before(const shard_entry *a, const shard_entry *b) {
    return a->record != b->record ? a->record < b->record : a->article < b->article;
}

/* The part whose article comes next, or NULL behind the last. */
static merge_part *next_part(merge_part *parts, size_t count) {
    merge_part *next = NULL;
    for (size_t i = 0; i < count; i++)
        if (parts[i].has_entry && (!next || comes_before(&parts[i].entry, &next->entry)))
            next = &parts[i];
    return next;
}

static whosaid_status merge_article(merge_target *target, merge_part *part, seen_texts *seen,
                                    bool unique, merge_counts *counts, whosaid_error *err) {
    const shard_entry *entry = &part->entry;
    bool was_seen = false;
    text_view first = VIEW("");
    if (text_is_comparable(entry->text) &&
        !seen_texts_add(seen, entry->text, entry->id, &was_seen, &first))
        return error_no_memory(err);
    bool kept = !(was_seen && unique);
    counts->articles += kept;
    counts->duplicates += was_seen;
    whosaid_status status = target->article(target, part, kept, first, err);
    return status == WHOSAID_OK ? merge_part_step(part, err) : status;
}

static whosaid_status merge_articles(merge_target *target, merge_part *parts, size_t count,
                                     merge_counts *counts, whosaid_error *err) {
    bool unique = view_is(identity_value(parts[0].head.identity, "unique"), "yes");
    seen_texts *seen = seen_texts_new(!unique);
    whosaid_status status = seen ? WHOSAID_OK : error_no_memory(err);
    for (size_t i = 0; i < count && status == WHOSAID_OK; i++)
        status = target->open_part(target, &parts[i], err);
    merge_part *part;
    while (status == WHOSAID_OK && (part = next_part(parts, count)))
        status = merge_article(target, part, seen, unique, counts, err);
    seen_texts_free(seen);
    return status;
}

static whosaid_status merge_opened(merge_part *parts, size_t count, const char *output,
                                   merge_counts *counts, whosaid_error *err) {
    shard_index_end first_end = {0};
    merge_target *target = NULL;
    whosaid_status status = check_format(&parts[0], err);
    if (status == WHOSAID_OK) status = check_shards(parts, count, err);
    if (status == WHOSAID_OK) status = check_output(parts, count, output, err);
    for (size_t i = 0; i < count && status == WHOSAID_OK; i++)
        status = check_index(parts[i].path, i == 0, &first_end, counts, err);
    if (status != WHOSAID_OK) return status;
    const merge_options options = {output, parts[0].head.identity};
    status = is_database(options.identity) ? merge_sqlite_open(&options, &target, err)
                                           : merge_stream_open(&options, &target, err);
    if (status != WHOSAID_OK) return status;
    status = merge_articles(target, parts, count, counts, err);
    whosaid_status closed = target->close(target, status == WHOSAID_OK, err);
    return status == WHOSAID_OK ? closed : status;
}

whosaid_status merge_parts(const char *const *paths, size_t count, const char *output,
                           merge_counts *counts, whosaid_error *err) {
    *counts = (merge_counts){0};
    merge_part *parts = calloc(count + 1, sizeof *parts);
    if (!parts) return error_no_memory(err);
    whosaid_status status = WHOSAID_OK;
    size_t opened = 0;
    while (opened < count && status == WHOSAID_OK)
        status = merge_part_open(&parts[opened], paths[opened], err), opened++;
    if (status == WHOSAID_OK && count > 0) status = merge_opened(parts, count, output, counts, err);
    for (size_t i = 0; i < opened; i++)
        merge_part_close(&parts[i]);
    free(parts);
    return status;
}
