#include "segment/composed_text.h"

#include "base/array.h"
#include "base/sorted.h"
#include "base/utf8.h"

#include <utf8proc.h>

/* No language puts more than a few marks on a letter: a pile of more than MARKS_MAX is ornament,
 * and stays as it is. */
enum { MARKS_MAX = 8, POINTS_MAX = 64 };

/* U+0300 to U+036F: CC 80 to CD AF. */
static bool mark_at(text_view text, size_t pos) {
    if (text.len - pos < 2) return false;
    unsigned char first = (unsigned char)text.ptr[pos], second = (unsigned char)text.ptr[pos + 1];
    return first == 0xCC || (first == 0xCD && second < 0xB0);
}

static bool may_have_marks(text_view text) {
    return text.len && (memchr(text.ptr, 0xCC, text.len) || memchr(text.ptr, 0xCD, text.len));
}

/* The next mark at or behind `from` and before `end`, else `end`. */
static size_t next_mark(text_view text, size_t from, size_t end) {
    while (from < end && !mark_at(text, from))
        from++;
    return from;
}

/* Writes the letter with its marks in as few code points as there are; returns the bytes, 0 when
 * there is nothing to gain. out: as long as the letter. */
static size_t compose(text_view letter, char *out) {
    utf8proc_int32_t points[POINTS_MAX];
    const utf8proc_option_t form = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    utf8proc_ssize_t count =
        utf8proc_decompose((const utf8proc_uint8_t *)letter.ptr, (utf8proc_ssize_t)letter.len,
                           points, POINTS_MAX, form);
    if (count <= 0 || count > POINTS_MAX) return 0;
    count = utf8proc_normalize_utf32(points, count, form);
    size_t len = 0;
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        char bytes[4];
        size_t more = utf8_encode((uint32_t)points[i], bytes);
        if (len + more >= letter.len) return 0;
        memcpy(out + len, bytes, more);
        len += more;
    }
    return len;
}

typedef struct composer {
    text_view text;
    char *out; /* [text.len] */
    size_t len;
    size_t copied; /* bytes of the text that are in `out` */
    ARRAY(composed_shift) shifts;
} composer;

static void copy_until(composer *c, size_t end) {
    memcpy(c->out + c->len, c->text.ptr + c->copied, end - c->copied);
    c->len += end - c->copied;
    c->copied = end;
}

/* Writes the letter in [begin, end), which bears the marks at its end. */
static bool add_letter(composer *c, arena *memory, size_t begin, size_t end) {
    copy_until(c, begin);
    size_t len = compose(view_slice(c->text, begin, end), c->out + c->len);
    if (!len) return true; /* copied with what follows */
    c->len += len;
    c->copied = end;
    return array_push(memory, &c->shifts,
                      (composed_shift){(uint32_t)c->len, (uint32_t)(end - c->len)});
}

static bool compose_body(composer *c, arena *memory, span body) {
    size_t at = body.begin;
    while ((at = next_mark(c->text, at, body.end)) < body.end) {
        size_t letter = at, end = at;
        while (letter > body.begin && !utf8_is_boundary((unsigned char)c->text.ptr[--letter]))
            ;
        while (end < body.end && mark_at(c->text, end))
            end += 2;
        bool composes = letter < at && letter >= c->copied && end - at <= 2 * MARKS_MAX;
        if (composes && !add_letter(c, memory, letter, end)) return false;
        at = end;
    }
    copy_until(c, c->text.len);
    return true;
}

bool composed_text_begin(article *a, composed_text *out) {
    *out = (composed_text){.original = a->text, .original_body = a->body};
    if (!may_have_marks(a->text) || a->text.len > ARTICLE_TEXT_MAX) return true;
    composer c = {.text = a->text, .out = arena_alloc_raw(a->arena, a->text.len, 1)};
    if (!c.out || !compose_body(&c, a->arena, a->body)) return false;
    if (!c.shifts.count) return true;
    out->shifts = c.shifts.items;
    out->shift_count = c.shifts.count;
    a->text = (text_view){c.out, c.len};
    a->body.end -= (uint32_t)(out->original.len - c.len);
    return true;
}

/* ---- back again ---------------------------------------------------------------------------- */

/* How many shifts lie at or before `at`. */
static size_t shifts_upto(const composed_text *c, uint32_t at) {
    return SORTED_BELOW(c->shifts, c->shift_count, composed, at + 1);
}

static uint32_t original_offset(const composed_text *c, uint32_t at) {
    size_t shifts = shifts_upto(c, at);
    return shifts ? at + c->shifts[shifts - 1].lost : at;
}

static span original_span(const composed_text *c, span s) {
    return (span){original_offset(c, s.begin), original_offset(c, s.end)};
}

static bool carry_evidence(const composed_text *c, arena *memory, stance *s) {
    if (!s->evidence_count) return true;
    stance_evidence *places = arena_alloc_raw(memory, s->evidence_count, sizeof *places);
    if (!places) return false;
    for (size_t i = 0; i < s->evidence_count; i++)
        places[i] =
            (stance_evidence){original_span(c, s->evidence[i].bytes), s->evidence[i].weight};
    s->evidence = places;
    return true;
}

static bool carry_attribution(const composed_text *c, arena *memory, attribution *a) {
    a->anonymity.reason_bytes = original_span(c, a->anonymity.reason_bytes);
    for (size_t i = 0; i < a->stance_count; i++)
        if (!carry_evidence(c, memory, &a->stances[i])) return false;
    return true;
}

bool composed_text_end(article *a, const composed_text *c) {
    a->text = c->original;
    a->body = c->original_body;
    if (!c->shift_count) return true;
    for (size_t i = 0; i < a->token_count; i++)
        a->tokens[i].bytes = original_span(c, a->tokens[i].bytes);
    for (size_t i = 0; i < a->attribution_count; i++)
        if (!carry_attribution(c, a->arena, &a->attributions[i])) return false;
    return true;
}
