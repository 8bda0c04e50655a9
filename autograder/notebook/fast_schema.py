"""Imported first by our own processes: leaves out what takes a second to import and no notebook needs.

nbformat imports jsonschema, which compiles a grammar of internationalised web addresses (RFC 3987) where it finds one
installed. Without it those, which no notebook's schema has, are not checked.
"""

from __future__ import annotations

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
