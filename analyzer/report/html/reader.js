/* An article with its statements, as a dialog over the report. */

/* "favor over neutral by +0.52; +0.21 "refused" [words refused]; ..." in its parts. */
function explanationOf(why) {
    const [summary, ...reasons] = (why || "").split(/; (?=[+-]\d)/);
    return {summary, reasons: reasons.map((reason) => {
        const parts = /^([+-][\d.e-]+)(?: "([^]*)")? \[([^]*)\]$/.exec(reason);
        return parts ? {weight: Number(parts[1]), words: parts[2] || "", feature: parts[3]} : {weight: NaN, words: reason, feature: ""};
    })};
}

/* What the groups of features are, for a reader (as `whosaid score --explain` names them). */
const FEATURE_WORDS = {
    words: "the words", characters: "parts of words", question: "wording on the question", sentence: "the sentence around it",
    pairs: "two wordings together", general: "wording of approval or doubt", target: "how the question is mentioned",
    sides: "words before or after the question", cue: "how it is said", source: "who says it", speaker: "the speaker",
};

function signed(weight) {
    return (weight < 0 ? "\u2212" : "+") + Math.abs(weight).toFixed(3);
}

class Reader {
    constructor(report) {
        this.report = report;
        this.dialog = byId("reader");
        this.queue = [];
        byId("reader-close").addEventListener("click", () => this.dialog.close());
        byId("reader-previous").addEventListener("click", () => this.step(-1));
        byId("reader-next").addEventListener("click", () => this.step(1));
        this.dialog.addEventListener("close", () => this.leave());
        this.dialog.addEventListener("click", (event) => { if (event.target === this.dialog) this.dialog.close(); });
        this.dialog.addEventListener("keydown", (event) => {
            if (event.ctrlKey || event.metaKey || event.altKey) return;
            if (event.key === "j") this.step(1);
            if (event.key === "k") this.step(-1);
        });
    }

    /* queue: the rows that Previous and Next go through. */
    open(row, queue, target) {
        this.queue = queue;
        this.target = target;
        this.opener = document.activeElement;
        if (!this.dialog.open) this.dialog.showModal();
        this.show(row);
    }

    leave() {
        history.replaceState(null, "", location.pathname + location.search);
        if (this.opener && this.opener.isConnected) this.opener.focus();
    }

    step(by) {
        const at = this.queue.indexOf(this.row) + by;
        if (at >= 0 && at < this.queue.length) this.show(this.queue[at]);
    }

    show(row) {
        this.row = row;
        history.replaceState(null, "", `#article-${row.article.number}-${row.quote.id}`);
        const at = this.queue.indexOf(row);
        byId("reader-previous").disabled = at <= 0;
        byId("reader-next").disabled = at < 0 || at + 1 >= this.queue.length;
        byId("reader-place").textContent = at < 0 ? "" : `${(at + 1).toLocaleString("en")} of ${plural(this.queue.length, "statement")}`;
        this.drawArticle();
        this.drawDetails();
    }

    styleOf(row) {
        const side = this.target && sidesOf(this.target).find((s) => s.label === labelOf(row, this.target));
        return side ? side.style : "side-neutral";
    }

    marks() {
        const units = unitsOf(this.row.article.text), marks = [];
        const add = (spans, kind, row, weight) => {
            for (const span of spans) marks.push({start: units(span.start), end: units(span.end), kind, row, weight});
        };
        for (const row of this.row.article.rows) add(row.quote.contents, "content", row);
        add(this.row.quote.cue, "cue", this.row);
        add(this.row.quote.sources, "source", this.row);
        const stance = this.target && this.row.stances.get(this.target.name);
        for (const evidence of (stance && stance.evidence) || []) add([evidence], "evidence", this.row, evidence.weight);
        return marks;
    }

