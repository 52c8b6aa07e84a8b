#include "stance/features.h"

#include "base/array.h"
#include "base/error.h"
#include "base/sorted.h"
#include "stance/key_set.h"

#include <string.h>

enum {
    NEGATION_WINDOW = 4, /* words, for the question lexicon */
    TARGET_WINDOW = 4,   /* words on each side of the target */
    NEAR_WORDS = 2,      /* distance classes of the general lexicon to the target */
    MIDDLE_WORDS = 6,
    MAX_PAIRED_HITS = 24,
    SENTENCE_REACH_BYTES = 2000, /* on each side of the statement */
    FIRST_SLOTS = 512,
    EXPECTED_WORDS = 64,
    LONGEST_OF_PAIR = (FEATURE_NAME_BYTES - 1) / 2 /* bytes of each, a blank between */
};

/* The words of some spans. */
typedef struct word_ranges {
    word_range *items;
    size_t count;
} word_ranges;

/* Collects features: distinct ones with their names, or keys alone into a sink. */
typedef struct collector {
    const feature_text *text;
    const statement *statement;
    const feature_settings *settings;
    arena *arena;
    const feature_sink *sink; /* NULL: the features are listed */
    ARRAY(feature) features;
    key_set keys;         /* of the list */
    phrase_hits mentions; /* of the target, for this statement */
    word_ranges contents, cues, sources, own_sentences;
    bool out_of_memory;
} collector;

/* Adds a feature to the list unless it is there. */
static void add_listed(collector *c, feature_group group, name_part title, word_range evidence) {
    bool is_new;
    uint64_t key = feature_key(group, title.hash);
    if (!key_set_add(&c->keys, key, &is_new)) c->out_of_memory = true;
    if (!is_new) return;
    text_view copy = arena_copy(c->arena, title.text);
    feature f = {key, copy, group, evidence};
    if (!copy.ptr || !array_push(c->arena, &c->features, f)) c->out_of_memory = true;
}

static void add(collector *c, feature_group group, name_part title, word_range evidence) {
    if (title.text.len > FEATURE_NAME_BYTES)
        title = name_part_of(view_slice(title.text, 0, FEATURE_NAME_BYTES));
    if (c->sink)
        c->sink->take(c->sink->context, group, feature_key(group, title.hash));
    else
        add_listed(c, group, title, evidence);
}

/* Adds a feature whose name is the parts put together. A sink needs no name. */
static void add_joined(collector *c, feature_group group, word_range evidence,
                       const name_part *parts, size_t count) {
    name_hash hash = NAME_HASH_EMPTY;
    size_t whole = 0;
    for (size_t i = 0; i < count; i++) {
        hash = name_hash_join(hash, parts[i].hash);
        whole += parts[i].text.len;
    }
    if (c->sink && whole <= FEATURE_NAME_BYTES) {
        c->sink->take(c->sink->context, group, feature_key(group, hash));
        return;
    }
    char joined[FEATURE_NAME_BYTES];
    size_t len = 0;
    for (size_t i = 0; i < count; i++) {
        text_view part = parts[i].text;
        size_t room = sizeof joined - len, take = part.len < room ? part.len : room;
        if (take) memcpy(joined + len, part.ptr, take);
        len += take;
    }
    add(c, group, name_part_of((text_view){joined, len}), evidence);
}

#define ADD_JOINED(c, group, evidence, ...)                                                        \
    add_joined((c), (group), (evidence), (const name_part[]){__VA_ARGS__},                         \
               sizeof((const name_part[]){__VA_ARGS__}) / sizeof(name_part))

/* Of a literal: the compiler computes the hash. */
#define PART(literal) name_part_of(VIEW(literal))

static bool group_is_on(const collector *c, feature_group group) {
    return c->settings->weights[group] > 0;
}

static const word_range NO_EVIDENCE = {0, 0};

/* A word of the content as it is shown to the model: itself, or its target class. */
typedef struct shown_word {
    name_part name;
    word_range words;
    bool is_target;
} shown_word;

typedef struct shown_words {
    shown_word *items;
    size_t count;
    size_t longest; /* bytes of a name */
    bool has_target;
} shown_words;

