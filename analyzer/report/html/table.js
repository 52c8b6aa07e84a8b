/* The table of all statements: search, filters, order, pages. Only one page is in the document, so
 * that ten thousand rows cost no more than fifty. */

const PAGE_ROWS = 50, PRINTED_ROWS = 2000;

const COLUMNS = [
    {name: "quote", head: "Statement", key: (row) => row.text.toLowerCase()},
    {name: "speaker", head: "Speaker", key: (row) => row.speaker.toLowerCase()},
    {name: "stance", head: "Stance", key: (row, target) => stanceOrder(row, target)},
    {name: "anonymity", head: "Anonymity", key: (row) => GRADES.findIndex(([grade]) => grade === row.grade)},
    {name: "type", head: "Type", key: (row) => row.type},
    {name: "outlet", head: "Article", key: (row) => (row.outlet || row.article.id).toLowerCase()},
    {name: "date", head: "Date", key: (row) => row.date},
];

/* By label in the target's order, the surest first. */
function stanceOrder(row, target) {
    const stance = target && row.stances.get(target.name);
    if (!stance) return Infinity;
    const at = target.labels.indexOf(stance.label);
    return (at < 0 ? target.labels.length : at) + 1 - stance.score;
}

function stanceChip(row, target) {
    const stance = row.stances.get(target.name);
    if (!stance) return el("span", {class: "quiet"}, "–");
    const side = sidesOf(target).find((s) => s.label === stance.label);
    return el("span", {class: `chip ${side ? side.style : "side-undecided"}`}, stance.label,
        stance.label === "undecided" ? "" : ` ${stance.score.toFixed(2)}`);
}

function excerpt(text, length) {
    return text.length <= length ? text : text.slice(0, length).replace(/\s+\S*$/, "").replace(/[\uD800-\uDBFF]$/, "") + " …";
}

function rowElement(row, target, open) {
    const grade = GRADES.find(([key]) => key === row.grade);
    const cell = (name, ...children) => el("td", {class: name, role: "cell"}, ...children);
    return el("tr", {role: "row"},
        cell("quote", el("button", {class: "link", type: "button", onclick: () => open(row)}, excerpt(row.text, 420))),
        cell("speaker", row.speaker || "–", row.role ? el("small", {}, row.role) : ""),
        cell("stance", target ? stanceChip(row, target) : "–"),
        cell("anonymity", grade ? grade[1] : row.grade),
        cell("type", row.type, row.kind === "attitude" ? el("small", {}, "attitude") : ""),
        cell("outlet", row.outlet || excerpt(row.article.title || row.article.id, 80), row.outlet ? el("small", {}, excerpt(row.article.title, 80)) : ""),
        cell("date", row.date || "–"));
}

/* What is asked of the rows: each filter is a value, "" meaning any. */
function matches(row, wanted, target, words) {
    return (!wanted.stance || labelOf(row, target) === wanted.stance) &&
        (!wanted.anonymity || row.grade === wanted.anonymity ||
            (wanted.anonymity === "anonymous" && row.grade.startsWith("anonymous"))) &&
        (!wanted.type || row.type === wanted.type) &&
        (!wanted.kind || row.kind === wanted.kind) &&
        (!wanted.outlet || row.outlet === wanted.outlet) &&
        (!wanted.speaker || row.speaker === wanted.speaker) &&
        (!wanted.since || (row.date >= wanted.since && row.date < wanted.before)) &&
        words.every((word) => row.haystack.includes(word));
}

class StatementTable {
    constructor(report, open) {
        this.report = report;
        this.open = open;
        this.target = null;
        this.page = 0;
        this.order = null; /* {column, down}; null: as in the report */
        this.extra = {}; /* filters that charts set: speaker, since and before */
        this.drawHead();
        const form = byId("filters");
        form.addEventListener("input", () => this.change());
        form.addEventListener("submit", (event) => event.preventDefault());
        form.addEventListener("reset", () => setTimeout(() => { this.extra = {}; this.change(); }));
        window.addEventListener("beforeprint", () => this.draw(0, PRINTED_ROWS));
        window.addEventListener("afterprint", () => this.draw());
    }

