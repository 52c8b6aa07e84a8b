#define _GNU_SOURCE /* memmem */

#include "corpus/folded_text.h"

#include "base/sorted.h"

bool folded_text_build(arena *a, text_view text, folded_text *out) {
    char *folded = arena_alloc_raw(a, text.len + 1, 1);
    out->original = arena_alloc_raw(a, text.len + 1, sizeof *out->original);
    if (!folded || !out->original) return false;
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool blank = ascii_is_space((unsigned char)text.ptr[i]);
        /* A no-break space counts as white space in reports. */
        bool no_break = view_starts_with(view_slice(text, i, text.len), VIEW("\xC2\xA0"));
        if ((blank || no_break) && len > 0 && folded[len - 1] == ' ') {
            i += no_break;
            continue;
        }
        folded[len] = blank || no_break ? ' ' : text.ptr[i];
        out->original[len++] = (uint32_t)i;
        i += no_break;
    }
    out->original[len] = (uint32_t)text.len;
    out->folded = (text_view){folded, len};
    return true;
}

/* The first byte of the folded text that stands at or behind `byte` of the text. */
static size_t folded_position(const folded_text *text, uint32_t byte) {
    return SORTED_NUMBERS_BELOW(text->original, text->folded.len, byte);
}

static bool is_letter(char c) {
    unsigned char byte = (unsigned char)c;
    return ascii_is_alpha(byte) || ascii_is_digit(byte);
}

/* Whether a place begins and ends where words do. */
static bool is_whole(text_view text, size_t begin, size_t end) {
    return !(begin > 0 && is_letter(text.ptr[begin]) && is_letter(text.ptr[begin - 1])) &&
           !(end < text.len && is_letter(text.ptr[end]) && is_letter(text.ptr[end - 1]));
}

bool folded_text_find(const folded_text *text, text_view words, bool whole, uint32_t from,
                      span *out) {
    text_view all = text->folded;
    for (size_t at = folded_position(text, from); words.len > 0 && at < all.len; at++) {
        const char *found = memmem(all.ptr + at, all.len - at, words.ptr, words.len);
        if (!found) return false;
        at = (size_t)(found - all.ptr);
        if (whole && !is_whole(all, at, at + words.len)) continue;
        /* Its last byte may stand before a run of white space. */
        *out = (span){text->original[at], text->original[at + words.len - 1] + 1};
        return true;
    }
    return false;
}

/* Bytes between two spans; 0 when they touch. */
static uint32_t gap(span a, span b) {
    if (a.end <= b.begin) return b.begin - a.end;
    return b.end <= a.begin ? a.begin - b.end : 0;
}

static uint32_t distance(span found, const span *near, size_t near_count, uint32_t reach) {
    bool inside = found.begin < near[0].end && near[0].begin < found.end;
    uint32_t sum = inside ? reach : 0;
    for (size_t i = 0; i < near_count; i++)
        sum += gap(found, near[i]);
    return sum;
}

static bool find_near(const folded_text *text, text_view words, bool whole, const span *near,
                      size_t near_count, uint32_t reach, span *out) {
    uint32_t from = near[0].begin > reach ? near[0].begin - reach : 0, best = UINT32_MAX;
    for (span found; folded_text_find(text, words, whole, from, &found); from = found.begin + 1) {
        if (found.begin > near[0].end && found.begin - near[0].end > reach) break;
        uint32_t here = distance(found, near, near_count, reach);
        if (here >= best) continue;
        best = here;
        *out = found;
    }
    return best < UINT32_MAX;
}

bool folded_text_find_near(const folded_text *text, text_view words, const span *near,
                           size_t near_count, uint32_t reach, span *out) {
    return find_near(text, words, true, near, near_count, reach, out) ||
           find_near(text, words, false, near, near_count, reach, out);
}
