/* Tokens, close to the Penn Treebank's as CoreNLP cuts them, since the tagger learns from those:
 * clitics and n't are tokens of their own, abbreviations keep their full stop, numbers, hyphenated
 * words, addresses, handles and tags stay whole, every other mark stands alone. */
#include "segment/abbreviations.h"
#include "segment/characters.h"
#include "segment/steps.h"

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

/* A look-ahead of so many bytes keeps the scan linear. */
enum { LOOK_AHEAD = 256 };

typedef struct scanner {
    const char *text;
    size_t begin, end; /* the paragraph */
} scanner;

static character_class class_at(const scanner *s, size_t pos, size_t *len) {
    if (pos >= s->end) {
        *len = 0;
        return CHARACTER_SPACE;
    }
    return character_at(s->text + pos, s->text + s->end, len);
}

static unsigned char byte_at(const scanner *s, size_t pos) {
    return pos < s->end ? (unsigned char)s->text[pos] : ' ';
}

static bool is_word_class(character_class class) {
    return class == CHARACTER_LETTER || class == CHARACTER_DIGIT;
}

static bool word_at(const scanner *s, size_t pos) {
    size_t len;
    return is_word_class(class_at(s, pos, &len));
}

static bool space_at(const scanner *s, size_t pos) {
    size_t len;
    return class_at(s, pos, &len) == CHARACTER_SPACE;
}

/* The class of the character before `pos`; SPACE at the begin of the paragraph. */
static character_class class_before(const scanner *s, size_t pos) {
    size_t len;
    if (pos <= s->begin) return CHARACTER_SPACE;
    return character_before(s->text + s->begin, s->text + pos, &len);
}

static bool digit_at(const scanner *s, size_t pos) {
    return ascii_is_digit(byte_at(s, pos));
}

static size_t look_ahead_end(const scanner *s, size_t pos) {
    return s->end - pos > LOOK_AHEAD ? pos + LOOK_AHEAD : s->end;
}

static bool starts_with(const scanner *s, size_t pos, const char *words) {
    size_t len = strlen(words);
    if (s->end - pos < len) return false;
    for (size_t i = 0; i < len; i++)
        if (ascii_to_lower(s->text[pos + i]) != words[i]) return false;
    return true;
}

/* --- addresses --- */

static size_t address_end(const scanner *s, size_t pos) {
    while (pos < s->end) {
        size_t len;
        character_class class = class_at(s, pos, &len);
        unsigned char c = byte_at(s, pos);
        if (class == CHARACTER_SPACE || class == CHARACTER_DASH || class == CHARACTER_ELLIPSIS ||
            c == '"' || c == '<' || c == '>' || (class == CHARACTER_QUOTE && c >= 0x80))
            break;
        pos += len;
    }
    while (pos > 0 && strchr(".,;:!?)]}'", s->text[pos - 1]))
        pos--;
    return pos;
}

static bool is_top_domain(text_view word) {
    static const char *const domains[] = {"com", "org", "net", "gov", "edu", "mil", "info", "co",
                                          "uk",  "us",  "eu",  "io",  "ly",  "tv",  "me",   "ua",
                                          "de",  "fr",  "ru",  "ca",  "au",  "int", "news", "biz"};
    for (size_t i = 0; i < sizeof domains / sizeof *domains; i++)
        if (view_is(word, domains[i])) return true;
    return false;
}

/* The end of "example.org" when the full stop at `stop` stands in such a name, else 0. */
static size_t domain_end(const scanner *s, size_t stop) {
    size_t limit = look_ahead_end(s, stop);
    size_t pos = stop, best = 0;
    while (pos < limit && s->text[pos] == '.') {
        size_t begin = ++pos;
        while (pos < limit && (ascii_is_alpha(byte_at(s, pos)) || digit_at(s, pos) ||
                               (s->text[pos] == '-' && pos > begin)))
            pos++;
        if (is_top_domain((text_view){s->text + begin, pos - begin}) && !word_at(s, pos))
            best = pos;
    }
    if (best && byte_at(s, best) == '/' && word_at(s, best + 1)) return address_end(s, best);
    return best;
}

static bool is_mailbox_byte(unsigned char c) {
    return ascii_is_alpha(c) || ascii_is_digit(c) || c == '.' || c == '-' || c == '_' || c == '+';
}

