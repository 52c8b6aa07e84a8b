/* Quotations: which mark opens, which closes, which is an apostrophe or an inch mark.
 *
 * One pass from right to left notes what still comes in the paragraph, one from left to right
 * keeps a stack of the quotations that are open:
 *
 * - Curly marks and angle marks say by their shape what they do, straight ones by what stands
 *   around them: a mark with white space (or an opening bracket, dash or mark) before it and text
 *   behind it can only open, the reverse can only close, and all others close what is open.
 * - An opening mark inside a quotation of its own family nests only when enough closing marks
 *   follow; otherwise the mark that should have closed the first quotation is missing, and it ends
 *   before the second.
 * - A single mark closes a quotation only where one is open. Behind a word that may be a plural
 *   possessive ("the boys' choice") it does so unless a surer mark follows.
 * - A straight single mark opens only when a mark that can close it follows in the paragraph, or
 *   at the begin of the paragraph.
 * - Marks of unlike families pair only when the right mark does not come. A mark that closes an
 *   outer quotation ends the inner ones.
 * - What is open at the end of a paragraph ends with it; when the next paragraph begins with the
 *   same kind of mark, it continues the quotation. Nothing else reaches over paragraphs, so an odd
 *   number of marks spoils one paragraph at most.
 *
 * Each mark costs constant time; the stack is bounded by QUOTE_DEPTH_MAX. */
#include "segment/characters.h"
#include "segment/steps.h"

typedef enum mark_family {
    FAMILY_NONE,
    FAMILY_STRAIGHT,
    FAMILY_CURLY,  /* U+201C and U+201D, `` */
    FAMILY_LOW,    /* U+201E with either of them */
    FAMILY_ANGLE,  /* U+00AB and U+00BB, either way round */
    FAMILY_SINGLE, /* straight and curly: many hands mix them */
    FAMILY_SINGLE_ANGLE,
    FAMILY_COUNT
} mark_family;

typedef enum mark_context { CONTEXT_OPENS, CONTEXT_CLOSES, CONTEXT_EITHER } mark_context;

enum { NEVER = UINT32_MAX, WEAK_CLOSE_REACH = 12 /* tokens */ };

/* A quotation mark token of the paragraph, and what follows behind it there. Indices of marks are
 * NEVER when no such mark follows. */
typedef struct mark {
    uint32_t token;
    uint32_t next_close;      /* a single mark that can close */
    uint32_t next_sure_close; /* one that is no possessive */
    uint32_t next_single_open;
    uint32_t next_double;
    uint32_t straight_unmatched; /* closing straight marks that no mark behind this one opens */
    uint32_t curly_unmatched;
    uint8_t shape;   /* quote_shape */
    uint8_t context; /* mark_context */
    bool left_free, right_free, possessive, inch;
} mark;

typedef struct open_quotation {
    uint32_t quotation;
    uint32_t below; /* stack index + 1 of the next one of this family, 0 for none */
    uint8_t family, shape;
} open_quotation;

typedef struct machine {
    text_view text;
    token *tokens;
    token_range range;
    mark *marks;
    size_t mark_count;
    quotation *quotations;
    size_t quotation_count;
    open_quotations *from_before;
    bool continues;
    open_quotation stack[QUOTE_DEPTH_MAX];
    size_t depth;
    uint32_t last[FAMILY_COUNT];  /* stack index + 1 of the innermost of each family, 0 for none */
    uint32_t count[FAMILY_COUNT]; /* open ones of each family */
    uint32_t filled;              /* tokens before have their depth */
} machine;

static mark_family family_of(quote_shape shape) {
    switch (shape) {
    case QUOTE_SHAPE_DOUBLE_STRAIGHT: return FAMILY_STRAIGHT;
    case QUOTE_SHAPE_DOUBLE_OPEN:
    case QUOTE_SHAPE_DOUBLE_CLOSE: return FAMILY_CURLY;
    case QUOTE_SHAPE_DOUBLE_LOW: return FAMILY_LOW;
    case QUOTE_SHAPE_ANGLE_LEFT:
    case QUOTE_SHAPE_ANGLE_RIGHT: return FAMILY_ANGLE;
    case QUOTE_SHAPE_SINGLE_STRAIGHT:
    case QUOTE_SHAPE_SINGLE_OPEN:
    case QUOTE_SHAPE_SINGLE_CLOSE:
    case QUOTE_SHAPE_SINGLE_LOW: return FAMILY_SINGLE;
    case QUOTE_SHAPE_SINGLE_ANGLE_LEFT:
    case QUOTE_SHAPE_SINGLE_ANGLE_RIGHT: return FAMILY_SINGLE_ANGLE;
    default: return FAMILY_NONE;
    }
}

