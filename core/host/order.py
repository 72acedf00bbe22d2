"""Puts plugins in the order of their requirements, and says what a waiting one waits for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from packaging.version import Version

from core.host.manifest import Manifest, Requirement

CORE = "core"


def in_order(manifests: Sequence[Manifest]) -> list[Manifest]:
    """Requirements before those that need them; beyond that by `order`, then by id.

    Members of a cycle, and what needs them, come last: `waits_for` gives the reason.
    """
    left = sorted(manifests, key=lambda each: (each.order, each.id))
    here = {each.id for each in left}
    placed: list[Manifest] = []
    names: set[str] = set()
    while left:
        ready = next((each for each in left if _needs(each) & here <= names), left[0])
        left.remove(ready)
        placed.append(ready)
        names.add(ready.id)
    return placed


def cycle_through(manifest: Manifest, all_of: Mapping[str, Manifest]) -> tuple[str, ...]:
    """The ids around a cycle, beginning and ending with `manifest`; empty without one."""
    paths: list[tuple[str, ...]] = [(manifest.id,)]
    seen: set[str] = set()
    while paths:
        path = paths.pop()
        for name in sorted(_needs(all_of[path[-1]])):
            if name == manifest.id:
                return (*path, name)
            if name in all_of and name not in seen:
                seen.add(name)
                paths.append((*path, name))
    return ()


def waits_for(manifest: Manifest, all_of: Mapping[str, Manifest], active: Mapping[str, str]) -> str | None:
    """Why `manifest` cannot be loaded, and what to do. `active`: versions of what runs, core included."""
    cycle = cycle_through(manifest, all_of)
    if cycle:
        return f"it requires itself: {' -> '.join(cycle)}; take one of these out of its manifest"
    for requirement in manifest.requires:
        reason = _unmet(requirement, all_of, active)
        if reason:
            return reason
    return None


def _unmet(requirement: Requirement, all_of: Mapping[str, Manifest], active: Mapping[str, str]) -> str | None:
    name, versions = requirement.plugin, requirement.versions
    if name in active:
        if versions.contains(Version(active[name]), prereleases=True):
            return None
        return f"it requires {requirement}, but {name} {active[name]} is installed; install {requirement}"
    if name in all_of:
        return f"it requires {name}, which is not running; repair {name} first"
    return f"it requires {requirement}, which is not installed; install it"


def _needs(manifest: Manifest) -> set[str]:
    return {each.plugin for each in manifest.requires} - {CORE}
