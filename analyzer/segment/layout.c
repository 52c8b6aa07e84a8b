/* Paragraphs. Blank lines separate them, and a single line break is white space, unless the lines
 * themselves are the paragraphs. They are when the text has no blank line at all and at least half
 * of its lines (the last one aside) end as paragraphs do: with a full stop, a question or
 * exclamation mark, an ellipsis, a colon, or a mark or bracket that closes. Wrapped prose has such
 * an end in about one line of ten. A form feed and U+2029 always end a paragraph, and a line that
 * begins with a transcript's speaker ("Q:", "MAYOR OBI:") begins one. */
#include "segment/characters.h"
#include "segment/steps.h"

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

typedef struct line {
    size_t begin, end;   /* without its break and without white space at its ends */
    size_t next;         /* behind the break */
    bool ends_paragraph; /* the break is a form feed or U+2029 */
} line;

/* True for the bytes with which line breaks begin, and for others that are rare in English text. */
static bool may_break_line(unsigned char c) {
    return (c >= '\n' && c <= '\r') || c == 0xC2 || c == 0xE2;
}

/* Offset of the next byte at or behind `pos` that may break a line, or `end`. */
static size_t find_candidate(text_view text, size_t pos, size_t end) {
#if defined(__x86_64__)
    for (; end - pos >= sizeof(__m128i); pos += sizeof(__m128i)) {
        /* Letters, digits, marks and spaces are the signed bytes from ' ' on. */
        __m128i bytes = _mm_loadu_si128((const __m128i *)(text.ptr + pos));
        unsigned found = (unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(bytes, _mm_set1_epi8(' ')));
        for (; found; found &= found - 1) {
            size_t at = pos + (unsigned)__builtin_ctz(found);
            if (may_break_line((unsigned char)text.ptr[at])) return at;
        }
    }
#endif
    while (pos < end && !may_break_line((unsigned char)text.ptr[pos]))
        pos++;
    return pos;
}

/* Offset of the next line break at or behind `pos`, or `end`. */
static size_t find_line_break(text_view text, size_t pos, size_t end, size_t *break_len) {
    *break_len = 0;
    for (; (pos = find_candidate(text, pos, end)) < end; pos++)
        if ((*break_len = line_break_length(text.ptr + pos, text.ptr + end))) return pos;
    return end;
}

static span trim(text_view text, size_t begin, size_t end) {
    size_t len;
    while (begin < end && character_at(text.ptr + begin, text.ptr + end, &len) == CHARACTER_SPACE)
        begin += len;
    while (end > begin &&
           character_before(text.ptr + begin, text.ptr + end, &len) == CHARACTER_SPACE)
        end -= len;
    return (span){(uint32_t)begin, (uint32_t)end};
}

static line line_at(text_view text, size_t from, size_t end) {
    size_t break_len;
    size_t stop = find_line_break(text, from, end, &break_len);
    span inner = trim(text, from, stop);
    line l = {.begin = inner.begin, .end = inner.end, .next = stop + break_len};
    if (break_len == 1) l.ends_paragraph = text.ptr[stop] == '\f';
    if (break_len == 3) l.ends_paragraph = (unsigned char)text.ptr[stop + 2] == 0xA9;
    return l;
}

static bool line_is_blank(line l) {
    return l.begin == l.end;
}

/* True when the line ends as a paragraph may. */
static bool line_is_closed(text_view text, line l) {
    size_t len;
    switch (character_before(text.ptr + l.begin, text.ptr + l.end, &len)) {
    case CHARACTER_STOP:
    case CHARACTER_ELLIPSIS:
    case CHARACTER_EXCLAIM:
    case CHARACTER_QUOTE: return true;
    default: return strchr(")]:", text.ptr[l.end - 1]) != NULL;
    }
}

layout layout_of(text_view text, span body) {
    size_t lines = 0, closed = 0;
    bool last_closed = false, blank_seen = false;
    for (size_t pos = body.begin; pos < body.end;) {
        line l = line_at(text, pos, body.end);
        pos = l.next;
        if (line_is_blank(l)) {
            blank_seen = lines > 0;
            continue;
        }
        if (blank_seen) return (layout){.lines_are_paragraphs = false};
        last_closed = line_is_closed(text, l);
        closed += last_closed;
        lines++;
    }
    closed -= last_closed;
    return (layout){.lines_are_paragraphs = lines > 1 && closed * 2 >= lines - 1};
}

/* "Q:", "MAYOR OBI:", "REP. LEE (D-Iowa):": a transcript's speaker at the begin of the line. */
static bool line_has_label(text_view text, line l) {
    enum { LABEL_BYTES = 48 };
    size_t end = l.end - l.begin > LABEL_BYTES ? l.begin + LABEL_BYTES : l.end;
    for (size_t pos = l.begin; pos < end; pos++) {
        unsigned char c = (unsigned char)text.ptr[pos];
        if (c == ':') return pos > l.begin && pos + 1 < l.end && text.ptr[pos + 1] == ' ';
        if (c == '(') { /* an affiliation may have small letters */
            while (pos < end && text.ptr[pos] != ')')
                pos++;
            continue;
        }
        if (!ascii_is_upper(c) && !strchr(" .'-,", (char)c)) return false;
    }
    return false;
}

/* "Q. What now?" and, in a paragraph that began so, "A. Nothing." */
static bool line_is_turn(text_view text, line l, bool in_interview) {
    if (line_has_label(text, l)) return true;
    if (l.end - l.begin < 4 || memcmp(text.ptr + l.begin + 1, ". ", 2) != 0) return false;
    return text.ptr[l.begin] == 'Q' || (in_interview && text.ptr[l.begin] == 'A');
}

bool layout_next_paragraph(layout rule, text_view text, size_t end, size_t *from, span *out) {
    bool found = false, in_interview = false;
    while (*from < end) {
        line l = line_at(text, *from, end);
        bool turn = !line_is_blank(l) && line_is_turn(text, l, in_interview);
        if (found && turn) return true;
        in_interview = in_interview || turn;
        *from = l.next;
        if (line_is_blank(l)) {
            if (found) return true;
            continue;
        }
        if (!found) out->begin = (uint32_t)l.begin;
        out->end = (uint32_t)l.end;
        found = true;
        if (rule.lines_are_paragraphs || l.ends_paragraph) return true;
    }
    return found;
}
