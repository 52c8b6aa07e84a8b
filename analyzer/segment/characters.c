#include "segment/characters.h"

#include "base/sorted.h"
#include "base/utf8.h"

#define W CHARACTER_SPACE
#define L CHARACTER_LETTER
#define D CHARACTER_DIGIT
#define Q CHARACTER_QUOTE
#define H CHARACTER_HYPHEN
#define T CHARACTER_STOP
#define E CHARACTER_EXCLAIM
#define S CHARACTER_SYMBOL
#define B CHARACTER_BEYOND_ASCII
#define B16 B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B

/* Control characters count as space: they carry no text. */
// clang-format off
const uint8_t character_byte_classes[256] = {
    W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
    W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
    /*    !  "  #  $  %  &  '  (  )  *  +  ,  -  .  / */
    W, E, Q, S, S, S, S, Q, S, S, S, S, S, H, T, S,
    D, D, D, D, D, D, D, D, D, D, S, S, S, S, S, E,
    S, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
    L, L, L, L, L, L, L, L, L, L, L, S, S, S, S, L,
    Q, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
    L, L, L, L, L, L, L, L, L, L, L, S, S, S, S, W,
    B16, B16, B16, B16, B16, B16, B16, B16};
// clang-format on

#undef W
#undef L
#undef D
#undef Q
#undef H
#undef T
#undef E
#undef S
#undef B
#undef B16

typedef struct class_range {
    uint32_t first, last;
    character_class class;
} class_range;

