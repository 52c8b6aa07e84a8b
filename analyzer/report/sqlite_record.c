#include "report/sqlite_record.h"

#include "base/error.h"
#include "base/offset_map.h"
#include "report/csv_row.h"

#include <stdio.h>

/* A record is its head (for an article: the number of its statements), then the lengths of its
 * texts, then the texts one behind the other. */
typedef struct record_writer {
    buffer *out;
    csv_row text; /* the text in the making; only its cell is used */
    uint64_t lengths[ARTICLE_TEXTS + STATEMENT_TEXTS + STANCE_TEXTS];
    size_t text_count;
    size_t head_at;
} record_writer;

static void begin_record(record_writer *w, const void *head, size_t head_size, size_t texts) {
    w->text_count = 0;
    w->text.ok = w->text.ok && buffer_append(w->out, head, head_size);
    w->head_at = w->out->len;
    w->text.ok = w->text.ok && buffer_append(w->out, w->lengths, texts * sizeof *w->lengths);
}

static void end_text(record_writer *w) {
    w->lengths[w->text_count++] = w->text.cell->len;
    w->text.ok = w->text.ok && buffer_append_view(w->out, buffer_view(w->text.cell));
    w->text.cell->len = 0;
}

/* Now that the lengths are known. */
static void end_record(record_writer *w) {
    if (w->text.ok)
        memcpy(w->out->data + w->head_at, w->lengths, w->text_count * sizeof *w->lengths);
}

static void folded_text(record_writer *w, text_view text) {
    csv_append_folded(&w->text, text);
    end_text(w);
}

static void whole_text(record_writer *w, text_view text) {
    w->lengths[w->text_count++] = text.len;
    w->text.ok = w->text.ok && buffer_append_view(w->out, text);
}

static void ranges_text(record_writer *w, const article *a, token_ranges ranges) {
    for (size_t i = 0; i < ranges.count; i++) {
        if (i > 0) csv_append(&w->text, VIEW(" [...] "));
        csv_append_folded(&w->text, range_text(a, ranges.items[i]));
    }
    end_text(w);
}

/* ---- writing ---- */

static unsigned ten_thousandths(float score) {
    return score > 0 ? score < 1 ? (unsigned)(score * 1e4f + 0.5f) : 10000 : 0;
}

static double rounded(float score) {
    return ten_thousandths(score) / 1e4;
}

/* A label as a JSON string. It has no control characters (target.h). */
static void label_text(record_writer *w, text_view label) {
    csv_append(&w->text, VIEW("\""));
    for (size_t i = 0; i < label.len; i++) {
        if (label.ptr[i] == '"' || label.ptr[i] == '\\') csv_append(&w->text, VIEW("\\"));
        csv_append(&w->text, view_slice(label, i, i + 1));
    }
    csv_append(&w->text, VIEW("\""));
}

static void scores_text(record_writer *w, const report_target *target, const float *scores) {
    csv_append(&w->text, VIEW("{"));
    for (size_t i = 0; i < target->label_count; i++) {
        char number[24];
        unsigned score = ten_thousandths(scores[i]);
        int len = snprintf(number, sizeof number, ":%u.%04u", score / 10000, score % 10000);
        if (i > 0) csv_append(&w->text, VIEW(","));
        label_text(w, target->labels[i]);
        csv_append(&w->text, (text_view){number, (size_t)len});
    }
    csv_append(&w->text, VIEW("}"));
    end_text(w);
}

typedef struct stance_head {
    double score;
} stance_head;

static void write_stance(record_writer *w, const stance *s, const report_target *target) {
    bool known = s->best_label < target->label_count;
    stance_head head = {known ? rounded(s->scores[s->best_label]) : 0};
    begin_record(w, &head, sizeof head, STANCE_TEXTS);
    whole_text(w, target->name);
    whole_text(w, report_label(target, s->label));
    scores_text(w, target, s->scores);
    folded_text(w, s->why);
    end_record(w);
}

typedef struct statement_head {
    double score, speaker_score, anonymity_score;
    uint8_t type, kind, grade;
    uint32_t start, stop, paragraph, stance_count;
} statement_head;

