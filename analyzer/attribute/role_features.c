#include "attribute/role_features.h"

#include "attribute/base_features.h"

enum { SENTENCES_REACHED = 24 };

static uint32_t least(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

int32_t *cues_by_token(const article_frame *frame, const cue_list *cues, arena *memory) {
    int32_t *of = arena_alloc_raw(memory, frame->token_count + 1, sizeof *of);
    if (!of) return NULL;
    for (uint32_t i = 0; i <= frame->token_count; i++)
        of[i] = -1;
    for (size_t c = 0; c < cues->count; c++)
        for (uint32_t i = cues->items[c].first; i < cues->items[c].end; i++)
            of[i] = (int32_t)c;
    return of;
}

/* The class of a word beside the cue. */
static unsigned beside_class(const frame_token *t) {
    switch (t->facts.function) {
    case FUNCTION_COMMA: return 1;
    case FUNCTION_STOP: return 4;
    case FUNCTION_COLON: return 5;
    case FUNCTION_THAT: return 6;
    case FUNCTION_TO: return 7;
    case FUNCTION_OF:
    case FUNCTION_FOR:
    case FUNCTION_ABOUT:
    case FUNCTION_ON:
    case FUNCTION_IN:
    case FUNCTION_BY: return 8;
    case FUNCTION_IF:
    case FUNCTION_WHETHER:
    case FUNCTION_HOW:
    case FUNCTION_WHAT:
    case FUNCTION_WHY: return 9;
    default: break;
    }
    if (t->sentence == UINT32_MAX) return 0;
    if (t->mark) return t->mark == QUOTE_MARK_OPEN ? 2 : 3;
    if (t->masked || (t->facts.source_rate >= 3 && t->facts.source_rate < RATE_UNKNOWN)) return 10;
    return 11;
}

/* The next cue on a walk outwards. */
typedef struct next_cue {
    size_t index;      /* into the cues; beyond them: there is none */
    uint32_t away;     /* tokens to its near edge */
    uint32_t sentence; /* UINT32_MAX: there is none */
} next_cue;

/* The first cue whose near edge lies beyond a token. */
static inline void find_next_cue(const role_window *w, int64_t at, int step, next_cue *next) {
    const cue *cues = w->cues->items;
    size_t k = next->index, count = w->cues->count;
    while (k < count && (step > 0 ? cues[k].first <= at : cues[k].end > at))
        k += (size_t)step;
    *next = (next_cue){.index = k, .away = UINT32_MAX, .sentence = UINT32_MAX};
    if (k >= count) return;
    next->away = (uint32_t)(step > 0 ? cues[k].first - at : at - cues[k].end + 1);
    next->sentence = w->frame->tokens[cues[k].first].sentence;
}

/* The sentences from that of the cue to another one, -2 to 2. */
static int8_t sentences_apart(uint32_t here, uint32_t of_cue) {
    int apart = (int)here - (int)of_cue;
    return (int8_t)(apart < -2 ? -2 : apart > 2 ? 2 : apart);
}

/* What a walk from the cue outwards has passed. */
typedef struct passed_by {
    uint32_t commas, thats, marks, cues, links, verbs, openers;
    int32_t last_cue; /* -1: none yet */
} passed_by;

/* Passes a token at which something is to be noted in what is told of the tokens behind it. */
static __attribute__((noinline)) void pass_token(passed_by *p, const frame_token *t,
                                                 int32_t cue_here, role_relation *behind) {
    bool in_cue = cue_here >= 0;
    p->commas += t->passes & FRAME_COMMA ? 1 : 0;
    p->thats += t->passes & FRAME_THAT ? 1 : 0;
    p->marks += t->mark != 0;
    p->links += t->passes & FRAME_LINK ? 1 : 0;
    p->verbs += t->passes & FRAME_VERB ? 1 : 0;
    p->openers += t->passes & FRAME_OPENER ? 1 : 0;
    p->cues += in_cue && cue_here != p->last_cue;
    if (in_cue) p->last_cue = cue_here;
    behind->signature =
        (uint8_t)(least(p->commas, 2) + 3 * least(p->thats, 1) + 6 * least(p->marks, 2) +
                  18 * least(p->cues, 2) + 54 * least(p->links, 1));
    behind->clause = (uint8_t)(4 * least(p->verbs, 3) + least(p->openers, 3));
    behind->cues = (uint8_t)least(p->cues, 2);
    behind->marks = (uint8_t)least(p->marks, 4);
}

const uint8_t role_steps[ROLE_STEPS] = {1, 2, 3, 4, 7, ROLE_STEP_MAX};

/* By distance; farther ones as the last. */
static const uint8_t distance_steps[ROLE_STEP_MAX + 1] = {0, 1, 2, 3, 4, 7, 7, 7, 7, ROLE_STEP_MAX};

/* Walks from the cue outwards in one direction and notes where each token stands. Most of it is as
 * at the token before: only what the token changes is set anew. */
static inline __attribute__((always_inline)) void relate_side(role_window *w, int step) {
    const cue *c = &w->cues->items[w->cue];
    const frame_token *tokens = w->frame->tokens;
    const uint32_t cue_sentence = tokens[c->first].sentence;
    int64_t i = step > 0 ? (int64_t)c->end : (int64_t)c->first - 1;
    if (i < (int64_t)w->first || i >= (int64_t)w->end) return;
    uint32_t left = step > 0 ? w->end - c->end : c->first - w->first;
    uint32_t last_sentence = cue_sentence;
    passed_by passed = {.last_cue = -1};
    role_relation relation = {.right = step > 0};
    next_cue next = {.index = w->cue + (size_t)step}; /* wraps round where there is none before */
    int32_t here = w->cue_of_token[i];
    unsigned near = 0; /* the last token is part of another cue */
    find_next_cue(w, i, step, &next);
    for (uint32_t distance = 1; distance <= left; distance++, i += step) {
        const frame_token *t = &tokens[i];
        int32_t beyond = i + step >= 0 ? w->cue_of_token[i + step] : -1;
        unsigned far = beyond >= 0, in_cue = here >= 0;
        if (next.away == 0) find_next_cue(w, i, step, &next);
        if (t->sentence != last_sentence)
            relation.sentences = sentences_apart(t->sentence, cue_sentence);
        last_sentence = t->sentence;
        if (t[step > 0 ? 0 : 1].new_line) relation.lines = (uint8_t)least(relation.lines + 1u, 2);
        role_relation *out = &w->relations[i - w->first];
        *out = relation;
        out->bin = (uint8_t)frame_bin(distance);
        out->step = distance_steps[least(distance, ROLE_STEP_MAX)];
        out->next_cue =
            (uint8_t)(next.sentence == t->sentence ? frame_bin(next.away) : FRAME_DISTANCE_MAX);
        out->other_cue = (uint8_t)((step > 0 ? far | near << 1 : near | far << 1) | in_cue << 2);
        if (t->passes || in_cue) pass_token(&passed, t, here, &relation);
        next.away--;
        near = in_cue;
        here = beyond;
    }
}

static void describe_cue(role_window *w) {
    const cue *c = &w->cues->items[w->cue];
    const frame_token *tokens = w->frame->tokens, *head = &tokens[c->head];
    const frame_sentence *s = &w->frame->sentences[tokens[c->first].sentence];
    const word_facts *f = &head->facts;
    w->cue_word = f->word;
    w->cue_lemma = f->verb_lemma ? f->verb_lemma : f->word;
    w->cue_class = f->verb_lemma ? f->verb_heavy : f->noun_lemma ? 100u + f->noun_heavy : 7;
    w->word_before = tokens[(int64_t)c->first - 1].facts.word;
    w->word_after = tokens[c->end].facts.word;
    w->surroundings =
        beside_class(&tokens[(int64_t)c->first - 1]) * 12 + beside_class(&tokens[c->end]);
    w->cue_tag = head->part_of_speech;
    w->next_tag = tokens[c->end].part_of_speech;
    w->last_tag = tokens[(int64_t)c->first - 1].part_of_speech;
    w->cue_ends_sentence = c->end + 3 >= s->end;
    w->cue_starts_sentence = c->first - s->first <= 1;
}

static bool may_reach_forward(const article_frame *frame, uint32_t index, bool colon) {
    const frame_sentence *s = &frame->sentences[index];
    bool opens = s->first == frame->paragraphs[s->paragraph].tokens.first;
    if (opens) return frame->all_quoted[s->paragraph];
    return colon || s->quotation % 3 != 0;
}

static bool may_reach_back(const article_frame *frame, uint32_t index) {
    const frame_sentence *s = &frame->sentences[index];
    if (s->quotation % 3 == 0) return false;
    return s[1].paragraph == s->paragraph ||
           (frame->paragraphs[s[1].paragraph].continues_quotation &&
            frame->all_quoted[s->paragraph]);
}

/* The sentence of a cue, with the sentences around it that hold quotations: in its paragraph, in
 * paragraphs behind it that are nothing but quotation, and in those before it that leave their
 * quotation open for it. What is said without quotation marks stands in the cue's own sentence,
 * unless a colon announces it. */
static token_range reachable_tokens(const article_frame *frame, const cue *c) {
    uint32_t first = frame->tokens[c->first].sentence, end = frame->tokens[c->end - 1].sentence + 1;
    const frame_token *tokens = frame->tokens;
    bool colon = tokens[c->end - 1].facts.function == FUNCTION_COLON ||
                 tokens[c->end].facts.function == FUNCTION_COLON;
    uint32_t lowest = first > SENTENCES_REACHED ? first - SENTENCES_REACHED : 0;
    uint32_t highest = end + SENTENCES_REACHED;
    while (first > lowest && may_reach_back(frame, first - 1))
        first--;
    while (end < highest && end < frame->sentence_count && may_reach_forward(frame, end, colon))
        end++;
    return (token_range){frame->sentences[first].first, frame->sentences[end - 1].end};
}

void role_window_open(role_window *w, const article_frame *frame, const cue_list *cues,
                      const int32_t *cue_of_token, uint32_t cue_index) {
    const cue *c = &cues->items[cue_index];
    token_range p = reachable_tokens(frame, c);
    w->frame = frame;
    w->cues = cues;
    w->cue_of_token = cue_of_token;
    w->cue = cue_index;
    w->first = c->first - p.first > ROLE_REACH ? c->first - ROLE_REACH : p.first;
    w->end = p.end > c->end && p.end - c->end > ROLE_REACH ? c->end + ROLE_REACH : p.end;
    if (w->end - w->first > ROLE_WINDOW_MAX) w->end = w->first + ROLE_WINDOW_MAX;
    relate_side(w, 1);
    relate_side(w, -1);
    describe_cue(w);
}

uint64_t *role_row_features(const role_window *w, role_row row, unsigned right, unsigned step,
                            uint64_t *out) {
    switch (row) {
    case ROLE_ROW_HEAD:
        FEATURE(out, "x-lemma", right, w->cue_lemma, step);
        FEATURE(out, "x-cue-word", right, w->cue_word, step);
        FEATURE(out, "x-class", right, w->cue_class, step);
        break;
    case ROLE_ROW_BEHIND: FEATURE(out, "x-next", right, w->word_after, step); break;
    default: FEATURE(out, "x-last", right, w->word_before, step); break;
    }
    return out;
}

uint64_t *role_near_features(const role_window *w, unsigned right, unsigned step, uint64_t *out) {
    FEATURE(out, "x-next-lemma", right, w->word_after, w->cue_lemma, least(step, ROLE_NEAR_STEPS));
    return out;
}

uint64_t *role_passed_features(const role_view *v, uint64_t *out) {
    const role_window *w = v->window;
    const role_relation *r = v->relation;
    FEATURE(out, "x-lemma-sent", r->right, w->cue_lemma, r->sentences, r->cues);
    if (r->sentences != 0) return out;
    FEATURE(out, "x-cue-tags-wide", r->right, w->cue_tag, w->next_tag, w->last_tag, r->cues);
    return out;
}

uint64_t *role_between_features(const role_view *v, uint64_t *out) {
    const role_window *w = v->window;
    const role_relation *r = v->relation;
    FEATURE(out, "x-beside-betw", r->right, w->surroundings, r->signature, r->sentences);
    if (r->sentences != 0) return out;
    FEATURE(out, "x-lemma-between", r->right, w->cue_lemma, r->signature);
    FEATURE(out, "x-next-between", r->right, w->word_after, r->signature);
    FEATURE(out, "x-last-between", r->right, w->word_before, r->signature);
    return out;
}

uint64_t *role_token_features(const frame_token *t, uint64_t *out) {
    uint64_t word = t->facts.word;
    FEATURE(out, "x-words", t[-1].facts.word, word);
    FEATURE(out, "x-quoted-word", t->quoted, t->mark, word);
    FEATURE(out, "x-tags-around", t[-1].part_of_speech, t->part_of_speech, t[1].part_of_speech);
    return out;
}

/* A table more than a function: one case for each part, in their order. */
uint64_t *role_part_features(const role_view *v, role_part part, uint64_t *out) {
    const role_window *w = v->window;
    const role_relation *r = v->relation;
    const frame_token *t = v->token;
    unsigned right = r->right, ends = w->cue_ends_sentence, beside = w->surroundings;
    unsigned tag = t->part_of_speech;
    switch (part) {
    case ROLE_PART_TAG: FEATURE(out, "x-tag", right, r->step, tag); break;
    case ROLE_PART_NAME: FEATURE(out, "x-name", right, r->step, t->name_class, r->cues); break;
    case ROLE_PART_TAG_BETWEEN: FEATURE(out, "x-tag-between", right, r->signature, tag); break;
    case ROLE_PART_SOURCE:
        FEATURE(out, "x-next-cue-src", right, r->step, r->next_cue, role_source_rate(t));
        break;
    case ROLE_PART_SOURCES:
        FEATURE(out, "x-sources", right, r->cues, role_source_rate(t), role_source_rate(t + 1),
                r->sentences);
        break;
    case ROLE_PART_NEXT_CUE:
        FEATURE(out, "x-next-cue", right, r->cues, r->next_cue, r->sentences);
        break;
    case ROLE_PART_DISTANCE_SENTENCE:
        FEATURE(out, "x-distance-sent", right, r->bin, r->sentences);
        break;
    case ROLE_PART_CUE_PLACE:
        FEATURE(out, "x-cue-place", right, ends, w->cue_starts_sentence, r->sentences, r->cues);
        break;
    case ROLE_PART_BETWEEN: FEATURE(out, "x-between", right, r->signature, r->sentences); break;
    case ROLE_PART_MARKS:
        FEATURE(out, "x-marks", right, r->cues, t->quoted, role_marks_around(t), r->sentences);
        break;
    case ROLE_PART_MARKS_PASSED:
        FEATURE(out, "x-marks-passed", right, r->marks, t->quoted, t->mark, r->sentences, ends);
        break;
    case ROLE_PART_CUE_QUOTED:
        FEATURE(out, "x-cue-quoted", role_cue_is_quoted(w), t->quoted, t->mark, right, r->cues);
        break;
    case ROLE_PART_BETWEEN_MARK:
        FEATURE(out, "x-between-mark", right, r->signature, t->quoted, t->mark, r->sentences);
        break;
    case ROLE_PART_BESIDE_MARK:
        FEATURE(out, "x-beside-mark", right, beside, t->quoted, t->mark, r->sentences);
        break;
    case ROLE_PART_SENTENCE:
        FEATURE(out, "x-sentence", right, r->sentences, t->quoted, r->cues);
        break;
    case ROLE_PART_LINES:
        FEATURE(out, "x-lines", right, r->lines, t->quoted, t->mark, t[1].new_line);
        break;
    case ROLE_PART_FIRST:
        FEATURE(out, "x-first", role_is_first(t), right, r->cues, r->sentences, t->quoted);
        break;
    case ROLE_PART_END:
        FEATURE(out, "x-end", role_is_last(t), right, r->cues, r->sentences, t->quoted, ends);
        break;
    case ROLE_PART_OTHER:
        FEATURE(out, "x-other", right, r->cues, r->other_cue, r->sentences);
        break;
    case ROLE_PART_DISTANCE: FEATURE(out, "x-distance", right, r->bin); break;
    case ROLE_PART_BESIDE: FEATURE(out, "x-beside", right, beside, r->bin); break;
    case ROLE_PART_BESIDE_END:
        FEATURE(out, "x-beside-end", right, beside, ends, least(r->step, 5));
        break;
    case ROLE_PART_CUE_TAGS:
        FEATURE(out, "x-cue-tags", right, w->cue_tag, w->next_tag, r->step);
        break;
    case ROLE_PART_CLAUSE: FEATURE(out, "x-clause", right, r->clause, tag); break;
    case ROLE_PART_TAG_NEXT:
        FEATURE(out, "x-tags-next", right, r->cues, r->sentences, tag, t[1].part_of_speech);
        break;
    case ROLE_PART_TAG_LAST:
        FEATURE(out, "x-tags-last", right, r->cues, r->sentences, t[-1].part_of_speech, tag);
        break;
    default: FEATURE(out, "x-shapes", right, r->cues, t->shape, t[-1].shape, r->sentences); break;
    }
    return out;
}

static bool only_in_own_sentence(role_part part) {
    return part == ROLE_PART_TAG || part == ROLE_PART_NAME ||
           (part >= ROLE_PART_DISTANCE && part < (role_part)ROLE_KEPT_FIRST);
}

uint64_t *role_features(const role_view *v, uint64_t *out) {
    const role_relation *r = v->relation;
    for (int row = 0; r->sentences == 0 && row < ROLE_ROWS; row++)
        out = role_row_features(v->window, (role_row)row, r->right, r->step, out);
    if (r->sentences == 0) out = role_near_features(v->window, r->right, r->step, out);
    out = role_token_features(v->token, out);
    out = role_passed_features(v, out);
    out = role_between_features(v, out);
    for (int part = 0; part < ROLE_PARTS; part++)
        if (r->sentences == 0 || !only_in_own_sentence((role_part)part))
            out = role_part_features(v, (role_part)part, out);
    return out;
}
