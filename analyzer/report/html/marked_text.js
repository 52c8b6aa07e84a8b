/* An article's text as paragraphs in which stretches are marked.
 *
 * Offsets in the data are code points; JavaScript counts UTF-16 units. */

/* A function from code points to UTF-16 units of this text. */
function unitsOf(text) {
    if (!/[\uD800-\uDFFF]/.test(text)) return (point) => point;
    const units = [];
    let at = 0;
    for (const character of text) {
        units.push(at);
        at += character.length;
    }
    units.push(at);
    return (point) => units[Math.min(point, units.length - 1)];
}

/* Where the paragraphs of a text stand: what blank lines divide. */
function paragraphsOf(text) {
    const paragraphs = [];
    const blank = /\n[ \t\r]*\n\s*/g;
    let begin = 0;
    for (let gap = blank.exec(text); gap; gap = blank.exec(text)) {
        paragraphs.push([begin, gap.index]);
        begin = gap.index + gap[0].length;
    }
    paragraphs.push([begin, text.length]);
    return paragraphs.filter(([from, to]) => text.slice(from, to).trim() !== "");
}

/* Cuts [0, length) at every begin and end of the marks ({start, end, ...} in UTF-16 units) and
 * tells for each stretch which marks cover it. */
function stretchesOf(length, marks) {
    const edges = [];
    for (const mark of marks) {
        if (mark.start >= mark.end) continue;
        edges.push({at: mark.start, mark, opens: true}, {at: mark.end, mark, opens: false});
    }
    edges.sort((a, b) => a.at - b.at);
    const open = new Set(), stretches = [];
    let begin = 0;
    for (const edge of edges) {
        if (edge.at > begin) stretches.push({start: begin, end: edge.at, marks: [...open]});
        begin = edge.at;
        if (edge.opens) open.add(edge.mark);
        else open.delete(edge.mark);
    }
    if (begin < length) stretches.push({start: begin, end: length, marks: [...open]});
    return stretches;
}

/* The text as paragraphs; decorate(span, marks) dresses the stretches that are marked. Each piece
 * of text knows where it begins (data-at), so that a selection can be traced back. */
function markedText(text, marks, decorate) {
    const stretches = stretchesOf(text.length, marks), paragraphs = [];
    let next = 0;
    for (const [from, to] of paragraphsOf(text)) {
        const paragraph = el("p");
        while (next < stretches.length && stretches[next].end <= from) next++;
        for (let i = next; i < stretches.length && stretches[i].start < to; i++) {
            const begin = Math.max(from, stretches[i].start), end = Math.min(to, stretches[i].end);
            const piece = el("span", {"data-at": begin}, text.slice(begin, end));
            if (stretches[i].marks.length) decorate(piece, stretches[i].marks);
            paragraph.append(piece);
        }
        paragraphs.push(paragraph);
    }
    return paragraphs;
}
