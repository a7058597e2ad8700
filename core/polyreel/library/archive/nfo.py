"""What Jellyfin, Kodi and other media centres read of a film: a small XML file beside it. Pure.

The form is Kodi's, for films: https://kodi.wiki/view/NFO_files/Movies, read 2026-11-25.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(sidecar: bytes) -> bytes:
    """Make an .nfo file of what a sidecar says; it holds nothing that isn't there."""
    said = json.loads(sidecar)
    fields: Mapping[str, Any] = said["fields"]
    created, duration = fields.get("created_at"), fields.get("duration")
    film = ET.Element("movie")
    for name, value in {
        "title": fields.get("title") or said["id"],
        "plot": fields.get("prompt"),
        "premiered": str(created)[:10] if created else None,
        "runtime": max(1, round(duration / 60)) if duration else None,  # minutes
        "studio": said["provider"],
        "uniqueid": said["uid"],
    }.items():
        if value is not None:
            ET.SubElement(film, name).text = _NO_XML.sub("", str(value))
    for element in film.findall("uniqueid"):
        element.set("type", "polyreel")
        element.set("default", "true")
    ET.indent(film)
    text: bytes = ET.tostring(film, encoding="utf-8", xml_declaration=True)
    return text + b"\n"
