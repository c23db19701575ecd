"""Properties of a Word paper: title and language stay; dates, authors, paths and tools go."""

from __future__ import annotations

import re

from lxml import etree

from scrutiny.paper.word_xml import CONTENT_TYPES, Element, q, remove_all, serialise

_NO_DATE = "2000-01-01"
_APPLICATION = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.'
    b'openxmlformats.org/officeDocument/2006/extended-properties"><DocSecurity>0</DocSecurity>'
    b"</Properties>"
)


def custom_properties(parts: dict[str, bytes]) -> dict[str, str]:
    """What the filter and the front matter told this pass, taken out of the document."""
    data = parts.pop("docProps/custom.xml", None)
    if data is None:
        return {}
    for name in (CONTENT_TYPES, "_rels/.rels"):
        root = etree.fromstring(parts[name])
        for entry in list(root):
            if "custom.xml" in (entry.get("PartName") or entry.get("Target") or ""):
                root.remove(entry)
        parts[name] = serialise(root)
    return {item.get("name"): "".join(item.itertext()) for item in etree.fromstring(data)}


def finish_properties(parts: dict[str, bytes], said: dict[str, str]) -> None:
    """Keep the title and the language; the only date is the meeting's."""
    core = etree.fromstring(parts["docProps/core.xml"])
    for entry in list(core):
        name = etree.QName(entry).localname
        if name in ("creator", "lastModifiedBy", "revision", "category") or not entry.text:
            core.remove(entry)
    finished = parts.get("docProps/app.xml") == _APPLICATION
    meeting = said.get("meeting-date", "")
    date = meeting if re.fullmatch(r"\d{4}-\d\d-\d\d", meeting) else _NO_DATE
    for entry in core:
        if etree.QName(entry).localname in ("created", "modified") and not finished:
            entry.text = f"{date}T00:00:00Z"
    parts["docProps/core.xml"] = serialise(core)
    parts["docProps/app.xml"] = _APPLICATION
    title = core.findtext("{http://purl.org/dc/elements/1.1/}title") or ""
    for name in [part for part in parts if re.fullmatch(r"word/header\d+\.xml", part)]:
        root = etree.fromstring(parts[name])
        _show_title(root, title)
        parts[name] = serialise(root)


def _show_title(header: Element, title: str) -> None:
    """Fill the title field with what Word would show, for viewers that do not compute fields."""
    inside = False
    for element in header.iter(q("w:instrText"), q("w:t")):
        if element.tag == q("w:instrText"):
            inside = (element.text or "").strip().startswith("TITLE")
        elif inside:
            element.text = title
            inside = False


def finish_languages(parts: dict[str, bytes], document: Element, styles: Element) -> None:
    """British English in the styles and settings; marks of a spelling run are dropped."""
    for language in styles.iter(q("w:lang")):
        language.set(q("w:val"), "en-GB")
    remove_all(document, "w:proofErr")
    settings = etree.fromstring(parts["word/settings.xml"])
    for name in ("w:rsids", "w:proofState", "w:stylePaneFormatFilter", "w:savePreviewPicture"):
        remove_all(settings, name)
    for language in settings.iter(q("w:themeFontLang")):
        language.set(q("w:val"), "en-GB")
    _say_mode(settings)
    parts["word/settings.xml"] = serialise(settings)


def _say_mode(settings: Element) -> None:
    """Today's Word, not the compatibility mode that pandoc's settings open in."""
    compatibility = settings.find(q("w:compat"))
    if compatibility is None:
        compatibility = etree.Element(q("w:compat"))
        language = settings.find(q("w:themeFontLang"))
        if language is None:
            settings.append(compatibility)
        else:
            language.addprevious(compatibility)
    if compatibility.find(q("w:compatSetting")) is None:
        values = {
            "name": "compatibilityMode",
            "uri": "http://schemas.microsoft.com/office/word",
            "val": "15",
        }
        made = etree.SubElement(compatibility, q("w:compatSetting"))
        for name, value in values.items():
            made.set(q(f"w:{name}"), value)
