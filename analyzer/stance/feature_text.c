#include "stance/features.h"

#include "base/array.h"
#include "base/error.h"
#include "stance/general_lexicon.h"
#include "stance/pronouns.h"

#include <string.h>

enum { NO_NEGATION_BEYOND = 255 };

/* Distributes the matcher's hits by the kind of their class; the order is kept. */
static bool split_hits(feature_text *t, phrase_hits all, arena *memory) {
    size_t counts[PHRASE_KIND_COUNT] = {0};
    for (size_t i = 0; i < all.count; i++)
        counts[t->target->classes[all.items[i].class].kind]++;
    for (int kind = 0; kind < PHRASE_KIND_COUNT; kind++) {
        t->hits[kind] = (phrase_hits){ARENA_NEW(memory, phrase_hit, counts[kind]), 0};
        if (!t->hits[kind].items) return false;
    }
    for (size_t i = 0; i < all.count; i++) {
        phrase_hits *hits = &t->hits[t->target->classes[all.items[i].class].kind];
        hits->items[hits->count++] = all.items[i];
    }
    return true;
}

/* Keeps target phrases that do not overlap: the leftmost, and of those the longest. */
static bool choose_mentions(feature_text *t, arena *memory) {
    phrase_hits hits = t->hits[PHRASE_TARGET];
    t->mentions = (phrase_hits){ARENA_NEW(memory, phrase_hit, hits.count), 0};
    if (!t->mentions.items) return false;
    uint32_t free_from = 0;
    for (size_t i = 0; i < hits.count;) {
        phrase_hit best = hits.items[i];
        for (i++; i < hits.count && hits.items[i].first == best.first; i++)
            if (hits.items[i].end > best.end) best = hits.items[i];
        if (best.first < free_from) continue;
        t->mentions.items[t->mentions.count++] = best;
        free_from = best.end;
    }
    return true;
}

/* . , ; : ! ? ( ) " and curly quotation marks and dashes. */
static bool ends_clause(const word *w) {
    static const text_view long_marks[] = {
        {"\xE2\x80\x9C", 3}, {"\xE2\x80\x9D", 3}, {"\xE2\x80\x94", 3}, {"\xE2\x80\x93", 3}};
    if (w->kind != WORD_MARK) return false;
    if (w->text.len == 1) return memchr(".,;:!?()\"", w->text.ptr[0], 9) != NULL;
    for (size_t i = 0; i < sizeof long_marks / sizeof *long_marks; i++)
        if (view_equal(w->text, long_marks[i])) return true;
    return false;
}

/* Numbers the clauses and measures how far behind a negator each word of its clause stands. */
static bool mark_clauses(feature_text *t, arena *memory) {
    size_t count = t->words.count;
    t->clause = ARENA_NEW(memory, uint32_t, count);
    t->negation_distance = ARENA_NEW(memory, uint8_t, count);
    if (!t->clause || !t->negation_distance) return false;
    uint32_t negator = (uint32_t)t->target->class_count - LEXICON_NEGATOR_FROM_END;
    uint32_t clause_word = (uint32_t)t->target->class_count - LEXICON_CLAUSE_FROM_END;
    const phrase_hits general = t->hits[PHRASE_GENERAL];
    uint32_t clause = 0, distance = 0;
    size_t hit = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool negates = false, begins = ends_clause(&t->words.items[i]);
        for (; hit < general.count && general.items[hit].first == i; hit++) {
            negates |= general.items[hit].class == negator;
            begins |= general.items[hit].class == clause_word;
        }
        if (begins) {
            clause++;
            distance = 0;
        }
        t->clause[i] = clause;
        t->negation_distance[i] = (uint8_t)distance;
        if (negates)
            distance = 1;
        else if (distance && distance < NO_NEGATION_BEYOND)
            distance++;
    }
    return true;
}

/* Whether words, phrases and clauses on both sides of `begin`, where a sentence begins, know
 * nothing of each other: a blank stands before it, and a mark that ends clauses before that. */
static bool is_divided(text_view text, size_t begin) {
    size_t at = begin;
    while (at > 0 && ascii_is_space((unsigned char)text.ptr[at - 1]))
        at--;
    if (at == begin || at < 3) return at == 0;
    char last = text.ptr[at - 1];
    bool in_abbreviation = !ascii_is_lower((unsigned char)text.ptr[at - 2]) ||
                           !ascii_is_lower((unsigned char)text.ptr[at - 3]);
    if (last == '.') return !in_abbreviation;
    return last == '!' || last == '?' || last == '"' || last == ')' ||
           memcmp(text.ptr + at - 3, "\xE2\x80\x9D", 3) == 0;
}

/* The parts of the text that hold the wanted sentences, with others up to where it divides. */
static span *parts_of(const feature_text *t, const bool *wanted, arena *memory, size_t *count) {
    span *parts = arena_alloc_raw(memory, t->sentence_count + 1, sizeof *parts);
    *count = 0;
    if (!parts) return NULL;
    uint32_t begin = 0;
    bool is_wanted = false;
    for (size_t i = 0; i <= t->sentence_count; i++) {
        bool ends = i == t->sentence_count;
        uint32_t here = ends ? (uint32_t)t->text.len : t->sentences[i].begin;
        if (ends || is_divided(t->text, here)) {
            if (is_wanted) parts[(*count)++] = (span){begin, here};
            begin = here;
            is_wanted = false;
        }
        is_wanted |= !ends && wanted[i];
    }
    return parts;
}

/* Pronouns look back at all that was said. */
static whosaid_status find_words(feature_text *t, const bool *wanted, arena *memory,
                                 whosaid_error *err) {
    if (!wanted || t->target->pronoun != PRONOUN_NONE)
        return words_split(t->text, memory, &t->words, err);
    size_t count;
    span *parts = parts_of(t, wanted, memory, &count);
    if (!parts) return error_no_memory(err);
    return words_split_parts(t->text, parts, count, memory, &t->words, err);
}

whosaid_status feature_text_prepare(const target *toward, text_view text, const span *sentences,
                                    size_t sentence_count, const bool *wanted, arena *memory,
                                    feature_text *out, whosaid_error *err) {
    *out = (feature_text){
        .target = toward, .text = text, .sentences = sentences, .sentence_count = sentence_count};
    whosaid_status status = find_words(out, wanted, memory, err);
    if (status != WHOSAID_OK) return status;
    out->index = words_index(&out->words, memory);
    if (!out->index.items) return error_no_memory(err);
    phrase_hits all;
    status = phrase_matcher_find(toward->matcher, &out->words, memory, &all, err);
    if (status != WHOSAID_OK) return status;
    bool done = split_hits(out, all, memory) && choose_mentions(out, memory) &&
                pronouns_resolve(out, memory) && mark_clauses(out, memory);
    return done ? WHOSAID_OK : error_no_memory(err);
}
