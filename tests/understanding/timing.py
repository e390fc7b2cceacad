"""How long one message takes and how much memory indexes need: `python -m tests.understanding.timing`.

The catalogs are made of the known ones, repeated with other brands until they have the wanted size; the messages are the
known ones. Times are wall-clock milliseconds on whatever machine runs this, in one process.
"""

import gc
import json
import resource
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

from marchante.understanding import CatalogIndex, CatalogProduct, understand
from marchante.understanding.command import load_catalog

KNOWN = Path(__file__).parent / "known"
BRANDS = [
    "Alondra",
    "Bellavista",
    "Cumbre",
    "Dorado",
    "Estrella",
    "Fortuna",
    "Girasol",
    "Horizonte",
    "Imperial",
    "Jacaranda",
]
SMALL, LARGE, COMPANIES = 70, 5000, 1000


def products(size: int, salt: int = 0) -> list[CatalogProduct]:
    """As many different products as wanted."""
    base = [product for path in sorted((KNOWN / "catalogs").glob("*.json")) for product in load_catalog(path)]
    made = []
    for number in range(size):
        product, round_ = base[(number + salt) % len(base)], number // len(base)
        brand = "" if not round_ else f" {BRANDS[round_ % len(BRANDS)]} {round_}"
        made.append(
            replace(product, sku=f"S{number}", name=product.name + brand, aliases=() if round_ else product.aliases)
        )
    return made


def milliseconds(size: int, texts: list[str]) -> list[float]:
    index = CatalogIndex.build(products(size))
    taken = []
    for text in texts:
        started = time.perf_counter()
        understand(text, index)
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def megabytes(companies: int) -> float:
    """Memory of one index per company, each with its own 70 products."""
    base = products(SMALL + companies)
    gc.collect()
    before = resident()
    indexes = [CatalogIndex.build(base[salt : salt + SMALL]) for salt in range(companies)]
    after = resident()
    assert len(indexes) == companies
    return after - before


def resident() -> float:
    """The largest resident size so far, in megabytes (kilobytes on Linux, bytes on macOS)."""
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest / (1_000_000 if sys.platform == "darwin" else 1_000)


def main() -> None:
    texts = [json.loads(row)["text"] for row in (KNOWN / "messages.jsonl").read_text(encoding="utf-8").splitlines()]
    figures = {}
    for size in (SMALL, LARGE):
        taken = sorted(milliseconds(size, texts))
        p50, p99 = statistics.median(taken), taken[int(len(taken) * 0.99)]
        figures[f"{size}_products"] = {"p50_ms": round(p50, 2), "p99_ms": round(p99, 2)}
    figures["indexes"] = {"companies": COMPANIES, "products_each": SMALL, "megabytes": round(megabytes(COMPANIES), 1)}
    json.dump(figures, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
