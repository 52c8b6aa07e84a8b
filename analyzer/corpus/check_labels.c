/* Labels and span edges of one article against the annotation guide. */
#include "corpus/check_steps.h"

#include "stance/target.h"

#include <stdlib.h>

typedef struct label_check {
    checker *c;
    size_t index; /* of the article */
    const annotated_article *article;
    const uint64_t *words; /* sorted hashes of the text's words */
    size_t word_count;
} label_check;

static whosaid_status check_head(label_check *l) {
    const annotated_article *a = l->article;
    const struct {
        const char *name;
        bool expected;
        text_view value;
    } parts[] = {{"title", l->c->any_title, a->title},
                 {"date", l->c->any_date, a->date},
                 {"outlet", l->c->any_outlet, a->outlet},
                 {"note", l->c->any_note, a->note}};
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < sizeof parts / sizeof *parts; i++)
        if (parts[i].expected && parts[i].value.len == 0)
            status = check_add(l->c, CHECK_MISSING, l->index, NULL, "no %s", parts[i].name);
    text_view d = a->date;
    bool iso = d.len >= 10 && d.ptr[4] == '-' && d.ptr[7] == '-';
    if (status == WHOSAID_OK && d.len > 0 && !iso)
        status = check_add(l->c, CHECK_LABEL, l->index, NULL,
                           "the date \"%.*s\" is not like 2024-05-03", EXCERPT(d));
    return status;
}

static whosaid_status check_parts(label_check *l, const annotated_quote *q) {
    const checker *c = l->c;
    bool unattributed = q->has_anonymity && q->grade == ANONYMITY_UNATTRIBUTED;
    bool no_link = q->cues.count == 0 && q->sources.count == 0;
    const struct {
        bool missing;
        const char *words;
    } parts[] = {
        {q->contents.count == 0, "no content"},
        {c->any_cue && no_link, "neither cue nor source"},
        {!no_link && q->has_anonymity && !unattributed && q->sources.count == 0,
         "no source, but the grade is not unattributed"},
        {c->any_grade && !q->has_anonymity, "no anonymity grade"},
        {c->any_kind && !q->has_kind, "no kind"},
        {c->any_speaker && !unattributed && q->speaker_name.len == 0, "no speaker"},
        {c->any_stance && q->stance_count == 0, "no stance"},
    };
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < sizeof parts / sizeof *parts; i++)
        if (parts[i].missing)
            status = check_add(l->c, CHECK_MISSING, l->index, q, "%s", parts[i].words);
    return status;
}

/* A named speaker's name must stand in the article. */
static whosaid_status check_speaker(label_check *l, const annotated_quote *q) {
    bool unattributed = q->has_anonymity && q->grade == ANONYMITY_UNATTRIBUTED;
    if (unattributed && q->speaker_name.len > 0)
        return check_add(l->c, CHECK_LABEL, l->index, q, "unattributed, but it has a speaker");
    if (unattributed && q->sources.count > 0)
        return check_add(l->c, CHECK_LABEL, l->index, q, "unattributed, but it has a source");
    if (!q->has_anonymity || q->grade != ANONYMITY_NAMED) return WHOSAID_OK;
    check_words named, title;
    if (!check_split_words(l->c->scratch, q->speaker_name, &named) ||
        !check_split_words(l->c->scratch, l->article->title, &title))
        return error_no_memory(l->c->err);
    for (size_t i = 0; i < named.count; i++) {
        bool found = l->word_count > 0 && bsearch(&named.hashes[i], l->words, l->word_count,
                                                  sizeof *l->words, check_compare_hashes);
        for (size_t k = 0; !found && k < title.count; k++)
            found = title.hashes[k] == named.hashes[i];
        if (!found)
            return check_add(l->c, CHECK_LABEL, l->index, q,
                             "the speaker's name \"%.*s\" is not in the article",
                             EXCERPT(q->speaker_name));
    }
    return WHOSAID_OK;
}

