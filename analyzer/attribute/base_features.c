#include "attribute/base_features.h"

/* What follows a word, in the few classes that tell a reporting word from others. */
static unsigned opening_after(const frame_token *t) {
    switch (t->facts.function) {
    case FUNCTION_THAT: return 1;
    case FUNCTION_TO: return 2;
    case FUNCTION_COMMA: return 3;
    case FUNCTION_STOP: return 4;
    case FUNCTION_OF: return 5;
    case FUNCTION_FOR:
    case FUNCTION_ABOUT: return 6;
    case FUNCTION_THE:
    case FUNCTION_A: return 7;
    default: break;
    }
    if (t->masked || (t->facts.source_rate >= 3 && t->facts.source_rate < RATE_UNKNOWN)) return 8;
    return t->mark ? 9 : 10;
}

static unsigned speech_or_thought(uint16_t shares) {
    return word_share_digit(shares, 0) * 5 + word_share_digit(shares, 1);
}

uint64_t *base_word_features(const frame_token *t, int offset, uint64_t *out) {
    const word_facts *f = &t->facts;
    if (base_word_tells(t)) FEATURE(out, "word", offset, f->word);
    if (offset < -2 || offset > 2) return out;
    FEATURE(out, "cue-rate", offset, f->cue_rate);
    FEATURE(out, "cluster0", offset, f->clusters[0]);
    if (offset < -1 || offset > 1) return out;
    FEATURE(out, "suffix3", offset, t->suffix3);
    FEATURE(out, "source-rate", offset, f->source_rate);
    FEATURE(out, "lemma-rate", offset, f->lemma_rate);
    FEATURE(out, "cluster1", offset, f->clusters[1]);
    FEATURE(out, "cluster2", offset, f->clusters[2]);
    if (offset != 0) return out;
    FEATURE(out, "suffix2", t->suffix2);
    return out;
}

static inline uint64_t *class_features(const frame_token *t, int offset, uint64_t *out) {
    const word_facts *f = &t->facts;
    bool verb = t->is_verb && f->verb_first != CLASS_NONE;
    bool noun = t->is_noun && f->noun_first != CLASS_NONE;
    bool near = offset >= -1 && offset <= 1;
    if (verb) FEATURE(out, "verb-class", offset, f->verb_heavy);
    if (verb && near) FEATURE(out, "verb-shares", offset, f->verb_shares);
    if (noun) FEATURE(out, "noun-class", offset, f->noun_heavy);
    if (noun && near) FEATURE(out, "noun-person", offset, base_person_or_group(f->noun_shares));
    return out;
}

/* What a token tells alone, together with the one before it, the one behind it, and with both; the
 * functions are inlined with constants. */
enum { ALONE = 1, BEFORE = 2, AFTER = 4, AROUND = 8, PAIRED = BEFORE | AFTER | AROUND };

static inline uint64_t *own_class_features(const frame_token *t, int parts, uint64_t *out) {
    const word_facts *f = &t->facts;
    const frame_token *before = t - 1, *after = t + 1;
    bool verb = t->is_verb && f->verb_first != CLASS_NONE;
    bool noun = t->is_noun && f->noun_first != CLASS_NONE;
    if (verb && parts & ALONE) {
        FEATURE(out, "verb-first", f->verb_first);
        FEATURE(out, "verb-said", word_share_digit(f->verb_shares, 0));
        FEATURE(out, "verb-thought", speech_or_thought(f->verb_shares));
        FEATURE(out, "verb-ending", f->verb_shares, t->suffix2);
    }
    if (verb && parts & PAIRED) {
        FEATURE(out, "verb-before", f->verb_heavy, before->facts.word);
        FEATURE(out, "verb-after", f->verb_heavy, after->facts.word);
        FEATURE(out, "verb-shares-next", f->verb_shares, after->facts.word);
        FEATURE(out, "verb-source", f->verb_heavy, before->facts.source_rate, before->masked);
    }
    if (verb && parts & ALONE) FEATURE(out, "verb-lemma", f->verb_lemma);
    if (verb && parts & PAIRED) {
        FEATURE(out, "verb-around", f->verb_heavy, before->suffix3, after->suffix3);
        FEATURE(out, "verb-tags", f->verb_heavy, t->part_of_speech, after->part_of_speech);
        FEATURE(out, "verb-tags-back", f->verb_heavy, before->part_of_speech, t->part_of_speech);
        FEATURE(out, "verb-share-tags", f->verb_shares, t->part_of_speech, after->part_of_speech);
    }
    if (noun && parts & ALONE) {
        FEATURE(out, "noun-shares", f->noun_shares);
        FEATURE(out, "noun-lemma", f->noun_lemma);
    }
    if (noun && parts & PAIRED)
        FEATURE(out, "noun-tags", f->noun_heavy, t->part_of_speech, after->part_of_speech);
    return out;
}

