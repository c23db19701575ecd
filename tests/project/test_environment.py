"""pyproject.toml, environment.yml and requirements.lock say the same."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")

# What goes by another name in conda, or is two packages there.
IN_CONDA = {"pypandoc-binary": ["pypandoc", "pandoc"], "quarto-cli": ["quarto"]}
# Conda says these itself: the language, what installs the package, and the programs whose versions
# are not those of the Python packages that bring them.
ONLY_IN_CONDA = {"python", "pip", "pandoc"}


def declared(*, quarto: bool) -> dict[str, Requirement]:
    """What pyproject.toml asks for to build, run and test, by canonical name."""
    extras = PROJECT["project"]["optional-dependencies"]
    lines = [
        *PROJECT["build-system"]["requires"],
        *PROJECT["project"]["dependencies"],
        *extras["test"],
        *(extras["quarto"] if quarto else []),
    ]
    requirements = [Requirement(line) for line in lines]
    return {canonicalize_name(found.name): found for found in requirements}


def conda() -> dict[str, Requirement]:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    requirements = [Requirement(line) for line in environment["dependencies"]]
    return {canonicalize_name(found.name): found for found in requirements}


def pins(lock: str) -> dict[str, list[tuple[Version, str, int]]]:
    """Each package in a lock: its versions, each with its marker and its number of hashes."""
    found: dict[str, list[tuple[Version, str, int]]] = {}
    entries = re.split(r"^(?=[^\s#])", lock, flags=re.MULTILINE)[1:]
    for entry in entries:
        head = entry.splitlines()[0].removesuffix("\\").strip()
        match = re.fullmatch(r"([A-Za-z0-9._-]+)==([^\s;]+)(?:\s*;\s*(.+))?", head)
        assert match, f"requirements.lock: {head!r} is not a pin, name==version"
        name, version, marker = match.groups()
        hashes = len(re.findall(r"--hash=sha256:[0-9a-f]{64}(?=\s|$)", entry))
        found.setdefault(canonicalize_name(name), []).append((Version(version), marker, hashes))
    return found


def test_conda_has_every_dependency_with_the_same_bounds() -> None:
    in_conda = conda()
    for name, requirement in declared(quarto=True).items():
        others = IN_CONDA.get(name, [name])
        for other in others:
            assert other in in_conda, f"environment.yml lacks {other} (pyproject.toml: {name})"
        assert in_conda[others[0]].specifier == requirement.specifier, (
            f"environment.yml says {in_conda[others[0]]}, pyproject.toml says {requirement}"
        )


def test_conda_has_nothing_that_pyproject_does_not_ask_for() -> None:
    known = {other for name in declared(quarto=True) for other in IN_CONDA.get(name, [name])}
    assert set(conda()) - known - ONLY_IN_CONDA == set()


def test_conda_and_pyproject_ask_for_the_same_python() -> None:
    assert str(conda()["python"].specifier) == PROJECT["project"]["requires-python"]


def test_conda_takes_its_packages_from_conda_forge_and_no_other_place() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert environment["channels"] == ["conda-forge", "nodefaults"]


def test_every_dependency_has_a_lower_bound_and_no_upper_one() -> None:
    for requirement in declared(quarto=True).values():
        operators = {bound.operator for bound in requirement.specifier}
        assert operators == {">="}, f"{requirement}: one lower bound, such as >=2.1"


def test_the_build_group_is_what_builds_the_package() -> None:
    assert PROJECT["dependency-groups"]["build"] == PROJECT["build-system"]["requires"]


@pytest.mark.parametrize("name", sorted(declared(quarto=False)))
def test_the_lock_pins_every_dependency_within_its_bounds(name: str) -> None:
    versions = pins(LOCK).get(name, [])
    assert versions, f"requirements.lock lacks {name}: run make lock"
    specifier = declared(quarto=False)[name].specifier
    for version, marker, _ in versions:
        assert marker is None, f"{name} is pinned only where {marker}"
        assert version in specifier, f"{name}=={version} is pinned, {specifier} is asked for"


def test_every_pin_has_hashes_and_every_marker_can_be_read() -> None:
    for name, versions in pins(LOCK).items():
        for version, marker, hashes in versions:
            assert hashes, f"{name}=={version} has no hash"
            if marker:
                Marker(marker)  # one that cannot be read raises


def test_a_package_pinned_twice_is_pinned_for_different_machines() -> None:
    for name, versions in pins(LOCK).items():
        markers = [marker for _, marker, _ in versions]
        assert len(set(markers)) == len(markers), f"{name} is pinned twice for one machine"


def test_the_lock_serves_linux_macos_and_windows() -> None:
    markers = {marker for versions in pins(LOCK).values() for _, marker, _ in versions if marker}
    systems = {"Linux": "linux", "Darwin": "darwin", "Windows": "win32"}
    chosen = {
        system: {
            marker
            for marker in markers
            if Marker(marker).evaluate({"platform_system": system, "sys_platform": platform})
        }
        for system, platform in systems.items()
    }
    assert len({frozenset(one) for one in chosen.values()}) == 3, "made for one system only"


def test_the_lock_has_neither_quarto_nor_the_lab() -> None:
    assert {"quarto-cli", "jupyterlab", "pre-commit", "uv"}.isdisjoint(pins(LOCK))


@pytest.mark.parametrize(
    "name",
    [
        "requirements.lock",
        "pyproject.toml",
        "environment.yml",
        "Makefile",
        ".ci/run",
        ".pre-commit-config.yaml",
    ],
)
def test_no_file_that_installs_names_an_address_or_an_index(name: str) -> None:
    assert addresses((ROOT / name).read_text(encoding="utf-8")) == []


def addresses(text: str) -> list[str]:
    """Web and file addresses, hosts, and options of pip that name an index."""
    return re.findall(
        r"\w+://\S+|--(?:extra-)?index(?:-url)?\b|--find-links\b|--trusted-host\b"
        r"|\b[\w-]+(?:\.[\w-]+)*\.(?:org|com|net|io|dev)\b",
        text,
    )


@pytest.mark.parametrize(
    "line",
    [
        "--index-url something",
        "--extra-index-url something",
        "--find-links wheels",
        "pandas @ https://a.example/pandas.whl",
        "file:///a/wheel",
        "mirror.council.example.org",
    ],
)
def test_an_address_or_an_index_is_found(line: str) -> None:
    assert addresses(f"pandas==3.1.1\n{line}\n")


@pytest.mark.parametrize("line", ["pandas>=3.1", "./pandas.whl", "pandas", "-r more.txt"])
def test_a_line_of_a_lock_that_is_no_pin_is_refused(line: str) -> None:
    with pytest.raises(AssertionError, match="is not a pin"):
        pins(f"# made by make lock\n{line}\n")
