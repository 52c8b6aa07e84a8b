#include "stance/words.h"

#include "base/array.h"
#include "base/error.h"
#include "base/utf8.h"

typedef ARRAY(word) word_array;

typedef struct splitter {
    text_view text;
    arena *arena;
    word_array words;
    char *folded; /* where the next folded word goes: none is longer than its text, a NUL behind */
} splitter;

enum { USUAL_WORD_BYTES = 5 }; /* with the blank behind it; room is made ahead */

typedef enum character_class {
    IS_MARK,
    IS_SPACE,
    IS_LETTER,
    IS_DIGIT,
    IS_APOSTROPHE,
    IS_HYPHEN
} character_class;

static uint32_t fold_code_point(uint32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (c == 0x2019 || c == 0x2018 || c == 0x02BC) return '\'';
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
        (c >= 0x410 && c <= 0x42F))
        return c + 32;
    if (c >= 0x400 && c <= 0x40F) return c + 80;
    if (c == 0x178) return 0xFF;
    bool upper_is_odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    if (upper_is_odd) return c % 2 == 1 ? c + 1 : c;
    if (c >= 0x100 && c <= 0x177) return c % 2 == 0 ? c + 1 : c;
    return c;
}

#define LETTERS_4(c)                                                                               \
    [(c)] = IS_LETTER, [(c) + 1] = IS_LETTER, [(c) + 2] = IS_LETTER, [(c) + 3] = IS_LETTER
#define LETTERS_26(c)                                                                              \
    LETTERS_4(c), LETTERS_4((c) + 4), LETTERS_4((c) + 8), LETTERS_4((c) + 12),                     \
        LETTERS_4((c) + 16), LETTERS_4((c) + 20), [(c) + 24] = IS_LETTER, [(c) + 25] = IS_LETTER

/* ASCII; what is not named is a mark. */
static const uint8_t ascii_classes[128] = {
    LETTERS_26('a'),   LETTERS_26('A'),   ['0'] = IS_DIGIT,       ['1'] = IS_DIGIT,
    ['2'] = IS_DIGIT,  ['3'] = IS_DIGIT,  ['4'] = IS_DIGIT,       ['5'] = IS_DIGIT,
    ['6'] = IS_DIGIT,  ['7'] = IS_DIGIT,  ['8'] = IS_DIGIT,       ['9'] = IS_DIGIT,
    [' '] = IS_SPACE,  ['\t'] = IS_SPACE, ['\n'] = IS_SPACE,      ['\v'] = IS_SPACE,
    ['\f'] = IS_SPACE, ['\r'] = IS_SPACE, ['\''] = IS_APOSTROPHE, ['-'] = IS_HYPHEN,
};

static character_class classify(uint32_t c) {
    if (c < 0x80) return (character_class)ascii_classes[c];
    if (c == 0x2019 || c == 0x02BC) return IS_APOSTROPHE;
    if (c == 0x2010 || c == 0x2011 || c == 0xAD) return IS_HYPHEN;
    bool blank = c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x3000;
    if (blank || c == 0x2028 || c == 0x2029) return IS_SPACE;
    bool mark = c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x2BFF) ||
                (c >= 0x3000 && c <= 0x303F) || c == 0xFFFD;
    return mark ? IS_MARK : IS_LETTER;
}

/* The class of the character at `at`, and its length; IS_SPACE with length 0 at the end. */
static character_class class_at(text_view text, size_t at, size_t *len) {
    *len = 0;
    if (at >= text.len) return IS_SPACE;
    unsigned char byte = (unsigned char)text.ptr[at];
    if (byte < 0x80) {
        *len = 1;
        return classify(byte);
    }
    return classify(utf8_decode(text.ptr + at, text.ptr + text.len, len));
}

static bool is_word_character(text_view text, size_t at) {
    size_t len;
    character_class class = class_at(text, at, &len);
    return class == IS_LETTER || class == IS_DIGIT;
}

