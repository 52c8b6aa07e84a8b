#include "attribute/candidate_features.h"

enum { NEIGHBOUR_REACH = 150 }; /* tokens between cues that are compared */

static unsigned at_most(unsigned value, unsigned limit) {
    return value < limit ? value : limit;
}

static const frame_token *token_at(const candidate_cue *c, int64_t index) {
    int64_t last = (int64_t)c->frame->token_count;
    return &c->frame->tokens[index < -1 ? -1 : index > last ? last : index];
}

/* The word itself when it is a function word, else its part of speech. */
static unsigned word_class(const candidate_cue *c, int64_t index) {
    const frame_token *t = token_at(c, index);
    if (t->facts.function) return t->facts.function;
    return 100u + t->part_of_speech;
}

static bool is_quoted(const candidate_cue *c, uint32_t index) {
    return c->frame->tokens[index].quoted;
}

/* Tokens before a participle among which its auxiliary is looked for. */
enum { AUXILIARY_REACH = 4 };

/* The manner of a participle, by its auxiliary: "was", "has", "is" before "also", "been" ... */
static unsigned participle_manner(const article_frame *frame, const cue *own, uint32_t index) {
    const frame_token *tokens = frame->tokens;
    const uint32_t be = (uint32_t)(hash_bytes("be", 2) >> 32);
    unsigned manner = tokens[index].part_of_speech;
    uint32_t first = frame->sentences[tokens[index].sentence].first;
    for (uint32_t i = index, steps = 0; i-- > first && steps < AUXILIARY_REACH; steps++) {
        unsigned tag = tokens[i].part_of_speech;
        if (tokens[i].facts.verb_lemma == be) return manner == POS_VBG ? POS_VBZ : MANNER_PASSIVE;
        if (tag == POS_VBD || tag == POS_VBP || tag == POS_VBZ)
            return manner == POS_VBN ? POS_VBD : manner;
        if (i < own->first && tag != POS_RB && tag != POS_VBN && tag != POS_MD) break;
    }
    return manner;
}

unsigned cue_manner(const article_frame *frame, const cue *own) {
    for (uint32_t i = own->end; i-- > own->first;) {
        unsigned tag = frame->tokens[i].part_of_speech;
        if (tag == POS_VBD || tag == POS_VBG || tag == POS_VBN)
            return participle_manner(frame, own, i);
        if (tag >= POS_VB && tag <= POS_VBZ) return tag;
    }
    return frame->tokens[own->head].part_of_speech;
}

candidate_cue candidate_cue_make(const article_frame *frame, const cue_list *cues,
                                 uint32_t cue_index) {
    const cue *own_cue = &cues->items[cue_index];
    const word_facts *f = &frame->tokens[own_cue->end - 1].facts;
    candidate_cue c = {frame, cues, cue_index, f->word, CLASS_NONE, cue_manner(frame, own_cue)};
    for (uint32_t i = own_cue->end; i-- > own_cue->first;) {
        f = &frame->tokens[i].facts;
        if (f->verb_first == CLASS_NONE) continue;
        c.lemma = f->verb_lemma;
        c.class = f->verb_heavy;
        break;
    }
    return c;
}

/* Cues other than the own one that lie within [first, end). */
static unsigned cues_within(const candidate_cue *c, uint32_t first, uint32_t end) {
    unsigned count = 0;
    const cue *items = c->cues->items;
    for (size_t k = c->cue; k-- > 0 && items[k].first >= first;)
        count += items[k].end <= end;
    for (size_t k = c->cue + 1; k < c->cues->count && items[k].end <= end; k++)
        count += items[k].first >= first;
    return count;
}

/* A cue begins at `from` or at most three tokens behind; seven cues to each side are looked at. */
static bool cue_begins_near(const candidate_cue *c, uint32_t from) {
    for (size_t k = 0; k < 8; k++) {
        size_t after = c->cue + k, before = c->cue - k;
        if (after < c->cues->count && c->cues->items[after].first >= from &&
            c->cues->items[after].first <= from + 3)
            return true;
        if (k <= c->cue && c->cues->items[before].first >= from &&
            c->cues->items[before].first <= from + 3)
            return true;
    }
    return false;
}

