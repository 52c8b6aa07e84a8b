#include "report/journal.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char MAGIC[16] = "whosaid journal";
enum { FORMAT = 1, RECORD_MAGIC = 0x6b72616d }; /* "mark" */

/* Behind it the identity. */
typedef struct journal_head {
    char magic[sizeof MAGIC];
    uint32_t format, reserved;
    uint64_t identity_len;
    uint64_t identity_hash;
} journal_head;

/* Behind it the note. */
typedef struct record_head {
    uint32_t magic, synced;
    uint64_t position, check;
    uint64_t note_len;
    uint64_t hash; /* of the head with 0 in this place, mixed with that of the note */
} record_head;

struct journal {
    int descriptor;
    char *path;
    uint64_t first, at, size; /* of the first record, behind the one read last, of the file */
    buffer note, pending;
};

static uint64_t record_hash(record_head head, text_view note) {
    head.hash = 0;
    return hash_mix(hash_bytes(&head, sizeof head), hash_view(note));
}

/* False when there are not so many bytes. */
static bool read_at(const journal *j, uint64_t at, void *out, size_t len) {
    char *bytes = out;
    while (len > 0) {
        ssize_t got = pread(j->descriptor, bytes, len, (off_t)at);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        bytes += got;
        at += (uint64_t)got;
        len -= (size_t)got;
    }
    return true;
}

static whosaid_status write_at(const journal *j, uint64_t at, text_view bytes, whosaid_error *err) {
    for (size_t done = 0; done < bytes.len;) {
        ssize_t wrote =
            pwrite(j->descriptor, bytes.ptr + done, bytes.len - done, (off_t)(at + done));
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return error_io(err, j->path, "cannot write", errno);
        done += (size_t)wrote;
    }
    return WHOSAID_OK;
}

static whosaid_status write_head(journal *j, text_view identity, whosaid_error *err) {
    journal_head head = {
        .format = FORMAT, .identity_len = identity.len, .identity_hash = hash_view(identity)};
    memcpy(head.magic, MAGIC, sizeof MAGIC);
    j->pending.len = 0;
    if (!buffer_append(&j->pending, &head, sizeof head) ||
        !buffer_append_view(&j->pending, identity))
        return error_no_memory(err);
    if (ftruncate(j->descriptor, 0) != 0) return error_io(err, j->path, "cannot write", errno);
    j->first = j->at = j->size = j->pending.len;
    return write_at(j, 0, buffer_view(&j->pending), err);
}

static text_view first_line(text_view text) {
    const char *end = text.len ? memchr(text.ptr, '\n', text.len) : NULL;
    return end ? view_slice(text, 0, (size_t)(end - text.ptr)) : text;
}

/* Names the first line in which the journal's run is another one. */
whosaid_status journal_refuse_other(const char *journal_path, text_view theirs, text_view ours,
                                    whosaid_error *err) {
    for (;;) {
        text_view their = first_line(theirs), our = first_line(ours);
        bool last = their.len == theirs.len || our.len == ours.len;
        if (last || !view_equal(their, our))
            return error_set(err, WHOSAID_USAGE, journal_path, 0,
                             "belongs to another run: it has `%.*s`, this one `%.*s`; resume with "
                             "the same, or remove it to begin again",
                             (int)(their.len < 70 ? their.len : 70), their.ptr,
                             (int)(our.len < 70 ? our.len : 70), our.ptr);
        theirs = view_slice(theirs, their.len + 1, theirs.len);
        ours = view_slice(ours, our.len + 1, ours.len);
    }
}

whosaid_status journal_refuse_unasked(const char *journal_path, whosaid_error *err) {
    return error_set(err, WHOSAID_USAGE, journal_path, 0,
                     "an earlier run that wrote this report was stopped: add --resume to go on "
                     "with it, or remove the journal to begin again");
}

static whosaid_status not_ours(const journal *j, whosaid_error *err) {
    return error_set(err, WHOSAID_USAGE, j->path, 0,
                     "is not a journal that can be read; remove it to begin again");
}

/* *whole: false for a journal whose making was interrupted: then nothing was done under it. */
static whosaid_status read_head(journal *j, text_view identity, bool *whole, whosaid_error *err) {
    journal_head head = {0};
    size_t there = j->size < sizeof head ? (size_t)j->size : sizeof head;
    if (!read_at(j, 0, &head, there)) return error_io(err, j->path, "cannot read", errno);
    if (memcmp(head.magic, MAGIC, there < sizeof MAGIC ? there : sizeof MAGIC) != 0)
        return not_ours(j, err);
    *whole = there == sizeof head && head.identity_len <= j->size - sizeof head;
    if (!*whole) return WHOSAID_OK;
    if (head.format != FORMAT) return not_ours(j, err);
    j->note.len = 0;
    if (!buffer_reserve(&j->note, (size_t)head.identity_len)) return error_no_memory(err);
    text_view theirs = {j->note.data, (size_t)head.identity_len};
    if (!read_at(j, sizeof head, j->note.data, theirs.len))
        return error_io(err, j->path, "cannot read", errno);
    if (hash_view(theirs) != head.identity_hash) return not_ours(j, err);
    if (!view_equal(theirs, identity)) return journal_refuse_other(j->path, theirs, identity, err);
    j->first = j->at = sizeof head + head.identity_len;
    return WHOSAID_OK;
}

