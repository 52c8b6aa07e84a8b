/* The panel with the chosen statement and the list of all of them. */

function textOf(spans) {
    return (spans || []).map((span) => span.text.replace(/\s+/g, " ").trim()).join(" […] ");
}

function press(words, pressed, act, key, style) {
    return el("button", {type: "button", "aria-pressed": String(pressed), onclick: act, class: style}, words, key ? " " : "", key ? el("kbd", {}, key) : "");
}

function choices(legend, ...buttons) {
    return el("fieldset", {}, el("legend", {}, legend), el("div", {class: "row"}, ...buttons));
}

function field(words, id, value, save) {
    return el("label", {}, words, el("input", {id, value, autocomplete: "off", onchange: (event) => save(event.target.value.trim())}));
}

function stanceChoices(state, quote, target, isFirst) {
    const now = labelOn(quote, target);
    const buttons = target.labels.map((label, i) => press(label, label === now, () => state.setStance(target.name, label === now ? "" : label), isFirst && i < 9 ? String(i + 1) : "", styleOf(label, target)));
    const found = quote.stances.find((stance) => stance.target === target.name);
    const score = found && found.score !== undefined ? ` (the program: ${found.label} ${found.score.toFixed(2)})` : "";
    return choices(`Stance: ${target.question || target.name}${score}`, ...buttons);
}

function places(state, quote) {
    const line = (name, key) => [el("dt", {}, name), el("dd", {}, textOf(quote[key]) || "–"),
        quote[key] && quote[key].length ? el("button", {class: "link", type: "button", "aria-label": `Remove the ${name.toLowerCase()}`, onclick: () => state.change((own) => { own[key] = []; })}, "remove") : el("span")];
    return el("dl", {class: "places"}, ...line("Source", "sources"), ...line("Cue", "cue"));
}

function statementForm(state, item, targets) {
    const {quote, proposed} = item, speaker = quote.speaker || {name: "", role: ""}, anonymity = quote.anonymity || {grade: "", reason: ""};
    const person = (key) => (value) => state.change((own) => { own.speaker = {name: "", role: "", ...own.speaker, [key]: value}; });
    const setReason = (value) => state.change((own) => { own.anonymity = {grade: "unattributed", ...own.anonymity, reason: value}; });
    return [
        el("div", {class: "row main-acts"},
            proposed ? el("button", {type: "button", class: "strong", onclick: () => state.accept()}, "Accept ", el("kbd", {}, "a")) : "",
            el("button", {type: "button", onclick: () => state.reject()}, proposed ? "Reject " : "Delete ", el("kbd", {}, "x"))),
        el("blockquote", {class: styleOf(labelOn(quote, targets[0]), targets[0])}, textOf(quote.contents)),
        ...targets.map((target, i) => stanceChoices(state, quote, target, i === 0)),
        places(state, quote),
        el("div", {class: "two"}, field("Speaker (p)", "speaker", speaker.name, person("name")), field("Role", "role", speaker.role || "", person("role"))),
        choices("Anonymity", ...GRADES.map(([grade, words, key]) => press(words, grade === anonymity.grade, () => setGrade(state, grade), key))),
        anonymity.grade === "anonymous" || anonymity.reason ? field("Reason that the article gives", "reason", anonymity.reason || "", setReason) : "",
        choices("Kind", ...KINDS.map(([kind, words]) => press(words, kind === (quote.kind || "speech"), () => state.change((own) => { own.kind = kind; }), kind === "attitude" ? "t" : ""))),
    ];
}

function setGrade(state, grade) {
    state.change((quote) => { quote.anonymity = {reason: "", ...quote.anonymity, grade}; });
}

function drawPanel(state, targets) {
    const items = state.items(), item = state.item();
    const panel = byId("panel"), focused = document.activeElement && panel.contains(document.activeElement) ? document.activeElement.id : "";
    const open = items.filter((each) => each.proposed).length;
    const list = items.map((each) => el("li", {}, el("button", {type: "button", "aria-current": String(each.key === state.chosen), onclick: () => state.choose(each.key)},
        el("span", {title: each.proposed ? "proposed" : "saved"}, each.proposed ? "○" : "●", el("span", {class: "unseen"}, each.proposed ? "proposed" : "saved")),
        el("span", {}, (each.quote.speaker && each.quote.speaker.name ? each.quote.speaker.name + ": " : "") + textOf(each.quote.contents)))));
    const index = items.findIndex((each) => each.key === state.chosen);
    panel.replaceChildren(
        el("h2", {}, item ? `Statement ${index + 1} of ${items.length}` : "No statement", item ? el("span", {class: "state"}, item.proposed ? "proposed" : "saved") : ""),
        ...(item ? statementForm(state, item, targets) : [el("p", {class: "quiet"}, items.length ? "Choose one in the text or below." : "Nothing was found here. Select words in the text to add a statement.")]),
        el("p", {class: "quiet"}, `${plural(items.length - open, "statement")} saved, ${open} proposed${state.article.complete ? "; the article is complete" : ""}.`),
        el("ol", {class: "list", "aria-label": "Statements of the article"}, ...list));
    if (focused && byId(focused)) byId(focused).focus();
}
