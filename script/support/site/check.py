"""Holds the built site against what it promises: no link leads nowhere, and nothing is fetched from elsewhere."""

import html.parser
import pathlib
import re
import urllib.parse


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.links, self.fetched, self.names, self.pictures = [], [], set(), []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if "id" in values:
            self.names.add(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"] or "")
        if tag in ("img", "script", "iframe", "source", "video") and values.get("src"):
            self.fetched.append(values["src"])
        if tag == "link" and values.get("rel") not in ("canonical", "search", "prev", "next", "index", "author"):
            self.fetched.append(values.get("href", ""))
        if tag == "img" and not values.get("alt"):
            self.pictures.append(values.get("src", "")[:80])


def problems(site):
    site = pathlib.Path(site)
    pages = {path: Page(path) for path in sorted(site.rglob("*.html"))}
    found = []
    for path, page in pages.items():
        name = path.relative_to(site)
        for link in page.links + page.fetched:
            parts = urllib.parse.urlsplit(link)
            if parts.scheme in ("data", "mailto") or link == "#":
                continue
            if parts.scheme or parts.netloc:
                if link in page.fetched:
                    found.append(f"{name} fetches {link}")
                continue
            target = (path.parent / urllib.parse.unquote(parts.path)).resolve() if parts.path else path
            if not target.exists():
                found.append(f"{name}: {link} leads nowhere")
            elif parts.fragment and target in pages and urllib.parse.unquote(parts.fragment) not in pages[target].names:
                found.append(f"{name}: {link} names no place of that page")
        for picture in page.pictures:
            found.append(f"{name}: the picture {picture} has no words")
    for sheet in site.rglob("*.css"):
        for address in re.findall(r"(?:url\(|@import)\s*[\"']?(https?:)?//[^)\"']+", sheet.read_text(encoding="utf-8")):
            found.append(f"{sheet.relative_to(site)} fetches from {address}")
    return len(pages), found
