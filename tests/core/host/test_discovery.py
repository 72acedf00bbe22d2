"""Plugins are found in the tree, in folders beside it and as installed packages, without being imported."""

from __future__ import annotations

import sys

import pytest

from core.data import SetupError
from core.host import Host, core_modules
from plugin_folders import MANIFEST

ENTRY = "[zhidu.plugins]\n{name} = {package}\n"


def install(site, package, name, manifest=True):
    """Lay a package out as pip leaves it, entry point included."""
    site.mkdir(exist_ok=True)
    info = site / f"{package}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(ENTRY.format(name=name, package=package))
    if manifest:
        (site / package).mkdir()
        (site / package / "__init__.py").touch()
        (site / package / "plugin.py").touch()
        (site / package / "manifest.toml").write_text(
            MANIFEST.format(name=name, version="3.1"), encoding="utf-8"
        )
    sys.path.append(str(site))


def test_the_trees_own_plugins_are_found(folder):
    found = {each.id: each.manifest for each in folder.host().installed}
    assert found["gas"].package == "plugins.gas"
    assert found["gas"].title.zh


def test_nothing_is_imported_to_find_a_plugin(folder):
    folder.add("letters", more='[requires]\nnot_there = ""\n')
    folder.host()
    assert "letters" not in sys.modules


def test_a_missing_folder_is_an_error_of_the_set_up(folder, tmp_path):
    with pytest.raises(SetupError, match="not there; correct ZHIDU_PLUGIN_FOLDERS"):
        folder.host(tmp_path / "nowhere")


def test_a_folder_must_be_called_as_its_plugin(folder):
    folder.add("letters").rename(folder.path / "post")
    folder.names.append("post")
    host = folder.host()
    assert 'id is "letters" but the folder is post' in host.plugin("post").error
    assert host.plugin("letters") is None


def test_a_folder_that_python_would_not_import_is_refused(folder):
    folder.add("json")
    folder.add("letters")
    host = folder.host()
    assert host.plugin("json").state == "quarantined"
    assert "cannot be imported as json" in host.plugin("json").error
    assert host.plugin("letters").state == "active"


def test_an_installed_package_is_found_by_its_entry_point(folder, tmp_path):
    folder.names.append("post_office")
    install(tmp_path / "site", "post_office", "letters")
    found = folder.host().plugin("letters")
    assert (found.state, found.manifest.version, found.manifest.package) == ("active", "3.1", "post_office")


def test_an_entry_point_without_its_package_harms_nobody(folder, tmp_path):
    folder.add("paper")
    install(tmp_path / "site", "post_office", "letters", manifest=False)
    host = folder.host()
    assert host.plugin("letters").state == "quarantined"
    assert "names the package post_office, which is not installed" in host.plugin("letters").error
    assert host.plugin("paper").state == "active"


def test_one_id_in_two_places_is_not_guessed_at(folder, tmp_path):
    folder.add("letters")
    install(tmp_path / "site", "post_office", "letters")
    host = folder.host()
    found = [each for each in host.installed if each.id == "letters"]
    assert [each.state for each in found] == ["quarantined"]
    assert str(folder.path / "letters") in found[0].error
    assert str(tmp_path / "site" / "post_office") in found[0].error


def test_the_same_folder_found_twice_is_one_plugin(folder):
    folder.add("letters")
    host = folder.host(folder.path)
    assert [each.state for each in host.installed if each.id == "letters"] == ["active"]


def test_the_cores_features_announce_themselves_as_plugins_do(folder):
    modules = core_modules()
    assert {"core.branches.plugin", "core.people.plugin"} <= set(modules)
    host = Host(modules, folder.settings())
    assert {"core.branch", "core.person"} <= {
        item.id for owner, item in host.gather("entities") if owner == "core"
    }
    assert next(owner for owner, _item in host.gather("entities")) == "core"


def test_a_broken_feature_of_the_core_is_never_set_aside(folder):
    with pytest.raises(ModuleNotFoundError):
        Host(["core.no_such_feature.plugin"], folder.settings())
