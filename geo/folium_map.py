"""The map on the page: Leaflet by way of Folium, every file from this server, geometry fetched once, only styles sent after.

The component's frame lies at ``component/streamlit_folium.st_folium/index.html`` under the application's base path, so that
relative addresses two levels up reach our own routes behind any reverse proxy.
"""

from __future__ import annotations

from dataclasses import dataclass

import folium
from folium.map import Layer

from analytics.legend import Legend
from geo.boundaries import read_boundaries
from geo.douar_layer import DouarLayer
from geo.hatches import pattern_definitions
from geo.layer import Layer as BoundaryLayer
from geo.map_styles import lean, script_json

ASSETS = "../../assets"
PATTERNS = "fill"
NAMES_FROM_ZOOM = 10


@dataclass(frozen=True, slots=True)
class MapWords:
    """Language of the map's page, the field that holds the communes' names in it, and what its two buttons say."""

    language: str
    name_field: str
    zoom_in: str
    zoom_out: str


class OfflineMap(folium.Map):
    """A Folium map that loads nothing but Leaflet, from our own route, and no tiles."""

    default_js = [("leaflet", f"{ASSETS}/leaflet/leaflet.js")]  # noqa: RUF012  (folium's own class attribute)
    default_css = [("leaflet_css", f"{ASSETS}/leaflet/leaflet.css")]  # noqa: RUF012


class CommuneLayer(Layer):
    """The communes, fetched by address and kept by the browser; a click says which commune through the component."""

    _template = lean(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.layerGroup([]);
        (function () {
          var map = {{ this._parent.get_name() }};
          var holder = document.createElement('div');
          holder.innerHTML = {{ this.patterns }};
          holder.setAttribute('aria-hidden', 'true');
          document.body.appendChild(holder);
          var css = document.createElement('style');
          css.textContent = {{ this.css }};
          document.head.appendChild(css);
          // Folium forbids zooming the page, which readers of small print need.
          document.querySelectorAll('meta[name=viewport]').forEach(function (meta) { meta.content = 'width=device-width'; });
          document.documentElement.lang = {{ this.language }};
          {{ this.buttons }}.forEach(function (button) {
            var node = document.querySelector(button[0]);
            node.title = button[1];
            node.setAttribute('aria-label', button[1]);
          });
          map.attributionControl.setPrefix('');
          map.attributionControl.addAttribution({{ this.attribution }});
          function say(lines) {
            var node = document.createElement('div');
            node.dir = 'auto';
            lines.filter(Boolean).forEach(function (line, position) {
              var part = document.createElement(position ? 'div' : 'strong');
              part.textContent = line;
              node.appendChild(part);
            });
            return node;
          }
          var layer = L.geoJson(null, {
            style: {weight: 0.8, color: '#4a5560', fillColor: '#d9d9d9', fillOpacity: 0.92},
            onEachFeature: function (feature, shape) {
              shape.bindTooltip(say([feature.properties[{{ this.name_field }}]]), {sticky: true});
              shape.on('click', function () {
                window.__GLOBAL_DATA__.last_active_drawing =
                  {type: 'Feature', properties: {commune_code: feature.properties.commune_code}};
              });
            }
          }).addTo(map);
          var names = L.layerGroup();
          window.restyleCommunes = function () {
            window.communeStyles = window.communeStyles || {};
            layer.eachLayer(function (shape) {
              var code = shape.feature.properties.commune_code;
              var style = window.communeStyles[code];
              var chosen = code === window.communeSelected;
              var fill = style ? 'url(#' + {{ this.prefix }} + style[0] + ')' : 'transparent';
              shape.setStyle({fillColor: fill, weight: chosen ? 3 : 0.8,
                              color: chosen ? '#000' : '#4a5560', fillOpacity: style ? 0.92 : 0});
              if (style) shape.setTooltipContent(say(
                [shape.feature.properties[{{ this.name_field }}], window.communeLabels[style[1]],
                 style[2] && window.communeFigure.join(style[2]), window.communeNotes[style[3]]]));
              if (chosen) shape.bringToFront();
            });
            document.body.setAttribute('data-styled', String((+document.body.getAttribute('data-styled') || 0) + 1));
          };
          function showNames() {
            if (map.getZoom() >= {{ this.names_from_zoom }}) names.addTo(map); else names.remove();
          }
          fetch({{ this.url }}).then(function (answer) { return answer.json(); }).then(function (collection) {
            layer.addData(collection);
            layer.eachLayer(function (shape) {
              // Stops without a name or an answer to Enter: by keyboard a commune is chosen from the list beside the map.
              shape.getElement().setAttribute('tabindex', '-1');
              L.tooltip({permanent: true, direction: 'center', className: 'commune-name', interactive: false})
                .setLatLng(shape.getBounds().getCenter())
                .setContent(say([shape.feature.properties[{{ this.name_field }}]])).addTo(names);
            });
            window.restyleCommunes();
            map.invalidateSize({animate: false});
            map.fitBounds(layer.getBounds(), {padding: [6, 6]});
            map.on('zoomend', showNames);
            showNames();
            document.body.setAttribute('data-communes', layer.getLayers().length);
          });
        })();
        {% endmacro %}
        """
    )

    def __init__(self, legend: Legend, words: MapWords, address: str, attribution: str) -> None:
        super().__init__(name=None, overlay=True, control=False, show=True)
        self._name = "CommuneLayer"
        svg = (
            f"<svg width='0' height='0' style='position:absolute'><defs>{pattern_definitions(legend, PATTERNS)}</defs></svg>"
        )
        self.patterns = script_json(svg)
        self.css = script_json(
            "html,body{background:#fff}.leaflet-container{background:#eef2f5;font-family:'Noto Sans','Noto Naskh Arabic',sans-serif}"
            ".leaflet-tooltip{white-space:normal;width:max-content;max-width:210px;font-size:13px}"
            ".leaflet-control-attribution{font-size:11px}"
            # On a phone the page makes the frame lower than asked for: the map fills what it is given.
            "@media(max-width:480px){ #map_div{height:100vh!important}}"
            ".commune-name{white-space:nowrap;background:none;border:0;box-shadow:none;padding:0;font-size:11px;color:#1f2933;"
            "text-shadow:0 0 3px #fff,0 0 3px #fff,0 0 3px #fff}.commune-name:before{display:none}"
        )
        self.attribution = script_json(attribution)
        self.url = script_json(f"{ASSETS}/{address}")
        self.language = script_json(words.language)
        self.buttons = script_json(
            [[".leaflet-control-zoom-in", words.zoom_in], [".leaflet-control-zoom-out", words.zoom_out]]
        )
        self.name_field = script_json(words.name_field)
        self.prefix = script_json(f"{PATTERNS}-")
        self.names_from_zoom = NAMES_FROM_ZOOM


def build_base_map(layer: BoundaryLayer, legend: Legend, words: MapWords, address: str) -> folium.Map:
    """The map without styles: the same script every time, so that the component is never mounted anew.

    Args:
        address: where the page fetches the layer's file, below the assets.
    """
    west, south, east, north = read_boundaries(layer).total_bounds
    base = OfflineMap(location=[(south + north) / 2, (west + east) / 2], zoom_start=8, tiles=None, zoom_snap=0.25)
    CommuneLayer(legend, words, address, layer.attribution).add_to(base)
    DouarLayer().add_to(base)
    return base
