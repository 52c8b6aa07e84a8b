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

/* The bin of the distance to the next cue that `at`, an index into the cues, has come to. */
static uint8_t next_cue_bin(const role_window *w, uint32_t index, size_t at, int step) {
    if (at >= w->cues->count) return FRAME_DISTANCE_MAX;
    const cue *next = &w->cues->items[at];
    const frame_token *tokens = w->frame->tokens;
    if (tokens[next->first].sentence != tokens[index].sentence) return FRAME_DISTANCE_MAX;
    return (uint8_t)frame_bin(step > 0 ? next->first - index : index - next->end + 1);
}

/* The sentences from that of the cue to another one, -2 to 2. */
static int8_t sentences_apart(uint32_t here, uint32_t of_cue) {
    int apart = (int)here - (int)of_cue;
    return (int8_t)(apart < -2 ? -2 : apart > 2 ? 2 : apart);
}

/* What a walk from the cue outwards has passed. */
typedef struct passed_by {
    uint32_t commas, thats, marks, cues, links, lines;
    int32_t last_cue; /* -1: none yet */
    bool in_cue;      /* the last token is part of another cue */
} passed_by;

static void pass_token(passed_by *p, const frame_token *t, int32_t cue_here) {
    function_word word = t->facts.function;
    p->commas += word == FUNCTION_COMMA;
    p->thats += word == FUNCTION_THAT;
    p->marks += t->mark != 0;
    p->links += function_word_links_clauses(word);
    p->cues += cue_here >= 0 && cue_here != p->last_cue;
    p->in_cue = cue_here >= 0;
    if (p->in_cue) p->last_cue = cue_here;
}

static uint8_t signature_of(const passed_by *p) {
    return (uint8_t)(least(p->commas, 2) + 3 * least(p->thats, 1) + 6 * least(p->marks, 2) +
                     18 * least(p->cues, 2) + 54 * least(p->links, 1));
}

static uint8_t distance_step(uint32_t distance) {
    if (distance <= 4) return (uint8_t)distance;
    return distance <= 8 ? 7 : 9;
}

