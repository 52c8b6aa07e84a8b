/* Training: what there is to learn from, how it goes, what came out. */

function inPercent(share) {
    return (100 * share).toFixed(1);
}

/* The macro F1 of the trainings so far over the number of statements. */
function drawCurve(results) {
    const width = 420, height = 170, left = 30, bottom = 22;
    const most = Math.max(...results.map((result) => result.statements)) * 1.05;
    const x = (count) => left + (width - left) * count / most, y = (share) => (height - bottom) * (1 - share);
    const words = "Macro F1 by number of statements: " + results.map((result) => `${result.statements}: ${inPercent(result.macro_f1)}`).join(", ");
    const curve = svg("svg", {class: "curve", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": words});
    for (const share of [0, .25, .5, .75, 1])
        curve.append(svg("line", {x1: left, x2: width, y1: y(share), y2: y(share)}), svg("text", {x: left - 5, y: y(share) + 4, "text-anchor": "end"}, String(100 * share)));
    const sorted = [...results].sort((a, b) => a.statements - b.statements);
    curve.append(svg("path", {d: sorted.map((result, i) => `${i ? "L" : "M"}${x(result.statements)},${y(result.macro_f1)}`).join(" ")}));
    for (const result of sorted) curve.append(
        svg("line", {class: "interval", x1: x(result.statements), x2: x(result.statements), y1: y(result.macro_low), y2: y(result.macro_high)}),
        svg("circle", {cx: x(result.statements), cy: y(result.macro_f1), r: 4}, svg("title", {}, `${result.statements} statements: ${inPercent(result.macro_f1)}`)));
    curve.append(svg("text", {x: width, y: height - 4, "text-anchor": "end"}, `${sorted[sorted.length - 1].statements} statements`));
    return curve;
}

function figuresTable(results, model) {
    const line = (name, each) => el("tr", {}, el("th", {scope: "row"}, name), el("td", {}, each.statements ?? "–"),
        el("td", {}, each.macro_f1 === undefined || each.macro_f1 === null ? "–" : inPercent(each.macro_f1)),
        el("td", {}, each.macro_low === undefined ? "" : `${inPercent(each.macro_low)}–${inPercent(each.macro_high)}`),
        el("td", {}, each.accuracy === undefined || each.accuracy === null ? "–" : inPercent(each.accuracy)));
    const last = results[results.length - 1], before = results[results.length - 2];
    return el("table", {}, el("caption", {class: "unseen"}, "Cross-validated figures"),
        el("thead", {}, el("tr", {}, ...["", "statements", "macro F1", "95 %", "accuracy"].map((words) => el("th", {scope: "col"}, words)))),
        el("tbody", {}, last ? line("this training", last) : "", before ? line("the one before", before) : "",
            model ? line("model in use (its card)", model) : el("tr", {}, el("th", {scope: "row"}, "model in use"), el("td", {colspan: 4}, "none yet"))));
}

class Lesson {
    constructor(state, tell) {
        this.state = state;
        this.tell = tell;
        byId("open-lesson").addEventListener("click", () => this.toggle());
    }

    get target() {
        return this.state.desk.targets[this.index || 0];
    }

    async toggle() {
        const panel = byId("lesson");
        panel.hidden = !panel.hidden;
        byId("open-lesson").setAttribute("aria-expanded", String(!panel.hidden));
        if (!panel.hidden) await this.refresh();
    }

    async refresh() {
        await this.state.line;
        [this.value, this.state.desk] = await Promise.all([ask("lesson"), ask("desk")]).then((replies) => replies.map((reply) => reply.value));
        this.draw();
        const busy = this.value.state === "training" || this.value.state === "keeping";
        if (busy) setTimeout(() => this.refresh(), 400);
        else if (this.wasBusy) await this.state.open(this.state.article.number, this.state.chosen);
        this.wasBusy = busy;
    }

    async begin(path) {
        try {
            await ask(path, {});
            this.tell("");
            this.wasBusy = true;
        } catch (error) {
            this.tell(error.message);
        }
        await this.refresh();
    }

    draw() {
        const panel = byId("lesson"), {target, value} = this;
        const title = el("h2", {id: "lesson-title"}, "Train on what you annotated");
        if (!target) {
            panel.replaceChildren(title, el("p", {}, "There is no target: make one with “whosaid targets new” and start again with --target."));
            return;
        }
        const counts = Object.entries(this.state.desk.counts[target.name]), total = counts.reduce((sum, [, count]) => sum + count, 0);
        const results = value.results.filter((result) => result.target === target.name), model = value.models[target.name];
        const busy = value.state === "training" || value.state === "keeping";
        const progress = value.state === "training" ? `Training … ${value.done} of ${value.total || "?"}` : value.state === "keeping" ? "Taking it into use, and looking at the articles again …" : "";
        const choice = el("select", {onchange: (event) => { this.index = event.target.selectedIndex; this.draw(); }},
            ...this.state.desk.targets.map((each, i) => el("option", {selected: i === (this.index || 0)}, each.name)));
        panel.replaceChildren(title, el("div", {class: "lesson-body"},
            el("div", {},
                this.state.desk.targets.length > 1 ? el("label", {class: "inline"}, "Target ", choice) : el("p", {}, target.question || target.name),
                el("p", {}, counts.map(([label, count]) => `${label} ${count}`).join(", ") + `: ${plural(total, "stance")} in ${this.state.desk.corpus}`),
                el("div", {class: "row"},
                    el("button", {type: "button", id: "train", class: "strong", disabled: busy, onclick: () => this.begin(`train/${pathOf(target.name)}`)}, "Train"),
                    value.state === "trained" && value.target === target.name ? el("button", {type: "button", id: "keep", onclick: () => this.begin("keep")}, model ? "Use it instead of the present one" : "Use this model") : "",
                    el("span", {role: "status", class: "quiet"}, progress)),
                value.failure ? el("p", {class: "notice"}, value.failure) : "",
                figuresTable(results, model)),
            results.length ? el("figure", {}, el("figcaption", {}, "Learning curve so far: macro F1, with its 95 % interval"), drawCurve(results)) : ""));
    }
}