/* The end of the local part of "obi.park@example.org" behind the full stop at `stop`, else 0. */
static size_t mailbox_end(const scanner *s, size_t stop) {
    size_t limit = look_ahead_end(s, stop);
    size_t pos = stop + 1;
    while (pos < limit && is_mailbox_byte(byte_at(s, pos)))
        pos++;
    return byte_at(s, pos) == '@' && word_at(s, pos + 1) ? pos : 0;
}

/* --- words --- */

typedef struct word_state {
    size_t begin;
    size_t piece; /* begin of the letters behind the last full stop or hyphen */
} word_state;

static bool single_letter(const scanner *s, size_t from, size_t to) {
    size_t len;
    return from < to && class_at(s, from, &len) == CHARACTER_LETTER && from + len == to;
}

/* A full stop inside a word: "3.5", "U.S", "p.m", "Ph.D", "state.gov". */
static size_t stop_connector(const scanner *s, const word_state *w, size_t pos) {
    if (digit_at(s, pos - 1) && digit_at(s, pos + 1)) return pos + 1;
    size_t len;
    if (class_at(s, pos + 1, &len) != CHARACTER_LETTER) return pos;
    bool next_single = !word_at(s, pos + 1 + len);
    bool here_single = single_letter(s, w->piece, pos);
    if (next_single && (here_single || starts_with(s, w->piece, "ph.d"))) return pos + 1;
    size_t address = domain_end(s, pos);
    if (!address) address = mailbox_end(s, pos);
    return address ? address : pos;
}

static size_t comma_connector(const scanner *s, size_t pos) {
    bool thousands = digit_at(s, pos - 1) && digit_at(s, pos + 1) && digit_at(s, pos + 2) &&
                     digit_at(s, pos + 3) && !digit_at(s, pos + 4);
    return thousands ? pos + 1 : pos;
}

/* Where the word goes on behind the mark at `pos`, or `pos` when it ends there. */
static size_t connector_end(const scanner *s, word_state *w, size_t pos) {
    unsigned char c = (unsigned char)s->text[pos];
    size_t len = apostrophe_length(s->text + pos, s->text + s->end), next = pos;
    if (len) return word_at(s, pos + len) ? pos + len : pos;
    switch (c) {
    case '-':
    case '/':
    case '@': next = word_at(s, pos + 1) ? pos + 1 : pos; break;
    case '`': next = ascii_is_lower(byte_at(s, pos + 1)) ? pos + 1 : pos; break;
    case '.': next = stop_connector(s, w, pos); break;
    case ',': next = comma_connector(s, pos); break;
    case ':': next = digit_at(s, pos - 1) && digit_at(s, pos + 1) ? pos + 1 : pos; break;
    case '&':
        if (ascii_is_upper(byte_at(s, pos - 1)) && ascii_is_upper(byte_at(s, pos + 1)))
            next = pos + 1;
        break;
    default:
        if (class_at(s, pos, &len) == CHARACTER_HYPHEN && word_at(s, pos + len)) next = pos + len;
    }
    if (next != pos) w->piece = next;
    return next;
}

/* "-12", "+3.5" behind white space. */
static bool is_signed_number(const scanner *s, size_t pos) {
    return (s->text[pos] == '-' || s->text[pos] == '+') && digit_at(s, pos + 1) &&
           class_before(s, pos) == CHARACTER_SPACE;
}

/* The end of the run of letters, digits and connectors that goes on at `from`. */
static size_t word_end(const scanner *s, word_state *w, size_t from) {
    size_t pos = from + is_signed_number(s, from);
    while (pos < s->end) {
        size_t len;
        character_class class = class_at(s, pos, &len);
        if (is_word_class(class)) {
            pos += len;
            while (pos < s->end && ascii_is_lower((unsigned char)s->text[pos]))
                pos++; /* what most of a word is */
            continue;
        }
        if (class == CHARACTER_SPACE || pos == w->begin) break;
        size_t next = connector_end(s, w, pos);
        if (next == pos) break;
        pos = next;
    }
    return pos;
}

/* True when behind `pos` (white space, then) a word with a capital follows. */
static bool capital_follows(const scanner *s, size_t pos) {
    size_t len;
    if (!space_at(s, pos)) return false;
    for (size_t i = 0; i < 3 && pos < s->end && class_at(s, pos, &len) == CHARACTER_SPACE; i++)
        pos += len;
    return character_is_upper(s->text + pos, s->text + s->end);
}

/* An initial such as the "J." of "J. R. Smith"; "I." only behind a name, and never where the
 * paragraph ends. */
