"""The project keeps its own rules."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def test_every_path_named_in_the_documents_exists() -> None:
    missing = []
    for document in ("README.md", "CONTRIBUTING.md", "docs/tour.md"):
        for name in re.findall(r"`([a-z_]+(?:/[a-z_.]+)+)`", (ROOT / document).read_text()):
            places = (ROOT / name, ROOT / "src/marchante" / name)
            if not any(place.exists() for place in places):
                missing.append(f"{document}: {name}")
    assert missing == []


def test_every_variable_of_the_settings_is_documented() -> None:
    source = (ROOT / "src/marchante/settings.py").read_text()
    documented = (ROOT / ".env.example").read_text()
    names = re.findall(r'validation_alias="([A-Z_]+)"', source)
    assert [name for name in names if name not in documented] == []


def test_the_lock_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    assert "index" not in lock
    assert not (ROOT / "uv.lock").exists() or "uv.lock" in (ROOT / ".gitignore").read_text()


def test_no_file_names_a_registry_or_a_machine() -> None:
    forbidden = re.compile(r"(extra-)?index-url|\"resolved\":\s*\"https?:|/wo" + r"rk/|/fa" + r"rm/", re.IGNORECASE)
    found = []
    for path in tracked("*.py", "*.md", "*.toml", "*.sh", "Makefile", ".ci/run"):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if forbidden.search(line) and path != Path(__file__):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert found == []


def test_every_locked_package_has_hashes() -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / "requirements.lock").read_text())
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_no_two_test_files_share_a_name() -> None:
    names = [path.name for path in tracked("tests/**/test_*.py")]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
