"""A page as a browser without scripts reads it: its forms, its links, and the words bound to a field as its error."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_CHOOSERS = frozenset({"radio", "checkbox"})


@dataclass
class Control:
    """One input, textarea, button or select."""

    name: str
    kind: str
    value: str = ""
    checked: bool = False
    described_by: tuple[str, ...] = ()
    options: list[tuple[str, bool]] = field(default_factory=list)


@dataclass
class PageForm:
    action: str
    method: str
    controls: list[Control] = field(default_factory=list)

    def names(self) -> set[str]:
        return {control.name for control in self.controls}

    def posted(self) -> dict[str, list[str]]:
        """What a browser sends when nothing is touched and no button is named."""
        sent: dict[str, list[str]] = {}
        for control in self.controls:
            for value in _sent(control):
                sent.setdefault(control.name, []).append(value)
        return sent


def _sent(control: Control) -> list[str]:
    if control.kind in {"submit", "button", "file"} or not control.name:
        return []
    if control.kind in _CHOOSERS:
        return [control.value] if control.checked else []
    if control.kind == "select":
        chosen = [value for value, selected in control.options if selected]
        return chosen or [value for value, _selected in control.options[:1]]
    return [control.value]


class Page(HTMLParser):
    """All of a page that the tests ask about."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.links: list[str] = []
        self.title = ""
        self.texts: dict[str, str] = {}
        self.text = ""
        self.open: list[tuple[str, str]] = []
        self.fieldsets: list[tuple[str, ...]] = []
        self.described: dict[str, tuple[str, ...]] = {}
        self.form: PageForm | None = None
        self.control: Control | None = None
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self.open.append((tag, has.get("id", "")))
        self.links += [has[name] for name in ("href", "src", "action") if name in has]
        self.links += [value for name, value in has.items() if name in {"hx-get", "hx-post"}]
        if tag == "form":
            self.form = PageForm(has.get("action", ""), has.get("method", "get"))
            self.forms.append(self.form)
        elif tag == "fieldset":
            self.fieldsets.append(tuple(has.get("aria-describedby", "").split()))
            self.described[has.get("id", "")] = self.fieldsets[-1]
        elif tag == "option" and self.control is not None:
            self.control.options.append((has.get("value", ""), "selected" in has))
        elif tag in {"input", "textarea", "select", "button"}:
            self._control(tag, has)

    def _control(self, tag: str, has: dict[str, str]) -> None:
        kind = has.get("type", "text" if tag == "input" else "submit") if tag in {"input", "button"} else tag
        default = "on" if kind == "checkbox" else ""
        described = tuple(has.get("aria-describedby", "").split())
        outer = self.fieldsets[-1] if self.fieldsets else ()
        control = Control(
            has.get("name", ""), kind, has.get("value", default), "checked" in has, described + outer
        )
        if self.form is not None:
            self.form.controls.append(control)
        if tag in {"textarea", "select"}:
            self.control = control

    def handle_endtag(self, tag: str) -> None:
        if tag in {"textarea", "select"}:
            if tag == "textarea" and self.control is not None:
                # A browser drops the first line break, which Django writes after the tag.
                self.control.value = self.control.value.removeprefix("\n")
            self.control = None
        if tag == "form":
            self.form = None
        if tag == "fieldset" and self.fieldsets:
            self.fieldsets.pop()
        while self.open:
            closed, _id = self.open.pop()
            if closed == tag:
                break

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self.control is not None and self.control.kind == "textarea":
            self.control.value += data
        if any(tag == "title" for tag, _id in self.open) and not any(tag == "svg" for tag, _id in self.open):
            self.title += data
        for _tag, key in self.open:
            if key:
                self.texts[key] = self.texts.get(key, "") + data
        self.text += data

    def form_with(self, action: str, names: set[str]) -> PageForm:
        """The form that posts there and has these fields."""
        found = [form for form in self.forms if form.action == action and names <= form.names()]
        assert found, (
            f"no form to {action} with {sorted(names)}: {[(f.action, f.names()) for f in self.forms]}"
        )
        return found[0]

    def errors_at(self, name: str) -> list[str]:
        """The words that are bound to a field as its error."""
        controls = [one for form in self.forms for one in form.controls if one.name == name]
        bound = [one.described_by for one in controls] + [self.described.get(f"id_{name}", ())]
        found = [self.texts.get(key, "").strip() for keys in bound for key in keys if key.endswith("_error")]
        return [words for words in found if words]

    def values(self) -> list[str]:
        """Everything that stands in a field, chosen or typed."""
        return [value for form in self.forms for values in form.posted().values() for value in values]
