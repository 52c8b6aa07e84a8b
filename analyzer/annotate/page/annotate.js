/* The page as a whole: what is drawn when, and the keys. */

function tell(words) {
    byId("trouble").textContent = words;
    byId("trouble").hidden = !words;
}

function drawArticles(state) {
    const select = byId("articles");
    select.replaceChildren(...state.desk.articles.map((article, i) => el("option", {value: i, selected: i === state.article.number},
        `${article.complete ? "✓ " : ""}${article.title || article.id}${article.saved ? ` (${article.saved})` : ""}`)));
    byId("previous-article").disabled = state.article.number === 0;
    byId("next-article").disabled = state.article.number + 1 >= state.desk.articles.length;
}

function drawAll(state) {
    const {article, desk} = state;
    drawArticles(state);
    byId("title").textContent = article.title || article.id;
    byId("facts").textContent = [article.outlet, article.date, article.id].filter(Boolean).join(" · ");
    /* What looks the same stays: words that are selected or typed just now outlive an answer. */
    const looks = [article.number, state.chosen, article.complete, ...state.items().map(looksOf)].join("\n");
    if (looks !== state.looks) {
        state.looks = looks;
        drawText(state, desk.targets[0]);
        drawPanel(state, desk.targets);
        drawSelection(state);
    }
    byId("saved").textContent = state.waiting ? "Saving …" : "Saved";
    byId("undo").disabled = !article.can_undo && !state.waiting;
    byId("accept-all").disabled = article.proposals.length === 0;
    byId("instructive").disabled = desk.targets.length === 0;
    if (state.shown === state.chosen + article.number) return;
    state.shown = state.chosen + article.number;
    const chosen = byId("text").querySelector(".chosen-content");
    if (chosen) chosen.scrollIntoView({block: "center"});
}

/* Keys without a selection: [key, words, act]. */
function keyTable(state) {
    const first = () => state.desk.targets[0];
    return [
        ["j", "next statement", () => state.step(1)], ["k", "previous statement", () => state.step(-1)],
        ["i", "most instructive statement", () => first() && state.instructive(first().name)],
        ["a", "accept the proposal", () => state.accept()], ["A", "accept all proposals", () => state.acceptAll()],
        ["x", "reject or delete", () => state.reject()], ["u", "undo", () => state.undo()],
        ...(first() ? first().labels.slice(0, 9).map((label, i) => [String(i + 1), `stance: ${label}`, () => state.setStance(first().name, label)]) : []),
        ["0", "no stance", () => first() && state.setStance(first().name, "")],
        ...GRADES.map(([grade, words, key]) => [key, `anonymity: ${words}`, () => setGrade(state, grade)]),
        ["t", "speech or attitude", () => state.change((quote) => { quote.kind = quote.kind === "attitude" ? "speech" : "attitude"; })],
        ["p", "name the speaker", () => byId("speaker") && byId("speaker").focus()],
    ];
}

function onKey(state, event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) {
        if (event.key === "Escape" || (event.key === "Enter" && event.target.matches("input"))) event.target.blur();
        return;
    }
    const selected = selectedSpan(state.article);
    const act = selected && SELECTION_ACTS.find((each) => each[0] === event.key && (!each[3] || state.item()));
    const plain = !selected && keyTable(state).find((each) => each[0] === event.key);
    if (!act && !plain) return;
    event.preventDefault();
    if (act) useSelection(state, act);
    else plain[2]();
}

function drawKeys(state) {
    const line = (key, words) => el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, words));
    byId("key-list").replaceChildren(...keyTable(state).map(([key, words]) => line(key === "A" ? "Shift+A" : key, words)),
        ...SELECTION_ACTS.map(([key, words]) => line(key, `selected words: ${words.toLowerCase()}`)));
}

document.addEventListener("DOMContentLoaded", async () => {
    const state = new State(() => drawAll(state), tell);
    new Lesson(state, tell);
    const safely = (act) => act().catch((error) => tell(error.message));
    document.addEventListener("keydown", (event) => onKey(state, event));
    document.addEventListener("selectionchange", () => drawSelection(state));
    byId("articles").addEventListener("change", (event) => safely(() => state.open(Number(event.target.value))));
    byId("previous-article").addEventListener("click", () => safely(() => state.open(state.article.number - 1)));
    byId("next-article").addEventListener("click", () => safely(() => state.open(state.article.number + 1)));
    byId("undo").addEventListener("click", () => state.undo());
    byId("accept-all").addEventListener("click", () => state.acceptAll());
    byId("instructive").addEventListener("click", () => safely(() => state.instructive(state.desk.targets[0].name)));
    byId("open-keys").addEventListener("click", () => {
        byId("keys").hidden = !byId("keys").hidden;
        byId("open-keys").setAttribute("aria-expanded", String(!byId("keys").hidden));
    });
    await safely(() => state.start());
    if (state.article) drawKeys(state);
    document.body.dataset.ready = "yes";
});
