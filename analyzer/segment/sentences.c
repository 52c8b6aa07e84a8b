/* Sentences. A full stop, question or exclamation mark, or an ellipsis before a capital ends one,
 * together with the closing marks and brackets behind it. Abbreviations that carry their full stop
 * end one only when what follows opens a sentence. A question inside quotation marks does not end
 * the sentence that goes on to say who asked it. */
#include "segment/abbreviations.h"
#include "segment/characters.h"
#include "segment/steps.h"

/* So many tokens behind a quoted question may hold its speaker: "Why?" Deputy Mayor Obi asked. */
enum { SPEAKER_REACH = 7 };

typedef struct splitter {
    text_view text;
    const token *tokens;
    token_range range;
} splitter;

typedef enum token_end {
    ENDS_NOT,
    ENDS_STOP,
    ENDS_EXCLAIM,
    ENDS_ELLIPSIS,
    ENDS_ABBREVIATION
} token_end;

static text_view text_of(const splitter *s, uint32_t i) {
    span bytes = s->tokens[i].bytes;
    return view_slice(s->text, bytes.begin, bytes.end);
}

static character_class first_class(text_view text) {
    size_t len;
    return character_at(text.ptr, text.ptr + text.len, &len);
}

static bool is_upper(text_view text) {
    return character_is_upper(text.ptr, text.ptr + text.len);
}

/* How the token could end a sentence. */
static token_end end_of(text_view text) {
    char last = text.ptr[text.len - 1];
    if (ascii_is_lower((unsigned char)last)) return ENDS_NOT; /* most tokens */
    switch (first_class(text)) {
    case CHARACTER_STOP: return text.len == 1 ? ENDS_STOP : ENDS_ELLIPSIS;
    case CHARACTER_EXCLAIM: return last == '/' ? ENDS_NOT : ENDS_EXCLAIM;
    case CHARACTER_ELLIPSIS: return ENDS_ELLIPSIS;
    case CHARACTER_LETTER: return last == '.' ? ENDS_ABBREVIATION : ENDS_NOT;
    default: return ENDS_NOT;
    }
}

static bool closes(const splitter *s, uint32_t i) {
    if (s->tokens[i].quote_mark == QUOTE_MARK_CLOSE) return true;
    text_view text = text_of(s, i);
    return text.len == 1 && strchr(")]}", *text.ptr);
}

/* The first word at or behind `i`, over opening marks and brackets; range.end when none. */
static uint32_t next_word(const splitter *s, uint32_t i) {
    for (uint32_t steps = 0; i < s->range.end && steps < 4; i++, steps++) {
        text_view text = text_of(s, i);
        bool opens = s->tokens[i].quote_mark == QUOTE_MARK_OPEN ||
                     (text.len == 1 && strchr("([{", *text.ptr));
        if (!opens) return i;
    }
    return i;
}

/* True when the words from `i` on tell who said the quotation that ended before them. */
static bool speaker_follows(const splitter *s, uint32_t i) {
    for (uint32_t steps = 0; i < s->range.end && steps < SPEAKER_REACH; i++, steps++) {
        text_view text = text_of(s, i);
        if (s->tokens[i].quote_mark != QUOTE_MARK_NONE) return false;
        if (first_class(text) != CHARACTER_LETTER) return false;
        if (word_reports_speech(text)) return true;
    }
    return false;
}

static bool abbreviation_ends(const splitter *s, uint32_t i, uint32_t next) {
    text_view word = text_of(s, i), follower = text_of(s, next);
    unsigned facts = word_facts(word);
    if (facts & (WORD_NEVER_ENDS | WORD_BEFORE_NUMBER)) return false;
    bool initial = word.len == 2;
    if (initial || !is_upper(follower)) return false;
    if (s->tokens[next].quote_mark == QUOTE_MARK_OPEN) return true;
    return word_starts_sentence(follower);
}

/* True when the token at `i`, whose closing marks reach to `next`, ends a sentence there. */
static bool ends_sentence(const splitter *s, token_end end, uint32_t i, uint32_t next) {
    uint32_t word = next_word(s, next);
    if (word >= s->range.end) return true;
    text_view text = text_of(s, word);
    bool quoted = next > i + 1 && s->tokens[next - 1].quote_mark == QUOTE_MARK_CLOSE;
    character_class class = first_class(text);
    bool lower = class == CHARACTER_LETTER && !is_upper(text);
    bool goes_on = class == CHARACTER_SYMBOL && text.len == 1 && strchr(",;:)]}%/", *text.ptr);
    if (lower || goes_on) return false;
    switch (end) {
    case ENDS_STOP: return true;
    case ENDS_EXCLAIM: return !(quoted && speaker_follows(s, next));
    case ENDS_ELLIPSIS:
        return quoted ? !speaker_follows(s, next) : word > next || word_starts_sentence(text);
    case ENDS_ABBREVIATION:
        return quoted ? !speaker_follows(s, next) : abbreviation_ends(s, i, word);
    default: return false;
    }
}

static bool starts_list_item(const splitter *s, uint32_t i) {
    return view_is(text_of(s, i), "\xE2\x80\xA2"); /* bullet */
}

/* The end of the sentence that begins at `first`. */
static uint32_t sentence_end(const splitter *s, uint32_t first) {
    for (uint32_t i = first; i < s->range.end;) {
        token_end end = end_of(text_of(s, i));
        uint32_t next = i + 1;
        if (end != ENDS_NOT) {
            while (next < s->range.end && closes(s, next))
                next++;
            if (ends_sentence(s, end, i, next)) return next;
        }
        i = next;
        if (i < s->range.end && starts_list_item(s, i)) return i;
    }
    return s->range.end;
}

bool sentences_add(arena *memory, text_view text, token_array *tokens, token_range range,
                   uint32_t paragraph_index, sentence_array *sentences) {
    splitter s = {.text = text, .tokens = tokens->items, .range = range};
    for (uint32_t first = range.first; first < range.end;) {
        uint32_t end = sentence_end(&s, first);
        for (uint32_t i = first; i < end; i++) {
            tokens->items[i].sentence = (uint32_t)sentences->count;
            tokens->items[i].paragraph = paragraph_index;
        }
        if (!array_push(memory, sentences,
                        (sentence){.tokens = {first, end}, .paragraph = paragraph_index}))
            return false;
        first = end;
    }
    return true;
}
