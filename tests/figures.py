"""How the house reads, in figures, beside five model codebases: `make figures`.

The models were measured with the same rules on the day their commits bear; see `MODELS`.
"""

import ast
import io
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
LONG = 40  # lines of a function from which it is counted as long


class Figures(NamedTuple):
    """What is counted of a tree of Python files."""

    files: int
    code_lines: int
    nodes_a_line: float  # nodes of the syntax tree for each line of code
    comments: float  # lines that are a comment, in a hundred lines of code
    file_median: int
    file_longest: int
    function_median: int
    long_functions: float  # per cent of all functions
    nested: int  # comprehensions that stand in a comprehension
    walrus: int


# codebase and day of its commit: nodes a line, comment lines in 100, median and longest file, median function and long
# ones in %, nested, walrus; measured by `measure` over the package, without its tests and migrations
MODELS = {
    "starlette 2025-08-24": (7.29, 3.3, "146/876", "5, 4.2%", 0, 0),
    "reader 2026-08-04": (6.03, 12.8, "167/2466", "9, 9.0%", 1, 24),
    "procrastinate 2026-06-27": (5.82, 4.7, "62/1042", "8, 6.2%", 0, 2),
    "pretalx 2026-08-22": (5.41, 4.2, "82/1375", "6, 3.4%", 20, 130),
    "hassil 2025-06-24": (5.79, 13.9, "210/901", "13, 20.3%", 2, 3),
}


def measure(paths: list[Path]) -> Figures:
    """Return the figures of some files. A line of code holds a token that is no comment or docstring."""
    texts = [path.read_text(encoding="utf-8") for path in paths]
    trees = [ast.parse(text) for text in texts]
    nodes = [node for tree in trees for node in _code_nodes(tree)]
    functions = [
        node.end_lineno - node.lineno + 1
        for node in nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    counted = [_lines(text, tree) for text, tree in zip(texts, trees, strict=True)]
    code = sum(lines for lines, _ in counted)
    lengths = [len(text.splitlines()) for text in texts]
    return Figures(
        files=len(paths),
        code_lines=code,
        nodes_a_line=len(nodes) / code,
        comments=100 * sum(comments for _, comments in counted) / code,
        file_median=round(median(lengths)),
        file_longest=max(lengths),
        function_median=round(median(functions)),
        long_functions=100 * sum(length > LONG for length in functions) / len(functions),
        nested=sum(_is_nested(node) for node in nodes),
        walrus=sum(isinstance(node, ast.NamedExpr) for node in nodes),
    )


COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def _code_nodes(tree: ast.Module) -> Iterator[ast.AST]:
    """Return all nodes of a tree but its docstrings."""
    docstrings = set(map(id, _docstrings(tree)))
    for node in ast.walk(tree):
        if id(node) not in docstrings:
            yield node


def _docstrings(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        first = body[0] if isinstance(body, list) and body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            yield first
            yield first.value


def _lines(text: str, tree: ast.Module) -> tuple[int, int]:
    """Return how many lines hold code, and how many a comment."""
    code: set[int] = set()
    comments: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            if token.line.lstrip().startswith("#"):
                comments.add(token.start[0])
        elif token.type not in BLANK:
            code.update(range(token.start[0], token.end[0] + 1))
    for node in _docstrings(tree):
        code.difference_update(range(node.lineno, node.end_lineno + 1))
    return len(code), len(comments)


BLANK = {
    tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER, tokenize.ENCODING,
}  # fmt: skip


def _is_nested(node: ast.AST) -> bool:
    if not isinstance(node, COMPREHENSIONS):
        return False
    inner = (inside for inside in ast.walk(node) if inside is not node)
    return any(isinstance(inside, COMPREHENSIONS) for inside in inner)


def main(arguments: list[str]) -> None:
    """Print the figures of the house, of each of its rooms, or of the folders named."""
    rooms = [Path(name) for name in arguments] or _rooms()
    print(
        f"{'':32}{'files':>6}{'lines':>7}{'nodes':>7}{'notes':>7}{'file':>10}{'function':>13}{'nested':>8}{'walrus':>8}"
    )
    for name, paths in {
        "all": _files(rooms),
        **{str(room): _files([room]) for room in rooms},
    }.items():
        if paths:
            _print(name, measure(paths))
    for name, (nodes, comments, files, functions, nested, walrus) in MODELS.items():
        print(f"{name:45}{nodes:7.2f}{comments:7.1f}{files:>10}{functions:>13}{nested:8}{walrus:8}")


def _print(name: str, one: Figures) -> None:
    lengths = f"{one.file_median}/{one.file_longest}"
    functions = f"{one.function_median}, {one.long_functions:.1f}%"
    print(
        f"{name:32}{one.files:6}{one.code_lines:7}{one.nodes_a_line:7.2f}{one.comments:7.1f}"
        f"{lengths:>10}{functions:>13}{one.nested:8}{one.walrus:8}"
    )


def _rooms() -> list[Path]:
    below = [path for top in ("bot", "bot/core") for path in (ROOT / top).iterdir()]
    rooms = [
        path
        for path in below
        if (path / "__init__.py").exists() and path.name not in ("core", "data")
    ]
    return [path.relative_to(ROOT) for path in sorted(rooms)] + [Path("storage")]


def _files(rooms: list[Path]) -> list[Path]:
    found = [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]
    return [path for path in found if path.name != "__init__.py" and "versions" not in path.parts]


if __name__ == "__main__":
    main(sys.argv[1:])
