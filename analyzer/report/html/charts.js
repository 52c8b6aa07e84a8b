/* Charts: bars inside tables, which a screen reader reads as tables, and one drawing over time. */

/* One bar from left to right: parts [{count, style}], `whole` being its full width. */
function stackedBar(parts, whole) {
    const bar = svg("svg", {class: "bar", viewBox: "0 0 1000 10", preserveAspectRatio: "none", "aria-hidden": "true"});
    let at = 0;
    for (const part of parts) {
        const width = whole ? 1000 * part.count / whole : 0;
        if (width > 0) bar.append(svg("rect", {class: part.style, x: at, y: 0, width, height: 10}));
        at += width;
    }
    return bar;
}

/* A table of shares: items [[key, words]], counts a Map, choose(key) on a click. */
function drawShares(figure, title, items, counts, styles, choose) {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const body = el("tbody");
    items.forEach(([key, words], i) => {
        const count = counts.get(key) || 0;
        if (!count && key !== items[0][0]) return;
        body.append(el("tr", {},
            el("th", {scope: "row"}, el("button", {class: "link", type: "button", onclick: () => choose(key)}, words)),
            el("td", {}, stackedBar([{count, style: styles[i]}], total)),
            el("td", {class: "number"}, `${percent(count, total)} (${count.toLocaleString("en")})`)));
    });
    figure.replaceChildren(el("figcaption", {}, title),
        el("table", {class: "shares"},
            el("thead", {class: "unseen"}, el("tr", {},
                el("th", {scope: "col"}, title), el("th", {scope: "col"}, "Bar"), el("th", {scope: "col"}, "Share (statements)"))),
            body));
}

/* Rows by some key with their stances: the `limit` largest. */
function drawStances(figure, title, note, rows, target, key, limit, choose) {
    const sides = drawnSides(target), groups = new Map();
    for (const row of rows) {
        const name = key(row), label = labelOf(row, target);
        if (!name || !sides.some((side) => side.label === label)) continue;
        if (!groups.has(name)) groups.set(name, {name, total: 0, counts: new Map()});
        const group = groups.get(name);
        group.total++;
        group.counts.set(label, (group.counts.get(label) || 0) + 1);
    }
    const largest = [...groups.values()].sort((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1)).slice(0, limit);
    const whole = largest.length ? largest[0].total : 0;
    figure.replaceChildren(el("figcaption", {}, title, el("small", {}, largest.length ? note : "Nothing to show.")));
    if (!largest.length) return;
    const body = largest.map((group) => el("tr", {},
        el("th", {scope: "row"}, el("button", {class: "link", type: "button", onclick: () => choose(group.name)}, group.name)),
        el("td", {}, stackedBar(sides.map((side) => ({count: group.counts.get(side.label) || 0, style: side.style})), whole),
            el("span", {class: "unseen"}, sides.map((side) => `${side.label} ${group.counts.get(side.label) || 0}`).join(", "))),
        el("td", {class: "number"}, group.total.toLocaleString("en"))));
    figure.append(el("table", {class: "shares"},
        el("thead", {class: "unseen"}, el("tr", {}, el("th", {scope: "col"}, "Name"), el("th", {scope: "col"}, "Stances"), el("th", {scope: "col"}, "Statements"))),
        el("tbody", {}, ...body)));
}

/* The stretch of time that one column stands for: as long as fits some forty columns. */
function periodsOf(dates) {
    const first = dates[0], last = dates[dates.length - 1];
    const days = (Date.parse(last) - Date.parse(first)) / 864e5 + 1;
    if (days <= 40) return {name: "day", of: (date) => date, next: (at) => addDays(at, 1)};
    if (days <= 280) return {name: "week", of: mondayOf, next: (at) => addDays(at, 7)};
    if (days <= 1200) return {name: "month", of: (date) => date.slice(0, 7), next: nextMonth};
    return {name: "year", of: (date) => date.slice(0, 4), next: (at) => String(Number(at) + 1).padStart(4, "0")};
}

function addDays(date, count) {
    return new Date(Date.parse(date) + count * 864e5).toISOString().slice(0, 10);
}

function mondayOf(date) {
    return addDays(date, -((new Date(Date.parse(date)).getUTCDay() + 6) % 7));
}

