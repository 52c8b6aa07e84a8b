#include "report/terminal_report.h"

#include "base/array.h"
#include "base/error.h"
#include "base/utf8.h"
#include "report/terminal_lines.h"

#include <stdlib.h>

enum { HANGING_INDENT = 5 };

/* The number of a statement stands where a part of its content begins, a bracket where it ends. */
typedef struct bracket {
    uint32_t at, statement, order;
    bool opens;
} bracket;

typedef struct terminal_article {
    const article *a;
    const report_options *options;
    terminal_lines lines;
    uint8_t *looks; /* [text.len] of each byte */
    ARRAY(bracket) brackets;
} terminal_article;

static bool is_label(const report_target *target, uint32_t label, const char *word) {
    return label < target->label_count && view_is(target->labels[label], word);
}

/* The colour of a stance: poles are numbered; neutral, unrelated and undecided have none. */
static uint8_t colour_of(const report_options *options, const stance *s) {
    enum { COLOURS = 6 };
    if (!s || s->target >= options->target_count) return 0;
    const report_target *target = &options->targets[s->target];
    if (s->label >= target->label_count || is_label(target, s->label, "neutral") ||
        is_label(target, s->label, "unrelated"))
        return 0;
    uint8_t pole = 1;
    for (uint32_t i = 0; i < s->label; i++)
        pole += !is_label(target, i, "neutral") && !is_label(target, i, "unrelated");
    return pole < COLOURS ? pole : COLOURS;
}

static const stance *first_stance(const attribution *said) {
    return said->stance_count ? &said->stances[0] : NULL;
}

static void paint(terminal_article *t, token_ranges ranges, uint8_t keep, uint8_t look) {
    for (size_t i = 0; i < ranges.count; i++) {
        span bytes = range_bytes(t->a, ranges.items[i]);
        for (uint32_t at = bytes.begin; at < bytes.end; at++)
            t->looks[at] = (uint8_t)((t->looks[at] & keep) | look);
    }
}

static int by_place(const void *left, const void *right) {
    const bracket *x = left, *y = right;
    if (x->at != y->at) return x->at < y->at ? -1 : 1;
    if (x->opens != y->opens) return x->opens ? 1 : -1; /* first close, then open */
    return x->order < y->order ? -1 : x->order > y->order;
}

static bool mark_statement(terminal_article *t, uint32_t number) {
    const attribution *said = &t->a->attributions[number];
    uint8_t colour = colour_of(t->options, first_stance(said));
    paint(t, said->contents, (uint8_t) ~(unsigned)LOOK_COLOURS, colour | LOOK_UNDERLINE);
    paint(t, said->sources, 0xFF, LOOK_BOLD);
    paint(t, said->cues, 0xFF, LOOK_ITALIC);
    for (size_t i = 0; i < said->contents.count; i++) {
        span bytes = range_bytes(t->a, said->contents.items[i]);
        uint32_t order = (uint32_t)t->brackets.count;
        if (!array_push(t->a->arena, &t->brackets,
                        (bracket){bytes.begin, number + 1, order, true}) ||
            !array_push(t->a->arena, &t->brackets,
                        (bracket){bytes.end, number + 1, UINT32_MAX - order, false}))
            return false;
    }
    return true;
}

static bool mark_statements(terminal_article *t) {
    t->looks = ARENA_NEW(t->a->arena, uint8_t, t->a->text.len);
    bool ok = t->looks != NULL;
    for (uint32_t i = 0; ok && i < t->a->attribution_count; i++)
        ok = mark_statement(t, i);
    if (ok && t->brackets.count)
        qsort(t->brackets.items, t->brackets.count, sizeof *t->brackets.items, by_place);
    return ok;
}

static void write_bracket(terminal_article *t, const bracket *b) {
    if (!b->opens) {
        terminal_text(&t->lines, VIEW("]"), LOOK_FAINT);
        return;
    }
    terminal_text(&t->lines, arena_format(t->a->arena, "[%u", (unsigned)b->statement), LOOK_FAINT);
    terminal_firm_blank(&t->lines, LOOK_FAINT);
}

/* A blank line between paragraphs; single line breaks inside them are white space. */
static void write_text(terminal_article *t) {
    text_view text = t->a->text;
    size_t next = 0, breaks = 0;
    for (size_t at = 0, step; at < text.len; at += step) {
        uint32_t c = utf8_decode(text.ptr + at, text.ptr + text.len, &step);
        bool opens_word = !(c <= ' ' && ascii_is_space((unsigned char)c));
        while (next < t->brackets.count && t->brackets.items[next].at <= at &&
               (opens_word || !t->brackets.items[next].opens))
            write_bracket(t, &t->brackets.items[next++]);
        breaks = c == '\n' ? breaks + 1 : opens_word ? 0 : breaks;
        if (breaks == 2 && c == '\n') {
            terminal_newline(&t->lines);
            terminal_newline(&t->lines);
        } else if (breaks < 2) {
            terminal_character(&t->lines, c, t->looks[at]);
        }
    }
    while (next < t->brackets.count)
        write_bracket(t, &t->brackets.items[next++]);
    terminal_newline(&t->lines);
}