static text_view text_of(const machine *m, uint32_t token_index) {
    span s = m->tokens[token_index].bytes;
    return view_slice(m->text, s.begin, s.end);
}

static bool touches(const machine *m, uint32_t token_index) {
    return m->tokens[token_index - 1].bytes.end == m->tokens[token_index].bytes.begin;
}

static bool is_dash(text_view text) {
    size_t len;
    character_class class = character_at(text.ptr, text.ptr + text.len, &len);
    return class == CHARACTER_DASH || class == CHARACTER_HYPHEN;
}

static bool is_word(text_view text) {
    size_t len;
    character_class class = character_at(text.ptr, text.ptr + text.len, &len);
    return class == CHARACTER_LETTER || class == CHARACTER_DIGIT;
}

/* --- what stands around a mark --- */

static bool left_is_free(const machine *m, size_t index) {
    uint32_t t = m->marks[index].token;
    if (t == m->range.first || !touches(m, t)) return true;
    text_view before = text_of(m, t - 1);
    if (before.len == 1 && strchr("([{", *before.ptr)) return true;
    if (index > 0 && m->marks[index - 1].token == t - 1) {
        const mark *neighbour = &m->marks[index - 1];
        bool empty_pair = m->marks[index].shape == QUOTE_SHAPE_DOUBLE_STRAIGHT &&
                          neighbour->shape == QUOTE_SHAPE_DOUBLE_STRAIGHT;
        return neighbour->left_free && !empty_pair;
    }
    return is_dash(before);
}

static bool right_is_free(const machine *m, size_t index) {
    uint32_t t = m->marks[index].token;
    if (t + 1 == m->range.end || !touches(m, t + 1)) return true;
    text_view behind = text_of(m, t + 1);
    if (behind.len == 1 && strchr(")]},.;:!?", *behind.ptr)) return true;
    if (index + 1 < m->mark_count && m->marks[index + 1].token == t + 1)
        return m->marks[index + 1].right_free;
    bool hyphens = behind.ptr[behind.len - 1] == '-'; /* of which two are a dash */
    return hyphens ? view_is(behind, "--") : is_dash(behind);
}

/* "the boys' choice", "runnin' late": an apostrophe may stand here. */
static bool is_possessive(const machine *m, uint32_t t) {
    if (t == m->range.first || !touches(m, t)) return false;
    if (t + 1 >= m->range.end || touches(m, t + 1) || !is_word(text_of(m, t + 1))) return false;
    text_view before = text_of(m, t - 1);
    char last = ascii_to_lower(before.ptr[before.len - 1]);
    return last == 's' || last == 'z' || last == 'x' ||
           (before.len > 3 && view_ends_with(before, VIEW("in")));
}

static bool is_behind_digit(const machine *m, uint32_t t) {
    if (t == m->range.first || !touches(m, t)) return false;
    text_view before = text_of(m, t - 1);
    return ascii_is_digit((unsigned char)before.ptr[before.len - 1]);
}

/* 5'11" and 6'2": the tokenizer left the feet in one token with the inches. */
static bool is_inch(const machine *m, uint32_t t) {
    if (!is_behind_digit(m, t)) return false;
    text_view before = text_of(m, t - 1);
    for (size_t i = 0; i < before.len; i++)
        if (apostrophe_length(before.ptr + i, before.ptr + before.len)) return true;
    return false;
}

static bool can_close(const mark *k) {
    return (k->shape == QUOTE_SHAPE_SINGLE_STRAIGHT || k->shape == QUOTE_SHAPE_SINGLE_CLOSE) &&
           !k->left_free && k->context != CONTEXT_OPENS;
}

static bool can_open_single(const mark *k) {
    if (k->context == CONTEXT_CLOSES) return false;
    return k->shape == QUOTE_SHAPE_SINGLE_OPEN || k->shape == QUOTE_SHAPE_SINGLE_LOW ||
           (k->shape == QUOTE_SHAPE_SINGLE_STRAIGHT && k->left_free);
}

static bool is_double(const mark *k) {
    mark_family family = family_of((quote_shape)k->shape);
    return family >= FAMILY_STRAIGHT && family <= FAMILY_ANGLE && !k->inch;
}

