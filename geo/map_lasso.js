// A loop drawn on the map picks the communes whose middle lies within it. Defines functions only; ``mapRoom.showLasso`` is called by a rerun.
(function () {
  var room = window.mapRoom, control = null, loop = null, points = [], GRAIN = 4, FEWEST = 6;

  // Words of the button while communes are picked, or null: then it is not there.
  room.showLasso = function (words) {
    if (!words) { stop(); if (control) { control.remove(); control = null; } return; }
    if (control) return;
    var Lasso = L.Control.extend({
      onAdd: function () {
        var bar = L.DomUtil.create("div", "leaflet-bar"), link = L.DomUtil.create("a", "map-lasso", bar);
        link.href = "#"; link.title = words;
        link.innerHTML = "<svg viewBox='0 0 24 24' width='20' height='20' aria-hidden='true' style='margin-top:5px'><path d='M12 4c5 0 8.5 2.5 8.5 5.5S17 15 12 15 3.5 12.5 3.5 9.5 7 4 12 4zM8 15c-2 1-1 4 1 5' fill='none' stroke='currentColor' stroke-width='2' stroke-dasharray='3 2'/></svg>";
        link.setAttribute("role", "button"); link.setAttribute("aria-label", words); link.setAttribute("aria-pressed", "false");
        L.DomEvent.on(link, "click", function (event) { L.DomEvent.stop(event); if (listening()) stop(); else start(); });
        L.DomEvent.disableClickPropagation(bar);
        return bar;
      }
    });
    control = new Lasso({ position: "topleft" }).addTo(room.map);
  };

  function button() { return control && control.getContainer().querySelector("a"); }
  function listening() { return button() && button().getAttribute("aria-pressed") === "true"; }

  function start() {
    var box = room.map.getContainer();
    button().setAttribute("aria-pressed", "true");
    button().style.background = "#1b5e7b"; button().style.color = "#fff";
    room.map.dragging.disable();
    // Without it a telephone scrolls the page under the finger.
    box.style.touchAction = "none"; box.style.cursor = "crosshair";
    box.addEventListener("pointerdown", begin, true);
  }

  function stop() {
    if (!listening()) return;
    var box = room.map.getContainer();
    button().setAttribute("aria-pressed", "false");
    button().style.background = ""; button().style.color = "";
    room.map.dragging.enable();
    box.style.touchAction = ""; box.style.cursor = "";
    box.removeEventListener("pointerdown", begin, true);
  }

  function begin(event) {
    if (event.target.closest(".leaflet-control")) return;
    points = [room.map.mouseEventToContainerPoint(event)];
    loop = L.polygon([], { renderer: room.renderer, pane: "places", color: "#1b5e7b", weight: 3, dashArray: "6 4", fillOpacity: 0.15, interactive: false }).addTo(room.map);
    addEventListener("pointermove", draw);
    addEventListener("pointerup", end);
    addEventListener("pointercancel", end);
  }

  function draw(event) {
    var at = room.map.mouseEventToContainerPoint(event);
    if (at.distanceTo(points[points.length - 1]) < GRAIN) return;
    points.push(at);
    loop.setLatLngs(points.map(function (point) { return room.map.containerPointToLatLng(point); }));
  }

  function end() {
    removeEventListener("pointermove", draw);
    removeEventListener("pointerup", end);
    removeEventListener("pointercancel", end);
    loop.remove();
    // A press without a loop is a click, which picks one commune.
    if (points.length < FEWEST) return;
    // The end of a loop is no click on the commune where it ends: nobody hears of it.
    var box = room.map.getContainer();
    box.addEventListener("click", unheard, true);
    setTimeout(function () { box.removeEventListener("click", unheard, true); }, 300);
    var styles = window.communeStyles || {}, within = room.labels.filter(function (label) {
      return styles[label.code] && holds(points, room.map.latLngToContainerPoint(label.at));
    });
    if (!within.length) return;
    window.__GLOBAL_DATA__.last_active_drawing = {
      type: "Feature", properties: { picked: within.map(function (label) { return label.code; }), at: Date.now() }
    };
    // The component reports what is new when the map has moved.
    room.map.fire("moveend");
  }

  function unheard(event) { event.stopImmediatePropagation(); }

  // By the number of sides that a ray from the point to the right crosses.
  function holds(ring, point) {
    var inside = false;
    for (var i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      var one = ring[i], other = ring[j];
      if (one.y > point.y !== other.y > point.y && point.x < (other.x - one.x) * (point.y - one.y) / (other.y - one.y) + one.x) inside = !inside;
    }
    return inside;
  }
})();
