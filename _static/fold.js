// One switch on a page shows all code that is folded away, or folds it again; it is remembered.
// Without scripts there is no switch, and each box still opens by itself.
(() => {
  const button = document.querySelector(".fold-switch");
  if (!button) return;
  const boxes = document.querySelectorAll("details.hide");
  const key = "dlcourse-code";
  const remember = (value) => {
    try {
      localStorage.setItem(key, value);
    } catch {} // a browser that stores nothing still shows and folds
  };
  const recall = () => {
    try {
      return localStorage.getItem(key);
    } catch {}
  };
  const turn = (shown) => {
    button.setAttribute("aria-pressed", shown);
    boxes.forEach((box) => (box.open = shown));
  };
  button.addEventListener("click", () => {
    const shown = button.getAttribute("aria-pressed") !== "true";
    remember(shown ? "shown" : "folded");
    turn(shown);
  });
  if (recall() === "shown") turn(true);
  button.classList.add("ready");
})();