static bool is_ascii(text_view text, size_t at, character_class class) {
    unsigned char byte = (unsigned char)text.ptr[at];
    return byte < 0x80 && ascii_classes[byte] == class;
}

/* Folds into `out`, as long as the text at least; returns the length. */
static size_t fold(text_view text, char *out) {
    size_t used = 0, len;
    for (size_t i = 0; i < text.len; i += len) {
        unsigned char byte = (unsigned char)text.ptr[i];
        if (byte < 0x80) {
            out[used++] = ascii_to_lower((char)byte);
            len = 1;
            continue;
        }
        uint32_t folded = fold_code_point(utf8_decode(text.ptr + i, text.ptr + text.len, &len));
        used += utf8_encode(folded, out + used);
    }
    return used;
}

text_view words_fold(text_view text, arena *memory) {
    char *out = arena_alloc_raw(memory, text.len + 1, 1); /* no mapping above grows the text */
    if (!out) return (text_view){0};
    size_t used = fold(text, out);
    out[used] = '\0';
    return (text_view){out, used};
}

static bool add_word(splitter *s, size_t begin, size_t end, word_kind kind) {
    text_view raw = view_slice(s->text, begin, end), folded = VIEW("u.s.");
    if (raw.len != 2 || raw.ptr[0] != 'U' || raw.ptr[1] != 'S') {
        folded = (text_view){s->folded, fold(raw, s->folded)};
        s->folded[folded.len] = '\0';
        s->folded += folded.len + 1;
    }
    word w = {{(uint32_t)begin, (uint32_t)end}, folded, name_hash_of(folded), kind};
    return array_push(s->arena, &s->words, w);
}

/* End of an abbreviation with inner points ("U.S.", "e.g."), or `begin` when there is none. */
static size_t abbreviation_end(text_view text, size_t begin) {
    size_t at = begin, letters = 0;
    while (at + 1 < text.len && ascii_is_alpha((unsigned char)text.ptr[at]) &&
           text.ptr[at + 1] == '.') {
        at += 2;
        letters++;
    }
    return letters >= 2 ? at : begin;
}

/* End of the run of letters and digits from `begin`, with inner apostrophes and decimal points. */
static size_t run_end(text_view text, size_t begin) {
    size_t at = begin, len;
    bool last_is_digit = false;
    while (at < text.len && is_ascii(text, at, IS_LETTER))
        at++;
    for (;; at += len) {
        character_class class = class_at(text, at, &len);
        if (class == IS_LETTER || class == IS_DIGIT) {
            last_is_digit = class == IS_DIGIT;
            continue;
        }
        if (at == begin || !is_word_character(text, at + len)) return at;
        bool decimal = last_is_digit && (text.ptr[at] == '.' || text.ptr[at] == ',') &&
                       ascii_is_digit((unsigned char)text.ptr[at + 1]);
        if (class != IS_APOSTROPHE && !decimal) return at;
    }
}

/* Bytes of a final 's (straight or curly apostrophe) in the word, or 0. */
static size_t possessive_len(text_view run) {
    static const text_view endings[] = {{"'s", 2}, {"'S", 2}, {"\xE2\x80\x99s", 4}};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (run.len > endings[i].len && view_ends_with(run, endings[i])) return endings[i].len;
    return 0;
}

static bool add_run(splitter *s, size_t begin, size_t *next) {
    size_t end = abbreviation_end(s->text, begin);
    if (end != begin) {
        *next = end;
        return add_word(s, begin, end, WORD_LETTERS);
    }
    *next = end = run_end(s->text, begin);
    text_view run = view_slice(s->text, begin, end);
    word_kind kind = ascii_is_digit((unsigned char)run.ptr[0]) ? WORD_NUMBER : WORD_LETTERS;
    size_t cut = end - possessive_len(run);
    return add_word(s, begin, cut, kind) && (cut == end || add_word(s, cut, end, WORD_LETTERS));
}

