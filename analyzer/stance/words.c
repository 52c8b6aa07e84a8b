#include "stance/words.h"

#include "base/array.h"
#include "base/error.h"
#include "base/utf8.h"

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

typedef ARRAY(word) word_array;

typedef struct splitter {
    text_view text;
    arena *arena;
    word_array words;
    char *folded; /* where the next folded word goes: none is longer than its text, a NUL behind */
} splitter;

enum {
    USUAL_WORD_BYTES = 5, /* with the blank behind it; room is made ahead */
    WIDE = 16             /* bytes that are looked at together */
};

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
    word w = {.bytes = {(uint32_t)begin, (uint32_t)end},
              .text = folded,
              .hash = name_hash_of(folded),
              .kind = kind};
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

/* ---- plain words ----------------------------------------------------------------------------- */

/* How many of the WIDE bytes from `at` are ASCII letters before the first that is none. Copies all,
 * the letters in lower case. */
static unsigned fold_letters(const char *at, char *out) {
#if defined(__x86_64__)
    __m128i small = _mm_or_si128(_mm_loadu_si128((const __m128i *)at), _mm_set1_epi8('a' - 'A'));
    __m128i others = _mm_or_si128(_mm_cmplt_epi8(small, _mm_set1_epi8('a')),
                                  _mm_cmpgt_epi8(small, _mm_set1_epi8('z')));
    _mm_storeu_si128((__m128i *)out, small);
    return (unsigned)__builtin_ctz((unsigned)_mm_movemask_epi8(others) | 1u << WIDE);
#else
    unsigned letters = WIDE;
    for (unsigned i = WIDE; i-- > 0;) {
        out[i] = (char)(at[i] | ('a' - 'A'));
        if (!ascii_is_lower((unsigned char)out[i])) letters = i;
    }
    return letters;
#endif
}

/* Powers of the base, so that the bytes of a word need not wait for each other. */
#define POWER_2 (NAME_HASH_BASE * NAME_HASH_BASE)
#define POWER_4 (POWER_2 * POWER_2)
#define POWER_8 (POWER_4 * POWER_4)
static const uint64_t powers[WIDE] = {
    1,
    NAME_HASH_BASE,
    POWER_2,
    POWER_2 *NAME_HASH_BASE,
    POWER_4,
    POWER_4 *NAME_HASH_BASE,
    POWER_4 *POWER_2,
    POWER_4 *POWER_2 *NAME_HASH_BASE,
    POWER_8,
    POWER_8 *NAME_HASH_BASE,
    POWER_8 *POWER_2,
    POWER_8 *POWER_2 *NAME_HASH_BASE,
    POWER_8 *POWER_4,
    POWER_8 *POWER_4 *NAME_HASH_BASE,
    POWER_8 *POWER_4 *POWER_2,
    POWER_8 *POWER_4 *POWER_2 *NAME_HASH_BASE,
};

/* The value of the first of 8 bytes. Zeros in front of a name add nothing. */
static uint64_t hash_value_of_8(const char *bytes, size_t count) {
    uint64_t all, value = 0;
    memcpy(&all, bytes, sizeof all);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    all = __builtin_bswap64(all);
#endif
    all = count ? all << 8 * (8 - count) : 0;
    for (size_t i = 0; i < 8; i++)
        value += (all >> 8 * i & 0xFF) * powers[7 - i];
    return value;
}

/* Of the first bytes of WIDE, fewer than all. */
static name_hash hash_of_wide(const char *bytes, size_t count) {
    if (count <= 8) return (name_hash){hash_value_of_8(bytes, count), powers[count]};
    name_hash head = {hash_value_of_8(bytes, 8), powers[8]};
    return name_hash_join(head,
                          (name_hash){hash_value_of_8(bytes + 8, count - 8), powers[count - 8]});
}

/* Most words: ASCII letters alone, with a blank, hyphen or mark behind. Others are left alone, and
 * *next as it is: single letters, which may begin an abbreviation, US, long words, and what has
 * digits, apostrophes or other letters. */
static bool add_plain_word(splitter *s, size_t begin, size_t *next) {
    text_view text = s->text;
    const char *at = text.ptr + begin;
    char tail[WIDE] = {0};
    if (text.len - begin < WIDE) at = memcpy(tail, at, text.len - begin);
    size_t letters = fold_letters(at, s->folded), end = begin + letters;
    if (letters < 2 || letters == WIDE) return true;
    bool ends = end == text.len || is_ascii(text, end, IS_SPACE) ||
                is_ascii(text, end, IS_HYPHEN) || is_ascii(text, end, IS_MARK);
    bool is_us = letters == 2 && text.ptr[begin] == 'U' && text.ptr[begin + 1] == 'S';
    if (!ends || is_us) return true;
    word w = {.bytes = {(uint32_t)begin, (uint32_t)end},
              .text = {s->folded, letters},
              .hash = hash_of_wide(s->folded, letters),
              .kind = WORD_LETTERS};
    s->folded[letters] = '\0';
    s->folded += letters + 1;
    *next = end;
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
    splitter s = {.arena = memory, .folded = arena_alloc_raw(memory, bytes + WIDE, 2)};
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
