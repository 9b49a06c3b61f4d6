"""An editor for tests: replaces one text in the draft by another, as a person would."""

import os
import sys
from pathlib import Path

draft = Path(sys.argv[-1])
old, new = os.environ["EDIT"].split("=", 1)
draft.write_text(draft.read_text().replace(old.replace("_", " "), new.replace("_", " ")))
