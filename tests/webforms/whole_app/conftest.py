"""The real server and the families of the demo; pytest puts only a test's own folder on the path."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "public"))
