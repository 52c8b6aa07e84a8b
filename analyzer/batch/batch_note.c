#include "batch/batch_note.h"

#include "base/error.h"
#include "batch/seen_texts.h"

/* Behind it the id. Copied, never cast: notes have no alignment. */
typedef struct text_head {
    hash128 text;
    uint64_t id_len;
} text_head;

bool batch_note_add_text(buffer *texts, hash128 text, text_view id) {
    text_head head = {text, id.len};
    return buffer_append(texts, &head, sizeof head) && buffer_append_view(texts, id);
}

bool batch_note_write(const batch_stand *stand, text_view texts, buffer *out) {
    return buffer_append(out, stand, sizeof *stand) && buffer_append_view(out, texts);
}

static whosaid_status not_a_note(whosaid_error *err) {
    return error_set(err, WHOSAID_SYNTAX, NULL, 0, "the journal was written by another program");
}

whosaid_status batch_note_read(text_view note, batch_stand *stand, seen_texts *seen,
                               whosaid_error *err) {
    if (note.len < sizeof *stand) return not_a_note(err);
    memcpy(stand, note.ptr, sizeof *stand);
    text_view rest = view_slice(note, sizeof *stand, note.len);
    while (rest.len) {
        text_head head;
        if (rest.len < sizeof head) return not_a_note(err);
        memcpy(&head, rest.ptr, sizeof head);
        if (head.id_len > rest.len - sizeof head) return not_a_note(err);
        text_view id = {rest.ptr + sizeof head, (size_t)head.id_len};
        bool was_seen;
        text_view first;
        if (!seen_texts_add(seen, head.text, id, &was_seen, &first)) return error_no_memory(err);
        rest = view_slice(rest, sizeof head + id.len, rest.len);
    }
    return WHOSAID_OK;
}
