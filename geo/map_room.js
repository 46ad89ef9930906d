// The map on the page: communes, their names, layers of places and ways. Defines functions only; what a rerun sends calls them.
(function () {
  var INK = "#1f2933", LINE = "#4a5560", still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  var room = (window.mapRoom = { shown: {} });
  var CSS = "html,body{background:#fff}.leaflet-container{background:#eef2f5;font-family:'Noto Sans','Noto Naskh Arabic',sans-serif}" +
    ".leaflet-tooltip{white-space:normal;width:max-content;max-width:240px;font-size:13px}.leaflet-control-attribution{font-size:11px}" +
    // On a phone the page makes the frame lower than asked for: the map fills what it is given.
    "@media(max-width:640px){#map_div{height:100vh!important}}" +
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

  function fit(bounds, most) {
    var rtl = room.options.language === "ar", how = {
      paddingTopLeft: [6 + (rtl ? covered() : 0), 6], paddingBottomRight: [6 + (rtl ? 0 : covered()), 6], maxZoom: most || 12
    };
    if (still || !room.placed) room.map.fitBounds(bounds, how); else room.map.flyToBounds(bounds, Object.assign({ duration: 0.6 }, how));
    room.placed = true;
  }

  room.mount = function (map, options) {
    room.map = map; room.options = options; room.placed = false; room.shown = {}; room.second = null; room.apart = ""; room.framed = room.flown = room.chosen = undefined;
    var holder = document.createElement("div");
    holder.innerHTML = "<svg width='0' height='0' style='position:absolute'><defs>" + options.parts.map(function (part) {
      return options.pattern.replace(/\{(\d)\}/g, function (_, at) { return part[at]; });
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
    window.restyleCommunes = restyle;
  };

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
    room.names = L.layerGroup().addTo(map);
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
          size: (bounds.getEast() - bounds.getWest()) * (bounds.getNorth() - bounds.getSouth()),
          tip: L.tooltip({ permanent: true, direction: "center", className: "commune-name", interactive: false })
            .setLatLng(bounds.getCenter()).setContent(say([text]))
        });
      });
      room.labels.sort(function (one, other) { return other.size - one.size; });
      map.invalidateSize({ animate: false });
      restyle();
      map.on("moveend", declutter);
      declutter();
      document.body.setAttribute("data-communes", room.communes.getLayers().length);
    });
  }

  // The largest communes keep their name; one that would touch another's, or that its commune could not carry, waits for a closer look.
  function declutter() {
    var pen = (room.pen = room.pen || document.createElement("canvas").getContext("2d")), taken = [], view = room.map.getBounds().pad(0.1);
    pen.font = "bold 12px 'Noto Sans','Noto Naskh Arabic',sans-serif";
    room.labels.forEach(function (label) {
      var middle = room.map.latLngToContainerPoint(label.at), width = pen.measureText(label.text).width + 6;
      var room_for = room.map.latLngToContainerPoint(label.bounds.getNorthEast()).x - room.map.latLngToContainerPoint(label.bounds.getSouthWest()).x;
      var box = [middle.x - width / 2, middle.y - 8, middle.x + width / 2, middle.y + 8];
      var free = view.contains(label.at) && room_for > width * 0.9 && taken.every(function (other) {
        return box[0] > other[2] || box[2] < other[0] || box[1] > other[3] || box[3] < other[1];
      });
      if (free) { taken.push(box); room.names.addLayer(label.tip); } else room.names.removeLayer(label.tip);
    });
    document.body.setAttribute("data-names", taken.length);
  }

  function filled(style) {
    if (!style) return "transparent";
    return style[0][0] === "#" ? style[0] : "url(#" + room.options.prefix + style[0] + ")";
  }

  // Styles as they are drawn, from what is sent (geo/map_styles.py): whole codes, texts in words.
  function unpack(sent) {
    sent = sent || { words: [], labels: [], notes: [], figure: [], styles: {} };
    function text(places) { return places && places.split(" ").map(function (place) { return sent.words[place]; }).join(" "); }
    var styles = {};
    Object.keys(sent.styles).forEach(function (code) { styles[sent.common + code] = sent.styles[code]; });
    return { styles: styles, labels: sent.labels.map(text), notes: sent.notes.map(text), figure: sent.figure };
  }

  // What a commune says when it is pointed at.
  function describe(asked, style) {
    return [asked.labels[style[1]], style[2] && asked.figure.join(style[2]), asked.notes[style[3]]];
  }

  room.say = say;
  room.fill = function (shape, style) { shape.setStyle({ fillColor: filled(style), fillOpacity: style ? 0.92 : 0 }); };

  function restyle() {
    var asked = unpack(window.communeSent);
    window.communeStyles = asked.styles;
    var styles = window.communeStyles || {}, codes = Object.keys(styles).sort().join();
    room.communes.eachLayer(function (shape) {
      var code = shape.feature.properties.commune_code, style = styles[code], chosen = code === window.communeSelected;
      var fill = filled(style);
      var marked = (window.communeMarked || []).indexOf(code) >= 0;
      shape.setStyle({ fillColor: fill, weight: chosen ? 3 : marked ? 2.5 : 0.8, dashArray: marked && !chosen ? "6 4" : null,
        color: chosen ? "#000" : marked ? "#1b5e7b" : LINE, fillOpacity: style ? 0.92 : 0 });
      if (style) shape.setTooltipContent(say(
        [shape.feature.properties[room.options.name_field]].concat(describe(asked, style))));
      if (chosen || marked) shape.bringToFront();
    });
    if (room.communes.getLayers().length) {
      showBeside(window.besideAsked);
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

  // A second map beside the first one, under it on a narrow page; both move together unless each looks at a commune of its own.
  function showBeside(asked) {
    if (!asked) { closeBeside(); return; }
    var fresh = !room.second;
    if (fresh) openBeside();
    var second = unpack(asked);
    room.titles.forEach(function (title, position) { title.textContent = asked.names[position]; });
    room.second.shapes.eachLayer(function (shape) {
      var style = second.styles[shape.feature.properties.commune_code], name = shape.feature.properties[room.options.name_field];
      shape.setStyle({ fillColor: filled(style), fillOpacity: style ? 0.92 : 0, weight: 0.8, color: LINE });
      shape.setTooltipContent(say([name].concat(style ? describe(second, style) : [])));
    });
    var apart = asked.apart ? asked.apart.join() : "";
    if (fresh || room.apart !== apart) {
      room.apart = apart;
      if (asked.apart) { look(room.map, asked.apart[0]); look(room.second.map, asked.apart[1]); } else fit(framed().getBounds());
    }
    document.body.setAttribute("data-beside", asked.names[1]);
  }

  function look(map, code) {
    room.communes.eachLayer(function (shape) {
      if (shape.feature.properties.commune_code === code) map.fitBounds(shape.getBounds().pad(0.6), { animate: false });
    });
  }

  function openBeside() {
    var first = room.map.getContainer(), rtl = room.options.language === "ar", narrow = innerWidth < 640;
    var pane = document.createElement("div");
    pane.id = "beside";
    var size = narrow ? "width:100%!important;height:calc(50% - 2px)!important;" : "width:calc(50% - 3px)!important;height:100%!important;";
    var start = "top:0!important;left:0!important", end = narrow ? "top:calc(50% + 2px)!important;left:0!important" : "top:0!important;left:calc(50% + 3px)!important";
    room.before = first.getAttribute("style") || "";
    first.style.cssText += ";position:absolute!important;" + size + (rtl && !narrow ? end : start);
    pane.style.cssText = "position:absolute;" + size + (rtl && !narrow ? start : end);
    first.parentNode.style.position = "relative";
    if (!first.parentNode.style.height) first.parentNode.style.height = innerHeight + "px";
    first.parentNode.appendChild(pane);
    room.map.invalidateSize({ animate: false });
    var map = L.map(pane, { zoomControl: false, attributionControl: false, zoomSnap: 0.1, center: room.map.getCenter(), zoom: room.map.getZoom() });
    var shapes = L.geoJson(room.collection, { onEachFeature: function (feature, shape) {
      shape.bindTooltip("", { sticky: true });
      shape.on("click", function () { room.communes.eachLayer(function (own) {
        if (own.feature.properties.commune_code === feature.properties.commune_code) own.fire("click");
      }); });
    } }).addTo(map);
    shapes.eachLayer(function (shape) { if (shape.getElement()) shape.getElement().setAttribute("tabindex", "-1"); });
    room.second = { map: map, shapes: shapes, pane: pane };
    room.second.leave = follow(room.map, map);
    follow(map, room.map);
    room.titles = [first, pane].map(function (box) {
      var title = box.appendChild(document.createElement("div"));
      title.dir = "auto";
      title.style.cssText = "position:absolute;top:8px;left:50%;transform:translateX(-50%);z-index:900;background:#fff;border:1px solid #d5dbe1;border-radius:4px;padding:2px 10px;font-weight:700;font-size:14px;max-width:70%;text-align:center";
      return title;
    });
  }

  var following = false;
  function follow(leader, other) {
    function move() {
      if (following || room.apart) return;
      following = true;
      other.setView(leader.getCenter(), leader.getZoom(), { animate: false });
      following = false;
    }
    leader.on("move", move);
    return function () { leader.off("move", move); };
  }

  function closeBeside() {
    if (!room.second) return;
    room.second.leave();
    room.second.map.remove();
    room.second.pane.remove();
    room.titles[0].remove();
    room.second = null;
    room.map.getContainer().setAttribute("style", room.before);
    room.map.invalidateSize({ animate: false });
    document.body.removeAttribute("data-beside");
    fit(framed().getBounds());
  }

  // A commune that was clicked where its card opens is moved beside it.
  function uncover() {
    if (room.chosen === window.communeSelected) return;
    room.chosen = window.communeSelected;
    room.labels.forEach(function (label) {
      if (label.code !== room.chosen) return;
      var x = room.map.latLngToContainerPoint(label.at).x, width = room.map.getSize().x, rtl = room.options.language === "ar";
      var over = rtl ? covered() + 40 - x : x - (width - covered() - 40);
      if (covered() && over > 0) room.map.panBy([rtl ? -over : over, 0], { animate: !still });
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
        draw(entry.group, answer);
        document.body.setAttribute("data-layer-" + layer[0], entry.group.getLayers().length);
      });
    });
  };

  function draw(group, answer) {
    (answer.ways || []).forEach(function (row) {
      var look = answer.looks[row[5]];
      L.polyline(bend(row), { renderer: room.renderer, pane: "places", weight: row[4], color: look[1], opacity: 0.75, fill: false })
        .bindTooltip(say([row[6]]), { sticky: true }).addTo(group);
      L.circleMarker([row[2], row[3]], { renderer: room.renderer, pane: "places", radius: row[4] + 1.5, weight: 0, fillColor: look[1], fillOpacity: 1, interactive: false }).addTo(group);
    });
    (answer.places || answer.douars || []).forEach(function (row) {
      var look = answer.looks[row[3]], ring = look[0] === "none";
      L.circleMarker([row[0], row[1]], { renderer: room.renderer, pane: "places", radius: row[2], weight: 1.2, color: ring ? INK : look[1],
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
