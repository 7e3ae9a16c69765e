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

document.addEventListener("htmx:afterSettle", () => {
  // What had the focus may be gone: the last page has no link to the next one.
  if (document.activeElement === document.body) {
    document.getElementById("found").focus({ preventScroll: true });
  }
});