/* Locks the open journal. *made: whether this run is to remove it when something fails. */
static whosaid_status lock_file(journal *j, bool *made, whosaid_error *err) {
    struct stat info;
    /* Some network file systems have no locks: then there is no such protection. */
    bool locked = flock(j->descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
    if (fstat(j->descriptor, &info) != 0) return error_io(err, j->path, "cannot read", errno);
    if (!S_ISREG(info.st_mode)) return not_ours(j, err);
    j->size = (uint64_t)info.st_size;
    if (locked && info.st_nlink > 0) return WHOSAID_OK;
    /* The other run was quicker between our making and our locking, so that it is its own now, or
     * between our opening and our locking, and has removed it. */
    *made = false;
    return error_set(err, WHOSAID_USAGE, j->path, 0, "another run is writing this report");
}

static whosaid_status open_file(journal *j, bool resume, bool *made, whosaid_error *err) {
    int flags = O_RDWR | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW;
    j->descriptor = open(j->path, flags | O_CREAT | O_EXCL, 0666);
    *made = j->descriptor >= 0;
    if (!*made && errno == EEXIST) j->descriptor = open(j->path, flags);
    if (j->descriptor < 0) return error_io(err, j->path, "cannot write", errno);
    whosaid_status status = lock_file(j, made, err);
    if (status != WHOSAID_OK) return status;
    return *made || resume ? WHOSAID_OK : journal_refuse_unasked(j->path, err);
}

whosaid_status journal_open(const char *path, text_view identity, bool resume, journal **out,
                            bool *existed, whosaid_error *err) {
    static const char ending[] = JOURNAL_ENDING;
    *out = NULL;
    *existed = false;
    journal *j = calloc(1, sizeof *j);
    size_t len = strlen(path);
    if (j) {
        j->descriptor = -1;
        j->path = malloc(len + sizeof ending);
    }
    if (!j || !j->path) {
        journal_close(j, true);
        return error_no_memory(err);
    }
    memcpy(j->path, path, len);
    memcpy(j->path + len, ending, sizeof ending);
    bool made = false;
    whosaid_status status = open_file(j, resume, &made, err);
    if (status == WHOSAID_OK && !made) status = read_head(j, identity, existed, err);
    if (status == WHOSAID_OK && !*existed) status = write_head(j, identity, err);
    if (status == WHOSAID_OK)
        *out = j;
    else
        journal_close(j, !made);
    return status;
}

bool journal_next(journal *j, journal_mark *mark, text_view *note) {
    record_head head;
    if (j->size - j->at < sizeof head || !read_at(j, j->at, &head, sizeof head)) return false;
    if (head.magic != RECORD_MAGIC || head.note_len > j->size - j->at - sizeof head) return false;
    j->note.len = 0;
    if (!buffer_reserve(&j->note, (size_t)head.note_len)) return false;
    *note = (text_view){j->note.data, (size_t)head.note_len};
    if (!read_at(j, j->at + sizeof head, j->note.data, note->len)) return false;
    if (record_hash(head, *note) != head.hash) return false;
    *mark = (journal_mark){head.position, head.check, head.synced != 0};
    j->at += sizeof head + head.note_len;
    return true;
}

void journal_rewind(journal *j) {
    j->at = j->first;
}

whosaid_status journal_cut(journal *j, whosaid_error *err) {
    if (ftruncate(j->descriptor, (off_t)j->at) != 0)
        return error_io(err, j->path, "cannot write", errno);
    j->size = j->at;
    return WHOSAID_OK;
}

whosaid_status journal_append(journal *j, const journal_mark *mark, text_view note,
                              whosaid_error *err) {
    record_head head = {.magic = RECORD_MAGIC,
                        .synced = mark->synced,
                        .position = mark->position,
                        .check = mark->check,
                        .note_len = note.len};
    head.hash = record_hash(head, note);
    j->pending.len = 0;
    if (!buffer_append(&j->pending, &head, sizeof head) || !buffer_append_view(&j->pending, note))
        return error_no_memory(err);
    whosaid_status status = write_at(j, j->size, buffer_view(&j->pending), err);
    if (status == WHOSAID_OK) j->at = j->size += j->pending.len;
    return status;
}

void journal_close(journal *j, bool keep) {
    if (!j) return;
    if (!keep && j->descriptor >= 0) unlink(j->path);
    if (j->descriptor >= 0) close(j->descriptor);
    buffer_free(&j->note);
    buffer_free(&j->pending);
    free(j->path);
    free(j);
}