/* Most words: ASCII letters alone, with a blank, hyphen or mark behind. Reads, folds and hashes in
 * one go. Others are left alone, and *next as it is: single letters, which may begin an
 * abbreviation, US, and what has digits, apostrophes or other letters. */
static bool add_plain_word(splitter *s, size_t begin, size_t *next) {
    text_view text = s->text;
    name_hash hash = NAME_HASH_EMPTY;
    char *out = s->folded;
    size_t at = begin;
    for (; at < text.len && is_ascii(text, at, IS_LETTER); at++) {
        *out = (char)(text.ptr[at] | ('a' - 'A'));
        hash = name_hash_add(hash, *out++);
    }
    bool ends = at == text.len || is_ascii(text, at, IS_SPACE) || is_ascii(text, at, IS_HYPHEN) ||
                is_ascii(text, at, IS_MARK);
    bool is_us = at - begin == 2 && text.ptr[begin] == 'U' && text.ptr[begin + 1] == 'S';
    if (!ends || at - begin < 2 || is_us) return true;
    *out = '\0';
    word w = {{(uint32_t)begin, (uint32_t)at}, {s->folded, at - begin}, hash, WORD_LETTERS};
    s->folded = out + 1;
    *next = at;
    return array_push(s->arena, &s->words, w);
}

/* Words of text[begin..end]. */
static bool split_part(splitter *s, size_t begin, size_t end) {
    text_view text = s->text = view_slice(s->text, 0, end);
    size_t next;
    for (size_t i = begin; i < end; i = next) {
        size_t len;
        character_class class = class_at(text, i, &len);
        next = i;
        if (class == IS_LETTER && !add_plain_word(s, i, &next)) return false;
        if (next > i) continue;
        next = i + len;
        if (class == IS_SPACE || class == IS_HYPHEN) continue;
        bool in_run = class == IS_LETTER || class == IS_DIGIT;
        if (in_run ? !add_run(s, i, &next) : !add_word(s, i, next, WORD_MARK)) return false;
    }
    return true;
}

whosaid_status words_split_parts(text_view text, const span *parts, size_t count, arena *memory,
                                 word_list *out, whosaid_error *err) {
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++)
        bytes += parts[i].end - parts[i].begin;
    splitter s = {.arena = memory, .folded = arena_alloc_raw(memory, bytes, 2)};
    if (!s.folded || !array_reserve(memory, &s.words, bytes / USUAL_WORD_BYTES + 1))
        return error_no_memory(err);
    for (size_t i = 0; i < count; i++) {
        s.text = text;
        if (!split_part(&s, parts[i].begin, parts[i].end)) return error_no_memory(err);
    }
    *out = (word_list){s.words.items, s.words.count};
    return WHOSAID_OK;
}

whosaid_status words_split(text_view text, arena *memory, word_list *out, whosaid_error *err) {
    span all = {0, (uint32_t)text.len};
    return words_split_parts(text, &all, 1, memory, out, err);
}

word_index words_index(const word_list *words, arena *memory) {
    size_t last = words->count ? words->items[words->count - 1].bytes.begin : 0;
    word_index index = {NULL, last / WORD_STRETCH + 1};
    index.items = arena_alloc_raw(memory, index.count, sizeof *index.items);
    uint32_t next = 0;
    for (size_t i = 0; index.items && i < index.count; i++) {
        while (next < words->count && words->items[next].bytes.begin < i * WORD_STRETCH)
            next++;
        index.items[i] = next;
    }
    return index;
}

/* The first word that begins at or behind `offset`. */
static uint32_t first_word_at(const word_list *words, word_index index, uint32_t offset) {
    size_t stretch = offset / WORD_STRETCH;
    if (stretch >= index.count) return (uint32_t)words->count;
    uint32_t next = index.items[stretch];
    while (next < words->count && words->items[next].bytes.begin < offset)
        next++;
    return next;
}

word_range words_of_span(const word_list *words, word_index index, span bytes) {
    return (word_range){first_word_at(words, index, bytes.begin),
                        first_word_at(words, index, bytes.end)};
}