/* Ranges that are not letters, in order; what is in none of them is a letter. */
static const class_range ranges[] = {
    {0x0080, 0x00A0, CHARACTER_SPACE},    {0x00A1, 0x00A1, CHARACTER_SYMBOL},
    {0x00A2, 0x00A9, CHARACTER_SYMBOL},   {0x00AB, 0x00AB, CHARACTER_QUOTE},
    {0x00AC, 0x00AC, CHARACTER_SYMBOL},   {0x00AE, 0x00B1, CHARACTER_SYMBOL},
    {0x00B2, 0x00B3, CHARACTER_DIGIT},    {0x00B4, 0x00B4, CHARACTER_QUOTE},
    {0x00B6, 0x00B8, CHARACTER_SYMBOL},   {0x00B9, 0x00B9, CHARACTER_DIGIT},
    {0x00BB, 0x00BB, CHARACTER_QUOTE},    {0x00BC, 0x00BE, CHARACTER_DIGIT},
    {0x00BF, 0x00BF, CHARACTER_SYMBOL},   {0x00D7, 0x00D7, CHARACTER_SYMBOL},
    {0x00F7, 0x00F7, CHARACTER_SYMBOL},   {0x0589, 0x058A, CHARACTER_SYMBOL},
    {0x05BE, 0x05BE, CHARACTER_SYMBOL},   {0x060C, 0x060D, CHARACTER_SYMBOL},
    {0x061B, 0x061B, CHARACTER_SYMBOL},   {0x061F, 0x061F, CHARACTER_EXCLAIM},
    {0x0660, 0x0669, CHARACTER_DIGIT},    {0x066A, 0x066D, CHARACTER_SYMBOL},
    {0x06D4, 0x06D4, CHARACTER_SYMBOL},   {0x0964, 0x0965, CHARACTER_SYMBOL},
    {0x1680, 0x1680, CHARACTER_SPACE},    {0x180E, 0x180E, CHARACTER_SPACE},
    {0x2000, 0x200B, CHARACTER_SPACE},    {0x200E, 0x200F, CHARACTER_SPACE},
    {0x2010, 0x2011, CHARACTER_HYPHEN},   {0x2012, 0x2015, CHARACTER_DASH},
    {0x2016, 0x2017, CHARACTER_SYMBOL},   {0x2018, 0x201F, CHARACTER_QUOTE},
    {0x2020, 0x2025, CHARACTER_SYMBOL},   {0x2026, 0x2026, CHARACTER_ELLIPSIS},
    {0x2027, 0x2027, CHARACTER_SYMBOL},   {0x2028, 0x202F, CHARACTER_SPACE},
    {0x2030, 0x2031, CHARACTER_SYMBOL},   {0x2032, 0x2038, CHARACTER_SYMBOL},
    {0x2039, 0x203A, CHARACTER_QUOTE},    {0x203B, 0x203B, CHARACTER_SYMBOL},
    {0x203C, 0x203D, CHARACTER_EXCLAIM},  {0x203E, 0x2046, CHARACTER_SYMBOL},
    {0x2047, 0x2049, CHARACTER_EXCLAIM},  {0x204A, 0x205E, CHARACTER_SYMBOL},
    {0x205F, 0x2064, CHARACTER_SPACE},    {0x2066, 0x206F, CHARACTER_SPACE},
    {0x207A, 0x207E, CHARACTER_SYMBOL},   {0x208A, 0x208E, CHARACTER_SYMBOL},
    {0x20A0, 0x20CF, CHARACTER_SYMBOL},   {0x2150, 0x215F, CHARACTER_DIGIT},
    {0x2190, 0x2BFF, CHARACTER_SYMBOL},   {0x2E00, 0x2E7F, CHARACTER_SYMBOL},
    {0x3000, 0x3000, CHARACTER_SPACE},    {0x3001, 0x3004, CHARACTER_SYMBOL},
    {0x3008, 0x301C, CHARACTER_SYMBOL},   {0x301D, 0x301F, CHARACTER_QUOTE},
    {0x3030, 0x3030, CHARACTER_SYMBOL},   {0xE000, 0xF8FF, CHARACTER_SYMBOL},
    {0xFE10, 0xFE1F, CHARACTER_SYMBOL},   {0xFE30, 0xFE6F, CHARACTER_SYMBOL},
    {0xFEFF, 0xFEFF, CHARACTER_SPACE},    {0xFF01, 0xFF01, CHARACTER_EXCLAIM},
    {0xFF02, 0xFF02, CHARACTER_QUOTE},    {0xFF03, 0xFF06, CHARACTER_SYMBOL},
    {0xFF07, 0xFF07, CHARACTER_QUOTE},    {0xFF08, 0xFF0F, CHARACTER_SYMBOL},
    {0xFF10, 0xFF19, CHARACTER_DIGIT},    {0xFF1A, 0xFF1E, CHARACTER_SYMBOL},
    {0xFF1F, 0xFF1F, CHARACTER_EXCLAIM},  {0xFF20, 0xFF20, CHARACTER_SYMBOL},
    {0xFF3B, 0xFF40, CHARACTER_SYMBOL},   {0xFF5B, 0xFF65, CHARACTER_SYMBOL},
    {0xFFE0, 0xFFFD, CHARACTER_SYMBOL},   {0x1D000, 0x1D1FF, CHARACTER_SYMBOL},
    {0x1F000, 0x1FAFF, CHARACTER_SYMBOL}, {0xE0000, 0x10FFFF, CHARACTER_SYMBOL},
};

static character_class class_of(uint32_t code_point) {
    enum { COUNT = sizeof ranges / sizeof *ranges };
    size_t at = SORTED_BELOW(ranges, COUNT, last, code_point);
    return at < COUNT && ranges[at].first <= code_point ? ranges[at].class : CHARACTER_LETTER;
}

character_class character_decode(const char *ptr, const char *end, size_t *len) {
    return class_of(utf8_decode(ptr, end, len));
}

character_class character_before(const char *begin, const char *end, size_t *len) {
    const char *last = end - 1;
    while (last > begin && !utf8_is_boundary((unsigned char)*last))
        last--;
    character_class class = character_at(last, end, len);
    *len = (size_t)(end - last);
    return class;
}

