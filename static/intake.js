// Turns what is selected in the text of a source into offsets, counted as Python counts: by code point.
"use strict";

const text = document.getElementById("source-text");
const form = document.getElementById("selection");
const LONGEST = 4000;

function offsetOf(node, offset) {
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(node, offset);
  return [...before.toString()].length;
}

function useSelection() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
  const words = range.toString();
  form.hidden = !words.trim() || [...words].length > LONGEST;
  form.elements.start.value = offsetOf(range.startContainer, range.startOffset);
  form.elements.end.value = offsetOf(range.endContainer, range.endOffset);
  document.getElementById("selected-words").textContent = words;
}

const chosen = text?.querySelector(".found.chosen");
if (chosen) text.scrollTop = chosen.offsetTop - text.offsetTop - text.clientHeight / 3;

if (form) {
  document.getElementById("selection-hint").hidden = false;
  document.addEventListener("selectionchange", useSelection);
  useSelection(); // what was selected before this script came
}