static void note_context(machine *m) {
    for (size_t i = 0; i < m->mark_count; i++) {
        mark *k = &m->marks[i];
        k->left_free = left_is_free(m, i);
        bool single = family_of((quote_shape)k->shape) == FAMILY_SINGLE;
        k->possessive = single && is_possessive(m, k->token);
        k->inch = k->shape == QUOTE_SHAPE_DOUBLE_STRAIGHT && is_inch(m, k->token);
    }
    for (size_t i = m->mark_count; i-- > 0;) {
        mark *k = &m->marks[i];
        k->right_free = right_is_free(m, i);
        k->context = k->left_free == k->right_free ? CONTEXT_EITHER
                     : k->left_free                ? CONTEXT_OPENS
                                                   : CONTEXT_CLOSES;
    }
}

static uint32_t count_unmatched(uint32_t unmatched, bool opens, bool closes) {
    if (closes) return unmatched + 1;
    return opens && unmatched ? unmatched - 1 : unmatched;
}

static void note_what_follows(machine *m) {
    mark next = {.next_close = NEVER,
                 .next_sure_close = NEVER,
                 .next_single_open = NEVER,
                 .next_double = NEVER};
    for (size_t i = m->mark_count; i-- > 0;) {
        mark *k = &m->marks[i];
        uint32_t index = (uint32_t)i;
        k->next_close = next.next_close;
        k->next_sure_close = next.next_sure_close;
        k->next_single_open = next.next_single_open;
        k->next_double = next.next_double;
        k->straight_unmatched = next.straight_unmatched;
        k->curly_unmatched = next.curly_unmatched;
        if (can_close(k)) next.next_close = index;
        if (can_close(k) && !k->possessive) next.next_sure_close = index;
        if (can_open_single(k)) next.next_single_open = index;
        if (is_double(k)) next.next_double = index;
        if (k->shape == QUOTE_SHAPE_DOUBLE_STRAIGHT && !k->inch)
            next.straight_unmatched = count_unmatched(
                next.straight_unmatched, k->context == CONTEXT_OPENS, k->context == CONTEXT_CLOSES);
        next.curly_unmatched =
            count_unmatched(next.curly_unmatched, k->shape == QUOTE_SHAPE_DOUBLE_OPEN,
                            k->shape == QUOTE_SHAPE_DOUBLE_CLOSE);
    }
}

/* --- the stack --- */

static void fill_depth(machine *m, uint32_t end) {
    for (; m->filled < end; m->filled++)
        m->tokens[m->filled].quote_depth = (uint8_t)m->depth;
}

static void pop(machine *m, uint32_t end, bool closed) {
    open_quotation *top = &m->stack[--m->depth];
    m->last[top->family] = top->below;
    m->count[top->family]--;
    quotation *q = &m->quotations[top->quotation];
    q->tokens.end = end;
    q->closed = closed;
}

/* The innermost quotation of `family` and those inside it end before `token_index`. */
static void end_family(machine *m, mark_family family, uint32_t token_index) {
    fill_depth(m, token_index);
    size_t level = m->last[family];
    while (m->depth >= level)
        pop(m, token_index, false);
}

/* When the paragraph begins with the marks that the one before left open, it continues them. */
static void link_to_paragraph_before(machine *m, uint32_t token_index, mark_family family) {
    size_t level = m->depth;
    if (token_index != m->range.first + level || level >= m->from_before->count) return;
    if (level > 0 && !m->continues) return;
    quotation *before = &m->quotations[m->from_before->indices[level]];
    quote_shape shape = quote_shape_of(text_of(m, before->tokens.first));
    if (family_of(shape) != family) return;
    before->continued_by = (uint32_t)m->quotation_count;
    m->continues = true;
}

static void open_mark(machine *m, const mark *k, mark_family family) {
    fill_depth(m, k->token);
    m->tokens[k->token].quote_mark = QUOTE_MARK_OPEN;
    if (m->depth == QUOTE_DEPTH_MAX) return;
    link_to_paragraph_before(m, k->token, family);
    m->stack[m->depth] = (open_quotation){.quotation = (uint32_t)m->quotation_count,
                                          .below = m->last[family],
                                          .family = (uint8_t)family,
                                          .shape = k->shape};
    m->depth++;
    m->last[family] = (uint32_t)m->depth;
    m->count[family]++;
    m->quotations[m->quotation_count++] = (quotation){
        .tokens = {k->token, m->range.end}, .depth = (uint8_t)m->depth, .continued_by = UINT32_MAX};
}

