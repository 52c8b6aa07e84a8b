#include "identify/speaker_evaluation.h"

#include "base/error.h"
#include "base/utf8.h"
#include "identify/speaker_match.h"

#include <math.h>
#include <stdlib.h>

typedef struct possible_match {
    double overlap; /* 2 common / (gold + predicted) */
    bool differs;   /* the speaker is another one: of equals, equal speakers go first */
    size_t gold, predicted;
} possible_match;

typedef struct matcher {
    const annotated_article *gold;
    const article *predicted;
    uint32_t *characters; /* [text bytes + 1] characters before each byte, white space left out */
    uint32_t *gold_sizes, *predicted_sizes;
    ARRAY(possible_match) matches;
} matcher;

static bool is_blank(uint32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F) || c == 0x85 ||
           c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

static bool count_characters(matcher *m) {
    text_view text = m->predicted->text;
    m->characters = ARENA_NEW(m->predicted->arena, uint32_t, text.len + 1);
    if (!m->characters) return false;
    uint32_t count = 0;
    for (size_t i = 0; i < text.len;) {
        size_t len;
        uint32_t c = utf8_decode(text.ptr + i, text.ptr + text.len, &len);
        for (size_t k = 0; k < len; k++)
            m->characters[i + k] = count;
        count += !is_blank(c);
        i += len;
    }
    m->characters[text.len] = count;
    return true;
}

static uint32_t common_size(const matcher *m, span a, span b) {
    uint32_t begin = a.begin > b.begin ? a.begin : b.begin, end = a.end < b.end ? a.end : b.end;
    return begin < end ? m->characters[end] - m->characters[begin] : 0;
}

static uint32_t overlap_of(const matcher *m, const span_list *gold, const token_ranges *predicted) {
    uint32_t sum = 0;
    for (size_t i = 0; i < gold->count; i++)
        for (size_t k = 0; k < predicted->count; k++)
            sum += common_size(m, gold->items[i], range_bytes(m->predicted, predicted->items[k]));
    return sum;
}

static bool measure_sizes(matcher *m) {
    arena *memory = m->predicted->arena;
    m->gold_sizes = ARENA_NEW(memory, uint32_t, m->gold->quote_count);
    m->predicted_sizes = ARENA_NEW(memory, uint32_t, m->predicted->attribution_count);
    if (!m->gold_sizes || !m->predicted_sizes) return false;
    for (size_t i = 0; i < m->gold->quote_count; i++)
        for (size_t k = 0; k < m->gold->quotes[i].contents.count; k++) {
            span s = m->gold->quotes[i].contents.items[k];
            m->gold_sizes[i] += common_size(m, s, s);
        }
    for (size_t i = 0; i < m->predicted->attribution_count; i++)
        for (size_t k = 0; k < m->predicted->attributions[i].contents.count; k++) {
            span s = range_bytes(m->predicted, m->predicted->attributions[i].contents.items[k]);
            m->predicted_sizes[i] += common_size(m, s, s);
        }
    return true;
}

static bool collect_matches(matcher *m) {
    for (size_t i = 0; i < m->gold->quote_count; i++) {
        const annotated_quote *quote = &m->gold->quotes[i];
        for (size_t k = 0; k < m->predicted->attribution_count; k++) {
            const attribution *said = &m->predicted->attributions[k];
            uint32_t common = overlap_of(m, &quote->contents, &said->contents);
            if (!common || common * 2 < m->gold_sizes[i] || common * 2 < m->predicted_sizes[k])
                continue;
            possible_match made = {
                2.0 * common / (m->gold_sizes[i] + m->predicted_sizes[k]),
                !speaker_matches_strictly(quote->speaker_name, said->speaker.name), i, k};
            if (!array_push(m->predicted->arena, &m->matches, made)) return false;
        }
    }
    return true;
}

static int best_first(const void *left, const void *right) {
    const possible_match *a = left, *b = right;
    if (a->overlap != b->overlap) return a->overlap > b->overlap ? -1 : 1;
    if (a->differs != b->differs) return a->differs ? 1 : -1;
    if (a->gold != b->gold) return a->gold < b->gold ? -1 : 1;
    return a->predicted < b->predicted ? -1 : a->predicted > b->predicted;
}

static text_view sources_text(const matcher *m, const annotated_quote *quote) {
    text_view joined = {"", 0};
    for (size_t i = 0; i < quote->sources.count; i++) {
        span s = quote->sources.items[i];
        text_view one = view_slice(m->gold->text, s.begin, s.end);
        joined = joined.len ? arena_format(m->predicted->arena, "%.*s %.*s", (int)joined.len,
                                           joined.ptr, (int)one.len, one.ptr)
                            : one;
    }
    return joined;
}

