// The map on the page: communes, their names, layers of places and ways. Defines functions only; what a rerun sends calls them.
(function () {
  var INK = "#1f2933", LINE = "#4a5560", still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  var room = (window.mapRoom = { shown: {} });
  var CSS = "html,body{background:#fff}.leaflet-container{background:#eef2f5;font-family:'Noto Sans','Noto Naskh Arabic',sans-serif}" +
    ".leaflet-tooltip{white-space:normal;width:max-content;max-width:240px;font-size:13px}.leaflet-control-attribution{font-size:11px}" +
    // The page makes the frame as high as the window allows: the map fills what it is given.
    "#map_div{height:100vh!important}" +
    // A click gives a commune the focus, a key never does: no frame around what was pointed at.
    "path.leaflet-interactive:focus{outline:none}" +
    ".commune-name{white-space:nowrap;background:none;border:0;box-shadow:none;padding:0;font-size:12px;color:#1f2933;" +
    "text-shadow:0 0 3px #fff,0 0 3px #fff,0 0 3px #fff,0 0 2px #fff}.commune-name:before{display:none}" +
    ".leaflet-control-scale-line{font-size:12px;color:#1f2933;border-color:#1f2933}";

  function node(tag, text) { var made = document.createElement(tag); made.textContent = text; return made; }

  // Every word reaches the page as text.
  function say(lines) {
    var box = document.createElement("div");
    box.dir = "auto";
    lines.filter(Boolean).forEach(function (line, position) { box.appendChild(node(position ? "div" : "strong", line)); });
    return box;
  }

  // The card of the chosen commune lies on the map where there is room beside it: at the end of the line.
  function covered() { return window.communeSelected && !room.second && room.map.getSize().x > 700 ? 345 : 0; }

  // On a telephone it is a sheet over the lower 46 % of the window, and of the map as much as reaches there. Framed by another site: none.
  function coveredBelow() {
    var frame = null;
    try { frame = window.frameElement && innerWidth < 640 && window.communeSelected && !room.second && window.frameElement.getBoundingClientRect(); } catch (elsewhere) { }
    return frame ? Math.min(Math.max(0, frame.bottom - window.parent.innerHeight * 0.54), frame.height - 100) : 0;
  }

  function fit(bounds, most) {
    var rtl = room.options.language === "ar", how = {
      paddingTopLeft: [6 + (rtl ? covered() : 0), 6], paddingBottomRight: [6 + (rtl ? 0 : covered()), 6 + coveredBelow()], maxZoom: most || 12
    };
    if (still || !room.placed) room.map.fitBounds(bounds, how); else room.map.flyToBounds(bounds, Object.assign({ duration: 0.6 }, how));
    room.placed = true;
  }

  room.mount = function (map, options) {
    room.map = map; room.options = options; room.placed = false; room.shown = {}; room.second = null; room.apart = ""; room.framed = room.flown = room.chosen = undefined;
    var holder = document.createElement("div");
    holder.innerHTML = "<svg width='0' height='0' style='position:absolute'><defs>" + options.parts.map(function (part) {
      var filled = [part[0], part[1], room.hatches.strokes[part[2]]];
      return room.hatches.pattern.replace(/\{(\d)\}/g, function (_, at) { return filled[at]; });
    }).join("") + "</defs></svg>";
    holder.setAttribute("aria-hidden", "true");
    document.body.appendChild(holder);
    document.head.appendChild(node("style", CSS));
    // Folium forbids zooming the page, which readers of small print need.
    document.querySelectorAll("meta[name=viewport]").forEach(function (meta) { meta.content = "width=device-width"; });
    document.documentElement.lang = options.language;
    L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);
    addHome(map, options.home);
    options.buttons.forEach(function (button) {
      var place = document.querySelector(button[0]);
      place.title = button[1];
      place.setAttribute("aria-label", button[1]);
    });
    map.attributionControl.setPrefix("");
    map.attributionControl.addAttribution(options.attribution);
    // Leaflet gives itself the focus when it is pressed: the page around must not move, or the click is let go of elsewhere.
    var box = map.getContainer();
    box.focus = function () { HTMLElement.prototype.focus.call(box, { preventScroll: true }); };
    // Above the communes; as SVG, whose empty ground lets clicks through to them.
    map.createPane("places").style.zIndex = 450;
    room.renderer = L.svg({ pane: "places", padding: 0.3 });
    addCommunes(map, options);
    tellActs();
    window.restyleCommunes = restyle;
  };

  // The page around counts the acts of the reader as steps of Back (pages/web/page.js). Framed by another site: it has no such page.
  function tellActs() {
    function tell() { try { if (window.frameElement) window.parent.dispatchEvent(new Event("pointerdown")); } catch (elsewhere) { } }
    ["pointerdown", "keydown"].forEach(function (act) { window.addEventListener(act, tell, true); });
  }

  function addHome(map, words) {
    var Home = L.Control.extend({
      onAdd: function () {
        var bar = L.DomUtil.create("div", "leaflet-bar"), link = L.DomUtil.create("a", "map-home", bar);
        link.href = "#"; link.title = words; link.setAttribute("role", "button"); link.setAttribute("aria-label", words);
        link.appendChild(node("span", "⌂")).setAttribute("aria-hidden", "true");
        L.DomEvent.on(link, "click", function (event) { L.DomEvent.stop(event); fit(framed().getBounds()); });
        L.DomEvent.disableClickPropagation(bar);
        return bar;
      }
    });
    new Home({ position: "topleft" }).addTo(map);
  }

  // What is looked at: the communes that have a style, or all of them.
  function framed() {
    var styles = window.communeStyles || {}, group = L.featureGroup();
    room.communes.eachLayer(function (shape) { if (styles[shape.feature.properties.commune_code]) group.addLayer(shape); });
    return group.getLayers().length ? group : room.communes;
  }

  function addCommunes(map, options) {
    room.communes = L.geoJson(null, {
      style: { weight: 0.8, color: LINE, fillColor: "#d9d9d9", fillOpacity: 0.92 },
      onEachFeature: function (feature, shape) {
        shape.bindTooltip(say([feature.properties[options.name_field]]), { sticky: true });
        shape.on("click", function () {
          // The moment tells a second click from the first; the component sends the properties as they stand.
          feature.properties.at = Date.now();
          window.__GLOBAL_DATA__.last_active_drawing = { type: "Feature", properties: feature.properties };
        });
      }
    }).addTo(map);
    fetch(options.url).then(function (answer) { return answer.json(); }).then(function (collection) {
      room.collection = collection;
      room.communes.addData(collection);
      room.labels = [];
      room.communes.eachLayer(function (shape) {
        // Stops without a name or an answer to Enter: by keyboard a commune is chosen from the list beside the map.
        shape.getElement().setAttribute("tabindex", "-1");
        var bounds = shape.getBounds(), text = shape.feature.properties[options.name_field];
        room.labels.push({
          code: shape.feature.properties.commune_code, at: bounds.getCenter(), bounds: bounds, text: text,
          size: (bounds.getEast() - bounds.getWest()) * (bounds.getNorth() - bounds.getSouth())
        });
      });
      room.labels.sort(function (one, other) { return other.size - one.size; });
      map.invalidateSize({ animate: false });
      room.declutter = room.nameOn(map, first);
      map.on("moveend", function () { document.body.setAttribute("data-names", room.declutter()); });
      restyle();
      document.body.setAttribute("data-communes", room.communes.getLayers().length);
    });
  }

  // The largest communes keep their name; one that would touch another's, or that its commune could not carry, waits for a closer look.
  // A chosen commune always has its own.
  room.nameOn = function (map, chosen) {
    var group = L.layerGroup().addTo(map), pen = (room.pen = room.pen || document.createElement("canvas").getContext("2d"));
    var tips = room.labels.map(function (label) {
      return L.tooltip({ permanent: true, direction: "center", className: "commune-name", interactive: false })
        .setLatLng(label.at).setContent(say([label.text]));
    });
    function declutter() {
      var taken = [], view = map.getBounds().pad(0.1), first = chosen();
      pen.font = "bold 12px 'Noto Sans','Noto Naskh Arabic',sans-serif";
      var order = room.labels.map(function (_, at) { return at; }).sort(function (one, other) {
        return (room.labels[other].code === first) - (room.labels[one].code === first) || one - other;
      });
      order.forEach(function (at) {
        var label = room.labels[at], middle = map.latLngToContainerPoint(label.at), width = pen.measureText(label.text).width + 6;
        var carried = map.latLngToContainerPoint(label.bounds.getNorthEast()).x - map.latLngToContainerPoint(label.bounds.getSouthWest()).x;
        var box = [middle.x - width / 2, middle.y - 8, middle.x + width / 2, middle.y + 8];
        var free = view.contains(label.at) && (label.code === first || carried > width * 0.9) && taken.every(function (other) {
          return box[0] > other[2] || box[2] < other[0] || box[1] > other[3] || box[3] < other[1];
        });
        if (free) { taken.push(box); group.addLayer(tips[at]); } else group.removeLayer(tips[at]);
      });
      return taken.length;
    }
    map.on("moveend", declutter);
    return declutter;
  };

  function filled(style) {
    if (!style) return "transparent";
    return style[0][0] === "#" ? style[0] : "url(#" + room.options.prefix + style[0] + ")";
  }

  // Styles as they are drawn, from what is sent (geo/map_styles.py): whole codes, texts in words.
  function unpack(sent) {
    sent = sent || { words: [], labels: [], notes: [], figures: [], styles: "" };
    function text(places) { return places && places.split(" ").map(function (place) { return sent.words[place]; }).join(" "); }
    var styles = {};
    sent.styles.split(";").filter(Boolean).forEach(function (commune) {
      var parts = commune.split(" ");
      styles[sent.common + parts[0]] = parts.slice(1);
    });
    return { styles: styles, labels: sent.labels.map(text), notes: sent.notes.map(text), figures: sent.figures.map(text) };
  }

  // What a commune says when it is pointed at.
  function describe(asked, style) {
    var numbers = style[4].split("|");
    var figure = asked.figures[style[3]].split("#").reduce(function (said, part, at) { return said + numbers[at - 1] + part; });
    return [asked.labels[style[1]], figure, asked.notes[style[2]]];
  }

  // The commune that is chosen, or that the first of two maps looks at.
  function first() { return window.besideAsked && window.besideAsked.apart ? window.besideAsked.apart[0] : window.communeSelected; }

  room.say = say; room.fit = fit; room.seen = framed; room.filled = filled; room.unpack = unpack; room.describe = describe; room.draw = draw; room.line = LINE;
  room.fill = function (shape, style) { shape.setStyle({ fillColor: filled(style), fillOpacity: style ? 0.92 : 0 }); };

  function restyle() {
    var asked = unpack(window.communeSent);
    window.communeStyles = asked.styles;
    var styles = window.communeStyles || {}, codes = Object.keys(styles).sort().join();
    room.communes.eachLayer(function (shape) {
      var code = shape.feature.properties.commune_code, style = styles[code], chosen = code === first();
      var fill = filled(style);
      var marked = (window.communeMarked || []).indexOf(code) >= 0;
      shape.setStyle({ fillColor: fill, weight: chosen ? 3 : marked ? 2.5 : 0.8, dashArray: marked && !chosen ? "6 4" : null,
        color: chosen ? "#000" : marked ? "#1b5e7b" : LINE, fillOpacity: style ? 0.92 : 0 });
      if (style) shape.setTooltipContent(say(
        [shape.feature.properties[room.options.name_field]].concat(describe(asked, style))));
      if (chosen || marked) shape.bringToFront();
    });
    if (room.communes.getLayers().length) {
      room.showBeside(window.besideAsked);
      if (room.framed !== codes && !room.apart) fit(framed().getBounds());
      room.framed = codes;
      uncover();
      room.showLasso(window.lassoAsked);
      goTo(window.placeAsked);
    }
    room.followMonths(window.monthsAsked);
    document.body.setAttribute("data-styled", String((+document.body.getAttribute("data-styled") || 0) + 1));
    room.showLayers();
  }

  // A commune that was clicked where its card opens is moved beside or above it; its name comes first.
  function uncover() {
    if (room.chosen === first()) return;
    room.chosen = first();
    room.declutter();
    room.labels.forEach(function (label) {
      if (label.code !== room.chosen) return;
      var at = room.map.latLngToContainerPoint(label.at), size = room.map.getSize(), rtl = room.options.language === "ar";
      var over = rtl ? covered() + 40 - at.x : at.x - (size.x - covered() - 40), below = at.y - (size.y - coveredBelow() - 40);
      var by = [covered() && over > 0 ? (rtl ? -over : over) : 0, coveredBelow() && below > 0 ? below : 0];
      if (by[0] || by[1]) room.map.panBy(by, { animate: !still });
    });
  }

  // A place that was searched: a commune's code, or latitude and longitude of a douar with its words.
  function goTo(place) {
    var asked = JSON.stringify(place || null);
    if (asked === room.flown) return;
    room.flown = asked;
    if (room.pin) { room.pin.remove(); room.pin = null; }
    if (!place) return;
    if (typeof place === "string") {
      room.communes.eachLayer(function (shape) {
        if (shape.feature.properties.commune_code === place) fit(shape.getBounds(), 11);
      });
      return;
    }
    room.pin = L.circleMarker([place[0], place[1]], { renderer: room.renderer, pane: "places", radius: 9, weight: 3, color: "#bd0026", fill: false })
      .bindTooltip(say([place[2]]), { permanent: true, direction: "top", offset: [0, -8] }).addTo(room.map);
    fit(L.latLngBounds([[place[0] - 0.06, place[1] - 0.06], [place[0] + 0.06, place[1] + 0.06]]), 12);
  }

  // Layers: fetched from our own address when they are asked for, hidden when they are not.
  room.showLayers = function () {
    var asked = window.layersAsked || [], wanted = {};
    asked.forEach(function (layer) { wanted[layer[0]] = layer; });
    Object.keys(room.shown).forEach(function (id) {
      if (!wanted[id] || wanted[id][1] !== room.shown[id].address) {
        room.shown[id].group.remove();
        room.hideSecond(room.shown[id]);
        if (room.shown[id].said) room.map.attributionControl.removeAttribution(room.shown[id].said);
        delete room.shown[id];
        document.body.removeAttribute("data-layer-" + id);
      }
    });
    asked.forEach(function (layer) {
      if (room.shown[layer[0]]) return;
      var entry = (room.shown[layer[0]] = { address: layer[1], said: layer[2], group: L.layerGroup().addTo(room.map) });
      if (entry.said) room.map.attributionControl.addAttribution(entry.said);
      fetch(layer[1]).then(function (answer) { return answer.json(); }).then(function (answer) {
        if (room.shown[layer[0]] !== entry) return;
        entry.answer = answer;
        draw(entry.group, answer, answer.looks, room.renderer);
        room.drawSecond(entry);
        document.body.setAttribute("data-layer-" + layer[0], entry.group.getLayers().length);
      });
    });
  };

  // ``marks``: places and ways as they are sent (pages/web/layers.py).
  function draw(group, marks, looks, renderer) {
    (marks.ways || []).forEach(function (row) {
      var look = looks[row[5]];
      L.polyline(bend(row), { renderer: renderer, pane: "places", weight: row[4], color: look[1], opacity: 0.75, fill: false })
        .bindTooltip(say([row[6]]), { sticky: true }).addTo(group);
      L.circleMarker([row[2], row[3]], { renderer: renderer, pane: "places", radius: row[4] + 1.5, weight: 0, fillColor: look[1], fillOpacity: 1, interactive: false }).addTo(group);
    });
    (marks.places || marks.douars || []).forEach(function (row) {
      var look = looks[row[3]], ring = look[0] === "none";
      L.circleMarker([row[0], row[1]], { renderer: renderer, pane: "places", radius: row[2], weight: 1.2, color: ring ? INK : look[1],
        fillColor: ring ? "#fff" : look[0], fillOpacity: ring ? 0.5 : row[2] > 9 ? 0.6 : 0.95 }).bindTooltip(say([row[4]])).addTo(group);
    });
    // Stops without a name for the keyboard: lists beside the map have them all.
    group.eachLayer(function (mark) { if (mark.getElement && mark.getElement()) mark.getElement().setAttribute("tabindex", "-1"); });
  }

  // From origin to host, bent to one side so that both directions are seen.
  function bend(row) {
    var points = [], side = 0.16, control = [(row[0] + row[2]) / 2 + (row[3] - row[1]) * side, (row[1] + row[3]) / 2 - (row[2] - row[0]) * side];
    for (var step = 0; step <= 10; step++) {
      var s = step / 10, a = (1 - s) * (1 - s), b = 2 * s * (1 - s), c = s * s;
      points.push([a * row[0] + b * control[0] + c * row[2], a * row[1] + b * control[1] + c * row[3]]);
    }
    return points;
  }
})();
