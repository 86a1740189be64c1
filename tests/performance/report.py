"""What was measured, as a page to read."""

from __future__ import annotations

import os
from typing import Any

Rows = dict[str, dict[str, Any]]
HEAD = """# Pages against a bare Django view (B), in one run

B returns 20 KB of constant HTML from the same gunicorn settings (2 workers, 4 threads); next to
every round of a page stands one of B, and each ratio is of such a pair, the median of the rounds.
A new connection per request. CPU is that of the workers and the database's servers. The database is
the bench's own. Bytes are of the HTML, raw and by brotli 5.
"""


def written(about: dict[str, Any], rows: Rows, took: float) -> str:
    sizes = about["sizes"]
    loads = ", ".join(f"{rows[f'{size} done']['load']:.1f}" for size in sizes)
    parts = [
        HEAD,
        f"Revision {about['code']}; {about['rounds']} rounds of {about['seconds']} s "
        "(one less below the largest size); "
        f"{os.cpu_count()} cores, load average at the end of each size {loads}; "
        f"{took / 60:.0f} minutes in all.\n",
        *(_table(size, rows) for size in sizes),
        _growth(sizes, rows) if len(sizes) > 1 else "",
        _desk(sizes, rows),
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _table(size: int, rows: Rows) -> str:
    seeded, memory = rows[f"{size} seed"]["seconds"], rows[f"{size} memory"]
    lines = [
        f"## {size:,} products\n",
        f"Made, or filled up from the size before, in {seeded:.0f} s. Memory per worker "
        f"{memory['fresh']:.0f} MB, with kept pages {memory['kept']:.0f} MB.\n",
        "| page | ÷ B | ± | goal | peers | CPU ms | p50 ms | p99 ms | queries | bytes | packed |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['name']} | **{row['ratio']:.3f}** | {row['spread'] / 2:.3f} | {row['goal']} "
        f"| {row['peer']} | {row['cpu']:.2f} | {row['p50']:.0f} | {row['p99']:.0f} "
        f"| {row['queries']} | {row['raw']:,} | {row['packed']:,} |"
        for row in _measured(size, rows)
    ]
    bare = [row["bare_cpu"] for row in _measured(size, rows)]
    lines.append(f"\nB itself: {sum(bare) / max(len(bare), 1):.2f} ms CPU per request.\n")
    return "\n".join(lines)


def _growth(sizes: list[int], rows: Rows) -> str:
    """How much dearer a page is, in processor time and against B."""
    first, last = sizes[0], sizes[-1]
    before = {row["name"]: row for row in _measured(first, rows)}
    lines = [
        f"## Cost at {last:,} ÷ at {first:,} products\n",
        "| page | by requests ÷ B | by CPU |",
        "|---|---|---|",
    ]
    for row in _measured(last, rows):
        if row["name"] in before:
            base = before[row["name"]]
            rates, cpu = base["ratio"] / row["ratio"], row["cpu"] / base["cpu"]
            lines.append(f"| {row['name']} | {rates:.2f} | {cpu:.2f} |")
    pages = {row["name"]: row for row in _measured(last, rows)}
    deep = next((row for name, row in pages.items() if name.startswith("page after")), None)
    if deep:
        cost = deep["cpu"] / pages["page 2"]["cpu"]
        lines.append(f"\n{deep['name'].capitalize()} ÷ page 2: {cost:.2f} by CPU (goal ≤ 1.2).\n")
    return "\n".join(lines)


def _desk(sizes: list[int], rows: Rows) -> str:
    lines = ["## Lists of the desk\n", "| list | products | queries | ms |", "|---|---|---|---|"]
    for size in sizes:
        for path, (count, took) in rows[f"{size} desk"].items():
            lines.append(f"| `{path}` | {size:,} | {count} | {took:.0f} |")
    return "\n".join(lines) + "\n"


def _measured(size: int, rows: Rows) -> list[dict[str, Any]]:
    return [row for key, row in rows.items() if key.startswith(f"{size} ") and "ratio" in row]