/* Walks from the cue outwards in one direction and notes where each token stands. */
static void relate_side(role_window *w, int step) {
    const cue *cues = w->cues->items, *c = &cues[w->cue];
    const frame_token *tokens = w->frame->tokens;
    const uint32_t cue_sentence = tokens[c->first].sentence;
    passed_by passed = {.last_cue = -1};
    int64_t i = step > 0 ? (int64_t)c->end : (int64_t)c->first - 1;
    size_t next = w->cue + (size_t)step; /* wraps round where there is none before */
    for (uint32_t distance = 1; i >= (int64_t)w->first && i < (int64_t)w->end;
         i += step, distance++) {
        int32_t here = w->cue_of_token[i];
        unsigned near = passed.in_cue, far = i + step >= 0 && w->cue_of_token[i + step] >= 0;
        passed.lines += tokens[step > 0 ? i : i + 1].new_line;
        while (next < w->cues->count && (step > 0 ? cues[next].first <= i : cues[next].end > i))
            next += (size_t)step;
        unsigned beside = step > 0 ? far | near << 1 : near | far << 1;
        w->relations[i - w->first] =
            (role_relation){.right = step > 0,
                            .bin = (uint8_t)frame_bin(distance),
                            .step = distance_step(distance),
                            .sentences = sentences_apart(tokens[i].sentence, cue_sentence),
                            .signature = signature_of(&passed),
                            .cues = (uint8_t)least(passed.cues, 2),
                            .marks = (uint8_t)least(passed.marks, 4),
                            .lines = (uint8_t)least(passed.lines, 2),
                            .next_cue = next_cue_bin(w, (uint32_t)i, next, step),
                            .other_cue = (uint8_t)(beside | (unsigned)(here >= 0) << 2)};
        pass_token(&passed, &tokens[i], here);
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

uint64_t *role_distance_features(const role_view *v, uint64_t *out) {
    const role_window *w = v->window;
    const role_relation *r = v->relation;
    unsigned right = r->right, ends = w->cue_ends_sentence;
    uint64_t lemma = w->cue_lemma;
    FEATURE(out, "x-distance-sent", right, r->bin, r->sentences);
    FEATURE(out, "x-lemma-sent", right, lemma, r->sentences, r->cues);
    FEATURE(out, "x-cue-place", right, ends, w->cue_starts_sentence, r->sentences, r->cues);
    if (r->sentences != 0) return out;
    FEATURE(out, "x-distance", right, r->bin);
    FEATURE(out, "x-lemma", right, lemma, r->step);
    FEATURE(out, "x-cue-word", right, w->cue_word, r->step);
    FEATURE(out, "x-class", right, w->cue_class, r->step);
    FEATURE(out, "x-beside", right, w->surroundings, r->bin);
    FEATURE(out, "x-beside-end", right, w->surroundings, ends, least(r->step, 5));
    FEATURE(out, "x-next", right, w->word_after, r->step);
    FEATURE(out, "x-last", right, w->word_before, r->step);
    FEATURE(out, "x-next-lemma", right, w->word_after, lemma, least(r->step, 3));
    FEATURE(out, "x-cue-tags", right, w->cue_tag, w->next_tag, r->step);
    FEATURE(out, "x-cue-tags-wide", right, w->cue_tag, w->next_tag, w->last_tag, r->cues);
    return out;
}

uint64_t *role_between_features(const role_view *v, uint64_t *out) {
    const role_window *w = v->window;
    const role_relation *r = v->relation;
    unsigned right = r->right;
    FEATURE(out, "x-between", right, r->signature, r->sentences);
    FEATURE(out, "x-beside-betw", right, w->surroundings, r->signature, r->sentences);
    if (r->sentences != 0) return out;
    FEATURE(out, "x-lemma-between", right, w->cue_lemma, r->signature);
    FEATURE(out, "x-next-between", right, w->word_after, r->signature);
    FEATURE(out, "x-last-between", right, w->word_before, r->signature);
    return out;
}

static unsigned cue_is_quoted(const role_window *w) {
    return w->frame->tokens[w->cues->items[w->cue].first].quoted;
}

/* Marks up to the feature that also depends on the words beside the cue. */
static inline uint64_t *mark_features(const role_view *v, uint64_t *out) {
    const role_relation *r = v->relation;
    const frame_token *t = v->token;
    unsigned right = r->right, ends = v->window->cue_ends_sentence;
    unsigned marks = t->mark + 3u * t[1].mark + 9u * t[-1].mark;
    FEATURE(out, "x-marks", right, r->cues, t->quoted, marks, r->sentences);
    FEATURE(out, "x-marks-passed", right, r->marks, t->quoted, t->mark, r->sentences, ends);
    FEATURE(out, "x-cue-quoted", cue_is_quoted(v->window), t->quoted, t->mark, right, r->cues);
    FEATURE(out, "x-between-mark", right, r->signature, t->quoted, t->mark, r->sentences);
    return out;
}

uint64_t *role_beside_mark_features(const role_view *v, uint64_t *out) {
    FEATURE(out, "x-beside-mark", v->relation->right, v->window->surroundings, v->token->quoted,
            v->token->mark, v->relation->sentences);
    return out;
}

static inline uint64_t *end_features(const role_view *v, uint64_t *out) {
    const role_relation *r = v->relation;
    const article_frame *frame = v->window->frame;
    const frame_token *t = v->token;
    const frame_sentence *s = &frame->sentences[t->sentence];
    unsigned right = r->right, ends = v->window->cue_ends_sentence;
    bool first = t == frame->tokens + s->first, last = t + 1 == frame->tokens + s->end;
    FEATURE(out, "x-sentence", right, r->sentences, t->quoted, r->cues);
    FEATURE(out, "x-lines", right, r->lines, t->quoted, t->mark, t[1].new_line);
    FEATURE(out, "x-first", first, right, r->cues, r->sentences, t->quoted);
    FEATURE(out, "x-end", last, right, r->cues, r->sentences, t->quoted, ends);
    FEATURE(out, "x-other", right, r->cues, r->other_cue, r->sentences);
    return out;
}

static unsigned source_rate(const frame_token *t) {
    return t->masked ? 8 : t->facts.source_rate;
}

/* The features of a token and what it is in relation to the cue, each named after its part. */
static inline uint64_t *next_cue(const role_view *v, uint64_t *out) {
    const role_relation *r = v->relation;
    FEATURE(out, "x-next-cue", r->right, r->cues, r->next_cue, r->sentences);
    return out;
}

static inline uint64_t *next_cue_source(const role_view *v, uint64_t *out) {
    const role_relation *r = v->relation;
    FEATURE(out, "x-next-cue-src", r->right, r->step, r->next_cue, source_rate(v->token));
    return out;
}

static inline uint64_t *tag_next(const role_view *v, uint64_t *out) {
    const role_relation *r = v->relation;
    const frame_token *t = v->token;
    FEATURE(out, "x-tags-next", r->right, r->cues, r->sentences, t->part_of_speech,
            t[1].part_of_speech);
    return out;
}

static inline uint64_t *tag_last(const role_view *v, uint64_t *out) {
    const role_relation *r = v->relation;
    const frame_token *t = v->token;
    FEATURE(out, "x-tags-last", r->right, r->cues, r->sentences, t[-1].part_of_speech,
            t->part_of_speech);
    return out;
}

static inline uint64_t *tag_between(const role_view *v, uint64_t *out) {
    const role_relation *r = v->relation;
    FEATURE(out, "x-tag-between", r->right, r->signature, v->token->part_of_speech);
    return out;
}

static inline uint64_t *sources(const role_view *v, uint64_t *out) {
    const role_relation *r = v->relation;
    FEATURE(out, "x-sources", r->right, r->cues, source_rate(v->token), source_rate(v->token + 1),
            r->sentences);
    return out;
}

static inline uint64_t *shapes(const role_view *v, uint64_t *out) {
    const role_relation *r = v->relation;
    FEATURE(out, "x-shapes", r->right, r->cues, v->token->shape, v->token[-1].shape, r->sentences);
    return out;
}

static inline uint64_t *tag(const role_view *v, uint64_t *out) {
    FEATURE(out, "x-tag", v->relation->right, v->relation->step, v->token->part_of_speech);
    return out;
}

static inline uint64_t *name_of(const role_view *v, uint64_t *out) {
    const role_relation *r = v->relation;
    FEATURE(out, "x-name", r->right, r->step, v->token->name_class, r->cues);
    return out;
}

uint64_t *role_token_features(const frame_token *t, uint64_t *out) {
    uint64_t word = t->facts.word;
    FEATURE(out, "x-words", t[-1].facts.word, word);
    FEATURE(out, "x-quoted-word", t->quoted, t->mark, word);
    FEATURE(out, "x-tags-around", t[-1].part_of_speech, t->part_of_speech, t[1].part_of_speech);
    return out;
}

/* In the order in which training sums them. */
uint64_t *role_features(const role_view *v, uint64_t *out) {
    out = role_token_features(v->token, out);
    out = role_distance_features(v, out);
    out = role_between_features(v, out);
    out = mark_features(v, out);
    out = role_beside_mark_features(v, out);
    out = end_features(v, out);
    out = next_cue(v, out);
    out = next_cue_source(v, out);
    out = tag_next(v, out);
    out = tag_last(v, out);
    out = tag_between(v, out);
    out = sources(v, out);
    out = shapes(v, out);
    if (v->relation->sentences != 0) return out;
    out = tag(v, out);
    return name_of(v, out);
}

uint64_t *role_part_features(const role_view *v, role_part part, uint64_t *out) {
    switch (part) {
    case ROLE_PART_TAG: return tag(v, out);
    case ROLE_PART_NAME: return name_of(v, out);
    case ROLE_PART_TAG_BETWEEN: return tag_between(v, out);
    case ROLE_PART_TAG_NEXT: return tag_next(v, out);
    case ROLE_PART_TAG_LAST: return tag_last(v, out);
    case ROLE_PART_SOURCE: return next_cue_source(v, out);
    case ROLE_PART_SOURCES: return sources(v, out);
    case ROLE_PART_NEXT_CUE: return next_cue(v, out);
    case ROLE_PART_SHAPES: return shapes(v, out);
    default: return end_features(v, mark_features(v, out));
    }
}