function nextMonth(month) {
    const [year, number] = month.split("-").map(Number);
    return number === 12 ? `${String(year + 1).padStart(4, "0")}-01` : `${month.slice(0, 5)}${String(number + 1).padStart(2, "0")}`;
}

function isDay(date) {
    return /^\d{4}-\d\d-\d\d/.test(date) && !Number.isNaN(Date.parse(date.slice(0, 10)));
}

/* Columns [{from, counts, total}] from the first period to the last, empty ones too. */
function columnsOf(rows, target, sides) {
    const wanted = new Set(sides.map((side) => side.label));
    const dated = rows.filter((row) => isDay(row.date) && wanted.has(labelOf(row, target)));
    const dates = dated.map((row) => row.date.slice(0, 10)).sort();
    if (!dates.length) return {columns: [], period: ""};
    const period = periodsOf(dates), columns = new Map();
    const last = period.of(dates[dates.length - 1]);
    for (let at = period.of(dates[0]); at <= last && columns.size < 400; at = period.next(at))
        columns.set(at, {from: at, total: 0, counts: new Map()});
    for (const row of dated) {
        const column = columns.get(period.of(row.date.slice(0, 10))), label = labelOf(row, target);
        if (!column) continue;
        column.total++;
        column.counts.set(label, (column.counts.get(label) || 0) + 1);
    }
    return {columns: [...columns.values()], period: period.name};
}

/* A round step that divides `most` into at most four. */
function stepOf(most) {
    const power = 10 ** Math.floor(Math.log10(Math.max(1, most / 4)));
    return Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((step) => most / step <= 4) || power * 10);
}

function drawColumn(column, x, width, height, scale, sides, period, choose) {
    const words = `${period} of ${column.from}: ` + sides.map((side) => `${side.label} ${column.counts.get(side.label) || 0}`).join(", ");
    const group = svg("g", {role: "button", tabindex: column.total ? 0 : -1, "aria-label": words},
        svg("title", {}, words), svg("rect", {class: "back", x, y: 0, width, height}));
    const thick = Math.min(width * .8, 44), left = x + (width - thick) / 2;
    let top = height;
    for (const side of sides) {
        const tall = (column.counts.get(side.label) || 0) * scale;
        top -= tall;
        if (tall) group.append(svg("rect", {class: side.style, x: left, y: top, width: thick, height: tall}));
    }
    const act = () => choose(column.from);
    group.addEventListener("click", act);
    group.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        act();
    });
    return group;
}

function drawOverTime(figure, rows, target, choose) {
    const sides = drawnSides(target), {columns, period} = columnsOf(rows, target, sides);
    const undated = rows.filter((row) => !isDay(row.date) && sides.some((side) => side.label === labelOf(row, target))).length;
    const note = columns.length ? `Statements on the question, by ${period}` : "No article on the question has a date.";
    figure.replaceChildren(el("figcaption", {}, "Over time",
        el("small", {}, note + (undated && columns.length ? `; ${plural(undated, "statement")} without a date left out` : ""))));
    if (!columns.length) return;
    const width = Math.max(280, figure.clientWidth), height = 180, left = 34;
    const most = Math.max(...columns.map((column) => column.total)), scale = height / most;
    const drawing = svg("svg", {class: "chart", viewBox: `0 0 ${width} ${height + 26}`, width, height: height + 26, role: "group", "aria-label": `Stances by ${period}`});
    for (let value = 0; value <= most; value += stepOf(most)) {
        const y = height - value * scale;
        drawing.append(svg("line", {x1: left, x2: width, y1: y, y2: y}), svg("text", {x: left - 6, y: y + 4, "text-anchor": "end"}, String(value)));
    }
    const each = (width - left) / columns.length, every = Math.ceil(78 / each);
    columns.forEach((column, i) => {
        drawing.append(drawColumn(column, left + i * each, each, height, scale, sides, period, choose));
        if (i % every === 0 && left + i * each + 66 <= width + each)
            drawing.append(svg("text", {x: left + (i + .5) * each, y: height + 18, "text-anchor": "middle"}, column.from));
    });
    figure.append(drawing);
}
