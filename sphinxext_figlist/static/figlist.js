// Narrows the entries of a list as one types. Without it the page is whole.
(() => {
  "use strict";

  const SEARCHED = ".figlist-number, .figlist-title, .figlist-caption, .figlist-alt";

  // Case, accents, the width of characters and the shape of quotes and dashes make
  // no difference.
  const plain = (text) =>
    text
      .normalize("NFKD")
      .replace(/\p{Mn}/gu, "")
      .replace(/[\u2018-\u201b\u2032]/g, "'")
      .replace(/[\u201c-\u201f\u00ab\u00bb]/g, '"')
      .replace(/\p{Pd}/gu, "-")
      .toLowerCase();

  const words = (element) =>
    [...element.childNodes]
      .filter((node) => !node.classList?.contains("figlist-field"))
      .map((node) => node.textContent)
      .join("");

  // What holds an entry among a list's headings: themes wrap tables, some of them
  // only when the page has loaded.
  const group = (list, element) =>
    element.parentElement === list ? element : group(list, element.parentElement);

  function read(list, unseen) {
    const entries = [];
    let headings = [];
    const inOrder = list.querySelectorAll(
      ".figlist-volume, .figlist-chapter, .figlist-entry",
    );
    for (const element of inOrder) {
      if (element.classList.contains("figlist-volume")) {
        headings = [element];
      } else if (element.classList.contains("figlist-chapter")) {
        headings = [
          ...headings.filter((heading) => heading.classList.contains("figlist-volume")),
          element,
        ];
      } else {
        const searched = [...element.querySelectorAll(SEARCHED)];
        const text = [...searched.map(words), unseen[element.id] ?? ""].join("\n");
        entries.push({ element, headings, text: plain(text) });
      }
    }
    return entries;
  }

  function search(place, number) {
    const list = place.closest(".figlist");
    const said = JSON.parse(place.dataset.figlist);
    const entries = read(list, said.unseen);
    const jumps = list.querySelector(".figlist-chapters");

    const label = document.createElement("label");
    const input = document.createElement("input");
    const count = document.createElement("p");
    input.type = "search";
    input.id = label.htmlFor = `figlist-search-${number}`;
    input.autocomplete = "off";
    input.spellcheck = false;
    label.textContent = said.label;
    count.className = "figlist-count";
    count.setAttribute("role", "status");
    place.append(label, input, count);
    place.hidden = false;

    let announcement;
    function announce(text) {
      // Screen readers are told when the typing pauses.
      clearTimeout(announcement);
      announcement = setTimeout(() => {
        count.textContent = text;
      }, 300);
    }

    function narrow() {
      const wanted = plain(input.value).split(/\s+/).filter(Boolean);
      const around = new Set();
      const kept = new Set();
      let shown = 0;
      for (const entry of entries) {
        const near = [...entry.headings, group(list, entry.element)];
        for (const element of near) around.add(element);
        const found = wanted.every((word) => entry.text.includes(word));
        entry.element.hidden = !found;
        if (found) {
          shown += 1;
          for (const element of near) kept.add(element);
        }
      }
      for (const element of around) element.hidden = !kept.has(element);
      if (jumps) jumps.hidden = wanted.length > 0;
      const total = said.count
        .replace("%(shown)s", shown)
        .replace("%(all)s", entries.length);
      announce(wanted.length ? (shown ? total : said.none) : "");
    }

    function clear() {
      input.value = "";
      narrow();
    }

    // A link to an entry shows it, whatever was searched before.
    function reveal() {
      const target = list.querySelector(":target");
      if (target?.closest("[hidden]")) {
        clear();
        target.scrollIntoView();
      }
    }

    input.addEventListener("input", narrow);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && input.value) {
        event.preventDefault();
        clear();
      }
    });
    window.addEventListener("hashchange", reveal);
  }

  document.querySelectorAll(".figlist-search").forEach(search);
})();
