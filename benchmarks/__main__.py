"""``python -m benchmarks``: what runs cost, and PyPSA on the same system. Asserts nothing."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SETTINGS = ("2x6", "2x4", "4x6", "4x4", "4x3", "8x4", "8x2", "12x1")
FINEST = SETTINGS[-1]
PEERS = {
    "drawn": "A drawn system with campuses: 10 zones, 3 milestone years, 2 days of 12 blocks",
    "nation": "The power part of us-2035: 48 zones, 5 milestone years, 2 days of 4 blocks",
}


def measured(kind: str, what: str) -> dict[str, float]:
    """Run one measurement in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.child", kind, what]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    row: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return row


def say(text: str = "") -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def shipped(names: list[str]) -> None:
    """Print what the shipped scenarios cost."""
    say(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start; one run each")
    say("Shipped scenarios, seconds (total: from reading to checked, without Python's own start)")
    say(
        f"{'scenario':14}{'load':>7}{'build':>7}{'solve':>8}{'round':>8}{'total':>8}"
        f"{'memory MB':>11}{'variables':>11}{'rows':>9}{'gap %':>7}"
    )
    for name in names:
        row = measured("shipped", name)
        say(
            f"{name:14}{row['load']:7.1f}{row['build']:7.1f}{row['solve']:8.1f}{row['round']:8.1f}"
            f"{row['total']:8.1f}{row['memory_mb']:11,.0f}{row['variables']:11,.0f}"
            f"{row['constraints']:9,.0f}{100 * row['gap_frac']:7.2f}"
        )


def peer() -> None:
    """Print our build and solve beside PyPSA's on the same systems."""
    for name, title in PEERS.items():
        say()
        say(f"{title}, HiGHS in both")
        say(f"{'':24}{'build s':>9}{'solve s':>9}{'memory MB':>11}{'variables':>11}{'rows':>9}")
        for method in ("simplex", "ipm") if name == "drawn" else ("ipm",):
            side_by_side(f"{name}-{method}", method)


def side_by_side(what: str, method: str) -> None:
    """Print two rows and their ratios."""
    rows = {name: measured(name, what) for name in ("ours", "pypsa")}
    for name, row in rows.items():
        label = {"ours": "gigaplan", "pypsa": "PyPSA"}[name]
        say(
            f"{label + ', ' + method:24}{row['build']:9.2f}{row['solve']:9.2f}"
            f"{row['memory_mb']:11,.0f}{row['variables']:11,.0f}{row['constraints']:9,.0f}"
        )
    ours, other = rows["ours"], rows["pypsa"]
    time = (other["build"] + other["solve"]) / (ours["build"] + ours["solve"])
    memory = other["memory_mb"] / ours["memory_mb"]
    apart = abs(ours["objective"] / other["objective"] - 1)
    bare = (ours["build"] + ours["solve"]) / ours["solver"]
    say(
        f"  PyPSA takes {time:.2f} times the time and {memory:.2f} times the memory; "
        f"the optima differ by {apart:.1e}; ours takes {bare:.2f} times the bare solver"
    )


def supply_rule(name: str) -> None:
    """Print what supply chains cost: seconds, memory, and the plan's money."""
    say()
    say(f"Supply chains in {name}, campuses of any size")
    say(f"{'':24}{'seconds':>9}{'memory MB':>11}{'variables':>11}{'rows':>9}{'cost M$':>13}")
    rows = {choice: measured("supply", f"{name}-{choice}") for choice in ("with", "without")}
    for choice, row in rows.items():
        say(
            f"{choice:24}{row['seconds']:9.1f}{row['memory_mb']:11,.0f}{row['variables']:11,.0f}"
            f"{row['constraints']:9,.0f}{row['objective']:13,.0f}"
        )
    dearer = rows["with"]["objective"] / rows["without"]["objective"] - 1
    time = rows["with"]["seconds"] / rows["without"]["seconds"]
    say(f"  they take {time:.2f} times the time and make the plan {100 * dearer:.3f} % dearer")


def time_settings() -> None:
    """Print how the optimum moves with days and blocks."""
    say()
    say(f"Days and blocks: TX, OK, KS, NM, relaxed; against {FINEST.replace('x', ' days of ')} h")
    rows = {setting: measured("blocks", setting) for setting in SETTINGS}
    exact = rows[FINEST]["objective"]
    for setting, row in rows.items():
        days, hours = setting.split("x")
        say(
            f"{days:>4} days, blocks of {hours} h {row['seconds']:8.1f} s"
            f"{100 * (row['objective'] / exact - 1):+9.2f} %"
        )


def finance() -> None:
    """Print deals a second of the kernel and of the pro forma, beside SAM on the same deal."""
    say()
    say("Finance of one owner: 30 years, sculpted debt, reserves, taxes, at prices drawn")
    say(f"{'':44}{'deals a second':>16}{'of SAM':>10}")
    ways = {
        "sam": "SAM (PySAM Singleowner)",
        "proforma": "pro forma, every line of the ledger",
        "kernel": "kernel, figures",
        "tiers": "kernel, figures and a waterfall of two tiers",
    }
    rows = {way: measured("finance", way) for way in ways}
    base = rows["sam"]["deals_per_second"]
    for way, row in rows.items():
        speed = row["deals_per_second"]
        say(f"{ways[way]:44}{speed:16,.0f}{speed / base:9,.0f}x")
    worths = [row["mean_npv_usd"] for row in rows.values()]
    apart = max(abs(worth / worths[0] - 1) for worth in worths)
    say(f"  mean worth of the first 200 deals differs by {apart:.1e} at most")


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave the national run out")
    parser.add_argument("--finance", action="store_true", help="finance alone")
    asked = parser.parse_args()
    quick = asked.quick
    if asked.finance:
        finance()
        return
    shipped(["tiny", "first-states"] + ([] if quick else ["us-2035"]))
    peer()
    supply_rule("tiny" if quick else "us-2035")
    time_settings()
    finance()


if __name__ == "__main__":
    main()
