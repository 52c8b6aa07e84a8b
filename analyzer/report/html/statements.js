/* The data of the report: articles as they are embedded (the annotated-article format), and one
 * row for each statement. */

const GRADES = [
    ["named", "named person"],
    ["institution", "institution"],
    ["group", "unnamed group"],
    ["anonymous-with", "anonymous, reason stated"],
    ["anonymous-without", "anonymous, no reason stated"],
    ["unattributed", "no source"],
];
const TYPES = [["direct", "direct quotation"], ["mixed", "partly quoted"], ["indirect", "indirect"]];
const KINDS = [["speech", "speech"], ["attitude", "attitude"]];

function embedded(name) {
    return [...document.querySelectorAll(`script[type="application/json"].${name}`)];
}

function gradeOf(anonymity) {
    if (anonymity.grade !== "anonymous") return anonymity.grade;
    return anonymity.reason ? "anonymous-with" : "anonymous-without";
}

/* White space folded, the parts of a split span joined as in the CSV report. */
function textOf(spans) {
    return spans.map((span) => span.text.replace(/\s+/g, " ").trim()).join(" […] ");
}

function rowOf(article, quote, number) {
    const row = {
        article, quote, number,
        text: textOf(quote.contents),
        source: textOf(quote.sources),
        speaker: quote.speaker.name,
        role: quote.speaker.role,
        date: article.date,
        outlet: article.outlet,
        type: quote.type,
        kind: quote.kind,
        grade: gradeOf(quote.anonymity),
        stances: new Map(quote.stances.map((stance) => [stance.target, stance])),
    };
    row.haystack = [row.text, row.speaker, row.role, row.source, row.outlet, row.date, article.title,
        article.id, quote.anonymity.reason].join("\n").toLowerCase();
    return row;
}

/* {targets: [{name, labels}], articles, rows}; an element is dropped once it is read. */
function readReport() {
    const targets = embedded("targets").flatMap((node) => JSON.parse(node.textContent));
    const articles = [], rows = [];
    for (const node of embedded("article")) {
        const article = JSON.parse(node.textContent);
        node.remove();
        article.number = articles.length + 1;
        article.rows = article.quotes.map((quote, i) => rowOf(article, quote, i + 1));
        articles.push(article);
        for (const row of article.rows) rows.push(row);
    }
    return {targets, articles, rows};
}

/* How the labels of a target are drawn: poles in their colours, in the order of the target. */
function sidesOf(target) {
    let pole = 0;
    const sides = target.labels.map((label) => {
        const plain = label === "neutral" || label === "unrelated";
        return {label, isPole: !plain, style: "side-" + (plain ? label : Math.min(pole++, 3))};
    });
    sides.push({label: "undecided", isPole: false, style: "side-undecided"});
    return sides;
}

/* What is drawn of them: poles and neutral between the first and the others, undecided last. What
 * is not about the question is left out. */
function drawnSides(target) {
    const sides = sidesOf(target).filter((side) => side.label !== "unrelated");
    const poles = sides.filter((side) => side.isPole);
    const neutral = sides.filter((side) => side.label === "neutral");
    const undecided = sides.filter((side) => side.label === "undecided");
    return [...poles.slice(0, 1), ...neutral, ...poles.slice(1), ...undecided];
}

function labelOf(row, target) {
    const stance = target && row.stances.get(target.name);
    return stance ? stance.label : "";
}

function countBy(rows, key) {
    const counts = new Map();
    for (const row of rows) {
        const value = key(row);
        counts.set(value, (counts.get(value) || 0) + 1);
    }
    return counts;
}
