import ast
import graphlib
import unittest
from pathlib import Path

import edgehost

FOLDER = Path(edgehost.__file__).parent


def _imports(module: str) -> set[str]:
    """The modules of this package that a module imports, also those that only types need."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            names = [node.module] if node.module else [alias.name for alias in node.names]
            found.update(names)
    return found


class ImportTests(unittest.TestCase):
    def test_modules_import_one_way(self) -> None:
        modules = {path.stem for path in FOLDER.glob("*.py")}
        graph = {module: _imports(module) for module in modules}

        self.assertLessEqual(set().union(*graph.values()), modules)
        self.assertIn("_calls", graph["_session"])
        graphlib.TopologicalSorter(graph).prepare()  # Raises on a cycle, and names it.
