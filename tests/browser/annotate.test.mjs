/* The annotation page in a browser, and its server against what is not its page. */
import assert from "node:assert/strict";
import {cpSync, existsSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {request} from "node:http";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {annotate, folder, launch, openPage, run, select, source, until} from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const ARTICLE = "\"The ferry must stay free,\" said Ada Cole, a pilot.\n\nHer neighbor Ben Dunn shook his head over the 12 boats. \u{1F6A2} A toll it is, he muttered to nobody.";

/* A target about ferries, without a model, an article, and models of its own to keep new ones in. */
async function begin(t) {
    const here = folder(t), corpus = join(here, "ferry-toll", "articles.jsonl");
    run("targets", "new", "ferry-toll", "--question", "Should the ferries cost a toll?", "--labels", "for,against,neutral", "-o", here);
    cpSync(join(source, "models"), join(here, "models"), {recursive: true});
    mkdirSync(join(here, "in"));
    writeFileSync(join(here, "in", "a.json"), JSON.stringify({id: "ferries", title: "Boats", text: ARTICLE}));
    const start = () => annotate(t, join(here, "in"), "--corpus", corpus, "--target", "ferry-toll", "--models", join(here, "models"));
    return {here, corpus, start, server: await start()};
}

async function open(address, options) {
    const opened = await openPage(browser, options);
    await opened.page.goto(address);
    await opened.page.waitForSelector("body[data-ready]");
    return opened;
}

const saved = (page) => until(async () => await page.locator("#saved").textContent() === "Saved", "the change to be saved");
const stored = (corpus) => JSON.parse(readFileSync(corpus, "utf8").trim().split("\n")[0]);

test("an attribution by selecting text, a stance by a key, undo; a kill loses nothing", async (t) => {
    const {corpus, server, start} = await begin(t), {page, check} = await open(server.address);
    await select(page, "#text", "A toll it is");
    await page.getByRole("button", {name: /New statement/}).click();
    await select(page, "#text", "Ben Dunn");
    await page.keyboard.press("s");
    await select(page, "#text", "muttered");
    await page.keyboard.press("e");
    await page.keyboard.press("1");
    await saved(page);
    const quote = stored(corpus).quotes.find((each) => each.contents[0].text === "A toll it is");
    assert.equal([...ARTICLE].slice(quote.contents[0].start, quote.contents[0].end).join(""), "A toll it is");
    assert.equal(quote.sources[0].text, "Ben Dunn");
    assert.equal(quote.cue[0].text, "muttered");
    assert.deepEqual(quote.speaker, {name: "Ben Dunn", role: ""});
    assert.equal(quote.anonymity.grade, "named");
    assert.deepEqual(quote.stances, [{target: "ferry-toll", label: "for"}]);
    await page.keyboard.press("2");
    await saved(page);
    assert.equal(stored(corpus).quotes.find((each) => each.id === quote.id).stances[0].label, "against");
    await page.keyboard.press("u");
    await saved(page);
    assert.equal(stored(corpus).quotes.find((each) => each.id === quote.id).stances[0].label, "for");
    check();
    await page.close();
    await server.end("SIGKILL");
    const again = await open((await start()).address);
    assert.match(await again.page.locator("#panel .list").textContent(), /saved.*Ben Dunn: A toll it is/);
    await again.page.reload();
    await again.page.waitForSelector("body[data-ready]");
    assert.match(await again.page.locator("#panel .list").textContent(), /saved.*Ben Dunn: A toll it is/);
    run("corpus", "check", corpus.replace("articles.jsonl", ""));
    again.check();
});

test("proposals are accepted and rejected, and do not come back", async (t) => {
    const {corpus, server} = await begin(t), {page, check} = await open(server.address);
    const proposed = () => page.locator("#panel .list").getByText("○").count();
    const first = await proposed();
    assert.ok(first > 0);
    assert.ok(!existsSync(corpus), "written before any change");
    await page.keyboard.press("a");
    await saved(page);
    assert.equal(await proposed(), first - 1);
    assert.equal(stored(corpus).quotes[0].contents[0].text, "\"The ferry must stay free,\"");
    await page.keyboard.press("k");
    await page.keyboard.press("x");
    await saved(page);
    await page.reload();
    await page.waitForSelector("body[data-ready]");
    assert.ok(!(await page.locator("#panel .list").textContent()).includes("free"));
    await page.keyboard.press("Shift+A");
    await saved(page);
    assert.equal(stored(corpus).complete, true);
    check();
});

test("two tabs do not overwrite each other", async (t) => {
    const {corpus, server} = await begin(t);
    const one = await open(server.address), two = await open(server.address);
    await one.page.keyboard.press("1");
    await saved(one.page);
    await two.page.keyboard.press("2");
    await two.page.waitForSelector("#trouble:not([hidden])");
    assert.match(await two.page.locator("#trouble").textContent(), /changed in another tab/);
    assert.equal(stored(corpus).quotes[0].stances[0].label, "for");
    await two.page.keyboard.press("2"); /* now from what the first tab made */
    await saved(two.page);
    await two.page.waitForSelector("#trouble", {state: "hidden"});
    assert.equal(stored(corpus).quotes[0].stances[0].label, "against");
});

test("a second server is kept from the file", async (t) => {
    const {here, corpus} = await begin(t);
    assert.throws(() => run("annotate", join(here, "in"), "--corpus", corpus, "--target", "ferry-toll"), /is being annotated by another process/);
});

function ask(address, path, {method = "GET", headers = {}, body} = {}) {
    return new Promise((resolve, reject) => {
        const asked = request(new URL(path, address), {method, headers}, (reply) => {
            reply.resume();
            reply.on("end", () => resolve(reply.statusCode));
        });
        asked.on("error", reject);
        asked.end(body);
    });
}

test("only the page itself is answered", async (t) => {
    const {corpus, server} = await begin(t), {address} = server, {origin} = new URL(address);
    const post = (headers, body) => ask(address, "api/article/0", {method: "POST", headers: {"Content-Type": "application/json", Origin: origin, ...headers}, body});
    const change = JSON.stringify({version: 1, quotes: [], rejected: [], complete: true});
    const cases = [
        [200, () => ask(address, "")], [200, () => ask(address, "api/desk")],
        [404, () => ask(origin, "/")], [404, () => ask(origin, "/00000000000000000000000000000000/api/desk")],
        [403, () => ask(address, "", {headers: {Host: "evil.example"}})], [403, () => ask(address, "api/desk", {headers: {Origin: "http://evil.example"}})],
        [403, () => ask(address, "api/desk", {headers: {"Sec-Fetch-Site": "cross-site"}})],
        [403, () => post({Origin: "http://evil.example"}, change)], [403, () => post({Origin: "null"}, change)],
        [403, () => ask(address, "api/article/0", {method: "POST", headers: {"Content-Type": "application/json"}, body: change})],
        [415, () => post({"Content-Type": "text/plain"}, change)], [405, () => ask(address, "", {method: "DELETE"})],
        [404, () => ask(address, "api/article/99")], [404, () => ask(address, "api/article/")], [404, () => ask(address, "api/next/unknown")],
        [400, () => post({}, "{")], [400, () => post({}, "{\"version\":1}")],
        [400, () => post({}, JSON.stringify({version: 1, quotes: [{id: "a1", contents: [{start: 5, end: 1e9}]}]}))],
        [400, () => post({}, JSON.stringify({version: 1, quotes: [{id: "a1", contents: []}]}))],
        [400, () => post({}, JSON.stringify({version: 1, quotes: [{id: "a1", contents: [{start: 1, end: 5}], stances: [{target: "ferry-toll", label: "perhaps"}]}]}))],
        [413, () => post({}, " ".repeat(9 << 20))],
    ];
    for (const [status, act] of cases) assert.equal(await act(), status, act.toString());
    assert.ok(!existsSync(corpus), "a refused request wrote the corpus");
    assert.equal(await post({}, change), 200);
    assert.equal(await post({}, change), 409);
});

test("training in the background: figures, the curve, and the model in use", async (t) => {
    const {here} = await begin(t), input = join(here, "more.jsonl"), corpus = join(here, "ferry-toll", "more.jsonl");
    const says = [["A toll would save the boats", 1], ["A toll would punish the islands", 2], ["The harbor opens at nine", 4]];
    const names = ["Ada Cole", "Ben Dunn", "Cora Eck", "Dan Frey", "Eva Gall", "Finn Hahn", "Gita Iyer", "Hugo Jans"];
    writeFileSync(input, names.map((name, i) => JSON.stringify({id: `n${i}`, text: says.map(([words]) => `"${words}, as all of pier ${i} know," said ${name}.`).join("\n\n")})).join("\n"));
    const server = await annotate(t, input, "--corpus", corpus, "--target", "ferry-toll", "--models", join(here, "models"));
    const {page, check} = await open(server.address);
    for (let i = 0; i < names.length; i++) {
        for (const [words, key] of says) {
            await page.locator("#panel .list").getByRole("button", {name: words}).first().click();
            await page.keyboard.press(String(key));
        }
        await saved(page);
        if (i + 1 < names.length) await page.click("#next-article");
        await until(() => page.url().endsWith(`#${Math.min(i + 1, names.length - 1)}`), "the next article");
    }
    await page.click("#open-lesson");
    await page.click("#train");
    await page.waitForSelector("#keep", {timeout: 60000});
    assert.match(await page.locator("#lesson table").textContent(), /this training24[\d.]+.*model in usenone yet/s);
    assert.equal(await page.locator("#lesson .curve circle").count(), 1);
    await page.click("#keep");
    await until(async () => /model in use[^0-9]*24/.test(await page.locator("#lesson table").textContent()), "the new model in use");
    assert.ok(existsSync(join(here, "models", "stance", "ferry-toll", "model.json")));
    const report = join(here, "report.html");
    run("score", input, "-q", "--models", join(here, "models"), "--target", "ferry-toll", "-o", report);
    await page.goto(`file://${report}`);
    await page.waitForSelector("#main:not([hidden])");
    assert.match(await page.locator("#by-speaker").textContent(), /Ada Cole/);
    check();
});

test("no sideways scrolling on a phone", async (t) => {
    const {server} = await begin(t), {page, check} = await open(server.address, {viewport: {width: 360, height: 740}});
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    check();
});
