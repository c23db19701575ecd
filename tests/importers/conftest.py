"""An empty project to import into."""

from pathlib import Path

import pytest

from tests.importers.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")