static word_ranges ranges_of(collector *c, span_list spans) {
    word_ranges out = {arena_alloc_raw(c->arena, spans.count, sizeof *out.items), 0};
    if (!out.items) {
        c->out_of_memory = true;
        return out;
    }
    for (; out.count < spans.count; out.count++)
        out.items[out.count] =
            words_of_span(&c->text->words, c->text->index, spans.items[out.count]);
    return out;
}

static size_t words_in_ranges(word_ranges ranges) {
    size_t count = 0;
    for (size_t i = 0; i < ranges.count; i++)
        count += ranges.items[i].end - ranges.items[i].first;
    return count;
}

static name_part name_of_word(const word *w) {
    return (name_part){w->text, w->hash};
}

static name_part class_name(const collector *c, const phrase_hit *hit) {
    const target *t = c->text->target;
    return hit->class < t->class_count ? t->classes[hit->class].name : PART("target");
}

static name_part class_marker(const collector *c, const phrase_hit *hit) {
    const target *t = c->text->target;
    return hit->class < t->class_count ? t->classes[hit->class].marker : PART("<target>");
}

/* The words of the ranges; with mask, each mention of the target is one word <class>. */
static shown_words show_words(collector *c, word_ranges ranges, bool mask) {
    shown_words out = {.items =
                           arena_alloc_raw(c->arena, words_in_ranges(ranges), sizeof *out.items)};
    if (!out.items) {
        c->out_of_memory = true;
        return out;
    }
    const word *words = c->text->words.items;
    for (size_t s = 0; s < ranges.count; s++) {
        word_range range = ranges.items[s];
        phrase_hits mentions = phrase_hits_within(c->mentions, range);
        size_t mention = 0;
        for (uint32_t i = range.first; i < range.end;) {
            shown_word shown = {name_of_word(&words[i]), {i, i + 1}, false};
            if (mask && mention < mentions.count && mentions.items[mention].first == i) {
                const phrase_hit *hit = &mentions.items[mention++];
                uint32_t end = hit->end < range.end ? hit->end : range.end;
                shown = (shown_word){class_marker(c, hit), {i, end}, true};
            }
            out.items[out.count++] = shown;
            out.has_target |= shown.is_target;
            if (shown.name.text.len > out.longest) out.longest = shown.name.text.len;
            i = shown.words.end;
        }
    }
    return out;
}

/* Words and pairs of words into a sink, where none is too long for a name. */
static void stream_word_grams(const collector *c, feature_group group, shown_words words) {
    const feature_sink *sink = c->sink;
    const name_hash blank = PART(" ").hash;
    name_hash before = NAME_HASH_EMPTY; /* the word before, and a blank */
    for (size_t i = 0; i < words.count; i++) {
        const shown_word *w = &words.items[i];
        if (w->is_target)
            sink->take(sink->context, group, feature_key(group, w->name.hash));
        else
            sink->take_word(sink->context, group, &c->text->words.items[w->words.first]);
        name_hash pair = name_hash_join(before, w->name.hash);
        if (i) sink->take(sink->context, group, feature_key(group, pair));
        before = name_hash_join(w->name.hash, blank);
    }
}

static void add_word_grams(collector *c, feature_group group, shown_words words) {
    if (c->sink && words.longest <= LONGEST_OF_PAIR) {
        stream_word_grams(c, group, words);
        return;
    }
    for (size_t i = 0; i < words.count; i++) {
        const shown_word *w = &words.items[i];
        add(c, group, w->name, w->words);
        if (i == 0) continue;
        word_range pair = {words.items[i - 1].words.first, w->words.end};
        ADD_JOINED(c, group, pair, words.items[i - 1].name, PART(" "), w->name);
    }
}

static void add_characters_of(collector *c, feature_group group, word_ranges ranges) {
    const feature_sink *sink = c->sink;
    char padded[FEATURE_NAME_BYTES];
    name_part names[CHARACTERS_MAX];
    for (size_t s = 0; s < ranges.count; s++) {
        const word *words = c->text->words.items;
        word_range range = ranges.items[s];
        if (sink) {
            sink->take_characters(sink->context, group, words + range.first,
                                  range.end - range.first);
            continue;
        }
        for (uint32_t i = range.first; i < range.end; i++) {
            const word *w = &words[i];
            if (w->kind == WORD_MARK) continue;
            size_t count = feature_characters(w->text, padded, names);
            for (size_t k = 0; k < count; k++)
                add(c, group, names[k], (word_range){i, i + 1});
        }
    }
}