static inline uint64_t *word_pair_features(const frame_token *t, uint64_t *out) {
    const frame_token *b = t - 1, *a = t + 1;
    uint64_t word = t->facts.word, before = b->facts.word, after = a->facts.word;
    FEATURE(out, "pair-before", before, word);
    FEATURE(out, "pair-after", word, after);
    FEATURE(out, "triple", before, word, after);
    FEATURE(out, "two-before", t[-2].facts.word, before);
    FEATURE(out, "two-after", after, t[2].facts.word);
    return out;
}

static inline uint64_t *rate_features(const frame_token *t, int parts, uint64_t *out) {
    const word_facts *f = &t->facts, *before = &t[-1].facts, *after = &t[1].facts;
    if (parts & AFTER) FEATURE(out, "source-then-cue", f->source_rate, t->masked, after->cue_rate);
    if (parts & BEFORE)
        FEATURE(out, "cue-after-source", before->source_rate, t[-1].masked, f->cue_rate);
    if (parts & BEFORE) FEATURE(out, "lemma-before", before->lemma_rate, f->lemma_rate);
    if (parts & AFTER) FEATURE(out, "lemma-after", f->lemma_rate, after->lemma_rate);
    return out;
}

static inline uint64_t *lemma_pair_features(const frame_token *t, uint64_t *out) {
    const frame_token *b = t - 1, *a = t + 1;
    unsigned lemma = t->facts.lemma_rate;
    FEATURE(out, "lemma-next-word", lemma, a->facts.word);
    FEATURE(out, "lemma-last-word", lemma, b->facts.word);
    FEATURE(out, "lemma-endings", lemma, t->suffix2, b->suffix2);
    FEATURE(out, "lemma-opening", lemma, opening_after(a), b->facts.word);
    return out;
}

static inline uint64_t *lemma_tag_features(const frame_token *t, uint64_t *out) {
    unsigned lemma = t->facts.lemma_rate, tag = t->part_of_speech;
    FEATURE(out, "lemma-tags", lemma, tag, t[1].part_of_speech);
    FEATURE(out, "lemma-tags-back", lemma, tag, t[-1].part_of_speech);
    return out;
}

uint64_t *base_sentence_features(const article_frame *frame, const frame_token *t, uint64_t *out) {
    const frame_sentence *s = &frame->sentences[t->sentence];
    FEATURE(out, "any", 1);
    FEATURE(out, "quoted", t->quoted, t->mark);
    FEATURE(out, "sentence", s->quotation);
    FEATURE(out, "sentence-before", s[-1].quotation, s->quotation);
    FEATURE(out, "sentence-after", s->quotation, s[1].quotation);
    FEATURE(out, "sentence-quoted", s->quotation, t->quoted);
    FEATURE(out, "in-paragraph", s->in_paragraph);
    FEATURE(out, "paragraph", base_paragraph(t));
    if (frame->paragraphs[t->paragraph].continues_quotation) FEATURE(out, "continued", 1);
    return out;
}

static inline uint64_t *quoted_word_features(const frame_token *t, uint64_t *out) {
    FEATURE(out, "quoted-word", t->quoted, t->mark, t->facts.word);
    return out;
}

