"use strict";
/* Building elements. Text always goes in as text, never as markup. */

const SVG = "http://www.w3.org/2000/svg";

function byId(id) {
    return document.getElementById(id);
}

function fill(node, attributes, children) {
    for (const [key, value] of Object.entries(attributes || {})) {
        if (value === undefined || value === null || value === false) continue;
        if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
        else node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
}

/* el("p", {class: "quiet"}, "text", element, ...) */
function el(name, attributes, ...children) {
    return fill(document.createElement(name), attributes, children);
}

function svg(name, attributes, ...children) {
    return fill(document.createElementNS(SVG, name), attributes, children);
}

function plural(count, one, many) {
    return `${count.toLocaleString("en")} ${count === 1 ? one : many || one + "s"}`;
}

function percent(part, whole) {
    if (!whole) return "0\u00a0%";
    const share = 100 * part / whole;
    return (share > 0 && share < 1 ? "<1" : Math.round(share)) + "\u00a0%";
}
