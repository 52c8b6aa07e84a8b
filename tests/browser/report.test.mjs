/* The HTML report in a browser. */
import assert from "node:assert/strict";
import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {folder, launch, openPage, run} from "./browser.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

function sampleReport(t) {
    const path = join(folder(t), "report.html");
    run("score", "corpus/sample", "-q", "-o", path);
    return path;
}

async function open(path, options) {
    const opened = await openPage(browser, options);
    await opened.page.goto(`file://${path}`);
    await opened.page.waitForSelector("#main:not([hidden])");
    return opened;
}

const rows = (page) => page.locator("#table tbody tr");
const found = (page) => page.locator("#found").textContent();

test("every statement of the JSON Lines report is in it", async (t) => {
    const {page, check} = await open(sampleReport(t));
    const articles = run("score", "corpus/sample", "-q", "--format", "jsonl").trim().split("\n").map((line) => JSON.parse(line));
    const statements = articles.flatMap((article) => article.quotes);
    assert.equal(await found(page), `${statements.length} statements`);
    assert.match(await page.locator("#scope").textContent(), new RegExp(`in ${articles.length} articles`));
    const direct = statements.filter((quote) => quote.type === "direct").length;
    assert.match(await page.locator("#by-type").textContent(), new RegExp(`direct quotation[^a-z]*\\(${direct}\\)`));
    check();
});

test("filters, search, order and pages", async (t) => {
    const {page, check} = await open(sampleReport(t));
    await page.selectOption("#filter-anonymity", "anonymous-with");
    const reasoned = await rows(page).count();
    assert.ok(reasoned > 0 && reasoned < 50);
    for (const text of await rows(page).locator(".anonymity").allTextContents()) assert.equal(text, "anonymous, reason stated");
    await page.click("#filters button[type=reset]");
    await page.fill("#search", "Krautwald nerve");
    assert.match(await found(page), /^0 of/);
    await page.fill("#search", "about nerve");
    assert.match(await found(page), /^1 of/);
    await page.fill("#search", "");
    const head = page.locator("#table th.speaker");
    await head.getByRole("button").click();
    assert.equal(await head.getAttribute("aria-sort"), "ascending");
    await head.getByRole("button").click();
    assert.equal(await head.getAttribute("aria-sort"), "descending");
    assert.equal(await rows(page).count(), 50);
    await page.getByRole("button", {name: "Next ›"}).first().click();
    assert.match(await page.locator("#pages").textContent(), /Page 2 of 3/);
    check();
});

test("a bar of a chart filters the table", async (t) => {
    const {page, check} = await open(sampleReport(t));
    await page.locator("#by-speaker").getByRole("button", {name: "Annelie Krautwald"}).click();
    for (const text of await rows(page).locator(".speaker").allTextContents()) assert.match(text, /^Annelie Krautwald/);
    await page.locator("#chosen button").click();
    await page.locator("#over-time g[role=button]").first().focus();
    await page.keyboard.press("Enter");
    for (const text of await rows(page).locator(".date").allTextContents()) assert.match(text, /^2024-03/);
    check();
});

/* A direct quotation in favor that the report finds today, with the number of its article. */
function favoringQuotation() {
    const articles = run("score", "corpus/sample", "-q", "--format", "jsonl", "--explain").trim().split("\n").map(JSON.parse);
    for (const [i, article] of articles.entries())
        for (const quote of article.quotes)
            if (quote.type === "direct" && quote.contents.length === 1 && quote.stances[0]?.label === "favor")
                return {...quote, article: i + 1};
    assert.fail("no direct quotation of the sample is in favor");
}

test("a row opens its article with the statement marked, by keyboard alone", async (t) => {
    const quote = favoringQuotation();
    const {page, check} = await open(sampleReport(t));
    await page.keyboard.press("/");
    await page.keyboard.type(quote.contents[0].text.slice(1, 40));
    const row = rows(page).first().getByRole("button");
    await row.focus();
    await page.keyboard.press("Enter");
    const reader = page.locator("#reader");
    assert.ok(await reader.isVisible());
    const words = async (kind) => (await reader.locator(`#reader-article .text .${kind}`).allTextContents()).join("");
    assert.equal(await words("chosen-content"), quote.contents[0].text);
    assert.equal(await words("cue"), quote.cue[0].text);
    assert.equal(await words("source"), quote.sources[0].text);
    assert.ok(await reader.locator("#reader-article .text .for").count() > 0, "no word that explains the stance");
    assert.match(await page.locator("#reader-details").textContent(), new RegExp(`${quote.speaker.name}.*favor`, "s"));
    assert.ok(page.url().endsWith(`#article-${quote.article}-${quote.id}`));
    await page.keyboard.press("Escape");
    assert.ok(!await reader.isVisible());
    assert.ok(await row.evaluate((node) => node === document.activeElement), "the focus is lost");
    check();
});

test("nothing of an article becomes part of the page", async (t) => {
    const here = folder(t), path = join(here, "report.html"), hostile = "</script><script>document.title='hit'</script><!-- <img src=x onerror=alert(1)>";
    writeFileSync(join(here, "in.json"), JSON.stringify({id: `a${hostile}`, title: hostile, outlet: hostile, date: "2024-01-02", text: `"It is ${hostile} now, \u{1F600} at last," said Ada Cole of Bren.\n\n"We \u{1F600} agree," she said.`}));
    run("score", join(here, "in.json"), "-q", "-o", path);
    const {page, check} = await open(path);
    await rows(page).nth(1).getByRole("button").click();
    assert.equal(await page.title(), "Who said what");
    assert.equal(await page.locator("img").count(), 0);
    assert.equal((await page.locator("#reader-article .chosen-content").allTextContents()).join(""), "\"We \u{1F600} agree,\"");
    check();
});

test("ten thousand statements: a page is drawn in a blink", async (t) => {
    const here = folder(t), path = join(here, "report.html");
    const text = readFileSync(new URL("../../corpus/sample/02-titled.txt", import.meta.url), "utf8");
    const lines = Array.from({length: 750}, (_, i) => JSON.stringify({id: `n${i}`, date: `2024-${String(i % 12 + 1).padStart(2, "0")}-15`, outlet: `Paper ${i % 9}`, text: `${text}\n\nEdition ${i}.`}));
    writeFileSync(join(here, "in.jsonl"), lines.join("\n"));
    run("score", join(here, "in.jsonl"), "-q", "-o", path);
    const {page, check} = await open(path);
    const count = Number((await found(page)).replace(/\D/g, ""));
    assert.ok(count > 10000, `only ${count} statements`);
    const worst = await page.evaluate(() => {
        const times = ["a", "ar", "arm", "", "the senator"].map((words) => {
            const begin = performance.now();
            document.getElementById("search").value = words;
            document.getElementById("search").dispatchEvent(new Event("input", {bubbles: true}));
            document.body.getBoundingClientRect();
            return performance.now() - begin;
        });
        return Math.max(...times);
    });
    t.diagnostic(`${count} statements, slowest search ${worst.toFixed(0)} ms`);
    assert.ok(worst < 500, `a search took ${worst} ms`);
    check();
});

test("no sideways scrolling on a phone; all statements on paper", async (t) => {
    const path = sampleReport(t), {page, check} = await open(path, {viewport: {width: 360, height: 740}});
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.equal(`${await rows(page).count()} statements`, await found(page));
    check();
});