static size_t count_stances(const attribution *said, const report_options *options) {
    size_t count = 0;
    for (size_t i = 0; i < said->stance_count; i++)
        count += said->stances[i].target < options->target_count;
    return count;
}

static void write_statement(record_writer *w, const article *a, const offset_map *points,
                            const attribution *said, const report_options *options) {
    span first = range_bytes(a, said->contents.items[0]);
    statement_head head = {
        .score = rounded(said->score),
        .speaker_score = rounded(said->speaker.score),
        .anonymity_score = rounded(said->anonymity.score),
        .type = (uint8_t)said->type,
        .kind = (uint8_t)said->kind,
        .grade = (uint8_t)said->anonymity.grade,
        .start = offset_map_to_code_points(points, first.begin),
        .stop = offset_map_to_code_points(points, first.end),
        .paragraph = a->tokens[said->contents.items[0].first].paragraph + 1,
        .stance_count = (uint32_t)count_stances(said, options),
    };
    begin_record(w, &head, sizeof head, STATEMENT_TEXTS);
    ranges_text(w, a, said->contents);
    ranges_text(w, a, said->cues);
    ranges_text(w, a, said->sources);
    folded_text(w, said->speaker.name);
    folded_text(w, said->speaker.role);
    folded_text(w, said->anonymity.reason);
    end_record(w);
    for (size_t i = 0; i < said->stance_count; i++) {
        const stance *s = &said->stances[i];
        if (s->target < options->target_count) write_stance(w, s, &options->targets[s->target]);
    }
}

whosaid_status sqlite_record_article(const article *a, const report_options *options, buffer *out,
                                     whosaid_error *err) {
    offset_map points;
    if (!offset_map_build(a->arena, a->text, &points)) return error_no_memory(err);
    buffer cell = {0};
    record_writer w = {.out = out, .text = {.cell = &cell, .ok = true}};
    uint32_t statement_count = (uint32_t)a->attribution_count;
    begin_record(&w, &statement_count, sizeof statement_count, ARTICLE_TEXTS);
    whole_text(&w, a->id);
    folded_text(&w, a->date);
    folded_text(&w, a->outlet);
    folded_text(&w, a->title);
    whole_text(&w, a->text);
    whole_text(&w, a->duplicate_of);
    end_record(&w);
    for (size_t i = 0; w.text.ok && i < a->attribution_count; i++)
        write_statement(&w, a, &points, &a->attributions[i], options);
    buffer_free(&cell);
    return w.text.ok ? WHOSAID_OK : error_no_memory(err);
}

/* ---- reading ---- */

static void take(text_view *rest, void *out, size_t size) {
    memcpy(out, rest->ptr, size);
    *rest = view_slice(*rest, size, rest->len);
}

static void take_texts(text_view *rest, text_view *texts, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint64_t len;
        take(rest, &len, sizeof len);
        texts[i].len = (size_t)len;
    }
    for (size_t i = 0; i < count; i++) {
        texts[i].ptr = rest->ptr;
        *rest = view_slice(*rest, texts[i].len, rest->len);
    }
}

void sqlite_record_next_article(text_view *rest, article_record *out) {
    take(rest, &out->statement_count, sizeof out->statement_count);
    take_texts(rest, out->texts, ARTICLE_TEXTS);
}

void sqlite_record_next_statement(text_view *rest, statement_record *out) {
    statement_head head;
    take(rest, &head, sizeof head);
    *out = (statement_record){.score = head.score,
                              .speaker_score = head.speaker_score,
                              .anonymity_score = head.anonymity_score,
                              .type = head.type,
                              .kind = head.kind,
                              .grade = head.grade,
                              .start = head.start,
                              .stop = head.stop,
                              .paragraph = head.paragraph,
                              .stance_count = head.stance_count};
    take_texts(rest, out->texts, STATEMENT_TEXTS);
}

void sqlite_record_next_stance(text_view *rest, stance_record *out) {
    stance_head head;
    take(rest, &head, sizeof head);
    out->score = head.score;
    take_texts(rest, out->texts, STANCE_TEXTS);
}
