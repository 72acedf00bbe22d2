"""The plugin host: manifests, discovery, order, quarantine."""

from core.host.contributions import HOOK_ITEMS, PluginError
from core.host.host import ACTIVE, QUARANTINED, WAITING, Host, Installed, core_modules, load_host
from core.host.manifest import Manifest, ManifestError, Requirement, Title, read_manifest

__all__ = [
    "ACTIVE",
    "HOOK_ITEMS",
    "QUARANTINED",
    "WAITING",
    "Host",
    "Installed",
    "Manifest",
    "ManifestError",
    "PluginError",
    "Requirement",
    "Title",
    "core_modules",
    "load_host",
    "read_manifest",
]
