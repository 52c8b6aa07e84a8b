/* Annotated articles as a table with the report's columns, one row a statement and target, and two
 * more at the end: "doubtful", and "spans", which holds what the texts of cue, source and content
 * leave open: where they stand. */
#include "corpus/corpus_writer.h"

#include "report/csv_row.h"
#include "segment/segment.h"

static const char header[] =
    "article,date,outlet,title,quote_id,type,kind,quote,cue,source,speaker,role,speaker_score,"
    "anonymity,anonymity_score,anonymity_reason,target,stance,stance_score,stance_scores,"
    "start,end,paragraph,doubtful,spans\r\n";

static void spans_text_cell(csv_row *r, text_view text, const span_list *spans) {
    for (size_t i = 0; i < spans->count; i++) {
        if (i > 0) csv_append(r, VIEW(" [...] "));
        csv_append_folded(r, view_slice(text, spans->items[i].begin, spans->items[i].end));
    }
    csv_end_text_cell(r);
}

static void empty_cells(csv_row *r, int count) {
    for (int i = 0; i < count; i++)
        csv_word_cell(r, "");
}

static void place_cells(csv_row *r, const article *a, const offset_map *map,
                        const span_list *contents) {
    if (contents->count == 0) {
        empty_cells(r, 3);
        return;
    }
    csv_number_cell(r, offset_map_to_code_points(map, contents->items[0].begin));
    csv_number_cell(r, offset_map_to_code_points(map, contents->items[0].end));
    token_range tokens = tokens_of_span(a, contents->items[0]);
    if (tokens.first == tokens.end)
        csv_word_cell(r, "");
    else
        csv_number_cell(r, (size_t)a->tokens[tokens.first].paragraph + 1);
}

/* "c0-10,15-20 k21-25 s11-20": a role's letter and its spans, code points. */
static void spans_cell(csv_row *r, const offset_map *map, const annotated_quote *q) {
    static const char *const letters[] = {"c", "k", "s", "r"};
    const span_list *const lists[] = {&q->contents, &q->cues, &q->sources, &q->reason_spans};
    bool first = true;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (size_t k = 0; k < lists[i]->count; k++) {
            csv_append(r, view_of(k > 0 ? "," : first ? "" : " "));
            if (k == 0) csv_append(r, view_of(letters[i]));
            csv_append_number(r, offset_map_to_code_points(map, lists[i]->items[k].begin));
            csv_append(r, VIEW("-"));
            csv_append_number(r, offset_map_to_code_points(map, lists[i]->items[k].end));
            first = false;
        }
    csv_end_cell(r);
}

static bool write_row(csv_row *r, const article *a, const offset_map *map, const annotated_quote *q,
                      const annotated_stance *s) {
    csv_name_cell(r, a->id);
    csv_text_cell(r, a->date);
    csv_text_cell(r, a->outlet);
    csv_text_cell(r, a->title);
    csv_name_cell(r, q->id);
    csv_word_cell(r, q->contents.count ? quote_type_name(contents_type(a, &q->contents)) : "");
    csv_word_cell(r, q->has_kind ? statement_kind_name(q->kind) : "");
    spans_text_cell(r, a->text, &q->contents);
    spans_text_cell(r, a->text, &q->cues);
    spans_text_cell(r, a->text, &q->sources);
    csv_text_cell(r, q->speaker_name);
    csv_text_cell(r, q->speaker_role);
    empty_cells(r, 1);
    csv_word_cell(r, q->has_anonymity ? anonymity_grade_name(q->grade) : "");
    empty_cells(r, 1);
    csv_text_cell(r, q->reason);
    csv_name_cell(r, s ? s->target : VIEW(""));
    csv_name_cell(r, s ? s->label : VIEW(""));
    empty_cells(r, 2);
    place_cells(r, a, map, &q->contents);
    csv_word_cell(r, q->doubtful ? "yes" : "");
    spans_cell(r, map, q);
    return r->ok && buffer_append(r->out, "\r\n", 2);
}

whosaid_status write_csv_head(buffer *out, whosaid_error *err) {
    return buffer_append(out, header, sizeof header - 1) ? WHOSAID_OK : error_no_memory(err);
}

static whosaid_status write_rows(const annotated_article *source, arena *scratch, buffer *out,
                                 whosaid_error *err) {
    article a = annotated_article_start(source, scratch);
    whosaid_status status = segment_article(&a, err);
    if (status != WHOSAID_OK) return status;
    offset_map map;
    bool ok = offset_map_build(scratch, a.text, &map);
    buffer cell = {0};
    for (size_t i = 0; ok && i < source->quote_count; i++) {
        const annotated_quote *q = &source->quotes[i];
        size_t rows = q->stance_count ? q->stance_count : 1;
        for (size_t k = 0; ok && k < rows; k++) {
            csv_row r = {.out = out, .cell = &cell, .first = true, .ok = true};
            ok = write_row(&r, &a, &map, q, q->stance_count ? &q->stances[k] : NULL);
        }
    }
    buffer_free(&cell);
    return ok ? WHOSAID_OK : error_no_memory(err);
}

whosaid_status write_csv_article(const corpus_record *record, buffer *out, whosaid_error *err) {
    arena *scratch = arena_new();
    if (!scratch) return error_no_memory(err);
    whosaid_status status = write_rows(&record->article, scratch, out, err);
    arena_free(scratch);
    return status;
}
