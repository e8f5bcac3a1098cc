// In command mode JupyterLab takes plain keys for commands of its own, even while a list or a
// button in an output has the focus: an arrow would leave the form, and an x would cut the cell.
// Plain keys are left to the cards. Keys with Ctrl, Alt or Cmd, and Shift+Enter, still reach it.
const CARD = ".cn-card";
const RADIOS = ".cn-card .widget-radio-box";
const SUPPRESS = "data-lm-suppress-shortcuts";

// The mark must be on the element with the focus itself: JupyterLab looks from there upwards,
// and stops at the first element that one of its selectors fits.
function leaveKeysToCard(event) {
  const target = event.target;
  if (target instanceof Element && target.closest(CARD)) {
    const runsCell = event.shiftKey && event.key === "Enter";
    const isCommand = event.ctrlKey || event.metaKey || event.altKey || runsCell;
    target.toggleAttribute(SUPPRESS, !isCommand);
  }
}

// Radio buttons of ipywidgets have no name in common, so that arrows do not move among them and
// a screen reader does not know what they are for. Both are mended when one gets the focus.
let groups = 0;
function groupRadios(event) {
  const box = event.target instanceof Element ? event.target.closest(RADIOS) : null;
  if (box && !box.hasAttribute("role")) {
    groups += 1;
    const prompt = box.closest(CARD).querySelector(".cn-prompt");
    box.setAttribute("role", "radiogroup");
    box.setAttribute("aria-label", prompt ? prompt.textContent : "Choose one");
    for (const radio of box.querySelectorAll("input[type=radio]")) {
      radio.name = `cybernorms-${groups}`;
    }
  }
}

/** Leave plain keys to the forms and explorers that have the focus. */
export function leaveKeysToCards() {
  window.addEventListener("keydown", leaveKeysToCard, { capture: true });
  window.addEventListener("focusin", groupRadios, { capture: true });
}
