/* The report as a whole. */

const STRONGEST = 5;

function drawScope(report) {
    const dates = report.articles.map((article) => article.date).filter(isDay).sort();
    const between = dates.length ? `, ${dates[0]} to ${dates[dates.length - 1]}` : "";
    byId("scope").textContent = `${plural(report.rows.length, "statement")} in ${plural(report.articles.length, "article")}${between}`;
}

function drawFigures(report) {
    const anonymous = report.rows.filter((row) => row.grade.startsWith("anonymous"));
    const reasoned = anonymous.filter((row) => row.grade === "anonymous-with").length;
    const speakers = new Set(report.rows.filter((row) => row.grade === "named").map((row) => row.speaker.toLowerCase()));
    const repeats = report.articles.filter((article) => article.duplicate_of).length;
    const figures = [
        ["articles", report.articles.length.toLocaleString("en")], ["statements", report.rows.length.toLocaleString("en")],
        ["people named as speakers", speakers.size.toLocaleString("en")],
        ["of the statements are anonymous", percent(anonymous.length, report.rows.length)],
        ["of those give a reason", anonymous.length ? percent(reasoned, anonymous.length) : "–"],
    ];
    if (repeats) figures.push([repeats === 1 ? "article repeats an earlier one" : "articles repeat earlier ones", repeats.toLocaleString("en")]);
    byId("figures").replaceChildren(...figures.map(([words, value]) => el("div", {}, el("dd", {}, value), el("dt", {}, words))));
}

function drawStrongest(report, target, open) {
    const sides = sidesOf(target);
    const columns = sides.filter((side) => side.isPole).map((side) => {
        const seen = new Set();
        const rows = report.rows.filter((row) => labelOf(row, target) === side.label)
            .sort((a, b) => b.stances.get(target.name).score - a.stances.get(target.name).score)
            .filter((row) => !seen.has(row.text) && seen.add(row.text)).slice(0, STRONGEST);
        return el("div", {class: side.style}, el("p", {}, el("span", {class: `chip ${side.style}`}, side.label)),
            rows.length ? el("ol", {class: "strong"}, ...rows.map((row) => el("li", {},
                el("blockquote", {}, excerpt(row.text, 300)),
                el("p", {}, `${row.speaker || "no source"}${row.role ? `, ${row.role}` : ""} · `,
                    el("button", {class: "link", type: "button", onclick: () => open(row, rows)}, [row.outlet, row.date].filter(Boolean).join(", ") || "open the article"),
                    ` · ${row.stances.get(target.name).score.toFixed(2)}`)))) : el("p", {class: "quiet"}, "None."));
    });
    byId("strongest").replaceChildren(...columns);
}

function afterPeriod(from) {
    if (from.length === 4) return String(Number(from) + 1);
    return from.length === 7 ? nextMonth(from) : null;
}

function drawTarget(report, target, table, reader) {
    const sides = drawnSides(target);
    byId("stance-key").replaceChildren(...sides.map((side) => el("li", {}, el("span", {class: `swatch ${side.style}`}), side.label)));
    const timeline = () => drawOverTime(byId("over-time"), report.rows, target, (from) => {
        const period = columnsOf(report.rows, target, sides).period;
        table.narrow({since: from, before: afterPeriod(from) || addDays(from, period === "week" ? 7 : 1), period});
    });
    timeline();
    const known = (row) => (row.grade === "named" || row.grade === "institution" ? row.speaker : "");
    drawStances(byId("by-speaker"), "By speaker", "People and institutions with the most statements on the question", report.rows, target, known, 15, (speaker) => table.narrow({speaker}));
    drawStances(byId("by-outlet"), "By outlet", "Statements on the question", report.rows, target, (row) => row.outlet, 15, (outlet) => table.narrow({outlet}));
    byId("by-outlet").hidden = !report.articles.some((article) => article.outlet);
    drawStrongest(report, target, (row, queue) => reader.open(row, queue, target));
    table.setTarget(target);
    return timeline;
}

function drawFilters(report) {
    const outlets = [...new Set(report.articles.map((article) => article.outlet).filter(Boolean))].sort();
    fillSelect(byId("filter-anonymity"), [...GRADES, ["anonymous", "anonymous, all"]]);
    fillSelect(byId("filter-type"), TYPES);
    fillSelect(byId("filter-kind"), KINDS);
    fillSelect(byId("filter-outlet"), outlets.map((outlet) => [outlet, outlet]));
}

/* "#article-3-q2" opens that statement. */
function openFromAddress(report, table, reader) {
    const parts = /^#article-(\d+)-(\w+)$/.exec(location.hash);
    const article = parts && report.articles[Number(parts[1]) - 1];
    const row = article && article.rows.find((each) => each.quote.id === parts[2]);
    if (row) reader.open(row, article.rows, table.target);
}

function drawTargets(report, table, reader) {
    const choice = byId("target");
    choice.replaceChildren(...report.targets.map((target) => el("option", {value: target.name}, target.name)));
    byId("stances").hidden = report.targets.length === 0;
    if (!report.targets.length) {
        table.setTarget(null);
        return;
    }
    const drawChosen = () => drawTarget(report, report.targets[choice.selectedIndex], table, reader);
    let timeline = drawChosen(), width = byId("over-time").clientWidth;
    choice.addEventListener("change", () => { timeline = drawChosen(); });
    new ResizeObserver(() => {
        if (byId("over-time").clientWidth === width) return;
        width = byId("over-time").clientWidth;
        timeline();
    }).observe(byId("over-time"));
}

document.addEventListener("DOMContentLoaded", () => {
    const report = readReport(), reader = new Reader(report);
    byId("main").hidden = false;
    drawScope(report);
    drawFigures(report);
    drawFilters(report);
    const table = new StatementTable(report, (row, queue) => reader.open(row, queue, table.target));
    drawShares(byId("by-type"), "How it is reported", TYPES, countBy(report.rows, (row) => row.type), ["shade-0", "shade-1", "shade-2"], (type) => table.narrow({type}));
    drawShares(byId("by-anonymity"), "How openly they speak", GRADES, countBy(report.rows, (row) => row.grade),
        ["shade-0", "shade-1", "shade-2", "shade-hot", "shade-warm", "shade-4"], (anonymity) => table.narrow({anonymity}));
    drawTargets(report, table, reader);
    openFromAddress(report, table, reader);
    document.addEventListener("keydown", (event) => {
        const typing = event.target.closest("input, select, textarea");
        if (event.key !== "/" || typing || byId("reader").open || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        byId("search").focus();
    });
});
