// Runs before anything is shown: cards keep their place empty until they are drawn with controls.
const { classList } = document.documentElement;
classList.add("js");
// Where that fails, their still form is better than nothing.
addEventListener("load", () => setTimeout(() => window.cybernormsDrawn || classList.remove("js"), 3000));
