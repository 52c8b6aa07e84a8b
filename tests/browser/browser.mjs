/* What the browser tests share: Chromium, the program, and a report of what went wrong in a page. */
import {spawn, execFileSync} from "node:child_process";
import {existsSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {chromium} from "playwright-core";

export const program = process.env.WHOSAID;
export const source = process.env.SOURCE;

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/* A browser; a root user's one has no sandbox to run in. */
export function launch() {
    const executablePath = process.env.CHROMIUM || places.find(existsSync);
    return chromium.launch({executablePath, args: process.getuid() === 0 ? ["--no-sandbox"] : []});
}

/* A page whose errors, refused scripts and requests to elsewhere fail the test (check()). */
export async function openPage(browser, options = {}) {
    const page = await browser.newPage({viewport: {width: 1280, height: 900}, ...options});
    const troubles = [];
    page.on("pageerror", (error) => troubles.push(error.stack));
    page.on("console", (line) => { if (line.type() === "error") troubles.push(line.text()); });
    page.on("request", (request) => {
        if (!/^(file:|data:|http:\/\/127\.0\.0\.1:)/.test(request.url())) troubles.push(`asked for ${request.url()}`);
    });
    return {page, check: () => { if (troubles.length) throw new Error(troubles.join("\n")); }};
}

export function folder(t) {
    const path = mkdtempSync(join(tmpdir(), "whosaid-"));
    t.after(() => rmSync(path, {recursive: true, force: true}));
    return path;
}

export function run(...args) {
    return execFileSync(program, args, {cwd: source, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"]});
}

/* `whosaid annotate`, and the address it prints. end(signal) waits for its end. */
export async function annotate(t, ...args) {
    const server = spawn(program, ["annotate", ...args], {cwd: source, stdio: ["ignore", "pipe", "inherit"]});
    const ended = new Promise((resolve) => server.on("exit", resolve));
    const address = await new Promise((resolve, reject) => {
        let text = "";
        server.stdout.on("data", (part) => { text += part; if (text.includes("\n")) resolve(text.trim()); });
        server.on("exit", (code) => reject(new Error(`annotate ended with ${code}`)));
    });
    const end = (signal) => { server.kill(signal); return ended; };
    t.after(() => end("SIGKILL"));
    return {address, end};
}

/* Selects words of a page's element as a mouse would. */
export function select(page, within, words) {
    return page.evaluate(([selector, wanted]) => {
        const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
        const nodes = [];
        let text = "";
        while (walker.nextNode()) {
            nodes.push({node: walker.currentNode, at: text.length});
            text += walker.currentNode.data;
        }
        const begin = text.indexOf(wanted);
        if (begin < 0) throw new Error(`no "${wanted}" in the page`);
        const find = (offset) => nodes.findLast((each) => each.at <= offset);
        const first = find(begin), last = find(begin + wanted.length - 1);
        getSelection().setBaseAndExtent(first.node, begin - first.at, last.node, begin + wanted.length - last.at);
    }, [within, words]);
}

/* Waits until the check holds. The pages forbid the evaluation of strings, and with it Playwright's
 * own waiting for a function. */
export async function until(holds, words, seconds = 60) {
    for (const end = Date.now() + 1000 * seconds; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50)))
        if (await holds()) return;
    throw new Error(`waited in vain for ${words}`);
}
