#include "attribute/transcript.h"

#include "base/array.h"
#include "base/error.h"
#include "base/hash.h"

enum { LABEL_TOKENS_MAX = 6, LEAST_TURNS = 3, LEAST_WORDS = 2, SIGNATURE_TOKENS_MAX = 10 };

typedef ARRAY(transcript_turn) turn_list;

typedef struct candidate_turn {
    transcript_turn turn;
    uint64_t label; /* hash of its text */
    bool formal;    /* in capitals */
} candidate_turn;

static bool is_upper_word(text_view word) {
    bool any = false;
    for (size_t i = 0; i < word.len; i++) {
        if (ascii_is_lower((unsigned char)word.ptr[i])) return false;
        any |= ascii_is_upper((unsigned char)word.ptr[i]);
    }
    return any;
}

/* The colon behind a label that begins at token `first`, or UINT32_MAX. */
static uint32_t find_colon(const article *a, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end && i <= first + LABEL_TOKENS_MAX; i++) {
        text_view word = token_text(a, i);
        if (view_is(word, ":")) return i > first ? i : UINT32_MAX;
        if (a->tokens[i].quote_mark) break;
        unsigned char letter = (unsigned char)word.ptr[0];
        bool capital = ascii_is_upper(letter) || letter >= 0x80;
        bool joins = view_is(word, ".") || view_is(word, "(") || view_is(word, ")") ||
                     view_is(word, ",") || view_is(word, "of");
        if (!capital && !(joins && i > first)) break;
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
    if (a->tokens[whole.first].quote_mark == QUOTE_MARK_OPEN) whole.first++;
    uint32_t colon = find_colon(a, whole.first, whole.end);
    if (colon == UINT32_MAX) return false;
    token_range content = {colon + 1, whole.end};
    if (count_words(a, content) < LEAST_WORDS) return false;
    text_view label = range_text(a, (token_range){whole.first, colon});
    bool formal = true;
    for (uint32_t i = whole.first; i < colon; i++) {
        text_view word = token_text(a, i);
        formal &= !ascii_is_alpha((unsigned char)word.ptr[0]) || is_upper_word(word);
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

static whosaid_status find_turns(const article *a, const article_frame *frame, arena *memory,
                                 turn_list *out, whosaid_error *err) {
    ARRAY(candidate_turn) candidates = {0};
    for (uint32_t p = 0; p < frame->paragraph_count; p++) {
        candidate_turn candidate;
        if (!make_candidate(a, frame->paragraphs[p].tokens, &candidate)) continue;
        if (!array_push(memory, &candidates, candidate)) return error_no_memory(err);
    }
    size_t compared = candidates.count < LABELS_COMPARED ? candidates.count : LABELS_COMPARED;
    for (size_t i = 0; i < candidates.count; i++) {
        const candidate_turn *c = &candidates.items[i];
        if (!c->formal && count_label(candidates.items, compared, c->label) < 2) continue;
        if (!array_push(memory, out, c->turn)) return error_no_memory(err);
    }
    if (out->count < LEAST_TURNS) out->count = 0;
    return WHOSAID_OK;
}

/* The name behind a dash that ends its line; empty when something else stands there. */
static token_range find_signature(const article *a, const article_frame *frame, uint32_t dash) {
    token_range none = {dash, dash};
    uint32_t first = dash + 1, end = first;
    uint32_t limit = frame->paragraphs[frame->tokens[dash].paragraph].tokens.end;
    while (end < limit && !frame->tokens[end].new_line && !frame->tokens[end].mark)
        end++;
    if (end < limit && !frame->tokens[end].new_line) return none; /* another quotation follows */
    while (end > first && frame->tokens[end - 1].facts.function == FUNCTION_STOP)
        end--;
    if (end <= first || end - first > SIGNATURE_TOKENS_MAX) return none;
    bool named = frame->tokens[first].name_class == NAME_PERSON ||
                 ascii_is_upper((unsigned char)token_text(a, first).ptr[0]);
    for (uint32_t i = first; i < end; i++) {
        uint8_t tag = frame->tokens[i].part_of_speech;
        named &= !(tag >= POS_VBD && tag <= POS_VBZ && tag != POS_VBN && tag != POS_VBG);
    }
    return named ? (token_range){first, end} : none;
}

static whosaid_status find_signed(const article *a, const article_frame *frame, arena *memory,
                                  turn_list *out, whosaid_error *err) {
    for (size_t i = 0; i < a->quotation_count; i++) {
        const quotation *q = &a->quotations[i];
        uint32_t dash = q->tokens.end;
        if (q->depth != 1 || !q->closed || dash >= frame->token_count) continue;
        function_word word = frame->tokens[dash].facts.function;
        if (word != FUNCTION_DASH && word != FUNCTION_HYPHEN) continue;
        token_range source = find_signature(a, frame, dash);
        if (source.first == source.end) continue;
        transcript_turn turn = {source, dash, q->tokens};
        if (!array_push(memory, out, turn)) return error_no_memory(err);
    }
    return WHOSAID_OK;
}

whosaid_status transcript_find(const article *a, const article_frame *frame, arena *memory,
                               transcript_turns *out, whosaid_error *err) {
    turn_list turns = {0};
    whosaid_status status = find_turns(a, frame, memory, &turns, err);
    if (status == WHOSAID_OK) status = find_signed(a, frame, memory, &turns, err);
    *out = (transcript_turns){turns.items, turns.count};
    return status;
}
