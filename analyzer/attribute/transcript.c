#include "attribute/transcript.h"

#include "base/array.h"
#include "base/error.h"
#include "base/hash.h"

enum { LABEL_TOKENS_MAX = 6, LEAST_TURNS = 3, LEAST_WORDS = 2 };

typedef struct candidate_turn {
    transcript_turn turn;
    uint64_t label; /* hash of its text */
    bool formal;    /* in capitals or a single letter */
} candidate_turn;

static bool is_upper_word(text_view word) {
    bool any = false;
    for (size_t i = 0; i < word.len; i++) {
        if (ascii_is_lower((unsigned char)word.ptr[i])) return false;
        any |= ascii_is_upper((unsigned char)word.ptr[i]);
    }
    return any;
}

/* The colon behind a label at the start of a paragraph, or UINT32_MAX. */
static uint32_t find_colon(const article *a, token_range whole) {
    for (uint32_t i = whole.first; i < whole.end; i++) {
        if (i > whole.first + LABEL_TOKENS_MAX) break;
        text_view word = token_text(a, i);
        if (view_is(word, ":")) return i > whole.first ? i : UINT32_MAX;
        if (a->tokens[i].quote_mark) break;
        unsigned char first = (unsigned char)word.ptr[0];
        bool capital = ascii_is_upper(first) || first >= 0x80;
        bool joins = view_is(word, ".") || view_is(word, "(") || view_is(word, ")") ||
                     view_is(word, ",") || view_is(word, "of");
        if (!capital && !(joins && i > whole.first)) break;
    }
    return UINT32_MAX;
}

static size_t count_words(const article *a, token_range range) {
    size_t words = 0;
    for (uint32_t i = range.first; i < range.end; i++)
        words += ascii_is_alpha((unsigned char)token_text(a, i).ptr[0]);
    return words;
}

static bool make_candidate(const article *a, token_range whole, candidate_turn *out) {
    uint32_t colon = find_colon(a, whole);
    if (colon == UINT32_MAX) return false;
    token_range content = {colon + 1, whole.end};
    if (count_words(a, content) < LEAST_WORDS) return false;
    text_view label = range_text(a, (token_range){whole.first, colon});
    bool formal = label.len == 1;
    if (!formal) {
        formal = true;
        for (uint32_t i = whole.first; i < colon; i++) {
            text_view word = token_text(a, i);
            formal &= !ascii_is_alpha((unsigned char)word.ptr[0]) || is_upper_word(word);
        }
    }
    *out = (candidate_turn){{{whole.first, colon}, colon, content}, hash_view(label), formal};
    return true;
}

static size_t count_label(const candidate_turn *turns, size_t count, uint64_t label) {
    size_t same = 0;
    for (size_t i = 0; i < count; i++)
        same += turns[i].label == label;
    return same;
}

/* Labels to look through for repetitions, so that time stays linear for any input. */
enum { LABELS_COMPARED = 256 };

whosaid_status transcript_find(const article *a, const article_frame *frame, arena *memory,
                               transcript_turns *out, whosaid_error *err) {
    ARRAY(candidate_turn) candidates = {0};
    ARRAY(transcript_turn) turns = {0};
    for (uint32_t p = 0; p < frame->paragraph_count; p++) {
        candidate_turn candidate;
        if (!make_candidate(a, frame->paragraphs[p].tokens, &candidate)) continue;
        if (!array_push(memory, &candidates, candidate)) return error_no_memory(err);
    }
    size_t compared = candidates.count < LABELS_COMPARED ? candidates.count : LABELS_COMPARED;
    for (size_t i = 0; i < candidates.count; i++) {
        const candidate_turn *c = &candidates.items[i];
        if (!c->formal && count_label(candidates.items, compared, c->label) < 2) continue;
        if (!array_push(memory, &turns, c->turn)) return error_no_memory(err);
    }
    *out = (transcript_turns){turns.items, turns.count >= LEAST_TURNS ? turns.count : 0};
    return WHOSAID_OK;
}