static void add_score(speaker_figures *figures, float score, bool right) {
    size_t bin = score <= 0 ? 0 : (size_t)(score * RELIABILITY_BINS);
    if (bin >= RELIABILITY_BINS) bin = RELIABILITY_BINS - 1;
    figures->bins[bin].count++;
    figures->bins[bin].right += right;
    figures->bins[bin].score_sum += (double)score;
}

static void add_speaker(speaker_figures *figures, const matcher *m, const annotated_quote *quote,
                        const attribution *said, bool right) {
    bool named = quote->has_anonymity && quote->grade == ANONYMITY_NAMED;
    bool pronoun = source_is_pronoun(sources_text(m, quote));
    figures->labelled++;
    figures->strict += speaker_matches_strictly(quote->speaker_name, said->speaker.name);
    figures->lenient += right;
    figures->named += named;
    figures->named_right += named && right;
    figures->pronoun += pronoun;
    figures->pronoun_right += pronoun && right;
    add_score(figures, said->speaker.score, right);
}

static void add_match(speaker_figures *figures, const matcher *m, const annotated_quote *quote,
                      const attribution *said, speaker_listener listener) {
    bool named = quote->has_anonymity && quote->grade == ANONYMITY_NAMED;
    bool right = speaker_matches(quote->speaker_name, said->speaker.name, named);
    figures->found++;
    if (quote_tells_who_speaks(quote)) add_speaker(figures, m, quote, said, right);
    if (quote->has_anonymity) figures->grades[quote->grade][said->anonymity.grade]++;
    figures->anonymous_as_other += quote->has_anonymity && quote->grade == ANONYMITY_ANONYMOUS &&
                                   said->anonymity.grade == ANONYMITY_NAMED && !right;
    /* Where nobody annotated how openly, nobody looked for a reason. */
    figures->reason_predicted += quote->has_anonymity && said->anonymity.reason.len > 0;
    figures->reason_right +=
        quote->reason.len && reason_matches(quote->reason, said->anonymity.reason);
    if (listener.observer) listener.observer(listener.context, m->gold, quote, said, right);
}

whosaid_status speaker_figures_add(speaker_figures *figures, const annotated_article *gold,
                                   const article *predicted, speaker_listener listener,
                                   whosaid_error *err) {
    matcher m = {.gold = gold, .predicted = predicted};
    arena *memory = predicted->arena;
    bool *gold_taken = ARENA_NEW(memory, bool, gold->quote_count);
    bool *taken = ARENA_NEW(memory, bool, predicted->attribution_count);
    if (!gold_taken || !taken || !count_characters(&m) || !measure_sizes(&m) ||
        !collect_matches(&m))
        return error_no_memory(err);
    if (m.matches.count)
        qsort(m.matches.items, m.matches.count, sizeof *m.matches.items, best_first);
    for (size_t i = 0; i < m.matches.count; i++) {
        possible_match pair = m.matches.items[i];
        if (gold_taken[pair.gold] || taken[pair.predicted]) continue;
        gold_taken[pair.gold] = taken[pair.predicted] = true;
        add_match(figures, &m, &gold->quotes[pair.gold], &predicted->attributions[pair.predicted],
                  listener);
    }
    for (size_t i = 0; i < gold->quote_count; i++) {
        figures->gold += gold->quotes[i].contents.count > 0;
        figures->reason_gold += gold->quotes[i].reason.len > 0;
    }
    figures->predicted += predicted->attribution_count;
    figures->articles++;
    return WHOSAID_OK;
}

double speaker_calibration_error(const speaker_figures *figures) {
    double sum = 0;
    for (size_t b = 0; b < RELIABILITY_BINS; b++)
        sum += fabs(figures->bins[b].score_sum - (double)figures->bins[b].right);
    return figures->labelled ? sum / (double)figures->labelled : 0;
}

double grade_accuracy(const speaker_figures *figures) {
    size_t all = 0, right = 0;
    for (size_t g = 0; g < GRADE_COUNT; g++)
        for (size_t p = 0; p < GRADE_COUNT; p++) {
            all += figures->grades[g][p];
            right += g == p ? figures->grades[g][p] : 0;
        }
    return all ? (double)right / (double)all : 0;
}

double grade_macro_f1(const speaker_figures *figures) {
    double sum = 0;
    size_t present = 0;
    for (size_t g = 0; g < GRADE_COUNT; g++) {
        size_t gold = 0, predicted = 0;
        for (size_t k = 0; k < GRADE_COUNT; k++) {
            gold += figures->grades[g][k];
            predicted += figures->grades[k][g];
        }
        if (!gold) continue;
        present++;
        sum += 2.0 * (double)figures->grades[g][g] / (double)(gold + predicted);
    }
    return present ? sum / (double)present : 0;
}
