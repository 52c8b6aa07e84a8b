#include "segment/segment.h"

#include "base/error.h"
#include "base/hash.h"
#include "segment/steps.h"

typedef struct segmenter {
    arena *memory;
    text_view text;
    token_array tokens;
    sentence_array sentences;
    paragraph_array paragraphs;
    quotation_array quotations;
    open_quotations open;
    bool too_many; /* tokens */
} segmenter;

static bool add_paragraph(segmenter *s, span bytes) {
    size_t first = s->tokens.count;
    if (!tokens_add(s->memory, s->text, bytes, &s->tokens)) return false;
    if (s->tokens.count == first) return true;
    s->too_many = s->tokens.count > ARTICLE_TOKENS_MAX;
    if (s->too_many) return false;
    paragraph p = {.tokens = {(uint32_t)first, (uint32_t)s->tokens.count},
                   .first_sentence = (uint32_t)s->sentences.count};
    if (!quotations_add(s->memory, s->text, &s->tokens, p.tokens, &s->quotations, &s->open,
                        &p.continues_quotation))
        return false;
    if (!sentences_add(s->memory, s->text, &s->tokens, p.tokens, (uint32_t)s->paragraphs.count,
                       &s->sentences))
        return false;
    p.sentence_end = (uint32_t)s->sentences.count;
    return array_push(s->memory, &s->paragraphs, p);
}

static bool segment_body(segmenter *s, span body) {
    layout rule = layout_of(s->text, body);
    size_t from = body.begin;
    for (span bytes; layout_next_paragraph(rule, s->text, body.end, &from, &bytes);)
        if (!add_paragraph(s, bytes)) return false;
    return true;
}

__extension__ typedef unsigned __int128 wide;

/* Most tokens have at most 16 bytes: these are read as two numbers and multiplied, without a branch
 * on the length. The constants are no UTF-8, so that no factor is 0. */
static uint64_t hash_token(text_view text, span bytes) {
    size_t len = bytes.end - bytes.begin;
    uint64_t halves[2] = {0};
    const char *from = text.ptr + bytes.begin;
    if (len > sizeof halves) return hash_bytes(from, len);
    if (text.len - bytes.begin < sizeof halves)
        memcpy(halves, from, len);
    else
        memcpy(halves, from, sizeof halves);
    unsigned low_bits = len < 8 ? 8 * (unsigned)len : 64;
    unsigned high_bits = 8 * (unsigned)len - low_bits;
    uint64_t low = halves[0] & (UINT64_MAX >> (64 - low_bits));
    uint64_t high = high_bits ? halves[1] & (UINT64_MAX >> (64 - high_bits)) : 0;
    wide product = (wide)(low ^ 0xF8D6E8FEB86659FD) * (high ^ 0xFE9E3779B97F4A7D);
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t *hash_tokens(const segmenter *s) {
    uint64_t *hashes = arena_alloc_raw(s->memory, s->tokens.count, sizeof *hashes);
    for (size_t i = 0; hashes && i < s->tokens.count; i++)
        hashes[i] = hash_token(s->text, s->tokens.items[i].bytes);
    return hashes;
}

whosaid_status segment_article(article *a, whosaid_error *err) {
    span body = a->body;
    if (a->text.len > ARTICLE_TEXT_MAX)
        return error_set(err, WHOSAID_LIMIT, NULL, 0, "text of %zu bytes, at most %zu are read",
                         a->text.len, ARTICLE_TEXT_MAX);
    segmenter s = {.memory = a->arena, .text = a->text};
    s.open.indices = arena_alloc_raw(s.memory, QUOTE_DEPTH_MAX, sizeof *s.open.indices);
    /* News has a token in five or six bytes: most texts never grow the array. */
    size_t guess = (body.end - body.begin) / 4 + 16;
    if (!s.open.indices || !array_reserve(s.memory, &s.tokens, guess) || !segment_body(&s, body))
        return s.too_many ? error_set(err, WHOSAID_LIMIT, NULL, 0,
                                      "more than %d words and marks, the most that are read",
                                      (int)ARTICLE_TOKENS_MAX)
                          : error_no_memory(err);
    a->token_hashes = hash_tokens(&s);
    if (!a->token_hashes) return error_no_memory(err);
    a->paragraphs = s.paragraphs.items;
    a->paragraph_count = s.paragraphs.count;
    a->sentences = s.sentences.items;
    a->sentence_count = s.sentences.count;
    a->tokens = s.tokens.items;
    a->token_count = s.tokens.count;
    a->quotations = s.quotations.items;
    a->quotation_count = s.quotations.count;
    return WHOSAID_OK;
}
