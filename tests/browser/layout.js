// SPDX-License-Identifier: GPL-2.0-only
//
// What is wrong with the layout of a page, one line each; "" where all is well.
// Run by tests/browser/browser in the page itself.

const problems = [];
const say = (what, node) => problems.push(what + ": " +
	(node.textContent || "").trim().slice(0, 50));

function luminance(rgb) {
	const part = (c) => (c /= 255) <= 0.03928 ? c / 12.92 :
		((c + 0.055) / 1.055) ** 2.4;
	return 0.2126 * part(rgb[0]) + 0.7152 * part(rgb[1]) +
		0.0722 * part(rgb[2]);
}

function color(text) {
	return text.match(/[\d.]+/g).map(Number);
}

function background(element) {
	for (; element; element = element.parentElement) {
		const rgb = color(getComputedStyle(element).backgroundColor);
		if (rgb.length < 4 || rgb[3] > 0)
			return rgb;
	}
	return [255, 255, 255];
}

function contrast(element) {
	const a = luminance(color(getComputedStyle(element).color));
	const b = luminance(background(element));
	return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

// All texts that can be seen, each with the boxes of its lines.
function texts() {
	const found = [];
	const walker = document.createTreeWalker(document.body,
		NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const node = walker.currentNode, parent = node.parentElement;
		if (!node.textContent.trim() || parent.closest(".vh"))
			continue;
		const range = document.createRange();
		range.selectNodeContents(node);
		const boxes = [...range.getClientRects()].filter(
			(box) => box.width > 0.5 && box.height > 0.5);
		if (boxes.length)
			found.push({ node, parent, boxes });
	}
	return found;
}

function check_width() {
	const root = document.documentElement;
	if (root.scrollWidth > innerWidth)
		problems.push("the page scrolls sideways: " + root.scrollWidth +
			" > " + innerWidth);
}

function check_cut(text) {
	for (const box of text.boxes)
		if (box.left < -0.5 || box.right > innerWidth + 0.5)
			return say("text beyond the edge", text.node);
	for (let e = text.parent; e; e = e.parentElement) {
		const style = getComputedStyle(e);
		if (style.overflowX === "visible" || e === document.body ||
		    e === document.documentElement)
			continue;
		if (e.scrollWidth > e.clientWidth + 1)
			return say("text cut", text.node);
	}
	const cell = text.parent.closest("td, th");
	const frame = cell && cell.getBoundingClientRect();
	for (const box of text.boxes)
		if (frame && (box.right > frame.right + 1 ||
		    box.bottom > frame.bottom + 2))
			return say("text leaves its cell", text.node);
}

function check_overlap(all) {
	const boxes = all.flatMap((text) => text.boxes.map(
		(box) => ({ box, node: text.node })));
	boxes.sort((a, b) => a.box.top - b.box.top);
	for (let i = 0; i < boxes.length; i++) {
		const a = boxes[i];
		for (let j = i + 1; j < boxes.length; j++) {
			const b = boxes[j];
			if (b.box.top >= a.box.bottom - 3)
				break;
			if (a.node !== b.node &&
			    Math.min(a.box.right, b.box.right) -
			    Math.max(a.box.left, b.box.left) > 1)
				say("overlap with '" + a.node.textContent.trim()
					.slice(0, 30) + "'", b.node);
		}
	}
}

const all = texts();
check_width();
all.forEach(check_cut);
check_overlap(all);
for (const text of all)
	if (contrast(text.parent) < 4.5)
		say("contrast " + contrast(text.parent).toFixed(1), text.node);
const page = luminance(background(document.body));
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
if (dark ? page > 0.05 : page < 0.9)
	problems.push("the page is not " + (dark ? "dark" : "light"));
if (all.length < 20)
	problems.push("there is next to no text");
return [...new Set(problems)].slice(0, 20).join("\n");