/* Closes the innermost quotation of `family`; those inside it end before the mark. */
static void close_mark(machine *m, const mark *k, mark_family family) {
    fill_depth(m, k->token);
    size_t level = m->last[family];
    while (m->depth > level)
        pop(m, k->token, false);
    m->tokens[k->token].quote_mark = QUOTE_MARK_CLOSE;
    fill_depth(m, k->token + 1);
    pop(m, k->token + 1, true);
}

/* A closing mark without a quotation. */
static void stray_close(machine *m, const mark *k) {
    m->tokens[k->token].quote_mark = QUOTE_MARK_CLOSE;
}

/* Opens inside a quotation of the same family, or, when too few closing marks follow, instead. */
static void open_again(machine *m, const mark *k, mark_family family, uint32_t unmatched) {
    if (m->count[family] && unmatched <= m->count[family]) end_family(m, family, k->token);
    open_mark(m, k, family);
}

/* --- the marks --- */

static void straight_double(machine *m, const mark *k) {
    if (m->count[FAMILY_STRAIGHT]) {
        if (k->context == CONTEXT_OPENS)
            open_again(m, k, FAMILY_STRAIGHT, k->straight_unmatched);
        else
            close_mark(m, k, FAMILY_STRAIGHT);
    } else if (k->context != CONTEXT_CLOSES) {
        open_mark(m, k, FAMILY_STRAIGHT);
    } else if (m->count[FAMILY_CURLY] && !k->curly_unmatched) {
        close_mark(m, k, FAMILY_CURLY);
    } else if (!is_behind_digit(m, k->token)) { /* a 6" pipe */
        stray_close(m, k);
    }
}

static void curly_open(machine *m, const mark *k) {
    if (k->context == CONTEXT_CLOSES && m->count[FAMILY_LOW])
        close_mark(m, k, FAMILY_LOW);
    else if (k->context == CONTEXT_CLOSES && m->count[FAMILY_CURLY] && !k->curly_unmatched)
        close_mark(m, k, FAMILY_CURLY);
    else
        open_again(m, k, FAMILY_CURLY, k->curly_unmatched);
}

static void curly_close(machine *m, const mark *k) {
    if (m->count[FAMILY_CURLY])
        close_mark(m, k, FAMILY_CURLY);
    else if (m->count[FAMILY_LOW])
        close_mark(m, k, FAMILY_LOW);
    else if (m->count[FAMILY_STRAIGHT] && !k->straight_unmatched && k->context != CONTEXT_OPENS)
        close_mark(m, k, FAMILY_STRAIGHT);
    else if (k->context == CONTEXT_OPENS)
        open_mark(m, k, FAMILY_CURLY);
    else
        stray_close(m, k);
}

/* Guillemets point either way: the first of a pair opens, its mirror image closes. */
static void angle(machine *m, const mark *k, mark_family family) {
    bool left = k->shape == QUOTE_SHAPE_ANGLE_LEFT || k->shape == QUOTE_SHAPE_SINGLE_ANGLE_LEFT;
    if (m->count[family] && m->stack[m->last[family] - 1].shape != k->shape)
        close_mark(m, k, family);
    else if (left || k->context == CONTEXT_OPENS)
        open_mark(m, k, family);
    else
        stray_close(m, k);
}

static bool double_is_open(const machine *m) {
    return m->count[FAMILY_STRAIGHT] || m->count[FAMILY_CURLY] || m->count[FAMILY_LOW] ||
           m->count[FAMILY_ANGLE];
}

/* True when a single mark that can close what `k` opens comes before the quotation around ends. */
static bool single_close_follows(const machine *m, const mark *k) {
    uint32_t barrier = double_is_open(m) ? k->next_double : NEVER;
    if (k->next_sure_close < barrier) return true;
    if (k->next_close >= barrier) return false;
    return m->marks[k->next_close].token - k->token <= WEAK_CLOSE_REACH;
}

static void single_open(machine *m, const mark *k) {
    if (k->context == CONTEXT_CLOSES) {
        if (m->count[FAMILY_SINGLE]) close_mark(m, k, FAMILY_SINGLE);
        return;
    }
    if (double_is_open(m) && k->next_double != NEVER && !single_close_follows(m, k)) return;
    if (m->count[FAMILY_SINGLE]) end_family(m, FAMILY_SINGLE, k->token);
    open_mark(m, k, FAMILY_SINGLE);
}

/* A straight or closing single mark while a single quotation is open. */
static void single_close(machine *m, const mark *k) {
    bool innermost = m->last[FAMILY_SINGLE] == m->depth;
    if (!can_close(k) || (!innermost && k->next_double != NEVER)) return;
    uint32_t barrier = k->next_single_open < k->next_double ? k->next_single_open : k->next_double;
    if (!double_is_open(m)) barrier = k->next_single_open;
    if (k->possessive && k->next_sure_close < barrier) return;
    close_mark(m, k, FAMILY_SINGLE);
}

