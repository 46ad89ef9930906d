// A second map beside the first one, with its names. Defines functions only; ``mapRoom.showBeside`` is called by a rerun.
(function () {
  var room = window.mapRoom;

  // A second map beside the first one, under it on a narrow page; both move together unless each looks at a commune of its own.
  room.showBeside = function (asked) {
    if (!asked) { closeBeside(); return; }
    var fresh = !room.second;
    if (fresh) { openBeside(); Object.keys(room.shown).forEach(function (id) { room.drawSecond(room.shown[id]); }); }
    var second = room.unpack(asked), chosen = asked.apart ? asked.apart[1] : window.communeSelected;
    room.titles.forEach(function (title, position) { title.textContent = asked.names[position]; });
    room.second.shapes.eachLayer(function (shape) {
      var code = shape.feature.properties.commune_code, style = second.styles[code], name = shape.feature.properties[room.options.name_field];
      shape.setStyle({ fillColor: room.filled(style), fillOpacity: style ? 0.92 : 0, weight: code === chosen ? 3 : 0.8, color: code === chosen ? "#000" : room.line });
      shape.setTooltipContent(room.say([name].concat(style ? room.describe(second, style) : [])));
      if (code === chosen) shape.bringToFront();
    });
    var apart = asked.apart ? asked.apart.join() : "";
    if (fresh || room.apart !== apart) {
      room.apart = apart;
      if (asked.apart) lookApart(asked.apart); else room.fit(room.seen().getBounds());
    }
    room.second.chosen = chosen;
    room.second.declutter();
    document.body.setAttribute("data-beside", asked.names[1]);
  };

  // Both at the scale that shows either commune whole: the larger one is seen to be larger.
  function lookApart(codes) {
    var bounds = codes.map(function (code) {
      return room.labels.filter(function (label) { return label.code === code; })[0].bounds.pad(0.6);
    });
    var zoom = Math.min(room.map.getBoundsZoom(bounds[0]), room.second.map.getBoundsZoom(bounds[1]));
    [room.map, room.second.map].forEach(function (map, at) { map.setView(bounds[at].getCenter(), zoom, { animate: false }); });
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
    map.createPane("places").style.zIndex = 450;
    room.second = { map: map, shapes: shapes, pane: pane, renderer: L.svg({ pane: "places", padding: 0.3 }) };
    room.second.declutter = room.nameOn(map, function () { return room.second && room.second.chosen; });
    room.second.leave = follow(room.map, map);
    follow(map, room.map);
    room.titles = [first, pane].map(function (box) {
      var title = box.appendChild(document.createElement("div"));
      title.dir = "auto";
      title.style.cssText = "position:absolute;top:8px;left:50%;transform:translateX(-50%);z-index:900;background:#fff;border:1px solid #d5dbe1;border-radius:4px;padding:2px 10px;font-weight:700;font-size:14px;max-width:70%;text-align:center";
      return title;
    });
  }

  // A layer on the second map: what the answer has of its own month, result or scenario, or the same as on the first.
  room.drawSecond = function (entry) {
    room.hideSecond(entry);
    if (!room.second || !entry.answer) return;
    entry.second = L.layerGroup().addTo(room.second.map);
    room.draw(entry.second, entry.answer.second || entry.answer, entry.answer.looks, room.second.renderer);
  };
  room.hideSecond = function (entry) {
    if (entry.second) entry.second.remove();
    entry.second = null;
  };

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
    Object.keys(room.shown).forEach(function (id) { room.hideSecond(room.shown[id]); });
    room.second.map.remove();
    room.second.pane.remove();
    room.titles[0].remove();
    room.second = null;
    room.map.getContainer().setAttribute("style", room.before);
    room.map.invalidateSize({ animate: false });
    document.body.removeAttribute("data-beside");
    room.fit(room.seen().getBounds());
  }
})();
