// The slider's month in its colours at once, before the server has said its words: colours of every month are fetched when a hand or
// the focus comes to the slider. Defines functions only; ``mapRoom.followMonths`` is called by each rerun.
(function () {
  var room = window.mapRoom, page = null, known = {}, sent = null, ahead = null, named = false, SLIDER = ".st-key-map_month";
  // Streamlit's page holds the slider; where another site frames the map alone there is none.
  try { page = window.parent.document; } catch (elsewhere) { page = null; }

  // What a rerun has drawn: the address of the months of its result, and its month; null where there is but one month.
  room.followMonths = function (asked) {
    sent = asked;
    // Whether the first of two maps goes by its month.
    named = Boolean(sent && room.second && room.titles[0].textContent === sent[2]);
    // An answer to an earlier move of a hand that went on: the next one is on its way.
    if (ahead && sent && ahead.month !== sent[1]) paint(); else ahead = null;
    document.body.setAttribute("data-month", ahead ? ahead.month : sent ? sent[1] : "");
  };

  function inside(event) { return event.target.closest && event.target.closest(SLIDER); }

  function prepare() {
    var address = sent && sent[0];
    if (!address || known[address]) return;
    // Kept for one result at a time.
    known = {};
    var mine = (known[address] = {});
    fetch(address).then(function (answer) { return answer.ok ? answer.json() : Promise.reject(answer.status); }).then(function (answer) {
      mine.said = answer;
      var thumb = page.querySelector(SLIDER + " input");
      if (thumb && known[address] === mine) move(thumb);
    }).catch(function () { delete known[address]; });
  }

  function move(thumb) {
    var said = sent && (known[sent[0]] || {}).said, place = +thumb.value, month = said && said.months[place];
    // The words of the slider are written several times for one move.
    if (!month || (ahead && ahead.month === month)) return;
    if (month === sent[1]) {
      if (ahead) { ahead = null; window.restyleCommunes(); }
      return;
    }
    ahead = { month: month, words: thumb.getAttribute("aria-valuetext") || "", said: said, place: place };
    paint();
  }

  // Colours, and the month in the place of words that are of another one.
  function paint() {
    room.communes.eachLayer(function (shape) {
      var properties = shape.feature.properties, fills = ahead.said.fills[properties.commune_code];
      room.fill(shape, fills && [ahead.said.rows[fills[ahead.place]]]);
      shape.setTooltipContent(room.say([properties[room.options.name_field], ahead.words]));
    });
    if (named && room.second) room.titles[0].textContent = ahead.words;
    document.body.setAttribute("data-month", ahead.month);
  }

  if (!page || page === document) return;
  var watch = new MutationObserver(function (changes) {
    changes.forEach(function (change) { if (change.target.closest(SLIDER)) move(change.target); });
  });
  watch.observe(page.body, { subtree: true, attributes: true, attributeFilter: ["aria-valuetext"] });
  function reach(event) { if (inside(event)) prepare(); }
  page.addEventListener("pointerover", reach);
  page.addEventListener("focusin", reach);
  window.addEventListener("pagehide", function () {
    watch.disconnect();
    page.removeEventListener("pointerover", reach);
    page.removeEventListener("focusin", reach);
  });
})();