static name_part negation_mark(const collector *c, const phrase_hit *hit, unsigned window) {
    unsigned distance = c->text->negation_distance[hit->first];
    return distance > 0 && distance <= window ? PART("!") : PART("");
}

/* The classes of one kind that the spans hold, marked when negated; "+" when a class repeats. */
static void add_classes(collector *c, feature_group group, phrase_kind kind, word_ranges ranges,
                        name_part prefix, unsigned window) {
    bool seen[TARGET_MAX_CLASSES] = {false};
    for (size_t s = 0; s < ranges.count; s++) {
        phrase_hits hits = phrase_hits_within(c->text->hits[kind], ranges.items[s]);
        for (size_t i = 0; i < hits.count; i++) {
            const phrase_hit *hit = &hits.items[i];
            word_range evidence = {hit->first, hit->end};
            name_part title = class_name(c, hit);
            ADD_JOINED(c, group, evidence, prefix, title, negation_mark(c, hit, window));
            if (seen[hit->class]) ADD_JOINED(c, group, evidence, prefix, title, PART("+"));
            seen[hit->class] = true;
        }
    }
}

static void add_question(collector *c) {
    add_classes(c, GROUP_QUESTION, PHRASE_QUESTION, c->contents, PART(""), NEGATION_WINDOW);
    add_classes(c, GROUP_QUESTION, PHRASE_QUESTION, c->cues, PART("cue:"), NEGATION_WINDOW);
}

static void add_general(collector *c) {
    add_classes(c, GROUP_GENERAL, PHRASE_GENERAL, c->contents, PART(""), UINT8_MAX);
    add_classes(c, GROUP_GENERAL, PHRASE_GENERAL, c->cues, PART("cue:"), UINT8_MAX);
}

/* Widens [*first, *end) to the sentences that the spans touch. Sentences are in text order. */
static void widen_to_sentences(const feature_text *t, span_list spans, size_t *first, size_t *end) {
    for (size_t i = 0; i < spans.count; i++) {
        size_t at = SORTED_BELOW(t->sentences, t->sentence_count, end, spans.items[i].begin + 1);
        if (at < *first) *first = at;
        for (; at < t->sentence_count && t->sentences[at].begin < spans.items[i].end; at++)
            if (at + 1 > *end) *end = at + 1;
    }
}

static void widen_to_spans(span *whole, span_list spans) {
    for (size_t i = 0; i < spans.count; i++) {
        if (spans.items[i].begin < whole->begin) whole->begin = spans.items[i].begin;
        if (spans.items[i].end > whole->end) whole->end = spans.items[i].end;
    }
}

/* The statement's own sentences, from the first to the last that it touches; of an endless one only
 * what is near, or the cost would grow with the square of its length. */
static span own_sentences(const collector *c) {
    const statement *st = c->statement;
    const feature_text *t = c->text;
    size_t first = t->sentence_count, end = 0;
    const span_list parts[] = {st->contents, st->cues, st->sources};
    span near = {UINT32_MAX, 0};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        widen_to_sentences(t, parts[i], &first, &end);
        widen_to_spans(&near, parts[i]);
    }
    if (first >= end) return (span){0, 0};
    span whole = {t->sentences[first].begin, t->sentences[end - 1].end};
    if (near.begin > whole.begin + SENTENCE_REACH_BYTES)
        whole.begin = near.begin - SENTENCE_REACH_BYTES;
    if (whole.end > near.end && whole.end - near.end > SENTENCE_REACH_BYTES)
        whole.end = near.end + SENTENCE_REACH_BYTES;
    return whole;
}

/* The question lexicon over the own sentences. */
static void add_sentence(collector *c) {
    add_classes(c, GROUP_SENTENCE, PHRASE_QUESTION, c->own_sentences, PART(""), NEGATION_WINDOW);
}