static bool is_initial(const scanner *s, const word_state *w, size_t end, bool behind_name) {
    if (!single_letter(s, w->begin, end) || !character_is_upper(s->text + w->begin, s->text + end))
        return false;
    if (s->text[w->begin] == 'I' && !behind_name) return false;
    return capital_follows(s, end + 1) || byte_at(s, end + 1) == ',';
}

static bool number_follows(const scanner *s, size_t pos) {
    size_t len;
    while (pos < s->end && class_at(s, pos, &len) == CHARACTER_SPACE)
        pos += len;
    return digit_at(s, pos);
}

/* True when the full stop behind the word at `end` belongs to it. */
static bool takes_stop(const scanner *s, const word_state *w, size_t end, bool behind_name) {
    text_view word = {s->text + w->begin, end - w->begin};
    if (byte_at(s, end + 1) == '.') return false; /* an ellipsis */
    bool dotted = w->piece > w->begin && s->text[w->piece - 1] == '.';
    if (dotted && single_letter(s, w->piece, end)) return true;
    if (is_initial(s, w, end, behind_name)) return true;
    unsigned facts = word_facts(word);
    if (!facts && w->piece > w->begin && s->text[w->piece - 1] == '-') /* "R-Ill.", "then-Sen." */
        facts = word_facts((text_view){s->text + w->piece, end - w->piece});
    if (!(facts & WORD_ABBREVIATION)) return false;
    return !(facts & WORD_BEFORE_NUMBER) || number_follows(s, end + 1);
}

/* --- splitting words --- */

/* What is cut off behind an apostrophe. */
static bool is_clitic(text_view letters) {
    static const char *const clitics[] = {"s", "m", "d", "ll", "re", "ve"};
    for (size_t i = 0; i < sizeof clitics / sizeof *clitics; i++)
        if (view_is_ignoring_case(letters, clitics[i])) return true;
    return false;
}

/* Clitics have at most two letters behind an apostrophe of at most three bytes. Few words have a
 * byte there that could be one. */
static bool may_have_clitic(text_view word) {
    enum { REACH = 5 };
    size_t from = word.len > REACH ? word.len - REACH : 0;
    for (size_t i = from; i < word.len; i++)
        if (word.ptr[i] == '\'' || (unsigned char)word.ptr[i] >= 0x80) return true;
    return false;
}

/* Where `word` is to be cut before a clitic: "'s", "'ll", "n't"; 0 when nowhere. */
static size_t clitic_split(text_view word) {
    if (!may_have_clitic(word)) return 0;
    const char *end = word.ptr + word.len;
    for (size_t back = 1; back <= 2 && back + 1 < word.len; back++) {
        for (size_t len = 1; len <= 3 && back + len < word.len; len++) {
            size_t at = word.len - back - len;
            if (apostrophe_length(word.ptr + at, end) != len) continue;
            text_view tail = {end - back, back};
            if (back == 1 && ascii_to_lower(*tail.ptr) == 't' &&
                ascii_to_lower(word.ptr[at - 1]) == 'n')
                return at > 1 ? at - 1 : 0;
            return is_clitic(tail) ? at : 0;
        }
    }
    return 0;
}

/* Words that the Treebank cuts in two: "can|not", "gon|na". */
static size_t contraction_split(text_view word) {
    static const struct {
        const char *word;
        size_t split;
    } contractions[] = {{"cannot", 3}, {"gonna", 3}, {"gotta", 3},
                        {"wanna", 3},  {"gimme", 3}, {"lemme", 3}};
    if (word.len < 5 || word.len > 6) return 0;
    char first = ascii_to_lower(word.ptr[0]);
    for (size_t i = 0; i < sizeof contractions / sizeof *contractions; i++)
        if (contractions[i].word[0] == first &&
            view_equal_ignoring_case(word, view_of(contractions[i].word)))
            return contractions[i].split;
    return 0;
}

/* --- everything else --- */

/* The end of a word that begins with an apostrophe: a clitic behind a mark ("Hamlet"'s), a year
 * ('90s), or one of the words that are written so ('em, 'n'); `pos` when it is none of them. */
