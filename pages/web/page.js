// Runs before Streamlit's own code: where its server is, the words that it has in English only, Back and Forward, keys.
(function () {
  var page = document.documentElement;
  // The application lies one level below its screens' addresses; asked nowhere else, no request fails.
  window.__streamlit = { BACKEND_BASE_URL: new URL("./", location.href.split(/[?#]/)[0]).href };

  // A bare address opens on the language, territory and commune of the last visit from this browser (docs/map.md). Where that address
  // led to no page of ours, it is forgotten, or the reader would never come to another.
  var LAST = "last-choices", TRYING = "last-choices-tried", left = false;
  function keepChoices() {
    var asked = new URLSearchParams(location.search), kept = new URLSearchParams();
    if (left || !asked.get("lang")) return;
    ["lang", "province", "territory", "commune"].forEach(function (name) { if (asked.get(name)) kept.set(name, asked.get(name)); });
    // No card: the commune is chosen, nobody asked the map to open it.
    kept.set("card", "");
    try { localStorage.setItem(LAST, kept.toString()); } catch (forbidden) { }
  }
  try {
    if (location.search) sessionStorage.removeItem(TRYING);
    else if (sessionStorage.getItem(TRYING)) { sessionStorage.removeItem(TRYING); localStorage.removeItem(LAST); }
    else if (localStorage.getItem(LAST)) {
      sessionStorage.setItem(TRYING, "1");
      location.replace(location.pathname + "?" + localStorage.getItem(LAST) + location.hash);
    }
  } catch (forbidden) { }
  window.addEventListener("pagehide", keepChoices);
  document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") keepChoices(); });
  // Whoever signs out leaves nothing to the next reader.
  document.addEventListener("click", function (event) {
    if (!event.target.closest || !event.target.closest("a.way-out:not([href^='sign-in'])")) return;
    left = true;
    try { localStorage.removeItem(LAST); } catch (forbidden) { }
  }, true);

  // Back and Forward: the server takes the address for the reader's choice (pages.widgets.session).
  window.addEventListener("popstate", function () {
    if (location.hash || !location.search) return;
    history.replaceState(history.state, "", location.pathname + location.search + "&" + WORDS.walked + "=1");
  });

  // One act of the reader is one step of Back: Streamlit writes the address of a screen, then its parameters, each as a step of its own.
  // What is done on the map, in its frame, the frame tells (geo/map_room.js).
  var acted = false, push = history.pushState;
  ["pointerdown", "click", "keydown"].forEach(function (act) { window.addEventListener(act, function () { acted = true; }, true); });
  history.pushState = function (state, title, address) {
    (acted ? push : history.replaceState).call(history, state, title, address);
    acted = false;
  };

  var EXACT = {}, seen = new WeakMap();
  WORDS.exact.forEach(function (pair) { EXACT[pair[0]] = pair[1]; });
  var PATTERNS = WORDS.patterns.map(function (pair) { return [new RegExp(pair[0]), pair[1]]; });

  function said(key, text) { return (WORDS.texts[page.lang] || WORDS.texts.fr)[key].replace("{text}", text).replace("{keys}", text); }
  function translate(text) {
    var bare = text.trim();
    if (EXACT[bare]) return text.replace(bare, said(EXACT[bare], ""));
    for (var i = 0; i < PATTERNS.length; i++) {
      var found = PATTERNS[i][0].exec(text);
      if (found) return said(PATTERNS[i][1], (found[1] || "").replace("Enter", said("page.enter", "")));
    }
    return null;
  }
  // What was English stays known: the language may change without the page being loaded again.
  function put(node, name, now, write) {
    var kept = seen.get(node) || {};
    var english = kept[name] && kept[name][1] === now ? kept[name][0] : now;
    var words = now && translate(english);
    if (words === null || words === "" || words === now) return;
    kept[name] = [english, words];
    seen.set(node, kept);
    write(words);
  }
  var ATTRIBUTES = ["aria-label", "title", "placeholder"];
  function attributes(element) {
    ATTRIBUTES.forEach(function (name) {
      if (element.hasAttribute(name)) {
        put(element, name, element.getAttribute(name), function (words) { element.setAttribute(name, words); });
      }
    });
  }
  // What we wrote is in the reader's language; a column of ours may be called as a button of Streamlit's is ("Open").
  var OURS = "[data-testid=stHtml], [data-testid=stMarkdownContainer], table";
  function text(node) {
    if (node.data.length < 200 && !(node.parentElement && node.parentElement.closest(OURS))) put(node, "text", node.data, function (words) { node.data = words; });
  }
  // A heading and its screens are a list of their own: Streamlit puts both into one list, where a heading may not stand.
  var sections = 0;
  function nameSection(header) {
    header.id = header.id || "section-" + ++sections;
    header.parentElement.setAttribute("role", "list");
    header.parentElement.setAttribute("aria-labelledby", header.id);
    header.parentElement.parentElement.setAttribute("role", "presentation");
  }
  // A wide table becomes cards on a telephone (style.css): each figure beside what its column is called.
  function stack(table) {
    var heads = table.tHead && table.tHead.rows.length === 1 ? Array.prototype.slice.call(table.tHead.rows[0].cells) : [];
    if (heads.length < 4 || /stacks|timeline|matrix|legend/.test(table.className) || heads.some(function (head) { return head.colSpan > 1; })) return;
    table.classList.add("stacks");
    Array.prototype.forEach.call(table.tBodies, function (body) {
      Array.prototype.forEach.call(body.rows, function (row) {
        if (row.cells.length === heads.length) Array.prototype.forEach.call(row.cells, function (cell, at) {
          if (heads[at].textContent.trim()) cell.dataset.label = heads[at].textContent.trim();
        });
      });
    });
  }
  function walk(root) {
    if (root.nodeType === 3) { text(root); return; }
    if (root.nodeType !== 1) return;
    var walker = document.createTreeWalker(root, 5), node = root;
    do {
      if (node.nodeType === 3) text(node); else attributes(node);
      if (node.dataset && node.dataset.testid === "stNavSectionHeader") nameSection(node);
      if (node.tagName === "TABLE" && node.classList.contains("facts")) stack(node);
    } while ((node = walker.nextNode()));
  }
  // What a closed list is too narrow to show stands below it (style.css). Widths are read once for all lists, when the page is at rest.
  var waiting = null;
  function showWhole() {
    waiting = null;
    var lists = Array.prototype.slice.call(document.querySelectorAll("[data-testid=stSelectbox]")).map(function (box) {
      var input = box.querySelector("input");
      // An open list is being searched.
      var closed = input && input.getAttribute("aria-expanded") !== "true";
      return input && [box, closed && input.scrollWidth > input.clientWidth + 1 ? input.value : ""];
    });
    lists.filter(Boolean).forEach(function (found) {
      if (found[1] === (found[0].dataset.whole || "")) return;
      if (found[1]) found[0].dataset.whole = found[1]; else delete found[0].dataset.whole;
    });
  }
  function showWholeSoon() { clearTimeout(waiting); waiting = setTimeout(showWhole, 150); }
  ["focusout", "transitionend"].forEach(function (name) { document.addEventListener(name, showWholeSoon); });
  window.addEventListener("resize", showWholeSoon);

  // A screen is loading until it has a title and no placeholder (style.css); a hand on it ends the waiting.
  var shown = location.pathname;
  page.dataset.loading = "";
  function stand() {
    if (location.pathname !== shown) { shown = location.pathname; page.dataset.loading = ""; return; }
    if (page.dataset.loading === undefined) return;
    var main = document.querySelector("[data-testid=stApp][data-test-script-state=notRunning] [data-testid=stMain]");
    if (main && main.querySelector("h1") && !main.querySelector("[data-testid=stSkeleton], .to-be-filled")) delete page.dataset.loading;
  }
  // What takes longer than a second says so in words, to the ear too: a run of the screen, a file that is being made (its button is
  // disabled meanwhile). Where a spinner or a first view says it better, they alone do.
  var late = null, told = null, asked = null;
  function tell(words) {
    if (!told) { told = document.createElement("div"); told.className = "waiting"; told.setAttribute("role", "status"); document.body.appendChild(told); }
    if (told.textContent !== words) told.textContent = words;
  }
  function awaited() {
    if (asked && asked.isConnected && asked.disabled) return "page.preparing";
    return document.querySelector("[data-testid=stApp][data-test-script-state=running]") && "page.running";
  }
  function wait() {
    if (!awaited()) { clearTimeout(late); late = null; if (told) tell(""); return; }
    if (!late) late = setTimeout(function () {
      var what = awaited();
      if (what && page.dataset.firstView === undefined && !document.querySelector("[data-testid=stSpinner]")) tell(said(what, ""));
    }, 1000);
  }
  document.addEventListener("click", function (event) {
    asked = event.target.closest && event.target.closest("[data-testid=stDownloadButton] button") || asked;
  }, true);
  ["pointerdown", "keydown"].forEach(function (name) { document.addEventListener(name, function () { delete page.dataset.loading; }, true); });

  new MutationObserver(function (changes) {
    showWholeSoon();
    stand();
    wait();
    changes.forEach(function (change) {
      if (change.attributeName === "value" || change.attributeName === "aria-expanded") return;
      if (change.type === "attributes") {
        if (change.target === page) walk(document.body); else attributes(change.target);
      } else if (change.type === "characterData") text(change.target);
      else change.addedNodes.forEach(walk);
    });
  }).observe(page, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES.concat("lang", "value", "aria-expanded", "data-test-script-state", "disabled") });

  // On a telephone the list of screens lies over the screen that was chosen: it is folded away.
  document.addEventListener("click", function (event) {
    if (innerWidth > 768 || !event.target.closest || !event.target.closest("[data-testid=stSidebarNavLink]")) return;
    setTimeout(function () {
      var fold = document.querySelector("[data-testid=stSidebarCollapseButton] button");
      if (fold) fold.click();
      // Streamlit remembers it as the reader's wish, also for the same browser in a wide window.
      setTimeout(function () {
        Object.keys(localStorage).forEach(function (key) { if (/^stSidebarCollapsed/.test(key)) localStorage.removeItem(key); });
      }, 300);
    }, 0);
  });

  // The link of a view (pages/widgets/link.py). Sharing is offered by telephones and over TLS only.
  if (navigator.share) page.dataset.share = "";
  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest(".view-link button");
    if (!button) return;
    var box = button.parentElement, said = box.querySelector("[role=status]");
    var address = new URL(box.dataset.address, location.href.split(/[?#]/)[0]).href;
    function show() {
      var link = document.createElement("a");
      link.href = link.textContent = address;
      said.replaceChildren(box.dataset.failed + " ", link);
      getSelection().selectAllChildren(link);
    }
    if (button.className === "share") navigator.share({ title: document.title, url: address }).catch(function () {});
    else if (navigator.clipboard) navigator.clipboard.writeText(address).then(function () { said.textContent = box.dataset.copied; }, show);
    else show();
  });

  // Keys, listed under "?"; a reader who dictates or who presses keys by mistake puts them off there, and the browser remembers it.
  var OFF = "keys-off";
  function typing(element) { return element.closest && element.closest("input, textarea, select, [contenteditable], [role=combobox]"); }
  var KEYS = {
    "?": help,
    "/": function () { var box = document.querySelector("[data-testid=stMain] [role=combobox], [data-testid=stMain] [data-testid=stSelectbox] input"); if (box) box.focus(); },
    "l": function () { var button = document.querySelector(".view-link .copy"); if (button) button.click(); },
    "m": function () { var button = document.querySelector("[data-testid=stExpandSidebarButton], [data-testid=stSidebarCollapseButton] button"); if (button) button.click(); }
  };
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
    if (page.dataset.council || !KEYS[event.key] || (event.key !== "?" && localStorage.getItem(OFF))) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  function element(name, text) { var made = document.createElement(name); made.textContent = text; return made; }
  function help() {
    var open = document.querySelector("dialog.keys");
    if (open) { open.close(); return; }
    var box = element("dialog", ""), list = element("dl", ""), off = element("input", ""), label = element("label", ""), close = element("button", said("page.close", ""));
    box.className = "keys";
    box.setAttribute("aria-label", said("keys.title", ""));
    box.appendChild(element("h2", said("keys.title", "")));
    [["?", "keys.help"], ["/", "keys.search"], ["l", "keys.link"], ["m", "keys.menu"], ["←↑↓→", "keys.map"], ["1–4, ←→, Esc", "keys.council"]].forEach(function (pair) {
      var key = list.appendChild(element("dt", "")).appendChild(element("kbd", pair[0]));
      key.dir = "ltr";
      list.appendChild(element("dd", said(pair[1], "")));
    });
    off.type = "checkbox";
    off.checked = !!localStorage.getItem(OFF);
    off.onchange = function () { if (off.checked) localStorage.setItem(OFF, "1"); else localStorage.removeItem(OFF); };
    label.append(off, " " + said("keys.off", ""));
    close.onclick = function () { box.close(); };
    box.onclose = function () { box.remove(); };
    box.append(list, label, close);
    document.body.appendChild(box);
    box.showModal();
  }
})();