    decorate(span, marks) {
        const contents = marks.filter((mark) => mark.kind === "content");
        const own = contents.find((mark) => mark.row === this.row);
        const shortest = contents.reduce((best, mark) => (!best || mark.end - mark.start < best.end - best.start ? mark : best), null);
        const mark = own || shortest;
        if (mark) {
            span.classList.add("content", this.styleOf(mark.row));
            if (own) span.classList.add("chosen-content");
            else span.addEventListener("click", () => this.show(mark.row));
        }
        for (const other of marks) if (other.kind === "cue" || other.kind === "source") span.classList.add(other.kind);
        const evidence = marks.filter((each) => each.kind === "evidence");
        if (evidence.length) {
            const weight = evidence.reduce((sum, each) => sum + each.weight, 0);
            span.classList.add(weight >= 0 ? "for" : "against");
            if (!mark) span.classList.add(this.styleOf(this.row));
            span.title = `${weight >= 0 ? "for" : "against"} this stance: ${signed(weight)}`;
        }
    }

    drawArticle() {
        const {article} = this.row;
        const line = [article.outlet, article.date, article.id].filter(Boolean).join(" · ");
        byId("reader-article").replaceChildren(
            el("h2", {id: "reader-title"}, article.title || article.id), el("p", {class: "quiet"}, line),
            article.duplicate_of ? el("p", {class: "notice"}, `The same text as ${article.duplicate_of}`) : "",
            el("div", {class: "text"}, ...markedText(article.text, this.marks(), (span, marks) => this.decorate(span, marks))));
        const chosen = byId("reader-article").querySelector(".chosen-content");
        if (chosen) chosen.scrollIntoView({block: "center"});
    }

    drawDetails() {
        const {row} = this, {quote} = row;
        const grade = GRADES.find(([key]) => key === row.grade);
        const facts = [
            ["Speaker", row.speaker || "none"], ["Role", row.role], ["Source", row.source], ["Cue", textOf(quote.cue)],
            ["Type", `${row.type}, ${row.kind}`],
            ["Anonymity", `${grade ? grade[1] : row.grade} (${quote.anonymity.score.toFixed(2)})`], ["Reason", quote.anonymity.reason],
            ["Certainty", `statement ${percent(quote.score, 1)}, speaker ${percent(quote.speaker.score, 1)}`],
        ];
        byId("reader-details").replaceChildren(
            el("h3", {}, `Statement ${row.number} of ${row.article.rows.length} in this article`),
            el("dl", {}, ...facts.filter(([, value]) => value).flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
            ...this.report.targets.flatMap((target) => this.stanceDetails(target)),
            el("h3", {}, "Marks in the text"),
            el("ul", {class: `marks text ${this.styleOf(row)}`},
                el("li", {}, el("span", {class: "source"}, "source"), ", ", el("span", {class: "cue"}, "cue"), ", ", el("span", {class: "chosen-content"}, "this statement")),
                el("li", {}, el("span", {class: "for"}, "speaks for the stance"), ", ", el("span", {class: "against"}, "against it"))));
        byId("reader-details").scrollTop = 0;
    }

    stanceDetails(target) {
        const stance = this.row.stances.get(target.name);
        if (!stance) return [];
        const sides = sidesOf(target), {summary, reasons} = explanationOf(stance.why);
        const parts = [el("h3", {}, `Stance: ${target.name} `, stanceChip(this.row, target)),
            el("table", {class: "shares"}, el("tbody", {}, ...target.labels.map((label, i) => el("tr", {},
                el("th", {scope: "row"}, label), el("td", {}, stackedBar([{count: stance.scores[label], style: sides[i].style}], 1)),
                el("td", {class: "number"}, stance.scores[label].toFixed(2))))))];
        if (summary) parts.push(el("p", {}, `Why: ${summary}`), el("ul", {class: "evidence"}, ...reasons.map((reason) => el("li", {class: this.styleOf(this.row)},
            el("span", {class: "weight"}, Number.isNaN(reason.weight) ? "" : signed(reason.weight)),
            el("span", {}, reason.words ? el("span", {class: reason.weight < 0 ? "against" : "for"}, reason.words) : "", " ",
                el("small", {class: "quiet", title: reason.feature}, FEATURE_WORDS[reason.feature.split(" ")[0]] || reason.feature))))));
        return parts;
    }
}