static void write_head(terminal_article *t) {
    const article *a = t->a;
    const text_view facts[] = {a->outlet, a->date, a->id};
    bool any = false;
    terminal_text(&t->lines, a->title.len ? a->title : a->id, LOOK_BOLD);
    terminal_newline(&t->lines);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (facts[i].len == 0) continue;
        if (any) terminal_text(&t->lines, VIEW(" \xC2\xB7 "), LOOK_FAINT);
        terminal_text(&t->lines, facts[i], LOOK_FAINT);
        any = true;
    }
    terminal_newline(&t->lines);
    terminal_newline(&t->lines);
}

static void write_stance(terminal_article *t, const stance *s) {
    if (s->target >= t->options->target_count) return;
    const report_target *target = &t->options->targets[s->target];
    bool decided = s->label < target->label_count;
    terminal_text(&t->lines, VIEW("; "), LOOK_PLAIN);
    if (t->options->target_count > 1) {
        terminal_text(&t->lines, target->name, LOOK_PLAIN);
        terminal_text(&t->lines, VIEW(": "), LOOK_PLAIN);
    }
    terminal_text(&t->lines, report_label(target, s->label),
                  colour_of(t->options, s) | (decided ? LOOK_BOLD : LOOK_PLAIN));
    if (!decided) return;
    text_view score = arena_format(t->a->arena, " %.2f", (double)s->scores[s->label]);
    terminal_text(&t->lines, score, LOOK_PLAIN);
}

static void write_statement(terminal_article *t, size_t index) {
    const attribution *said = &t->a->attributions[index];
    t->lines.indent = HANGING_INDENT;
    terminal_text(&t->lines, arena_format(t->a->arena, "[%zu]", index + 1), LOOK_FAINT);
    terminal_firm_blank(&t->lines, LOOK_FAINT);
    terminal_text(&t->lines, said->speaker.name.len ? said->speaker.name : VIEW("no source"),
                  LOOK_BOLD);
    if (said->speaker.role.len) {
        terminal_text(&t->lines, VIEW(" ("), LOOK_PLAIN);
        terminal_text(&t->lines, said->speaker.role, LOOK_PLAIN);
        terminal_text(&t->lines, VIEW(")"), LOOK_PLAIN);
    }
    terminal_text(&t->lines, VIEW(": "), LOOK_PLAIN);
    terminal_text(&t->lines, view_of(anonymity_grade_name(said->anonymity.grade)), LOOK_PLAIN);
    if (said->anonymity.reason.len) {
        terminal_text(&t->lines, VIEW(", \xE2\x80\x9C"), LOOK_PLAIN);
        terminal_text(&t->lines, said->anonymity.reason, LOOK_ITALIC);
        terminal_text(&t->lines, VIEW("\xE2\x80\x9D"), LOOK_PLAIN);
    }
    terminal_text(&t->lines, VIEW("; "), LOOK_PLAIN);
    terminal_text(&t->lines, view_of(quote_type_name(said->type)), LOOK_PLAIN);
    if (said->kind == KIND_ATTITUDE) terminal_text(&t->lines, VIEW(", attitude"), LOOK_PLAIN);
    for (size_t i = 0; i < said->stance_count; i++)
        write_stance(t, &said->stances[i]);
    terminal_newline(&t->lines);
}

static void write_counts(terminal_article *t) {
    size_t anonymous = 0, reasons = 0, direct = 0, count = t->a->attribution_count;
    for (size_t i = 0; i < count; i++) {
        const attribution *said = &t->a->attributions[i];
        bool is_anonymous = said->anonymity.grade == ANONYMITY_ANONYMOUS;
        anonymous += is_anonymous;
        reasons += is_anonymous && said->anonymity.reason.len > 0;
        direct += said->type == QUOTE_DIRECT;
    }
    terminal_newline(&t->lines);
    t->lines.indent = 0;
    terminal_text(&t->lines,
                  arena_format(t->a->arena,
                               "%zu statement%s: %zu direct, %zu anonymous (%zu with a reason)",
                               count, count == 1 ? "" : "s", direct, anonymous, reasons),
                  LOOK_FAINT);
    terminal_newline(&t->lines);
}

whosaid_status terminal_report_article(const article *a, const report_options *options,
                                       const terminal_style *style, buffer *out,
                                       whosaid_error *err) {
    terminal_article t = {.a = a, .options = options, .lines = terminal_lines_begin(style, out)};
    if (!mark_statements(&t)) return error_no_memory(err);
    write_head(&t);
    write_text(&t);
    terminal_newline(&t.lines);
    for (size_t i = 0; i < a->attribution_count; i++)
        write_statement(&t, i);
    write_counts(&t);
    return terminal_lines_end(&t.lines) ? WHOSAID_OK : error_no_memory(err);
}