static quote_shape shape_of(uint32_t code_point) {
    switch (code_point) {
    case '"':
    case 0xFF02: return QUOTE_SHAPE_DOUBLE_STRAIGHT;
    case 0x201C:
    case 0x201F:
    case 0x301D: return QUOTE_SHAPE_DOUBLE_OPEN;
    case 0x201D:
    case 0x301E: return QUOTE_SHAPE_DOUBLE_CLOSE;
    case 0x201E:
    case 0x301F: return QUOTE_SHAPE_DOUBLE_LOW;
    case 0x00AB: return QUOTE_SHAPE_ANGLE_LEFT;
    case 0x00BB: return QUOTE_SHAPE_ANGLE_RIGHT;
    case '\'':
    case 0xFF07: return QUOTE_SHAPE_SINGLE_STRAIGHT;
    case '`':
    case 0x2018:
    case 0x201B: return QUOTE_SHAPE_SINGLE_OPEN;
    case 0x00B4:
    case 0x2019: return QUOTE_SHAPE_SINGLE_CLOSE;
    case 0x201A: return QUOTE_SHAPE_SINGLE_LOW;
    case 0x2039: return QUOTE_SHAPE_SINGLE_ANGLE_LEFT;
    case 0x203A: return QUOTE_SHAPE_SINGLE_ANGLE_RIGHT;
    default: return QUOTE_SHAPE_NONE;
    }
}

quote_shape quote_shape_of(text_view text) {
    if (text.len == 0 || text.len > 4) return QUOTE_SHAPE_NONE;
    unsigned char first = (unsigned char)text.ptr[0];
    if (first < 0x80 && character_byte_classes[first] != CHARACTER_QUOTE) return QUOTE_SHAPE_NONE;
    if (view_is(text, "``")) return QUOTE_SHAPE_DOUBLE_OPEN;
    if (view_is(text, "''")) return QUOTE_SHAPE_DOUBLE_STRAIGHT;
    size_t len;
    uint32_t code_point = utf8_decode(text.ptr, text.ptr + text.len, &len);
    return len == text.len ? shape_of(code_point) : QUOTE_SHAPE_NONE;
}

size_t apostrophe_length(const char *ptr, const char *end) {
    size_t left = (size_t)(end - ptr);
    if (left && *ptr == '\'') return 1;
    if (left >= 3 && memcmp(ptr, "\xE2\x80\x99", 3) == 0) return 3; /* U+2019 */
    if (left >= 2 && memcmp(ptr, "\xCA\xBC", 2) == 0) return 2;     /* U+02BC */
    if (left >= 3 && memcmp(ptr, "\xEF\xBC\x87", 3) == 0) return 3; /* U+FF07 */
    return 0;
}

size_t line_break_length(const char *ptr, const char *end) {
    size_t left = (size_t)(end - ptr);
    if (!left) return 0;
    switch ((unsigned char)*ptr) {
    case '\n':
    case '\v':
    case '\f': return 1;
    case '\r': return left > 1 && ptr[1] == '\n' ? 2 : 1;
    case 0xC2: return left > 1 && (unsigned char)ptr[1] == 0x85 ? 2 : 0;
    case 0xE2:
        return left > 2 && (unsigned char)ptr[1] == 0x80 && ((unsigned char)ptr[2] | 1) == 0xA9 ? 3
                                                                                                : 0;
    default: return 0;
    }
}

bool character_is_upper(const char *ptr, const char *end) {
    if (ptr >= end) return false;
    if ((unsigned char)*ptr < 0x80) return ascii_is_upper((unsigned char)*ptr);
    size_t len;
    uint32_t c = utf8_decode(ptr, end, &len);
    if (c < 0x00C0) return false;
    if (c <= 0x00DE) return c != 0x00D7;
    if (c < 0x0100) return false;
    if (c <= 0x0137 || (c >= 0x014A && c <= 0x0177)) return c % 2 == 0;
    if (c <= 0x0148 || (c >= 0x0179 && c <= 0x017E)) return c % 2 == 1;
    if (c == 0x0178) return true;
    if (c >= 0x0386 && c <= 0x03AB) return c != 0x0390;
    if (c >= 0x0400 && c <= 0x042F) return true;
    if (c >= 0x0460 && c <= 0x0481) return c % 2 == 0;
    if (c >= 0x1E00 && c <= 0x1EFF) return c % 2 == 0 && !(c >= 0x1E96 && c <= 0x1E9D);
    return false;
}
