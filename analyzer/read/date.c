#include "read/date.h"

static bool read_digits(text_view text, size_t at, size_t count, unsigned *value) {
    if (at + count > text.len) return false;
    *value = 0;
    for (size_t i = at; i < at + count; i++) {
        if (!ascii_is_digit((unsigned char)text.ptr[i])) return false;
        *value = *value * 10 + (unsigned)(text.ptr[i] - '0');
    }
    return true;
}

static bool is_digit_at(text_view text, size_t at) {
    return at < text.len && ascii_is_digit((unsigned char)text.ptr[at]);
}

static bool day_exists(unsigned year, unsigned month, unsigned day) {
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1 || month < 1 || month > 12 || day < 1) return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

/* Length of "T08:30", "T08:30:00", "T08:30:00.123", each also with Z or +02:00, at `at`, or 0. */
static size_t time_suffix(text_view text, size_t at) {
    unsigned hour, minute, second;
    size_t start = at;
    if (at >= text.len || (text.ptr[at] != 'T' && text.ptr[at] != ' ')) return 0;
    if (!read_digits(text, at + 1, 2, &hour) || hour > 24 || at + 3 >= text.len ||
        text.ptr[at + 3] != ':' || !read_digits(text, at + 4, 2, &minute) || minute > 59)
        return 0;
    at += 6;
    if (at < text.len && text.ptr[at] == ':' && read_digits(text, at + 1, 2, &second)) {
        at += 3;
        if (at < text.len && text.ptr[at] == '.' && is_digit_at(text, at + 1))
            for (at++; is_digit_at(text, at);)
                at++;
    }
    if (at < text.len && text.ptr[at] == 'Z') return at + 1 - start;
    if (at < text.len && (text.ptr[at] == '+' || text.ptr[at] == '-') &&
        read_digits(text, at + 1, 2, &hour)) {
        at += 3;
        if (at < text.len && text.ptr[at] == ':') at++;
        if (read_digits(text, at, 2, &minute)) at += 2;
    }
    return at - start;
}

size_t date_iso_prefix(text_view text) {
    unsigned year, month, day;
    if (text.len < 10 || text.ptr[4] != '-' || text.ptr[7] != '-') return 0;
    if (!read_digits(text, 0, 4, &year) || !read_digits(text, 5, 2, &month) ||
        !read_digits(text, 8, 2, &day) || !day_exists(year, month, day))
        return 0;
    if (is_digit_at(text, 10)) return 0;
    return 10 + (text.len > 10 && text.ptr[10] == 'T' ? time_suffix(text, 10) : 0);
}

static unsigned month_of(text_view word) {
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
    if (word.len < 3) return 0;
    for (unsigned i = 0; i < 12; i++) {
        text_view month = view_of(months[i]);
        if (word.len <= month.len && view_equal_ignoring_case(word, view_slice(month, 0, word.len)))
            return i + 1;
    }
    return 0;
}

static bool is_word_byte(char c) {
    return ascii_is_alpha((unsigned char)c) || ascii_is_digit((unsigned char)c);
}

/* Takes the next run of letters or digits off the front of `text`. */
static text_view next_word(text_view *text) {
    size_t begin = 0;
    while (begin < text->len && !is_word_byte(text->ptr[begin]))
        begin++;
    size_t end = begin;
    while (end < text->len && is_word_byte(text->ptr[end]))
        end++;
    text_view word = view_slice(*text, begin, end);
    *text = view_slice(*text, end, text->len);
    return word;
}

/* The first day, month and year that the words of `text` give: "Sept. 11, 2024". */
static bool read_words(text_view text, unsigned *year, unsigned *month, unsigned *day) {
    *year = *month = *day = 0;
    for (int i = 0; i < 8 && !(*year && *month && *day); i++) {
        text_view word = next_word(&text);
        unsigned number;
        size_t digits = 0;
        while (is_digit_at(word, digits))
            digits++;
        if (digits == 0) {
            if (!*month) *month = month_of(word);
        } else if (digits == 4 && word.len == 4 && read_digits(word, 0, 4, &number)) {
            if (!*year) *year = number;
        } else if (digits <= 2 && (word.len == digits || word.len == digits + 2) &&
                   read_digits(word, 0, digits, &number)) { /* 11, 11th */
            if (!*day) *day = number;
        } else {
            return false;
        }
    }
    return *month != 0;
}

text_view date_to_iso(arena *memory, text_view text) {
    static const text_view nothing = {"", 0};
    unsigned year, month, day;
    text = view_trim(text);
    size_t iso = date_iso_prefix(text);
    if (iso == 10 && text.len > 10) iso += time_suffix(text, 10);
    if (iso && iso == text.len) {
        if (iso == 10) return arena_copy(memory, text);
        return arena_format(memory, "%.10sT%.*s", text.ptr, (int)(iso - 11), text.ptr + 11);
    }
    bool known = text.len == 8 && read_digits(text, 0, 4, &year) &&
                 read_digits(text, 4, 2, &month) && read_digits(text, 6, 2, &day);
    if (!known) known = read_words(text, &year, &month, &day);
    if (iso) return arena_copy(memory, view_slice(text, 0, 10)); /* 2024-09-11, something more */
    if (!known || !day_exists(year, month, day)) return nothing;
    return arena_format(memory, "%04u-%02u-%02u", year, month, day);
}
