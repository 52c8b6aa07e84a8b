/* The article with its statements, and what is selected in it. */

/* Code points from UTF-16 units: the other way round than unitsOf. */
function pointsOf(text) {
    if (!/[\uD800-\uDFFF]/.test(text)) return (unit) => unit;
    return (unit) => [...text.slice(0, unit)].length;
}

function labelOn(quote, target) {
    const stance = target && quote.stances && quote.stances.find((each) => each.target === target.name);
    return stance ? stance.label : "";
}

/* The colour of a label: poles in the order of the target. */
function styleOf(label, target) {
    if (!target || !label) return "side-undecided";
    if (label === "neutral" || label === "unrelated" || label === "undecided") return `side-${label}`;
    const poles = target.labels.filter((each) => each !== "neutral" && each !== "unrelated");
    return `side-${Math.min(poles.indexOf(label), 3)}`;
}

function drawText(state, target) {
    const {article} = state, units = unitsOf(article.text), marks = [];
    const add = (spans, kind, item) => {
        for (const span of spans || []) marks.push({start: units(span.start), end: units(span.end), kind, item});
    };
    for (const item of state.items()) add(item.quote.contents, "content", item);
    const chosen = state.item();
    if (chosen) {
        add(chosen.quote.cue, "cue", chosen);
        add(chosen.quote.sources, "source", chosen);
    }
    byId("text").replaceChildren(...markedText(article.text, marks, (span, covering) => {
        const contents = covering.filter((mark) => mark.kind === "content");
        const own = contents.find((mark) => mark.item.key === state.chosen);
        const shortest = contents.reduce((best, mark) => (!best || mark.end - mark.start < best.end - best.start ? mark : best), null);
        const mark = own || shortest;
        if (mark) {
            span.classList.add("content", styleOf(labelOn(mark.item.quote, target), target));
            span.classList.toggle("proposed", mark.item.proposed);
            span.classList.toggle("chosen-content", Boolean(own));
            span.addEventListener("click", () => { if (getSelection().isCollapsed) state.choose(mark.item.key); });
        }
        for (const other of covering) if (other.kind !== "content") span.classList.add(other.kind);
    }));
}

/* Where a point of the document stands in the text, in UTF-16 units; -1 outside of it. */
function unitAt(node, offset) {
    const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]");
    if (piece && byId("text").contains(piece)) {
        const inside = node.nodeType === Node.TEXT_NODE ? offset : offset === 0 ? 0 : piece.textContent.length;
        return Number(piece.dataset.at) + inside;
    }
    /* Between pieces: where the next one begins, or the last one ends. */
    if (!byId("text").contains(node)) return -1;
    const next = node.childNodes[offset], before = node.childNodes[offset - 1];
    const first = next && (next.matches?.("[data-at]") ? next : next.querySelector?.("[data-at]"));
    if (first) return Number(first.dataset.at);
    const pieces = before ? (before.matches?.("[data-at]") ? [before] : [...before.querySelectorAll("[data-at]")]) : [];
    const last = pieces[pieces.length - 1];
    return last ? Number(last.dataset.at) + last.textContent.length : -1;
}

/* The selected words as {start, end, text} in code points, without white space at the ends. */
function selectedSpan(article) {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    let start = unitAt(range.startContainer, range.startOffset), end = unitAt(range.endContainer, range.endOffset);
    if (start < 0 || end < 0) return null;
    while (start < end && /\s/.test(article.text[start])) start++;
    while (end > start && /\s/.test(article.text[end - 1])) end--;
    if (start >= end) return null;
    const points = pointsOf(article.text);
    return {start: points(start), end: points(end), text: article.text.slice(start, end)};
}

/* What the selected words can become: key, words, and how the state changes. */
const SELECTION_ACTS = [
    ["n", "New statement", (state, span) => state.add(span), false],
    ["c", "Content", (state, span) => state.change((quote) => { quote.contents = [span]; }), true],
    ["+", "Further content", (state, span) => state.change((quote) => { quote.contents = [...quote.contents, span].sort((a, b) => a.start - b.start); }), true],
    ["s", "Source", (state, span) => state.change((quote) => {
        quote.sources = [span];
        if (!quote.speaker.name) quote.speaker.name = span.text.replace(/\s+/g, " ");
        if (quote.anonymity.grade === "unattributed") quote.anonymity.grade = "named";
    }), true],
    ["e", "Cue", (state, span) => state.change((quote) => { quote.cue = [span]; }), true],
    ["r", "Reason for anonymity", (state, span) => state.change((quote) => { quote.anonymity.reason = span.text.replace(/\s+/g, " "); }), true],
];

function useSelection(state, act) {
    const span = selectedSpan(state.article);
    if (!span) return;
    getSelection().removeAllRanges();
    act[2](state, span);
}

function drawSelection(state) {
    const span = state.article && selectedSpan(state.article), bar = byId("selection");
    bar.hidden = !span;
    if (!span) return;
    bar.replaceChildren(el("span", {}, `“${span.text}”`), ...SELECTION_ACTS.filter((act) => !act[3] || state.item()).map((act) =>
        el("button", {type: "button", onmousedown: (event) => event.preventDefault(), onclick: () => useSelection(state, act)}, act[1], " ", el("kbd", {}, act[0]))));
}