/* Order of the first eight parts: digits 1 cue, 2 source, 3 content, by their first tokens. */
static unsigned order_of_parts(const candidate_cue *c, const analysis *a) {
    uint32_t cue_first = c->cues->items[c->cue].first;
    unsigned order = 0, content = 0;
    bool cue_done = false, source_done = a->source.first == a->source.end;
    for (unsigned parts = 0; parts < 8; parts++) {
        uint32_t next_content =
            content < a->content_count ? a->contents[content].first : UINT32_MAX;
        uint32_t next_source = source_done ? UINT32_MAX : a->source.first;
        uint32_t next_cue = cue_done ? UINT32_MAX : cue_first;
        if (next_content == UINT32_MAX && source_done && cue_done) break;
        if (next_cue <= next_source && next_cue <= next_content) {
            order = order * 4 + 1;
            cue_done = true;
        } else if (next_source <= next_content) {
            order = order * 4 + 2;
            source_done = true;
        } else {
            order = order * 4 + 3;
            content++;
        }
    }
    return order;
}

/* A content or source span with what stands at its edges. */
typedef struct edges {
    uint32_t first, end;
    unsigned right;                     /* 1: behind the cue */
    unsigned gap;                       /* tokens between it and the cue */
    unsigned before, start, last, next; /* word classes */
    unsigned place; /* 2 ends with its sentence, 1 one token before, 0 earlier */
    const frame_sentence *first_sentence, *last_sentence;
} edges;

static edges edges_of(const candidate_cue *c, token_range part) {
    const cue *own = &c->cues->items[c->cue];
    const frame_token *tokens = c->frame->tokens;
    edges e = {.first = part.first, .end = part.end};
    e.right = part.first >= own->end;
    uint32_t from = e.right ? own->end : part.end, to = e.right ? part.first : own->first;
    e.gap = to > from ? to - from : 0;
    e.before = word_class(c, (int64_t)part.first - 1);
    e.start = word_class(c, part.first);
    e.last = word_class(c, (int64_t)part.end - 1);
    e.next = word_class(c, part.end);
    e.first_sentence = &c->frame->sentences[tokens[part.first].sentence];
    e.last_sentence = &c->frame->sentences[tokens[part.end - 1].sentence];
    e.place = part.end >= e.last_sentence->end ? 2 : part.end + 1 == e.last_sentence->end ? 1 : 0;
    return e;
}

/* Balance of marks within the span: 0 even, 1 opened more, 2 closed more. */
static unsigned mark_balance(const candidate_cue *c, uint32_t first, uint32_t end) {
    int open = 0;
    for (uint32_t i = first; i < end; i++) {
        uint8_t mark = c->frame->tokens[i].mark;
        open += (mark == QUOTE_MARK_OPEN) - (mark == QUOTE_MARK_CLOSE);
    }
    return open == 0 ? 0 : open > 0 ? 1 : 2;
}

static unsigned count_commas(const candidate_cue *c, uint32_t first, uint32_t end) {
    unsigned commas = 0;
    for (uint32_t i = first; i < end; i++)
        commas += c->frame->tokens[i].facts.function == FUNCTION_COMMA;
    return commas;
}

static bool holds_verb(const candidate_cue *c, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++) {
        uint8_t tag = c->frame->tokens[i].part_of_speech;
        if (tag >= POS_VB && tag <= POS_VBZ) return true;
    }
    return false;
}

static inline uint64_t *content_edge_features(const candidate_cue *c, const edges *e,
                                              uint64_t *out) {
    unsigned r = e->right;
    FEATURE(out, "c-start", r, e->start);
    FEATURE(out, "c-before", r, e->before, e->start);
    FEATURE(out, "c-last-next", r, e->last, e->next);
    FEATURE(out, "c-last", e->last);
    FEATURE(out, "c-next", r, e->next, e->place);
    FEATURE(out, "c-next-two", e->next, word_class(c, (int64_t)e->end + 1), r);
    FEATURE(out, "c-start-lemma", r, c->lemma, e->start);
    FEATURE(out, "c-start-class", r, c->class, e->start);
    FEATURE(out, "c-start-place", r, e->first == e->first_sentence->first, e->start, e->place);
    FEATURE(out, "c-end-three", word_class(c, (int64_t)e->end - 2), e->last, e->next);
    FEATURE(out, "c-end-tags", token_at(c, (int64_t)e->end - 1)->part_of_speech,
            token_at(c, e->end)->part_of_speech, r);
    const cue *own = &c->cues->items[c->cue];
    uint64_t first_word = 0;
    if (r && e->gap == 1) first_word = token_at(c, own->end)->facts.word;
    FEATURE(out, "c-gap-word", r, e->gap ? first_word : 1, c->lemma);
    FEATURE(out, "c-gap", r, frame_bin(e->gap));
    return out;
}