static size_t apostrophe_word_end(const scanner *s, size_t pos) {
    static const char *const words[] = {"em", "til",  "tis",   "twas",  "cause",
                                        "n",  "bout", "round", "twill", "twere"};
    size_t mark = apostrophe_length(s->text + pos, s->text + s->end);
    if (!mark && byte_at(s, pos) == 0xE2 && starts_with(s, pos, "\xE2\x80\x98")) mark = 3;
    size_t from = pos + mark, end = from;
    if (!mark) return pos;
    while (end < s->end && end - from < 6 && (ascii_is_alpha(byte_at(s, end)) || digit_at(s, end)))
        end++;
    if (end == from || word_at(s, end)) return pos;
    text_view word = {s->text + from, end - from};
    if (digit_at(s, from) && digit_at(s, from + 1) &&
        (word.len == 2 || (word.len == 3 && word.ptr[2] == 's')))
        return end;
    bool attached = class_before(s, pos) != CHARACTER_SPACE;
    if (attached && is_clitic(word)) return end;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!view_equal_ignoring_case(word, view_of(words[i]))) continue;
        return word.len == 1 ? end + apostrophe_length(s->text + end, s->text + s->end) : end;
    }
    return pos;
}

/* The end of a run of the byte at `pos`. */
static size_t run_end(const scanner *s, size_t pos) {
    size_t end = pos + 1;
    while (end < s->end && s->text[end] == s->text[pos])
        end++;
    return end;
}

/* "...", "....", ". . ."; a single full stop otherwise. */
static size_t stop_end(const scanner *s, size_t pos) {
    size_t end = run_end(s, pos);
    if (end - pos > 1) return end;
    size_t dots = 1, probe = end;
    while (dots < 4) {
        size_t len, gap = probe;
        while (gap < s->end && gap - probe < 4 && class_at(s, gap, &len) == CHARACTER_SPACE)
            gap += len;
        if (gap == probe || byte_at(s, gap) != '.') break;
        probe = gap + 1;
        dots++;
    }
    return dots >= 3 ? probe : end;
}

/* A mark-up tag that was left in the text, such as "</p>": one token. */
static size_t tag_end(const scanner *s, size_t pos) {
    unsigned char next = byte_at(s, pos + 1);
    if (next != '/' && next != '!' && !ascii_is_alpha(next)) return pos + 1;
    size_t limit = look_ahead_end(s, pos);
    for (size_t end = pos + 1; end < limit && s->text[end] != '<'; end++)
        if (s->text[end] == '>') return end + 1;
    return pos + 1;
}

static size_t symbol_end(const scanner *s, size_t pos, size_t len) {
    unsigned char c = (unsigned char)s->text[pos];
    size_t end = pos + len;
    bool free_standing = !is_word_class(class_before(s, pos));
    switch (c) {
    case '<': return tag_end(s, pos);
    case '*':
    case '=':
    case '~': return run_end(s, pos);
    case '@':
    case '#':
        if (!free_standing || !word_at(s, end)) return end;
        if (c == '#' && digit_at(s, end)) return end;
        while (word_at(s, end)) {
            class_at(s, end, &len);
            end += len;
        }
        return end;
    default: return end;
    }
}

/* Two apostrophes or backticks are one mark; of three, the single one stands inside. */
static size_t double_mark_end(const scanner *s, size_t pos) {
    size_t run = 1;
    while (run < 4 && byte_at(s, pos + run) == (unsigned char)s->text[pos])
        run++;
    bool opens = class_before(s, pos) == CHARACTER_SPACE;
    return pos + (run == 2 || (run == 3 && opens) ? 2 : 1);
}

/* The end of the token of marks that begins at `pos`, a character of `class`. */
static size_t mark_end(const scanner *s, size_t pos, character_class class, size_t len) {
    unsigned char c = (unsigned char)s->text[pos];
    size_t end = pos + len;
    switch (class) {
    case CHARACTER_QUOTE: return c == '\'' || c == '`' ? double_mark_end(s, pos) : end;
    case CHARACTER_STOP: return stop_end(s, pos);
    case CHARACTER_HYPHEN: return c == '-' ? run_end(s, pos) : end;
    case CHARACTER_DASH:
    case CHARACTER_ELLIPSIS:
        while (s->end - end >= len && memcmp(s->text + end, s->text + pos, len) == 0)
            end += len;
        return end;
    case CHARACTER_EXCLAIM:
        while (class_at(s, end, &len) == CHARACTER_EXCLAIM)
            end += len;
        return end;
    default: return symbol_end(s, pos, len);
    }
}

static bool push(arena *memory, token_array *tokens, size_t begin, size_t end) {
    return array_push(memory, tokens, (token){.bytes = {(uint32_t)begin, (uint32_t)end}});
}

static bool push_word(arena *memory, const scanner *s, token_array *tokens, size_t begin,
                      size_t end) {
    text_view word = {s->text + begin, end - begin};
    size_t split = clitic_split(word);
    size_t first = split ? clitic_split((text_view){word.ptr, split}) : 0; /* could|n't|'ve */
    if (!split) split = contraction_split(word);
    if (first && !push(memory, tokens, begin, begin + first)) return false;
    if (split && !push(memory, tokens, begin + first, begin + split)) return false;
    return push(memory, tokens, begin + split, end);
}