    drawHead() {
        byId("table").setAttribute("role", "table");
        byId("table").tBodies[0].setAttribute("role", "rowgroup");
        byId("table").tHead.setAttribute("role", "rowgroup");
        const line = byId("table").tHead.rows[0];
        line.setAttribute("role", "row");
        line.replaceChildren(...COLUMNS.map((column) => el("th", {scope: "col", role: "columnheader", class: column.name, "aria-sort": "none"},
            el("button", {type: "button", onclick: () => this.sort(column)}, column.head))));
    }

    sort(column) {
        const again = this.order && this.order.column === column;
        this.order = again && this.order.down ? null : {column, down: Boolean(again)};
        COLUMNS.forEach((each, i) => byId("table").tHead.rows[0].cells[i].setAttribute("aria-sort",
            this.order && this.order.column === each ? (this.order.down ? "descending" : "ascending") : "none"));
        this.change();
    }

    setTarget(target) {
        this.target = target;
        const labels = target ? [...target.labels, "undecided"] : [];
        fillSelect(byId("filter-stance"), labels.map((label) => [label, label]));
        byId("filter-stance").disabled = !target;
        this.change();
    }

    /* Filters from a chart: {stance, anonymity, type, outlet, speaker, since, before}. */
    narrow(wanted) {
        for (const name of ["stance", "anonymity", "type", "outlet"])
            if (wanted[name] !== undefined) byId(`filter-${name}`).value = wanted[name];
        if (wanted.speaker !== undefined) this.extra.speaker = wanted.speaker;
        if (wanted.since !== undefined) Object.assign(this.extra, {since: wanted.since, before: wanted.before, period: wanted.period});
        this.change();
        byId("statements").scrollIntoView();
        byId("statements").focus({preventScroll: true});
    }

    change() {
        const wanted = {...this.extra};
        for (const name of ["stance", "anonymity", "type", "kind", "outlet"]) wanted[name] = byId(`filter-${name}`).value;
        const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
        this.rows = this.report.rows.filter((row) => matches(row, wanted, this.target, words));
        if (this.order) this.arrange();
        this.page = 0;
        this.draw();
    }

    arrange() {
        const {column, down} = this.order, sign = down ? -1 : 1;
        const keyed = this.rows.map((row, i) => ({row, i, key: column.key(row, this.target)}));
        keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : a.i - b.i));
        this.rows = keyed.map((each) => each.row);
    }

    draw(page = this.page, size = PAGE_ROWS) {
        const shown = this.rows.slice(page * size, (page + 1) * size);
        byId("table").tBodies[0].replaceChildren(...shown.map((row) => rowElement(row, this.target, (chosen) => this.open(chosen, this.rows))));
        const all = this.report.rows.length;
        byId("found").textContent = this.rows.length === all ? plural(all, "statement") : `${this.rows.length.toLocaleString("en")} of ${plural(all, "statement")}`;
        this.drawChosen();
        this.drawPages();
    }

    drawChosen() {
        const chips = [];
        const chip = (words, drop) => chips.push(el("button", {type: "button", "aria-label": `Remove the filter ${words}`, onclick: () => { drop(); this.change(); }}, words, " ✕"), " ");
        if (this.extra.speaker) chip(`speaker: ${this.extra.speaker}`, () => delete this.extra.speaker);
        if (this.extra.since) chip(`${this.extra.period}: ${this.extra.since}`, () => { delete this.extra.since; });
        byId("chosen").replaceChildren(...chips);
    }

    drawPages() {
        const last = Math.max(0, Math.ceil(this.rows.length / PAGE_ROWS) - 1);
        const go = (page) => {
            this.page = page;
            this.draw();
            byId("statements").scrollIntoView();
        };
        const step = (words, page) => el("button", {type: "button", disabled: page < 0 || page > last || page === this.page, onclick: () => go(page)}, words);
        byId("pages").hidden = last === 0;
        byId("pages").replaceChildren(step("« First", 0), step("‹ Previous", this.page - 1),
            el("span", {"aria-current": "page"}, `Page ${this.page + 1} of ${last + 1}`), step("Next ›", this.page + 1), step("Last »", last));
    }
}

function fillSelect(select, options) {
    select.replaceChildren(el("option", {value: ""}, "any"), ...options.map(([value, words]) => el("option", {value}, words)));
}