static inline uint64_t *content_shape_features(const candidate_cue *c, const edges *e,
                                               uint64_t *out) {
    unsigned r = e->right, length = frame_bin(e->end - e->first);
    unsigned balance = mark_balance(c, e->first, e->end);
    unsigned quoted = is_quoted(c, e->first) * 2u + is_quoted(c, e->end - 1);
    unsigned marks = token_at(c, e->first)->mark + 3u * token_at(c, (int64_t)e->end - 1)->mark +
                     9u * token_at(c, e->end)->mark +
                     27u * token_at(c, (int64_t)e->first - 1)->mark;
    unsigned inside = at_most(cues_within(c, e->first, e->end), 2);
    unsigned near_cue = cue_begins_near(c, e->end);
    int sentences =
        (int)c->frame->tokens[e->end - 1].sentence - (int)c->frame->tokens[e->first].sentence;
    bool ends_paragraph = token_at(c, e->end)->paragraph != token_at(c, e->first)->paragraph;
    FEATURE(out, "c-place", r, e->place, balance);
    FEATURE(out, "c-marks", balance, quoted, marks);
    FEATURE(out, "c-marks-side", quoted, marks, r);
    FEATURE(out, "c-length", r, length, e->place);
    FEATURE(out, "c-length-lemma", r, c->lemma, length);
    FEATURE(out, "c-length-class", r, c->class, length);
    FEATURE(out, "c-cues", inside, r, e->place);
    FEATURE(out, "c-cue-next", near_cue, e->next, r);
    FEATURE(out, "c-sentences", sentences, quoted, r);
    FEATURE(out, "c-commas", at_most(count_commas(c, e->first, e->end), 3), e->place, r);
    FEATURE(out, "c-paragraph", ends_paragraph, e->place);
    FEATURE(out, "c-verb", holds_verb(c, e->first, e->end), c->lemma);
    return out;
}

/* Words at which a content often should have ended, or should have gone on. */
static bool may_go_on(unsigned word) {
    switch (word) {
    case FUNCTION_COMMA:
    case FUNCTION_AND:
    case FUNCTION_BUT:
    case FUNCTION_OR:
    case FUNCTION_AS:
    case FUNCTION_WHEN:
    case FUNCTION_WHILE:
    case FUNCTION_AFTER:
    case FUNCTION_BECAUSE:
    case FUNCTION_IN:
    case FUNCTION_AT:
    case FUNCTION_ON:
    case FUNCTION_WITH:
    case FUNCTION_FOR:
    case FUNCTION_TO: return true;
    default: return false;
    }
}

uint64_t *candidate_content_features(const candidate_cue *c, token_range part, uint64_t *out) {
    edges e = edges_of(c, part);
    out = content_edge_features(c, &e, out);
    out = content_shape_features(c, &e, out);
    if (!may_go_on(e.next)) return out;
    FEATURE(out, "c-on-lemma", e.next, c->lemma);
    FEATURE(out, "c-on-word", e.next, token_at(c, (int64_t)e.end + 1)->facts.word);
    FEATURE(out, "c-on-left", e.next, frame_bin(e.last_sentence->end - e.end));
    return out;
}

/* Finite verbs and words that link clauses among tokens. */
typedef struct clause_count {
    unsigned verbs, links;
} clause_count;

static clause_count count_clauses(const candidate_cue *c, uint32_t first, uint32_t end) {
    clause_count count = {0};
    for (uint32_t i = first; i < end; i++) {
        uint8_t passes = c->frame->tokens[i].passes;
        count.verbs += passes & FRAME_VERB ? 1 : 0;
        count.links += passes & (FRAME_LINK | FRAME_THAT) ? 1 : 0;
    }
    return count;
}

/* What a source is as a phrase: whole where what opens in it also closes, and each verb in it has a
 * word that opens its clause. */
typedef struct phrase {
    unsigned verbs, openers, dashes;
    int brackets;    /* opened less closed */
    unsigned number; /* of its head: the noun's part_of_speech, or the pronoun behind those */
    bool joined;     /* the head is followed by "and" */
} phrase;

static bool may_stand_between_nouns(unsigned tag) {
    return tag == POS_POS || tag == POS_CC || tag == POS_DT || tag == POS_JJ;
}

