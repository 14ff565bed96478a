// What scrolls sideways is a stop of the keyboard, and what fits is none. The theme asks all blocks
// of a page for their width at its start, which draws all of it at once; here each is asked when it
// is drawn, or gets another size.
(() => {
  const ask = ({ target }) => {
    const scrolls =
      target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight;
    if (target.tabIndex !== (scrolls ? 0 : -1)) target.tabIndex = scrolls ? 0 : -1;
  };
  const sizes = new ResizeObserver((changed) => changed.forEach(ask));
  document
    .querySelectorAll("pre, .cell_output > .output, .pst-scrollable-table-container")
    .forEach((block) => sizes.observe(block));
  // Bootstrap's mark for the section where a reader is: the theme has no list by the name that it
  // looks for, so it asked every link of the text, and marked some of them.
  document.body.removeAttribute("data-bs-spy");
})();

// A link to a place of a long page: sections above it are drawn on the way, and are seldom as high
// as guessed. So the place is sought again until it stays, or the reader moves.
(() => {
  let left = 0;
  const seek = () => {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place || left <= 0) return;
    left -= 1;
    place.scrollIntoView({ behavior: "instant" });
    setTimeout(seek, 50);
  };
  const land = () => {
    left = 20;
    seek();
  };
  for (const moved of ["wheel", "touchstart", "keydown", "pointerdown"])
    addEventListener(moved, () => (left = 0), { passive: true });
  addEventListener("load", land);
  addEventListener("hashchange", land);
})();
