#include "attribute/frame.h"

#include "base/error.h"
#include "base/hash.h"

enum { STRONG_CUE_RATE = 5 };

static const char MASK[] = "<person>";

#define BINS_6_TO_8 8, 8, 8
#define BINS_9_TO_13 13, 13, 13, 13, 13
#define BINS_14_TO_21 21, 21, 21, 21, 21, 21, 21, 21
#define BINS_22_TO_34 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34
const uint8_t frame_bins[FRAME_BINNED] = {
    0, 1, 2, 3, 5, 5, BINS_6_TO_8, BINS_9_TO_13, BINS_14_TO_21, BINS_22_TO_34};

uint32_t word_ending(text_view normalized) {
    unsigned char bytes[4] = {0};
    size_t len = normalized.len < sizeof bytes ? normalized.len : sizeof bytes;
    memcpy(bytes + sizeof bytes - len, normalized.ptr + normalized.len - len, len);
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

void frame_token_set_ending(frame_token *t, uint32_t ending) {
    t->suffix2 = ending >> 16;
    t->suffix3 = ending >> 8;
}

/* Runs of equal character kinds, four bits each: 1 upper, 2 lower, 3 digit, else by character. */
static uint32_t shape_of(text_view word) {
    uint32_t shape = 0, last = 0;
    for (size_t i = 0, runs = 0; i < word.len && runs < 6; i++) {
        unsigned char c = (unsigned char)word.ptr[i];
        uint32_t kind = ascii_is_upper(c)   ? 1
                        : ascii_is_lower(c) ? 2
                        : ascii_is_digit(c) ? 3
                        : c == '.'          ? 4
                        : c == '-'          ? 5
                        : c == '\''         ? 6
                        : c == ','          ? 7
                        : c == '"'          ? 8
                        : c >= 0x80         ? 9
                                            : 10;
        if (kind == last) continue;
        shape = shape << 4 | kind;
        last = kind;
        runs++;
    }
    return shape;
}

static bool may_be(uint8_t pos, uint8_t first, uint8_t last) {
    return pos == POS_NONE || (pos >= first && pos <= last);
}

/* A line break in the text before a token, where a sentence or quotation ends or a quotation opens:
 * lists of quotations break there. Breaks elsewhere only fold the lines. */
static bool begins_line(const article *a, uint32_t index) {
    if (index == 0) return true;
    const token *before = &a->tokens[index - 1], *here = &a->tokens[index];
    const char *gap = a->text.ptr + before->bytes.end;
    size_t gap_len = here->bytes.begin - before->bytes.end;
    if (gap_len == 0 || (gap_len == 1 && *gap == ' ') || !memchr(gap, '\n', gap_len)) return false;
    if (here->paragraph != before->paragraph || here->quote_mark == QUOTE_MARK_OPEN) return true;
    return before->quote_mark == QUOTE_MARK_CLOSE || here->sentence != before->sentence;
}

/* A word as it is written, and what is known of it whatever stands around it. */
typedef struct kept_word {
    uint64_t text; /* hash of the text, never 0; 0: empty */
    word_facts facts;
    uint32_t shape, suffix2, suffix3;
} kept_word;

_Static_assert(sizeof(kept_word) <= 64, "a kept word fills a cache line at most");

enum { KEPT_BITS = 15, AHEAD = 4 };

/* Words kept by a thread from article to article; what is newer takes the place of the older. */
typedef struct kept_words {
    kept_word words[1 << KEPT_BITS];
} kept_words;

static kept_word *place_of(kept_words *kept, uint64_t text) {
    return &kept->words[text >> (64 - KEPT_BITS)];
}

static void look_up(const word_tables *tables, text_view text, kept_word *out) {
    char buf[WORD_BYTES_MAX];
    text_view word = {buf, word_normalize(text, buf)};
    uint32_t ending = word_ending(word);
    out->facts = word_facts_find(tables, word, hash_view(word));
    out->shape = shape_of(text);
    out->suffix2 = ending >> 16;
    out->suffix3 = ending >> 8;
}

/* What is written of a token, whatever its word. Sets all but what is measured later: marks and
 * reporting words around the token. */
static inline void fill_token(const article *a, uint32_t index, frame_token *t) {
    const token *from = &a->tokens[index];
    t->part_of_speech = from->part_of_speech;
    t->name_class = from->name_class;
    t->quoted = from->quote_depth > 0;
    t->mark = from->quote_mark;
    t->since_mark = t->until_mark = FRAME_DISTANCE_MAX;
    t->new_line = begins_line(a, index);
    t->sentence = from->sentence;
    t->paragraph = from->paragraph;
    t->is_verb = from->part_of_speech == POS_MD || may_be(from->part_of_speech, POS_VB, POS_VBZ);
    t->is_noun = may_be(from->part_of_speech, POS_NN, POS_NNPS);
}

static inline void fill_word(const kept_word *word, frame_token *t) {
    t->masked = 0;
    t->facts = word->facts;
    t->shape = word->shape;
    t->suffix2 = word->suffix2;
    t->suffix3 = word->suffix3;
}

/* Of the words of a person's name only the shape counts: they are not looked up. */
static void fill_person(const word_facts *mask, const kept_word *word, uint64_t text_hash,
                        text_view text, frame_token *t) {
    t->masked = 1;
    t->facts = *mask;
    t->shape = word->text == text_hash ? word->shape : shape_of(text);
    t->suffix2 = t->suffix3 = 0;
}

/* Words are asked for ahead. Tables that may change keep none. */
static bool fill_tokens(const word_tables *tables, const article *a, frame_token *tokens) {
    kept_words *kept =
        arena_keep(a->arena, (keep_key){.what = "frame words", .source = tables->id}, sizeof *kept);
    if (!kept) return false;
    const word_facts mask = word_facts_unknown(hash_bytes(MASK, sizeof MASK - 1));
    for (uint32_t i = 0; i < a->token_count; i++) {
        if (i + AHEAD < a->token_count)
            __builtin_prefetch(place_of(kept, a->token_hashes[i + AHEAD]));
        uint64_t text = a->token_hashes[i] | 1;
        kept_word *word = place_of(kept, text);
        fill_token(a, i, &tokens[i]);
        if (tokens[i].name_class == NAME_PERSON) {
            fill_person(&mask, word, text, token_text(a, i), &tokens[i]);
            continue;
        }
        if (word->text != text) look_up(tables, token_text(a, i), word);
        word->text = tables->id ? text : 0;
        fill_word(word, &tokens[i]);
    }
    return true;
}

/* A token's distance to a mark, when its neighbour has `distance` or is the mark. */
static uint8_t mark_distance(const frame_token *neighbour, uint8_t distance) {
    if (neighbour->mark) return 1;
    return distance < FRAME_DISTANCE_MAX ? distance + 1 : FRAME_DISTANCE_MAX;
}

/* Tokens to the last and next mark of the paragraph, for those that have one; fill_token has set
 * the others. */
static void measure_marks_of(frame_token *tokens, token_range range) {
    uint32_t first = range.first, last = range.end;
    while (first < range.end && !tokens[first].mark)
        first++;
    if (first == range.end) return;
    do
        last--;
    while (!tokens[last].mark);
    for (uint32_t i = first + 1; i < range.end; i++)
        tokens[i].since_mark = mark_distance(&tokens[i - 1], tokens[i - 1].since_mark);
    for (uint32_t i = last; i-- > range.first;)
        tokens[i].until_mark = mark_distance(&tokens[i + 1], tokens[i + 1].until_mark);
}

static void measure_marks(article_frame *f) {
    for (uint32_t p = 0; p < f->paragraph_count; p++)
        measure_marks_of(f->tokens, f->paragraphs[p].tokens);
}

static void fill_sentences(article_frame *f, const article *a) {
    for (uint32_t k = 0; k < f->sentence_count; k++) {
        const sentence *from = &a->sentences[k];
        const paragraph *p = &a->paragraphs[from->paragraph];
        frame_sentence *s = &f->sentences[k];
        *s = (frame_sentence){from->tokens.first, from->tokens.end, from->paragraph, 0, 0};
        uint32_t quoted = 0;
        for (uint32_t i = s->first; i < s->end; i++)
            quoted += f->tokens[i].quoted;
        s->quotation = quoted == 0 ? 0 : quoted == s->end - s->first ? 1 : 2;
        if (p->continues_quotation) s->quotation += 3;
        uint32_t place = k - p->first_sentence;
        s->in_paragraph = (uint8_t)(place < 2 ? place : 2);
    }
}

static void find_quoted_paragraphs(article_frame *f) {
    for (uint32_t p = 0; p < f->paragraph_count; p++) {
        token_range range = f->paragraphs[p].tokens;
        uint32_t i = range.first;
        while (i < range.end && f->tokens[i].quoted)
            i++;
        f->all_quoted[p] = i >= range.end;
    }
}

/* What is passed at a function word, and at a verb that is finite. */
static const uint8_t function_passes[FUNCTION_WORD_COUNT] = {
    [FUNCTION_COMMA] = FRAME_COMMA,
    [FUNCTION_THAT] = FRAME_THAT | FRAME_OPENER,
#define FRAME_LINK_PASSES(name) [FUNCTION_##name] = FRAME_LINK,
#define FRAME_OPENER_PASSES(name) [FUNCTION_##name] = FRAME_LINK | FRAME_OPENER,
    FUNCTION_JOINER_LIST(FRAME_LINK_PASSES) FUNCTION_OPENER_LIST(FRAME_OPENER_PASSES)
#undef FRAME_LINK_PASSES
#undef FRAME_OPENER_PASSES
};
static const uint8_t tag_passes[PART_OF_SPEECH_COUNT] = {
    [POS_MD] = FRAME_VERB, [POS_VBD] = FRAME_VERB, [POS_VBP] = FRAME_VERB, [POS_VBZ] = FRAME_VERB};

static uint8_t passes_of(const frame_token *t) {
    uint8_t mark = t->mark ? FRAME_MARK : 0;
    uint8_t function = t->facts.function < FUNCTION_WORD_COUNT ? t->facts.function : FUNCTION_NONE;
    return mark | function_passes[function] | tag_passes[t->part_of_speech];
}

/* Bits of frame_token.place. */
enum { FRAME_FIRST = 1 << 7, FRAME_LAST = 1 << 8 };

static void note_places(article_frame *f) {
    for (uint32_t i = 0; i < f->token_count; i++) {
        frame_token *t = &f->tokens[i];
        unsigned marks = t->mark + 3u * t[1].mark + 9u * t[-1].mark;
        t->place = (uint16_t)(marks | (unsigned)t->quoted << 5 | (unsigned)t[1].new_line << 6);
        t->passes = passes_of(t);
    }
    for (uint32_t k = 0; k < f->sentence_count; k++) {
        const frame_sentence *s = &f->sentences[k];
        if (s->first == s->end) continue;
        f->tokens[s->first].place |= FRAME_FIRST;
        f->tokens[s->end - 1].place |= FRAME_LAST;
    }
}

static bool is_strong(const frame_token *t) {
    return t->facts.cue_rate >= STRONG_CUE_RATE && t->facts.cue_rate != RATE_UNKNOWN;
}

void frame_count_strong(article_frame *f) {
    for (uint32_t k = 0; k < f->sentence_count; k++) {
        const frame_sentence *s = &f->sentences[k];
        uint32_t left = 0, right = 0;
        for (uint32_t i = s->first; i < s->end; i++)
            right += is_strong(&f->tokens[i]);
        uint8_t strong_left = 0, strong_right = (uint8_t)(right < 2 ? right : 2);
        for (uint32_t i = s->first; i < s->end; i++) {
            frame_token *t = &f->tokens[i];
            bool strong = right && is_strong(t);
            right -= strong;
            if (strong) strong_right = (uint8_t)(right < 2 ? right : 2);
            t->strong_left = strong_left;
            t->strong_right = strong_right;
            left += strong;
            if (strong) strong_left = (uint8_t)(left < 2 ? left : 2);
        }
    }
}

/* What stands before the first and behind the last token and sentence: nothing that a word or
 * sentence could be. Models have learned from these numbers. */
enum { PADDING_WORD = 12345, PADDING_RATE = 100, PADDING_QUOTATION = 9 };

static void fill_padding(frame_token *t) {
    *t = (frame_token){.sentence = UINT32_MAX, .paragraph = UINT32_MAX};
    t->facts = (word_facts){.word = PADDING_WORD,
                            .verb_first = CLASS_NONE,
                            .verb_heavy = CLASS_NONE,
                            .noun_first = CLASS_NONE,
                            .noun_heavy = CLASS_NONE,
                            .cue_rate = PADDING_RATE,
                            .source_rate = PADDING_RATE,
                            .lemma_rate = PADDING_RATE};
}

whosaid_status frame_build(const word_tables *tables, const article *a, article_frame *out,
                           whosaid_error *err) {
    size_t padded = a->token_count + 2 * (size_t)FRAME_PADDING;
    frame_token *tokens = arena_alloc_raw(a->arena, padded, sizeof *tokens);
    frame_sentence *sentences = ARENA_NEW(a->arena, frame_sentence, a->sentence_count + 2);
    bool *all_quoted = ARENA_NEW(a->arena, bool, a->paragraph_count);
    if (!tokens || !sentences || !all_quoted) return error_no_memory(err);
    *out = (article_frame){.tokens = tokens + FRAME_PADDING,
                           .token_count = (uint32_t)a->token_count,
                           .sentences = sentences + 1,
                           .sentence_count = (uint32_t)a->sentence_count,
                           .paragraphs = a->paragraphs,
                           .all_quoted = all_quoted,
                           .paragraph_count = (uint32_t)a->paragraph_count};
    for (int i = 0; i < FRAME_PADDING; i++) {
        fill_padding(&tokens[i]);
        fill_padding(&tokens[padded - 1 - (size_t)i]);
    }
    sentences[0].quotation = sentences[a->sentence_count + 1].quotation = PADDING_QUOTATION;
    if (!fill_tokens(tables, a, out->tokens)) return error_no_memory(err);
    measure_marks(out);
    fill_sentences(out, a);
    find_quoted_paragraphs(out);
    note_places(out);
    frame_count_strong(out);
    return WHOSAID_OK;
}