typedef struct hit_sequence {
    phrase_hit items[MAX_PAIRED_HITS];
    size_t count;
} hit_sequence;

static void append_hits(const collector *c, word_ranges ranges, hit_sequence *out) {
    for (size_t s = 0; s < ranges.count; s++) {
        phrase_hits hits = phrase_hits_within(c->text->hits[PHRASE_QUESTION], ranges.items[s]);
        for (size_t i = 0; i < hits.count && out->count < MAX_PAIRED_HITS; i++)
            out->items[out->count++] = hits.items[i];
    }
}

/* Ordered pairs of question classes, the cue's before the content's: "refuse>let". */
static void add_pairs(collector *c) {
    hit_sequence hits = {.count = 0};
    append_hits(c, c->cues, &hits);
    append_hits(c, c->contents, &hits);
    for (size_t i = 0; i < hits.count; i++) {
        for (size_t k = i + 1; k < hits.count; k++) {
            const phrase_hit *a = &hits.items[i], *b = &hits.items[k];
            if (a->first == b->first || a->class == b->class) continue;
            word_range evidence = a->first < b->first ? (word_range){a->first, b->end}
                                                      : (word_range){b->first, a->end};
            ADD_JOINED(c, GROUP_PAIRS, evidence, class_name(c, a),
                       negation_mark(c, a, NEGATION_WINDOW), PART(">"), class_name(c, b),
                       negation_mark(c, b, NEGATION_WINDOW));
        }
    }
}

/* Which classes of the target's wording are there, and the words around each mention. */
static void add_target(collector *c, shown_words words) {
    const target *t = c->text->target;
    for (size_t k = t->first_class[PHRASE_TARGET]; k < t->first_class[PHRASE_TARGET + 1]; k++) {
        phrase_hit of_class = {.class = (uint32_t)k};
        name_part title = class_name(c, &of_class), marker = class_marker(c, &of_class);
        word_range evidence = NO_EVIDENCE;
        for (size_t i = 0; words.has_target && i < words.count && evidence.end == 0; i++) {
            bool same =
                words.items[i].is_target && view_equal(words.items[i].name.text, marker.text);
            if (same) evidence = words.items[i].words;
        }
        ADD_JOINED(c, GROUP_TARGET, evidence, evidence.end ? PART("has ") : PART("no "), title);
    }
    phrase_hits around = phrase_hits_within(c->mentions, c->own_sentences.items[0]);
    for (size_t i = 0; i < around.count; i++) {
        word_range evidence = {around.items[i].first, around.items[i].end};
        ADD_JOINED(c, GROUP_TARGET, evidence, PART("sentence has "),
                   class_name(c, &around.items[i]));
    }
    for (size_t i = 0; words.has_target && i < words.count; i++) {
        if (!words.items[i].is_target) continue;
        size_t first = i > TARGET_WINDOW ? i - TARGET_WINDOW : 0;
        for (size_t k = first; k < words.count && k <= i + TARGET_WINDOW; k++) {
            if (k == i) continue;
            ADD_JOINED(c, GROUP_TARGET, words.items[k].words,
                       k < i ? PART("before: ") : PART("behind: "), words.items[k].name);
        }
    }
}

/* [word]: index of the nearest mention among the words, SIZE_MAX when there is none. */
static size_t *nearest_mentions(collector *c, shown_words words) {
    size_t *nearest = arena_alloc_raw(c->arena, words.count, sizeof *nearest);
    if (!nearest) {
        c->out_of_memory = true;
        return NULL;
    }
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < words.count; i++) {
        if (words.items[i].is_target) last = i;
        nearest[i] = last;
    }
    last = SIZE_MAX;
    for (size_t i = words.count; i-- > 0;) {
        if (words.items[i].is_target) last = i;
        bool closer = last != SIZE_MAX && (nearest[i] == SIZE_MAX || last - i < i - nearest[i]);
        if (closer) nearest[i] = last;
    }
    return nearest;
}

static name_part distance_name(size_t distance) {
    if (distance <= NEAR_WORDS) return PART("near ");
    return distance <= MIDDLE_WORDS ? PART("middle ") : PART("far ");
}

