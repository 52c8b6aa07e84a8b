/* characters.h: what a character is to the segmenter: space, letter, digit, mark. ASCII is read
 * from a table of 256 bytes; everything else by range tests over the code point, so that no locale
 * and no library is needed. The text is valid UTF-8. */
#ifndef SEGMENT_CHARACTERS_H
#define SEGMENT_CHARACTERS_H

#include "base/text_view.h"

typedef enum character_class {
    CHARACTER_SPACE,       /* white space of every kind, zero-width and direction marks too */
    CHARACTER_LETTER,      /* letters, combining marks, joiners, the soft hyphen, underscore */
    CHARACTER_DIGIT,       /* decimal digits and fractions such as U+00BD */
    CHARACTER_QUOTE,       /* quotation marks and apostrophes: see quote_shape */
    CHARACTER_HYPHEN,      /* hyphen-minus, U+2010, U+2011 */
    CHARACTER_DASH,        /* en dash, em dash, horizontal bar */
    CHARACTER_STOP,        /* full stop */
    CHARACTER_ELLIPSIS,    /* U+2026 */
    CHARACTER_EXCLAIM,     /* exclamation and question marks */
    CHARACTER_SYMBOL,      /* all other marks: one token each */
    CHARACTER_BEYOND_ASCII /* only in the byte table: decode the code point */
} character_class;

/* How a quotation mark looks. What it does is for the state machine in quotations.c. */
typedef enum quote_shape {
    QUOTE_SHAPE_NONE,
    QUOTE_SHAPE_DOUBLE_STRAIGHT, /* ", and two apostrophes, which newspapers' archives write at both
                                    ends */
    QUOTE_SHAPE_DOUBLE_OPEN,     /* U+201C, two backticks */
    QUOTE_SHAPE_DOUBLE_CLOSE,    /* U+201D */
    QUOTE_SHAPE_DOUBLE_LOW,      /* U+201E: opens; U+201C or U+201D closes */
    QUOTE_SHAPE_ANGLE_LEFT,      /* U+00AB */
    QUOTE_SHAPE_ANGLE_RIGHT,     /* U+00BB */
    QUOTE_SHAPE_SINGLE_STRAIGHT, /* ' */
    QUOTE_SHAPE_SINGLE_OPEN,     /* U+2018, a backtick */
    QUOTE_SHAPE_SINGLE_CLOSE,    /* U+2019: also the apostrophe */
    QUOTE_SHAPE_SINGLE_LOW,      /* U+201A */
    QUOTE_SHAPE_SINGLE_ANGLE_LEFT,
    QUOTE_SHAPE_SINGLE_ANGLE_RIGHT
} quote_shape;

extern const uint8_t character_byte_classes[256];

/* The class of the character beyond ASCII at ptr; *len: its bytes. */
character_class character_decode(const char *ptr, const char *end, size_t *len);

/* The class of the character at ptr < end; *len: its bytes. */
static inline character_class character_at(const char *ptr, const char *end, size_t *len) {
    character_class class = (character_class)character_byte_classes[(unsigned char)*ptr];
    *len = 1;
    return class == CHARACTER_BEYOND_ASCII ? character_decode(ptr, end, len) : class;
}

/* The class of the character that ends at `end` > `begin`; *len: its bytes. */
character_class character_before(const char *begin, const char *end, size_t *len);

/* The shape of a token's text; NONE unless the whole token is one quotation mark. */
quote_shape quote_shape_of(text_view text);

/* False for most tokens that are no quotation mark: by their first byte. */
static inline bool may_be_quote_mark(text_view text) {
    uint8_t class = character_byte_classes[(unsigned char)*text.ptr];
    return class == CHARACTER_QUOTE || class == CHARACTER_BEYOND_ASCII;
}

/* Bytes of the apostrophe at ptr (straight, curly, modifier letter), 0 when there is none. */
size_t apostrophe_length(const char *ptr, const char *end);

/* Bytes of the line break at ptr: LF, CR, CR LF, VT, FF, NEL, U+2028, U+2029; 0 when none. */
size_t line_break_length(const char *ptr, const char *end);

/* True for ASCII capitals and the capitals of Latin-1, Latin Extended-A, Greek and Cyrillic: the
 * alphabets that news in English borrows from. */
bool character_is_upper(const char *ptr, const char *end);

#endif