static whosaid_status check_stances(label_check *l, const annotated_quote *q) {
    const target *toward = l->c->target;
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; toward && status == WHOSAID_OK && i < q->stance_count; i++) {
        const annotated_stance *s = &q->stances[i];
        if (view_equal(s->target, toward->name) &&
            target_label(toward, s->label) == toward->label_count)
            status =
                check_add(l->c, CHECK_LABEL, l->index, q, "the target %.*s has no label \"%.*s\"",
                          EXCERPT(toward->name), EXCERPT(s->label));
    }
    return status;
}

static text_view span_text(const label_check *l, span s) {
    return view_slice(l->article->text, s.begin, s.end);
}

static size_t count_marks(text_view text, text_view mark) {
    size_t count = 0;
    for (size_t i = 0; i + mark.len <= text.len; i++)
        count += view_starts_with(view_slice(text, i, text.len), mark);
    return count;
}

static bool has_paragraph_break(text_view text) {
    return count_marks(text, VIEW("\n\n")) > 0;
}

/* Curly marks tell which side they belong to: a content takes both or none. */
static const char *content_edge_fault(const label_check *l, span s) {
    static const text_view open = {"\xE2\x80\x9C", 3}, close = {"\xE2\x80\x9D", 3};
    text_view text = l->article->text, inside = span_text(l, s);
    text_view before = view_slice(text, 0, s.begin), after = view_slice(text, s.end, text.len);
    if (view_ends_with(before, open) && view_starts_with(after, close))
        return "a content leaves its quotation marks outside";
    if (has_paragraph_break(inside)) return NULL;
    size_t opened = count_marks(inside, open), closed = count_marks(inside, close);
    if (opened == closed + 1 && view_starts_with(after, close))
        return "a content leaves its closing quotation mark outside";
    if (closed == opened + 1 && view_ends_with(before, open))
        return "a content leaves its opening quotation mark outside";
    return NULL;
}

bool spans_overlap(const span_list *a, const span_list *b) {
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            if (a->items[i].begin < b->items[k].end && b->items[k].begin < a->items[i].end)
                return true;
    return false;
}

static const char *span_fault(const label_check *l, const annotated_quote *q) {
    if (q->cues.count > 1) return "the cue is more than one span";
    if (spans_overlap(&q->cues, &q->contents)) return "the cue overlaps its own content";
    if (spans_overlap(&q->cues, &q->sources)) return "the cue overlaps its own source";
    if (spans_overlap(&q->sources, &q->contents)) return "the source overlaps its own content";
    for (size_t i = 0; i < q->cues.count; i++) {
        text_view cue = span_text(l, q->cues.items[i]);
        if (view_ends_with(cue, VIEW(",")) && cue.len > 1) return "the cue ends with a comma";
        if (has_paragraph_break(cue)) return "the cue runs over paragraphs";
    }
    for (size_t i = 0; i < q->sources.count; i++)
        if (has_paragraph_break(span_text(l, q->sources.items[i])))
            return "the source runs over paragraphs";
    for (size_t i = 0; i < q->contents.count; i++) {
        const char *fault = content_edge_fault(l, q->contents.items[i]);
        if (fault) return fault;
    }
    return NULL;
}

whosaid_status check_labels(checker *c, size_t article_index, const uint64_t *sorted_words,
                            size_t word_count) {
    label_check l = {c, article_index, corpus_article(c->corpus, article_index), sorted_words,
                     word_count};
    whosaid_status status = check_head(&l);
    for (size_t i = 0; status == WHOSAID_OK && i < l.article->quote_count; i++) {
        const annotated_quote *q = &l.article->quotes[i];
        status = check_parts(&l, q);
        if (status == WHOSAID_OK) status = check_speaker(&l, q);
        if (status == WHOSAID_OK) status = check_stances(&l, q);
        const char *fault = span_fault(&l, q);
        if (status == WHOSAID_OK && fault)
            status = check_add(c, CHECK_SPAN, article_index, q, "%s", fault);
    }
    return status;
}
