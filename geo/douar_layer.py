"""Douars on the Leaflet map: fetched from our own address when they are first asked for, shown and hidden by a message."""

from __future__ import annotations

from folium.map import Layer

from geo.map_styles import lean, script_json


class DouarLayer(Layer):
    """Defines ``window.showDouars(address, attribution)``: draws the places that the address answers, or hides them when it is
    empty. Every word reaches the page as text."""

    _template = lean(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.layerGroup([]);
        (function () {
          var map = {{ this._parent.get_name() }}, group = L.layerGroup(), shown = '', said = '';
          // Above the communes; as SVG, whose empty ground lets clicks through to them.
          map.createPane('douars').style.zIndex = 450;
          var renderer = L.svg({pane: 'douars', padding: 0.3});
          function style(look, radius) {
            var ring = look[0] === 'none';
            return {renderer: renderer, pane: 'douars', radius: radius, weight: 1, color: ring ? '#1f2933' : '#fff',
                    fillColor: ring ? '#fff' : look[0], fillOpacity: ring ? 0.5 : 1};
          }
          function draw(answer) {
            answer.douars.forEach(function (row) {
              var tip = document.createElement('div');
              tip.dir = 'auto';
              tip.textContent = row[4];
              L.circleMarker([row[0], row[1]], style(answer.looks[row[3]], row[2])).bindTooltip(tip).addTo(group);
            });
            // Stops without a name for the keyboard: the list on the screen of douars has them all.
            group.eachLayer(function (dot) { if (dot.getElement()) dot.getElement().setAttribute('tabindex', '-1'); });
            document.body.setAttribute('data-douars', group.getLayers().length);
          }
          window.showDouars = function (address, attribution) {
            if (address === shown) return;
            shown = address;
            group.clearLayers();
            document.body.setAttribute('data-douars', 0);
            if (said) map.attributionControl.removeAttribution(said);
            said = address ? attribution : '';
            if (!address) { group.remove(); return; }
            map.attributionControl.addAttribution(said);
            group.addTo(map);
            fetch(address).then(function (answer) { return answer.json(); }).then(function (answer) {
              if (address === shown) draw(answer);
            });
          };
          if (window.douarsAsked) window.showDouars.apply(null, window.douarsAsked);
        })();
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__(name=None, overlay=True, control=False, show=True)
        self._name = "DouarLayer"


class ShowDouars(Layer):
    """The message that shows the douars of an address on the map, or hides them where it is empty."""

    _template = lean(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.layerGroup([]);
        window.douarsAsked = {{ this.asked }};
        if (window.showDouars) window.showDouars.apply(null, window.douarsAsked);
        {% endmacro %}
        """
    )

    def __init__(self, address: str, attribution: str) -> None:
        super().__init__(name=None, overlay=True, control=False, show=True)
        self._name = "ShowDouars"
        self.asked = script_json([address, attribution])
