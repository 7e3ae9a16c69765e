"use strict";

// Lists work without this: htmx swaps in what a form or link would load as a page.

document.addEventListener("htmx:configRequest", (event) => {
  // What is empty is not asked: it stays out of the address.
  const asked = event.detail.formData;
  for (const [name, value] of [...asked]) {
    if (value === "") {
      asked.delete(name);
    }
  }
});

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  // Where a name is being typed, only the options change: in a new element, the next letter would
  // begin a new name. Browsers that can't move an element that has the focus get a new one.
  const focused = document.activeElement;
  if (focused.localName !== "select" || !focused.moveBefore) {
    return;
  }
  const fresh = event.detail.fragment.querySelector(`#${CSS.escape(focused.id)}`);
  if (fresh) {
    const { value } = fresh;
    focused.replaceChildren(...fresh.children);
    focused.value = value;
    fresh.setAttribute("hx-preserve", "");
  }
});

document.addEventListener("htmx:afterSettle", () => {
  // What had the focus may be gone: the last page has no link to the next one.
  if (document.activeElement === document.body) {
    document.getElementById("found").focus({ preventScroll: true });
  }
});