/* Each word, and each class of the general lexicon, with the side and distance of the target. */
static void add_sides(collector *c, shown_words words) {
    const size_t *nearest = nearest_mentions(c, words);
    for (size_t i = 0; nearest && i < words.count; i++) {
        const shown_word *w = &words.items[i];
        if (w->is_target) continue;
        if (nearest[i] == SIZE_MAX) {
            add(c, GROUP_SIDES, PART("no target"), NO_EVIDENCE);
            return;
        }
        bool before = i < nearest[i];
        name_part side = before ? PART("before: ") : PART("behind: ");
        name_part range = distance_name(before ? nearest[i] - i : i - nearest[i]);
        ADD_JOINED(c, GROUP_SIDES, w->words, side, w->name);
        uint32_t mention_word = words.items[nearest[i]].words.first;
        if (c->text->clause[mention_word] == c->text->clause[w->words.first])
            ADD_JOINED(c, GROUP_SIDES, w->words, PART("clause: "), w->name);
        phrase_hits hits = phrase_hits_within(c->text->hits[PHRASE_GENERAL], w->words);
        for (size_t k = 0; k < hits.count; k++)
            ADD_JOINED(c, GROUP_SIDES, w->words, range, side, class_name(c, &hits.items[k]),
                       negation_mark(c, &hits.items[k], UINT8_MAX));
    }
}

static void add_cue(collector *c) {
    shown_words words = show_words(c, c->cues, false);
    if (words.count == 0) add(c, GROUP_CUE, PART("no cue"), NO_EVIDENCE);
    add_word_grams(c, GROUP_CUE, words);
    add_characters_of(c, GROUP_CUE, c->cues);
}

/* The words of a text outside the article (a resolved speaker). */
static word_list outside_words(collector *c, text_view text) {
    word_list words = {0};
    if (text.len && words_split(text, c->arena, &words, NULL) != WHOSAID_OK)
        c->out_of_memory = true;
    return words;
}

static void add_outside_words(collector *c, feature_group group, name_part prefix,
                              word_list words) {
    for (size_t i = 0; i < words.count; i++)
        ADD_JOINED(c, group, NO_EVIDENCE, prefix, name_of_word(&words.items[i]));
}

/* The classes of speakers, and of the target, that words outside the article match. */
static void add_outside_classes(collector *c, word_list words) {
    const target *t = c->text->target;
    phrase_hits hits = {0};
    if (words.count && phrase_matcher_find(t->matcher, &words, c->arena, &hits, NULL) != WHOSAID_OK)
        c->out_of_memory = true;
    for (size_t i = 0; i < hits.count; i++) {
        phrase_kind kind = t->classes[hits.items[i].class].kind;
        if (kind == PHRASE_SPEAKER || kind == PHRASE_TARGET)
            ADD_JOINED(c, GROUP_SOURCE, NO_EVIDENCE, PART("is "), class_name(c, &hits.items[i]));
    }
}

/* The source as it stands, and the role (not the name) of the speaker that it resolves to. */
static void add_source(collector *c) {
    shown_words words = show_words(c, c->sources, true);
    if (words.count == 0) add(c, GROUP_SOURCE, PART("no source"), NO_EVIDENCE);
    for (size_t i = 0; i < words.count; i++)
        ADD_JOINED(c, GROUP_SOURCE, words.items[i].words, PART("word "), words.items[i].name);
    add_classes(c, GROUP_SOURCE, PHRASE_SPEAKER, c->sources, PART("is "), 0);
    word_list role = outside_words(c, c->statement->speaker_role);
    add_outside_classes(c, outside_words(c, c->statement->speaker_name));
    add_outside_classes(c, role);
    add_outside_words(c, GROUP_SOURCE, PART("word "), role);
}

static void add_speaker(collector *c) {
    const statement *st = c->statement;
    add_outside_words(c, GROUP_SPEAKER, PART(""), outside_words(c, st->speaker_name));
    add_outside_words(c, GROUP_SPEAKER, PART(""), outside_words(c, st->speaker_role));
}