/* The head is the last noun before anything but adjectives, determiners and "and". */
static phrase phrase_of(const candidate_cue *c, uint32_t first, uint32_t end) {
    phrase p = {0};
    bool ended = false;
    for (uint32_t i = first; i < end; i++) {
        const frame_token *t = &c->frame->tokens[i];
        function_word word = t->facts.function;
        unsigned tag = t->part_of_speech;
        p.verbs += t->passes & FRAME_VERB ? 1 : 0;
        p.openers += t->passes & FRAME_OPENER ? 1 : 0;
        p.dashes += word == FUNCTION_DASH;
        p.brackets += (word == FUNCTION_LEFT_BRACKET) - (word == FUNCTION_RIGHT_BRACKET);
        if (ended) continue;
        if (tag >= POS_NN && tag <= POS_NNPS)
            p.number = tag;
        else if (tag == POS_PRP)
            p.number = PART_OF_SPEECH_COUNT + word;
        else if (p.number && word == FUNCTION_AND)
            p.joined = true;
        else
            ended = p.number && !may_stand_between_nouns(tag);
    }
    return p;
}

/* The first verb of the cue's group, whose form agrees with the subject: "has" in "has since said".
 * Tokens before `from` are not looked at. 0: none. */
static unsigned agreeing_verb(const candidate_cue *c, uint32_t from) {
    enum { GROUP_MAX = 6 };
    const cue *own = &c->cues->items[c->cue];
    unsigned verb = 0;
    for (uint32_t i = own->end, steps = 0; i-- > from && steps < GROUP_MAX; steps++) {
        const frame_token *t = &c->frame->tokens[i];
        if (t->passes & FRAME_VERB)
            verb = t->part_of_speech;
        else if (i < own->first && t->part_of_speech != POS_RB)
            break;
    }
    return verb;
}

/* Whether the source can be the subject of the cue's verb: what clauses lie between, before and in
 * it, whether it agrees in number. */
static inline uint64_t *subject_features(const candidate_cue *c, const edges *e, uint64_t *out) {
    const cue *own = &c->cues->items[c->cue];
    unsigned r = e->right, begin = e->first_sentence->first;
    clause_count between = count_clauses(c, r ? own->end : e->end, r ? e->first : own->first);
    phrase p = phrase_of(c, e->first, e->end);
    unsigned verb = agreeing_verb(c, r ? own->first : e->end);
    if (!r) { /* "and" before it joins it to a noun if there was no verb yet */
        unsigned verbs = at_most(count_clauses(c, begin, e->first).verbs, 3);
        FEATURE(out, "s-left", verbs, e->before, e->start);
        FEATURE(out, "s-left-first", verbs, at_most(e->first - begin, 3));
        FEATURE(out, "s-left-two", verbs, word_class(c, (int64_t)e->first - 2), e->before);
    }
    FEATURE(out, "s-between", r, at_most(between.verbs, 3), at_most(between.links, 3), c->manner);
    FEATURE(out, "s-clause", at_most(p.verbs, 3), at_most(p.openers, 3), r);
    FEATURE(out, "s-pairs", p.dashes % 2, p.brackets, e->next);
    FEATURE(out, "s-agree", p.number, p.joined, verb, r);
    FEATURE(out, "s-agree-last", token_at(c, (int64_t)e->end - 1)->part_of_speech, verb, r);
    FEATURE(out, "s-manner", c->manner, r, frame_bin(e->gap));
    FEATURE(out, "s-manner-lemma", c->manner, r, c->lemma);
    FEATURE(out, "s-manner-start", c->manner, r, e->before);
    return out;
}