/* The end of the run of ASCII letters at `pos`. */
static size_t letters_end(const scanner *s, size_t pos) {
#if defined(__x86_64__)
    while (s->end - pos >= sizeof(__m128i)) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(s->text + pos));
        /* Small letters as the smallest signed bytes, so that one comparison tells. */
        __m128i small = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
        __m128i moved = _mm_add_epi8(small, _mm_set1_epi8((char)(0x80 - 'a')));
        __m128i others = _mm_cmpgt_epi8(moved, _mm_set1_epi8((char)(0x80 + 'z' - 'a')));
        unsigned found = (unsigned)_mm_movemask_epi8(others);
        if (found) return pos + (unsigned)__builtin_ctz(found);
        pos += sizeof bytes;
    }
#endif
    while (pos < s->end && ascii_is_alpha((unsigned char)s->text[pos]))
        pos++;
    return pos;
}

/* The end of a word of ASCII letters with a space or comma behind it, which no rule for words has
 * anything to say of but contraction_split; `pos` when another stands there. Most words are such.
 */
static size_t simple_word_end(const scanner *s, size_t pos) {
    size_t end = letters_end(s, pos);
    unsigned char next = byte_at(s, end);
    return next == ' ' || next == ',' ? end : pos;
}

static bool push_simple_word(arena *memory, const scanner *s, token_array *tokens, size_t begin,
                             size_t end) {
    size_t split = contraction_split((text_view){s->text + begin, end - begin});
    if (split && !push(memory, tokens, begin, begin + split)) return false;
    return push(memory, tokens, begin + split, end);
}

static bool is_address(const scanner *s, size_t pos) {
    unsigned char c = byte_at(s, pos) | 0x20;
    return (c == 'h' && (starts_with(s, pos, "http://") || starts_with(s, pos, "https://"))) ||
           (c == 'w' && starts_with(s, pos, "www."));
}

/* True when the last token is a word with a capital inside a sentence or behind another one. */
static bool last_is_name(const scanner *s, const token_array *tokens) {
    if (!tokens->count) return false;
    span last = tokens->items[tokens->count - 1].bytes;
    return last.begin > s->begin && character_is_upper(s->text + last.begin, s->text + last.end);
}

static bool add_word(arena *memory, const scanner *s, size_t *pos, token_array *tokens) {
    size_t begin = *pos;
    if (is_address(s, begin)) {
        size_t end = address_end(s, begin);
        if (end > begin + 4) {
            *pos = end;
            return push(memory, tokens, begin, end);
        }
    }
    word_state w = {.begin = begin, .piece = begin};
    bool behind_name = last_is_name(s, tokens);
    size_t end = word_end(s, &w, begin);
    while (byte_at(s, end) == '.' && takes_stop(s, &w, end, behind_name)) {
        end++;
        bool goes_on = byte_at(s, end) == '-' && word_at(s, end + 1); /* "U.S.-led" */
        if (!goes_on) break;
        end = word_end(s, &w, end);
    }
    *pos = end;
    return push_word(memory, s, tokens, begin, end);
}

bool tokens_add(arena *memory, text_view text, span bytes, token_array *tokens) {
    scanner s = {.text = text.ptr, .begin = bytes.begin, .end = bytes.end};
    for (size_t pos = s.begin; pos < s.end;) {
        size_t len, end = simple_word_end(&s, pos);
        if (end != pos) {
            if (!push_simple_word(memory, &s, tokens, pos, end)) return false;
            pos = end;
            continue;
        }
        character_class class = class_at(&s, pos, &len);
        if (class == CHARACTER_SPACE) {
            pos += len;
            continue;
        }
        if (is_word_class(class) || is_signed_number(&s, pos)) {
            if (!add_word(memory, &s, &pos, tokens)) return false;
            continue;
        }
        end = class == CHARACTER_QUOTE ? apostrophe_word_end(&s, pos) : pos;
        if (end != pos && byte_at(&s, end) == '-' && word_at(&s, end + 1)) /* "'70s-era" */
            end = word_end(&s, &(word_state){.begin = pos, .piece = end + 1}, end);
        if (end == pos) end = mark_end(&s, pos, class, len);
        if (!push(memory, tokens, pos, end)) return false;
        pos = end;
    }
    return true;
}
