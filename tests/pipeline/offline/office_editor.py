"""Fills a form in a running LibreOffice as a person does; run by Debian's own Python, which has `uno`.

`/usr/bin/python3 office_editor.py PROFILE ORDER.json`: the order names the file, where to save it, and what to write.
In Word forms `write` is a list of [number of the control, text], typed at its end or, with `replace`, instead of what
stands there; a line break is the Enter key. In Excel forms it is a list of [cell, text] on the first sheet.
"""

import contextlib
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found] # Debian's python3-uno, which our own environment does not have
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found] # same

_FILTERS = {".docx": "MS Word 2007 XML", ".xlsx": "Calc MS Excel 2007 XML"}


def main(profile: str, order: dict[str, Any]) -> None:
    pipe = f"editor-{time.monotonic_ns()}"
    command = ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore"]
    office = subprocess.Popen([*command, f"--accept=pipe,name={pipe};urp;"])
    try:
        context = _connect(pipe)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        document = desktop.loadComponentFromURL(Path(order["file"]).as_uri(), "_blank", 0, _properties(Hidden=True))
        write = _write_words if order["file"].endswith(".docx") else _write_cells
        write(document, order["write"], context, replace=order.get("replace", False))
        saved = Path(order["saved"])
        document.storeToURL(saved.as_uri(), _properties(FilterName=_FILTERS[saved.suffix]))
        document.close(True)
        with contextlib.suppress(Exception):  # the line breaks off while it ends
            desktop.terminate()
        office.wait(20)
    finally:
        office.kill()


def _connect(pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(300):
        with contextlib.suppress(Exception):  # not there yet
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer")


def _write_words(document: Any, write: list[tuple[int, str]], context: Any, *, replace: bool) -> None:
    controls = list(_controls(document))
    view, frame = document.CurrentController.getViewCursor(), document.CurrentController.Frame
    dispatcher = context.ServiceManager.createInstance("com.sun.star.frame.DispatchHelper")
    for number, text in write:
        portions = list(_each(controls[number - 1]))
        view.gotoRange(portions[0].Start, False)
        view.goRight(sum(len(portion.String) for portion in portions), replace)
        for place, line in enumerate(text.split("\n")):
            if place:
                dispatcher.executeDispatch(frame, ".uno:InsertPara", "", 0, ())
            dispatcher.executeDispatch(frame, ".uno:InsertText", "", 0, _properties(Text=line))


def _controls(document: Any) -> Any:
    for paragraph in _each(document.Text):
        for portion in _each(paragraph):
            if portion.TextPortionType == "ContentControl":
                yield portion.ContentControl


def _each(whole: Any) -> Any:
    following = whole.createEnumeration()
    while following.hasMoreElements():
        yield following.nextElement()


def _write_cells(document: Any, write: list[tuple[str, str]], context: Any, *, replace: bool) -> None:
    sheet = document.Sheets.getByIndex(0)
    for place, text in write:
        sheet.getCellRangeByName(place).setFormula(text)  # as typed: in a cell of format Text nothing is worked out


def _properties(**values: Any) -> tuple[Any, ...]:
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


if __name__ == "__main__":
    main(sys.argv[1], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))