uint64_t *candidate_source_features(const candidate_cue *c, token_range source, uint64_t *out) {
    const cue *own = &c->cues->items[c->cue];
    edges e = edges_of(c, source);
    unsigned r = e.right;
    const frame_token *last = token_at(c, (int64_t)e.end - 1), *first = token_at(c, e.first);
    unsigned capital = (last->shape & 15u) == 1 || (last->shape >> 4 & 15u) == 1;
    int apart = (int)first->sentence - (int)c->frame->tokens[own->first].sentence;
    uint32_t from = e.end < own->end ? e.end : own->end;
    uint32_t to = e.first > own->first ? e.first : own->first;
    FEATURE(out, "s-gap", r, frame_bin(e.gap));
    if (!r && e.gap) FEATURE(out, "s-gap-words", e.next, word_class(c, (int64_t)own->first - 1));
    FEATURE(out, "s-start", e.start, r);
    FEATURE(out, "s-before", e.before, e.start);
    FEATURE(out, "s-last", e.last, e.next);
    FEATURE(out, "s-length", frame_bin(e.end - e.first), r);
    FEATURE(out, "s-capital", capital, r, frame_bin(e.end - e.first));
    FEATURE(out, "s-first", e.first == e.first_sentence->first, r);
    FEATURE(out, "s-sentence", apart);
    FEATURE(out, "s-commas", at_most(count_commas(c, e.first, e.end), 2), e.next);
    FEATURE(out, "s-lemma", c->lemma, r);
    FEATURE(out, "s-cues", at_most(cues_within(c, from, to), 3));
    FEATURE(out, "s-word", last->facts.word);
    FEATURE(out, "s-quoted", is_quoted(c, e.first), is_quoted(c, own->first));
    FEATURE(out, "s-name", last->name_class, last->part_of_speech);
    FEATURE(out, "s-name-first", first->name_class, e.before);
    FEATURE(out, "s-name-next", last->name_class, token_at(c, e.end)->name_class);
    return subject_features(c, &e, out);
}

/* How far each content lies from the source. */
static inline uint64_t *distance_features(const analysis *a, unsigned order, uint64_t *out) {
    token_range source = a->source;
    for (uint32_t k = 0; k < a->content_count; k++) {
        token_range part = a->contents[k];
        uint32_t gap = part.first >= source.end  ? part.first - source.end
                       : source.first > part.end ? source.first - part.end
                                                 : 0;
        FEATURE(out, "s-content", frame_bin(gap), order);
    }
    return out;
}

uint64_t *candidate_whole_features(const candidate_cue *c, const analysis *a, unsigned rank,
                                   float gap, uint64_t *out) {
    const cue *own = &c->cues->items[c->cue];
    unsigned order = order_of_parts(c, a);
    unsigned before = word_class(c, (int64_t)own->first - 1), after = word_class(c, own->end);
    FEATURE(out, "rank", at_most(rank, 4));
    FEATURE(out, "gap", gap < 12.0f / 8 ? (int)(gap * 8) : 12);
    FEATURE(out, "contents", a->content_count);
    FEATURE(out, "contents-lemma", a->content_count, c->lemma);
    FEATURE(out, "order", order);
    FEATURE(out, "order-beside", order, before, after);
    FEATURE(out, "order-lemma", order, c->lemma);
    FEATURE(out, "order-class", order, c->class);
    FEATURE(out, "order-manner", order, c->manner);
    if (a->content_count == 2) {
        token_range x = a->contents[0], y = a->contents[1];
        FEATURE(out, "two-edges", word_class(c, x.end), word_class(c, (int64_t)y.first - 1));
        FEATURE(out, "two-gap", frame_bin(y.first - x.end));
        FEATURE(out, "two-cue", x.end <= own->first && own->first < y.first);
    }
    if (a->source.first != a->source.end) {
        out = distance_features(a, order, out);
    } else {
        FEATURE(out, "no-source-lemma", c->lemma);
        FEATURE(out, "no-source-mann-l", c->manner, c->lemma);
        FEATURE(out, "no-source-manner", c->manner);
        FEATURE(out, "no-source-before", before);
        FEATURE(out, "no-source-after", after);
    }
    return out;
}

uint64_t *candidate_features(const candidate_cue *c, const analysis *a, unsigned rank, float gap,
                             uint64_t *out) {
    out = candidate_whole_features(c, a, rank, gap, out);
    for (uint32_t k = 0; k < a->content_count; k++)
        out = candidate_content_features(c, a->contents[k], out);
    if (a->source.first != a->source.end) out = candidate_source_features(c, a->source, out);
    return out;
}

/* A sum of weights, cut to whole numbers. What is no number counts as the lower limit. */
static int clamp(float value, int limit) {
    if (!(value > (float)-limit)) return -limit;
    return value < (float)limit ? (int)value : limit;
}

/* How the content of a chosen analysis lies to those of its neighbours. */
typedef struct company {
    unsigned same, within, overlapping; /* 0 none, 1 + how sure the other cue is */
    unsigned in_sentence;               /* other cues of the sentence */
    bool in_content;                    /* the cue stands in another's content */
} company;

static unsigned larger(unsigned a, unsigned b) {
    return a > b ? a : b;
}