static void single_mark(machine *m, const mark *k) {
    if (m->count[FAMILY_SINGLE]) {
        single_close(m, k);
        return;
    }
    if (k->shape == QUOTE_SHAPE_SINGLE_STRAIGHT && k->left_free && k->context != CONTEXT_CLOSES) {
        bool begins = k->token == m->range.first && k->context == CONTEXT_OPENS;
        if (begins || single_close_follows(m, k)) open_mark(m, k, FAMILY_SINGLE);
        return;
    }
    bool behind_mark = k->token > m->range.first && !is_word(text_of(m, k->token - 1));
    if (k->context == CONTEXT_CLOSES && behind_mark) stray_close(m, k);
}

static void process(machine *m, const mark *k) {
    switch ((quote_shape)k->shape) {
    case QUOTE_SHAPE_DOUBLE_STRAIGHT:
        if (!k->inch) straight_double(m, k);
        break;
    case QUOTE_SHAPE_DOUBLE_OPEN: curly_open(m, k); break;
    case QUOTE_SHAPE_DOUBLE_CLOSE: curly_close(m, k); break;
    case QUOTE_SHAPE_DOUBLE_LOW: open_mark(m, k, FAMILY_LOW); break;
    case QUOTE_SHAPE_ANGLE_LEFT:
    case QUOTE_SHAPE_ANGLE_RIGHT: angle(m, k, FAMILY_ANGLE); break;
    case QUOTE_SHAPE_SINGLE_ANGLE_LEFT:
    case QUOTE_SHAPE_SINGLE_ANGLE_RIGHT: angle(m, k, FAMILY_SINGLE_ANGLE); break;
    case QUOTE_SHAPE_SINGLE_OPEN:
    case QUOTE_SHAPE_SINGLE_LOW: single_open(m, k); break;
    case QUOTE_SHAPE_SINGLE_STRAIGHT:
    case QUOTE_SHAPE_SINGLE_CLOSE: single_mark(m, k); break;
    case QUOTE_SHAPE_NONE: break;
    }
}

static size_t count_marks(text_view text, const token *tokens, token_range range) {
    size_t count = 0;
    for (uint32_t i = range.first; i < range.end; i++) {
        text_view word = view_slice(text, tokens[i].bytes.begin, tokens[i].bytes.end);
        if (may_be_quote_mark(word)) count += quote_shape_of(word) != QUOTE_SHAPE_NONE;
    }
    return count;
}

static void collect_marks(machine *m) {
    size_t count = 0;
    for (uint32_t i = m->range.first; count < m->mark_count; i++) {
        text_view word = text_of(m, i);
        quote_shape shape = may_be_quote_mark(word) ? quote_shape_of(word) : QUOTE_SHAPE_NONE;
        if (shape == QUOTE_SHAPE_NONE) continue;
        m->marks[count++] = (mark){.token = i, .shape = (uint8_t)shape};
    }
}

static void run(machine *m, open_quotations *open) {
    collect_marks(m);
    note_context(m);
    note_what_follows(m);
    m->filled = m->range.first;
    for (size_t i = 0; i < m->mark_count; i++)
        process(m, &m->marks[i]);
    fill_depth(m, m->range.end);
    open->count = m->depth;
    for (size_t i = 0; i < m->depth; i++)
        open->indices[i] = m->stack[i].quotation;
}

bool quotations_add(arena *memory, text_view text, token_array *tokens, token_range range,
                    quotation_array *quotations, open_quotations *open, bool *continues) {
    size_t count = count_marks(text, tokens->items, range);
    *continues = false;
    if (count == 0) {
        open->count = 0;
        return true;
    }
    /* Room for the quotations first, so that the notes can be given back. */
    if (!array_reserve(memory, quotations, quotations->count + count)) return false;
    arena_mark before = arena_save(memory);
    mark *marks = arena_alloc_raw(memory, count, sizeof *marks);
    if (!marks) return false;
    machine m = {.text = text,
                 .tokens = tokens->items,
                 .range = range,
                 .marks = marks,
                 .mark_count = count,
                 .quotations = quotations->items,
                 .quotation_count = quotations->count,
                 .from_before = open};
    run(&m, open);
    quotations->count = m.quotation_count;
    *continues = m.continues;
    arena_restore(memory, before);
    return true;
}