uint64_t *base_mark_features(const frame_token *t, uint64_t *out) {
    FEATURE(out, "since-mark", frame_bin(t->since_mark), t->quoted);
    FEATURE(out, "until-mark", frame_bin(t->until_mark), t->quoted);
    FEATURE(out, "marks",
            t[-2].mark + 3 * (t[-1].mark + 3 * (t->mark + 3 * (t[1].mark + 3 * t[2].mark))),
            t->quoted);
    return out;
}

uint64_t *base_place_features(const article_frame *frame, uint32_t index, uint64_t *out) {
    const frame_token *t = &frame->tokens[index];
    const frame_sentence *s = &frame->sentences[t->sentence];
    uint32_t from_start = index - s->first, to_end = s->end - 1 - index;
    FEATURE(out, "from-start", frame_bin(from_start));
    FEATURE(out, "to-end", frame_bin(to_end));
    FEATURE(out, "strong", t->strong_left, t->strong_right);
    if (t->new_line || t[1].new_line) FEATURE(out, "line", t->new_line, t[1].new_line, t->mark);
    if (from_start == 0) FEATURE(out, "first", 1);
    if (to_end == 0) FEATURE(out, "last", 1);
    return out;
}

static inline uint64_t *tag_features(const frame_token *t, int parts, uint64_t *out) {
    unsigned tag = t->part_of_speech, before = t[-1].part_of_speech, after = t[1].part_of_speech;
    if (parts & AFTER) FEATURE(out, "tag", 0, tag);
    if (parts & BEFORE) FEATURE(out, "tag", -1, before);
    if (parts & AFTER) FEATURE(out, "tag", 1, after);
    if (parts & BEFORE) FEATURE(out, "tags-before", before, tag);
    if (parts & AFTER) FEATURE(out, "tags-after", tag, after);
    if (parts & AROUND) FEATURE(out, "tags-around", before, tag, after);
    return out;
}

uint64_t *base_name_features(const frame_token *t, uint64_t *out) {
    const frame_token *b = t - 1, *a = t + 1;
    FEATURE(out, "name", 0, t->name_class);
    FEATURE(out, "name", -1, b->name_class);
    FEATURE(out, "name", 1, a->name_class);
    FEATURE(out, "names-around", b->name_class, t->name_class, a->name_class);
    return out;
}

uint64_t *base_rate_features(const frame_token *t, base_side side, uint64_t *out) {
    return rate_features(t, side == BASE_AFTER ? AFTER : BEFORE, out);
}

uint64_t *base_tag_features(const frame_token *t, base_side side, uint64_t *out) {
    return tag_features(t, side == BASE_AFTER ? AFTER : BEFORE, out);
}

uint64_t *base_class_features(const frame_token *word, int offset, uint64_t *out) {
    return offset < -2 || offset > 2 ? out : class_features(word, offset, out);
}

uint64_t *base_lemma_features(const frame_token *t, uint64_t *out) {
    return own_class_features(t, ALONE, out);
}

uint64_t *base_shape_features(const frame_token *t, uint64_t *out) {
    FEATURE(out, "shape", t->shape);
    return out;
}

uint64_t *cue_pair_features(const frame_token *t, uint64_t *out) {
    out = own_class_features(t, PAIRED, out);
    out = word_pair_features(t, out);
    out = lemma_pair_features(t, out);
    out = lemma_tag_features(t, out);
    out = tag_features(t, AROUND, out);
    return quoted_word_features(t, out);
}

uint64_t *base_features(const article_frame *frame, uint32_t index, uint64_t *out) {
    const frame_token *t = &frame->tokens[index];
    for (int offset = -WORD_REACH; offset <= WORD_REACH; offset++)
        out = base_class_features(t + offset, offset, base_word_features(t + offset, offset, out));
    out = base_lemma_features(t, out);
    out = base_shape_features(t, out);
    out = base_sentence_features(frame, t, out);
    out = rate_features(t, BEFORE | AFTER, out);
    out = base_mark_features(t, out);
    out = base_place_features(frame, index, out);
    out = tag_features(t, BEFORE | AFTER, out);
    return base_name_features(t, out);
}
