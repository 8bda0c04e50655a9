"""Imported first by our own processes: leaves out what takes a second to import and no notebook needs.

nbformat imports jsonschema, which imports what it finds installed that checks addresses, durations and the like; one of
these packages compiles a grammar. Without them those, which no notebook's schema has, are not checked.
"""

from __future__ import annotations

import sys

UNUSED = ("fqdn", "isoduration", "jsonpointer", "rfc3339_validator", "rfc3986_validator", "rfc3987", "rfc3987_syntax",
          "uri_template", "webcolors")  # fmt: skip

if "jsonschema" not in sys.modules:
    _kept_out = [name for name in UNUSED if name not in sys.modules]
    sys.modules.update(dict.fromkeys(_kept_out))  # type: ignore[arg-type]
    import nbformat  # noqa: F401

    for _name in _kept_out:  # a server in this process may want them
        del sys.modules[_name]