/* The mentions that the annotation gives; else those that the phrases found. */
static void choose_mentions(collector *c) {
    const span_list given = c->statement->mentions;
    c->mentions = c->text->mentions;
    if (given.count == 0) return;
    const target *t = c->text->target;
    bool has_class = t->first_class[PHRASE_TARGET + 1] > t->first_class[PHRASE_TARGET];
    uint32_t class = (uint32_t)(has_class ? t->first_class[PHRASE_TARGET] : t->class_count);
    phrase_hits hits = {ARENA_NEW(c->arena, phrase_hit, given.count), 0};
    if (!hits.items) {
        c->out_of_memory = true;
        return;
    }
    for (size_t i = 0; i < given.count; i++) {
        word_range range = words_of_span(&c->text->words, c->text->index, given.items[i]);
        bool follows = hits.count == 0 || hits.items[hits.count - 1].end <= range.first;
        if (range.first < range.end && follows)
            hits.items[hits.count++] = (phrase_hit){range.first, range.end, class};
    }
    c->mentions = hits;
}

static void find_ranges(collector *c) {
    span whole = own_sentences(c);
    c->contents = ranges_of(c, c->statement->contents);
    c->cues = ranges_of(c, c->statement->cues);
    c->sources = ranges_of(c, c->statement->sources);
    c->own_sentences = ranges_of(c, (span_list){&whole, 1});
}

/* Long spans are not asked for as a whole: what came first would have to go again. */
static void expect_words(const collector *c) {
    for (size_t s = 0; s < c->contents.count; s++) {
        word_range range = c->contents.items[s];
        size_t count = range.end - range.first;
        c->sink->expect_words(c->sink->context, GROUP_CHARACTERS,
                              c->text->words.items + range.first,
                              count < EXPECTED_WORDS ? count : EXPECTED_WORDS);
    }
}

static void collect(collector *c) {
    find_ranges(c);
    choose_mentions(c);
    if (c->out_of_memory) return;
    if (c->sink && group_is_on(c, GROUP_CHARACTERS)) expect_words(c);
    shown_words masked = show_words(c, c->contents, true);
    if (group_is_on(c, GROUP_WORDS)) add_word_grams(c, GROUP_WORDS, masked);
    if (group_is_on(c, GROUP_PLAIN))
        add_word_grams(c, GROUP_PLAIN, show_words(c, c->contents, false));
    if (group_is_on(c, GROUP_CHARACTERS)) add_characters_of(c, GROUP_CHARACTERS, c->contents);
    if (group_is_on(c, GROUP_QUESTION)) add_question(c);
    if (group_is_on(c, GROUP_SENTENCE)) add_sentence(c);
    if (group_is_on(c, GROUP_PAIRS)) add_pairs(c);
    if (group_is_on(c, GROUP_GENERAL)) add_general(c);
    if (group_is_on(c, GROUP_TARGET)) add_target(c, masked);
    if (group_is_on(c, GROUP_SIDES)) add_sides(c, masked);
    if (group_is_on(c, GROUP_CUE)) add_cue(c);
    if (group_is_on(c, GROUP_SOURCE)) add_source(c);
    if (group_is_on(c, GROUP_SPEAKER)) add_speaker(c);
}

whosaid_status feature_list_extract(const feature_text *text, const statement *said,
                                    const feature_settings *settings, arena *memory,
                                    feature_list *out, whosaid_error *err) {
    collector c = {.text = text, .statement = said, .settings = settings, .arena = memory};
    if (!key_set_start(&c.keys, FIRST_SLOTS, memory)) return error_no_memory(err);
    collect(&c);
    if (c.out_of_memory) return error_no_memory(err);
    *out = (feature_list){.items = c.features.items, .count = c.features.count};
    for (size_t i = 0; i < out->count; i++)
        out->group_sizes[out->items[i].group]++;
    return WHOSAID_OK;
}

whosaid_status feature_stream(const feature_text *text, const statement *said,
                              const feature_settings *settings, const feature_sink *sink,
                              arena *memory, whosaid_error *err) {
    collector c = {
        .text = text, .statement = said, .settings = settings, .arena = memory, .sink = sink};
    collect(&c);
    return c.out_of_memory ? error_no_memory(err) : WHOSAID_OK;
}