static void compare_with(const chosen_analysis *own, const chosen_analysis *other, company *out) {
    const cue *cue_own = &own->cue.cues->items[own->cue.cue];
    const cue *cue_other = &other->cue.cues->items[other->cue.cue];
    const frame_token *tokens = own->cue.frame->tokens;
    token_ranges contents = analysis_contents(own->analysis);
    token_ranges contents_other = analysis_contents(other->analysis);
    uint32_t size = ranges_size(contents), size_other = ranges_size(contents_other);
    uint32_t common = ranges_common(contents, contents_other);
    unsigned sure = 1u + (cue_other->margin > 0) + (cue_other->margin > 0.8f);
    if (common && 2 * common >= size && 2 * common >= size_other)
        out->same = larger(out->same, 1u + (cue_other->margin > cue_own->margin) +
                                          (cue_other->margin > cue_own->margin + 0.5f));
    else if (common && 2 * common >= size)
        out->within = larger(out->within, sure);
    else if (common)
        out->overlapping = larger(out->overlapping, sure);
    out->in_sentence += tokens[cue_other->first].sentence == tokens[cue_own->first].sentence;
    for (uint32_t k = 0; k < other->analysis->content_count; k++)
        out->in_content |= range_contains(other->analysis->contents[k], cue_own->first) &&
                           cue_other->margin > 0.3f;
}

static company company_of(const chosen_analysis *chosen, size_t count, size_t index) {
    company out = {0};
    uint32_t first = chosen[index].cue.cues->items[chosen[index].cue.cue].first;
    for (size_t k = index; k-- > 0;) {
        const chosen_analysis *o = &chosen[k];
        if (first - o->cue.cues->items[o->cue.cue].first > NEIGHBOUR_REACH) break;
        compare_with(&chosen[index], o, &out);
    }
    for (size_t k = index + 1; k < count; k++) {
        const chosen_analysis *o = &chosen[k];
        if (o->cue.cues->items[o->cue.cue].first - first > NEIGHBOUR_REACH) break;
        compare_with(&chosen[index], o, &out);
    }
    return out;
}

uint64_t *acceptance_features(const chosen_analysis *chosen, size_t count, size_t index,
                              uint64_t *out) {
    const chosen_analysis *own = &chosen[index];
    const candidate_cue *c = &own->cue;
    const cue *own_cue = &c->cues->items[c->cue];
    int fine = clamp(own_cue->margin * 6, 20), coarse = clamp(own_cue->margin * 1.5f, 4);
    unsigned before = word_class(c, (int64_t)own_cue->first - 1),
             after = word_class(c, own_cue->end);
    uint64_t text = 1, tags = 1;
    for (uint32_t i = own_cue->first; i < own_cue->end; i++) {
        text = hash_mix(text, c->frame->tokens[i].facts.word);
        tags = hash_mix(tags, c->frame->tokens[i].part_of_speech);
    }
    FEATURE(out, "a-margin", fine);
    FEATURE(out, "a-cue", text);
    FEATURE(out, "a-lemma", c->lemma);
    FEATURE(out, "a-class", c->class);
    FEATURE(out, "a-class-margin", c->class, coarse);
    FEATURE(out, "a-lemma-margin", c->lemma, coarse);
    FEATURE(out, "a-length", at_most(own_cue->end - own_cue->first, 5));
    FEATURE(out, "a-before", before);
    FEATURE(out, "a-after", after);
    FEATURE(out, "a-beside", before, after);
    FEATURE(out, "a-quoted", c->frame->tokens[own_cue->first].quoted, coarse);
    FEATURE(out, "a-support", clamp(own->support / 8, 20));
    FEATURE(out, "a-support-margin", clamp(own->support / 16, 10), coarse);
    FEATURE(out, "a-tags", tags);
    FEATURE(out, "a-tags-after", tags, after);
    FEATURE(out, "a-tag-margin", c->frame->tokens[own_cue->end - 1].part_of_speech, coarse);
    company with = company_of(chosen, count, index);
    FEATURE(out, "a-same", with.same);
    FEATURE(out, "a-same-margin", with.same, coarse);
    FEATURE(out, "a-within", with.within, coarse);
    FEATURE(out, "a-overlapping", with.overlapping, coarse);
    FEATURE(out, "a-in-sentence", at_most(with.in_sentence, 3), coarse);
    FEATURE(out, "a-in-content", with.in_content, coarse);
    if (!own->features) return candidate_features(c, own->analysis, own->rank, own->gap, out);
    memcpy(out, own->features, own->feature_count * sizeof *out);
    return out + own->feature_count;
}
