/* The desk as this tab knows it, and its talk with the server. The server's word counts: every
 * change is sent at once with the version it was made from, and answered with what holds now. */

async function ask(path, body) {
    const reply = await fetch(`api/${path}`, body === undefined ? {} :
        {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)});
    const value = await reply.json();
    if (!reply.ok && reply.status !== 409) throw new Error(value.error || `the server answered ${reply.status}`);
    return {value, conflict: reply.status === 409};
}

function pathOf(name) {
    return encodeURIComponent(name);
}

const GRADES = [["named", "named", "m"], ["anonymous", "anonymous", "y"], ["group", "group", "g"], ["institution", "institution", "b"], ["unattributed", "no source", "z"]];
const KINDS = [["speech", "speech"], ["attitude", "attitude"]];

/* What of a statement is shown, as a string: two that look alike have the same. */
function looksOf(item) {
    const {quote} = item, places = (spans) => (spans || []).map((span) => [span.start, span.end]);
    const speaker = quote.speaker || {}, anonymity = quote.anonymity || {};
    return JSON.stringify([item.key, places(quote.contents), places(quote.cue), places(quote.sources), speaker.name, speaker.role,
        anonymity.grade, anonymity.reason, quote.kind, (quote.stances || []).map((stance) => [stance.target, stance.label])]);
}

class State {
    constructor(draw, tell) {
        this.draw = draw; /* after every change */
        this.tell = tell; /* tell(words): what went wrong; "" when all is well */
        this.chosen = ""; /* key of the statement that is shown */
        this.line = Promise.resolve(); /* changes go out one after the other */
        this.waiting = 0;
    }

    async start() {
        this.desk = (await ask("desk")).value;
        const named = /^#(\d+)$/.exec(location.hash);
        await this.open(named && Number(named[1]) < this.desk.articles.length ? Number(named[1]) : 0);
    }

    async open(number, chosen) {
        await this.line;
        this.take((await ask(`article/${number}`)).value);
        history.replaceState(null, "", `#${number}`);
        this.chosen = chosen || (this.items()[0] || {key: ""}).key;
        this.draw();
    }

    take(article) {
        this.article = article;
        const entry = this.desk.articles[article.number];
        entry.saved = article.quotes.length;
        entry.complete = article.complete;
    }

    /* What is saved and what is proposed, in the order of the text. */
    items() {
        const saved = this.article.quotes.map((quote) => ({key: `s-${quote.id}`, quote, proposed: false}));
        const proposed = this.article.proposals.map((quote) => ({key: `p-${quote.id}`, quote, proposed: true}));
        const at = (item) => (item.quote.contents[0] || {start: 0}).start;
        return [...saved, ...proposed].sort((a, b) => at(a) - at(b) || (a.key < b.key ? -1 : 1));
    }

    item() {
        return this.items().find((item) => item.key === this.chosen);
    }

    choose(key) {
        this.chosen = key;
        this.draw();
    }

    step(by) {
        const items = this.items(), at = items.findIndex((item) => item.key === this.chosen);
        const next = items[at < 0 ? 0 : at + by];
        if (next) this.choose(next.key);
    }

    newId() {
        const taken = new Set(this.article.quotes.map((quote) => quote.id));
        let number = taken.size + 1;
        while (taken.has(`a${number}`)) number++;
        return `a${number}`;
    }

    /* A proposal as a statement of our own: without scores, and without a stance nobody reached. */
    accepted(proposal) {
        const place = proposal.contents[0];
        return {
            id: this.newId(), cue: proposal.cue, sources: proposal.sources, contents: proposal.contents, kind: proposal.kind,
            speaker: {name: proposal.speaker.name, role: proposal.speaker.role},
            anonymity: {grade: proposal.anonymity.grade, reason: proposal.anonymity.reason},
            stances: proposal.stances.filter((stance) => stance.label !== "undecided").map(({target, label}) => ({target, label})),
            found: {start: place.start, end: place.end},
        };
    }

    move(proposal) {
        const quote = this.accepted(proposal);
        this.article.proposals = this.article.proposals.filter((each) => each !== proposal);
        this.article.quotes.push(quote);
        return quote;
    }

    /* Changes the chosen statement; a proposal is thereby accepted. */
    change(how) {
        const item = this.item();
        if (!item) return;
        const quote = item.proposed ? this.move(item.quote) : item.quote;
        how(quote);
        this.chosen = `s-${quote.id}`;
        this.send();
    }

    accept() {
        const item = this.item();
        if (!item || !item.proposed) return;
        this.change(() => {});
        this.step(1);
    }

    acceptAll() {
        for (const proposal of [...this.article.proposals]) this.move(proposal);
        this.article.complete = true;
        this.chosen = (this.items()[0] || {key: ""}).key;
        this.send();
    }

    reject() {
        const items = this.items(), at = items.findIndex((item) => item.key === this.chosen);
        if (at < 0) return;
        const {quote, proposed} = items[at], place = proposed ? quote.contents[0] : quote.found;
        if (place) this.article.rejected.push({start: place.start, end: place.end});
        const list = proposed ? "proposals" : "quotes";
        this.article[list] = this.article[list].filter((each) => each !== quote);
        this.chosen = (items[at + 1] || items[at - 1] || {key: ""}).key;
        this.send();
    }

    add(span) {
        const quote = {
            id: this.newId(), cue: [], sources: [], contents: [span], kind: "speech",
            speaker: {name: "", role: ""}, anonymity: {grade: "unattributed", reason: ""}, stances: [],
        };
        this.article.quotes.push(quote);
        this.chosen = `s-${quote.id}`;
        this.send();
    }

    setStance(target, label) {
        this.change((quote) => {
            quote.stances = quote.stances.filter((stance) => stance.target !== target);
            if (label) quote.stances.push({target, label});
        });
    }

    send() {
        this.post("", (article) => ({quotes: article.quotes, rejected: article.rejected, complete: article.complete}));
    }

    undo() {
        this.post("/undo", () => ({}));
    }

    /* What is sent is taken down now; the version is that of the answer before. */
    post(behind, content) {
        const number = this.article.number, body = structuredClone(content(this.article));
        this.waiting++;
        this.draw();
        this.line = this.line.then(() => this.exchange(number, behind, body)).catch((error) => this.fail(number, error))
            .then(() => { this.waiting--; this.draw(); });
    }

    async exchange(number, behind, body) {
        if (this.dropped) return; /* made from a state that another tab has changed */
        const {value, conflict} = await ask(`article/${number}${behind}`, {...body, version: this.article.version});
        if (this.article.number !== number) return;
        this.article.version = value.version;
        if (conflict || behind || this.waiting === 1) this.take(value);
        this.tell(conflict ? "This article was changed in another tab. It is shown as it is now; your last change was not saved." : "");
        if (conflict) this.dropUntilQuiet();
        if (!this.item()) this.chosen = (this.items()[0] || {key: ""}).key;
    }

    dropUntilQuiet() {
        this.dropped = true;
        this.line = this.line.then(() => { this.dropped = false; });
    }

    async fail(number, error) {
        this.tell(`Not saved: ${error.message}`);
        const reply = await ask(`article/${number}`).catch(() => null);
        if (reply && this.article.number === number) this.take(reply.value);
    }

    async instructive(target) {
        await this.line;
        const place = (await ask(`next/${pathOf(target)}`)).value;
        if (place) await this.open(place.article, `p-${place.quote}`);
        else this.tell("Nothing is open: every statement that was found is accepted, changed or rejected.");
    }
}
