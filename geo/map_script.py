"""The scripts that draw the map on the page, sent as one file that the browser keeps until it changes."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from geo.hatches import PATTERN, STROKES

_FILES = ("map_room.js", "map_beside.js", "map_lasso.js", "map_months.js")
_HATCHES = f"mapRoom.hatches = {json.dumps({'pattern': PATTERN, 'strokes': STROKES}, separators=(',', ':'))};"
SCRIPT_BODY = b"\n".join([*((Path(__file__).parent / name).read_bytes() for name in _FILES), _HATCHES.encode()])
# The query holds a hash of the contents (cache busting).
SCRIPT = f"map.js?{sha256(SCRIPT_BODY).hexdigest()[:12]}"
