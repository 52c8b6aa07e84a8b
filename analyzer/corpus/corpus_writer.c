#include "corpus/corpus_writer.h"

#include <stdarg.h>
#include <stdio.h>

span_list quote_spans(const annotated_quote *quote, span_role role, text_view target) {
    switch (role) {
    case ROLE_CONTENT: return quote->contents;
    case ROLE_CUE: return quote->cues;
    case ROLE_SOURCE: return quote->sources;
    case ROLE_REASON: return quote->reason_spans;
    default: break;
    }
    for (size_t i = 0; i < quote->stance_count; i++)
        if (view_equal(quote->stances[i].target, target)) return quote->stances[i].mentions;
    return (span_list){NULL, 0};
}

bool quote_is_empty(const annotated_quote *q) {
    size_t spans = q->contents.count + q->cues.count + q->sources.count + q->reason_spans.count;
    return spans == 0 && !q->has_speaker && !q->has_anonymity && q->stance_count == 0;
}

text_view article_target(const annotated_article *a) {
    if (a->target.len > 0) return a->target;
    for (size_t i = 0; i < a->quote_count; i++)
        if (a->quotes[i].stance_count > 0) return a->quotes[i].stances[0].target;
    return VIEW("");
}

bool append_folded(buffer *out, text_view text) {
    text = view_trim(text);
    bool blank = false, ok = true;
    for (size_t i = 0; ok && i < text.len; i++) {
        bool space = ascii_is_space((unsigned char)text.ptr[i]);
        if (!space) ok = buffer_append(out, text.ptr + i, 1);
        if (space && !blank) ok = buffer_append(out, " ", 1);
        blank = space;
    }
    return ok;
}

bool append_format(buffer *out, const char *format, ...) {
    char text[256];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return len >= 0 && (size_t)len < sizeof text && buffer_append(out, text, (size_t)len);
}

static bool contains(text_view text, text_view part) {
    for (size_t i = 0; i + part.len <= text.len; i++)
        if (view_equal(view_slice(text, i, i + part.len), part)) return true;
    return false;
}

typedef struct label_line {
    const annotated_article *article;
    const annotated_quote *quote;
    text_view target;
    buffer *out;
    size_t start;
    whosaid_error *err;
} label_line;

/* Appends one part; an empty value is left out. */
static whosaid_status part(label_line *l, const char *key, text_view target, text_view value) {
    value = view_trim(value);
    if (value.len == 0) return WHOSAID_OK;
    if (contains(value, VIEW(" | ")) || contains(target, VIEW("=")) ||
        contains(target, VIEW(" | ")))
        return error_set(l->err, WHOSAID_SYNTAX, l->article->id.ptr, 0,
                         "quote %.*s: \"%.*s\" cannot stand in a label line", EXCERPT(l->quote->id),
                         EXCERPT(value));
    bool ok = l->out->len == l->start || buffer_append(l->out, " | ", 3);
    ok = ok && buffer_append_view(l->out, view_of(key)) && append_folded(l->out, target) &&
         buffer_append(l->out, "=", 1) && append_folded(l->out, value);
    return ok ? WHOSAID_OK : error_no_memory(l->err);
}

static whosaid_status stance_parts(label_line *l) {
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < l->quote->stance_count; i++) {
        const annotated_stance *s = &l->quote->stances[i];
        bool is_own = view_equal(s->target, l->target);
        if (!is_own && s->mentions.count > 0)
            return error_set(l->err, WHOSAID_SYNTAX, l->article->id.ptr, 0,
                             "quote %.*s: mentions of \"%.*s\" cannot be written",
                             EXCERPT(l->quote->id), EXCERPT(s->target));
        status = part(l, is_own ? "stance" : "stance ", is_own ? VIEW("") : s->target, s->label);
    }
    return status;
}

static text_view grade_word(const annotated_quote *q) {
    if (!q->has_anonymity) return VIEW("-");
    return q->grade == ANONYMITY_NAMED ? VIEW("") : view_of(anonymity_grade_name(q->grade));
}

static text_view kind_word(const annotated_quote *q) {
    if (!q->has_kind) return VIEW("-");
    return q->kind == KIND_SPEECH ? VIEW("") : view_of(statement_kind_name(q->kind));
}

whosaid_status write_labels(const annotated_article *a, const annotated_quote *q, text_view target,
                            text_view own_id, buffer *out, whosaid_error *err) {
    label_line l = {a, q, target, out, out->len, err};
    const struct {
        const char *key;
        text_view value;
    } parts[] = {
        {"speaker", q->has_speaker ? q->speaker_name : VIEW("")},
        {"role", q->speaker_role},
        {"grade", grade_word(q)},
        {"kind", kind_word(q)},
        {"reason", q->reason_spans.count > 0 ? VIEW("") : q->reason},
        {"doubtful", q->doubtful ? VIEW("yes") : VIEW("")},
        {"id", view_equal(q->id, own_id) ? VIEW("") : q->id},
    };
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < sizeof parts / sizeof *parts; i++)
        status = part(&l, parts[i].key, VIEW(""), parts[i].value);
    return status == WHOSAID_OK ? stance_parts(&l) : status;
}

quote_type contents_type(const article *a, const span_list *contents) {
    bool quoted = false, plain = false;
    for (size_t i = 0; i < contents->count; i++) {
        token_range range = tokens_of_span(a, contents->items[i]);
        for (uint32_t k = range.first; k < range.end; k++) {
            text_view word = token_text(a, k);
            unsigned char first = (unsigned char)word.ptr[0];
            bool is_word = ascii_is_alpha(first) || ascii_is_digit(first) || first >= 0xC3;
            if (!is_word || a->tokens[k].quote_mark != QUOTE_MARK_NONE) continue;
            quoted |= a->tokens[k].quote_depth > 0;
            plain |= a->tokens[k].quote_depth == 0;
        }
    }
    return !quoted ? QUOTE_INDIRECT : plain ? QUOTE_MIXED : QUOTE_DIRECT;
}
