/* The CSV report: one row a statement and target. */
#include "report/report.h"

#include "base/error.h"
#include "base/offset_map.h"
#include "report/csv_row.h"

static const char header[] =
    "article,date,outlet,title,quote_id,type,kind,quote,cue,source,speaker,role,speaker_score,"
    "anonymity,anonymity_score,anonymity_reason,target,stance,stance_score,stance_scores,"
    "start,end,paragraph,duplicate_of";
static const char explained[] = ",stance_why";

static void ranges_cell(csv_row *r, const article *a, token_ranges ranges) {
    if (ranges.count == 1) {
        csv_text_cell(r, range_text(a, ranges.items[0]));
        return;
    }
    for (size_t i = 0; i < ranges.count; i++) {
        if (i > 0) csv_append(r, VIEW(" [...] "));
        csv_append_folded(r, range_text(a, ranges.items[i]));
    }
    csv_end_text_cell(r);
}

static void stance_cells(csv_row *r, const report_options *options, const stance *s) {
    if (!s || s->target >= options->target_count) {
        for (int i = 0; i < 4; i++)
            csv_word_cell(r, "");
        return;
    }
    const report_target *target = &options->targets[s->target];
    bool known = s->best_label < target->label_count;
    csv_name_cell(r, target->name);
    csv_append(r, report_label(target, s->label));
    csv_end_cell(r);
    if (known)
        csv_score_cell(r, s->scores[s->best_label]);
    else
        csv_word_cell(r, "");
    for (size_t i = 0; i < target->label_count; i++) {
        if (i > 0) csv_append(r, VIEW(";"));
        csv_append(r, target->labels[i]);
        csv_append(r, VIEW("="));
        csv_append_score(r, s->scores[i]);
    }
    csv_end_cell(r);
}

static void place_cells(csv_row *r, const article *a, const offset_map *points,
                        token_ranges contents) {
    span bytes = range_bytes(a, contents.items[0]);
    csv_number_cell(r, offset_map_to_code_points(points, bytes.begin));
    csv_number_cell(r, offset_map_to_code_points(points, bytes.end));
    csv_number_cell(r, (size_t)a->tokens[contents.items[0].first].paragraph + 1);
}

/* The cells that all rows of an article begin with. */
static void write_head(csv_row *r, const article *a) {
    csv_name_cell(r, a->id);
    csv_text_cell(r, a->date);
    csv_text_cell(r, a->outlet);
    csv_text_cell(r, a->title);
}

static void write_row(csv_row *r, const article *a, const offset_map *points, size_t index,
                      const stance *s, const report_options *options) {
    const attribution *statement = &a->attributions[index];
    csv_append(r, VIEW("q"));
    csv_append_number(r, index + 1);
    csv_end_cell(r);
    csv_word_cell(r, quote_type_name(statement->type));
    csv_word_cell(r, statement_kind_name(statement->kind));
    ranges_cell(r, a, statement->contents);
    ranges_cell(r, a, statement->cues);
    ranges_cell(r, a, statement->sources);
    csv_text_cell(r, statement->speaker.name);
    csv_text_cell(r, statement->speaker.role);
    csv_score_cell(r, statement->speaker.score);
    csv_word_cell(r, anonymity_grade_name(statement->anonymity.grade));
    csv_score_cell(r, statement->anonymity.score);
    csv_text_cell(r, statement->anonymity.reason);
    stance_cells(r, options, s);
    place_cells(r, a, points, statement->contents);
    csv_name_cell(r, a->duplicate_of);
    if (options->explain) csv_text_cell(r, s ? s->why : VIEW(""));
    r->ok = r->ok && buffer_append(r->out, "\r\n", 2);
}

whosaid_status csv_report_begin(const report_options *options, buffer *out, whosaid_error *err) {
    bool ok = buffer_append(out, header, sizeof header - 1) &&
              (!options->explain || buffer_append(out, explained, sizeof explained - 1)) &&
              buffer_append(out, "\r\n", 2);
    return ok ? WHOSAID_OK : error_no_memory(err);
}

whosaid_status csv_report_article(const article *a, const report_options *options, buffer *out,
                                  whosaid_error *err) {
    offset_map points;
    if (a->attribution_count == 0) return WHOSAID_OK;
    if (!offset_map_build(a->arena, a->text, &points)) return error_no_memory(err);
    buffer cell = {0}, head = {0};
    csv_row r = {
        .out = &head, .cell = &cell, .raw_cells = options->raw_cells, .first = true, .ok = true};
    write_head(&r, a);
    r.out = out;
    for (size_t i = 0; r.ok && i < a->attribution_count; i++) {
        const attribution *statement = &a->attributions[i];
        size_t rows = statement->stance_count ? statement->stance_count : 1;
        for (size_t k = 0; r.ok && k < rows; k++) {
            const stance *s = statement->stance_count ? &statement->stances[k] : NULL;
            r.ok = buffer_append_view(out, buffer_view(&head));
            write_row(&r, a, &points, i, s, options);
        }
    }
    buffer_free(&head);
    buffer_free(&cell);
    return r.ok ? WHOSAID_OK : error_no_memory(err);
}
