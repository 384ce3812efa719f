"""The settings every LibreOffice of ours is born with: fetch nothing, run nothing, remember nothing, speak Danish."""

from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

_COMMON = "/org.openoffice.Office.Common"
_SCRIPTING = f"{_COMMON}/Security/Scripting"
_WRITER = "/org.openoffice.Office.Writer"
_RECOVERY = "/org.openoffice.Office.Recovery"
_NAMESPACES = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'


@dataclass(frozen=True)
class Setting:
    """One value in LibreOffice's configuration tree."""

    path: str
    name: str
    value: str


SAFE = (
    # No trusted location is named, so every link out of a document is untrusted and left alone (CVE-2026-55229).
    Setting(_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    Setting(_SCRIPTING, "DisableActiveContent", "true"),  # LibreOffice 24.8 and later; 7.4 passes over it
    Setting(_SCRIPTING, "DisableMacrosExecution", "true"),
    Setting(_SCRIPTING, "MacroSecurityLevel", "3"),
    Setting(f"{_COMMON}/Security", "LoadExoticFileFormats", "0"),
    Setting(f"{_WRITER}/Content/Update", "Link", "0"),  # 0: never, 1: ask, 2: always
    # A proxy nobody listens at: what should slip past the rest goes nowhere.
    Setting("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    *(
        setting
        for scheme in ("HTTP", "HTTPS")
        for setting in (
            Setting("/org.openoffice.Inet/Settings", f"ooInet{scheme}ProxyName", "127.0.0.1"),
            Setting("/org.openoffice.Inet/Settings", f"ooInet{scheme}ProxyPort", "9"),
        )
    ),
)

# Work nobody sees the fruit of: measured together at a tenth of the processor time per document.
IDLE = (
    Setting(f"{_WRITER}/AutoFunction/Completion", "CollectWords", "false"),
    Setting(f"{_WRITER}/AutoFunction/Completion", "Enable", "false"),
    Setting("/org.openoffice.Office.Linguistic/SpellChecking", "IsSpellAuto", "false"),
    Setting(f"{_COMMON}/SmartTags/Writer", "RecognizeSmartTags", "false"),
    Setting(f"{_COMMON}/History", "PickListSize", "0"),
    Setting(f"{_COMMON}/History", "RecentDocsThumbnail", "false"),
    Setting(f"{_COMMON}/Undo", "Steps", "0"),
    Setting(f"{_COMMON}/Misc", "UseLocking", "false"),
    Setting(f"{_COMMON}/Misc", "UseDocumentOOoLockFile", "false"),
    Setting(f"{_COMMON}/Misc", "CrashReport", "false"),
    Setting(f"{_COMMON}/Misc", "FirstRun", "false"),
    Setting(f"{_COMMON}/Misc", "ShowTipOfTheDay", "false"),
    Setting(f"{_RECOVERY}/AutoSave", "Enabled", "false"),
    Setting(f"{_RECOVERY}/RecoveryInfo", "Enabled", "false"),
    Setting("/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    Setting("/org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"),
)

DANISH = (
    Setting("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "da-DK"),
    Setting("/org.openoffice.Office.Linguistic/General", "DefaultLocale", "da-DK"),
)


def write_profile(folder: Path) -> None:
    """Lay out a LibreOffice profile ("UserInstallation") in an empty folder.

    Args:
        folder: The profile; LibreOffice's own temporary files go into `tmp` below it.
    """
    (folder / "tmp").mkdir()
    (folder / "user").mkdir()
    items = "\n".join(_item(setting) for setting in (*SAFE, *IDLE, *DANISH))
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items {_NAMESPACES}>\n{items}\n</oor:items>\n'
    (folder / "user" / "registrymodifications.xcu").write_text(text, encoding="utf-8")


def _item(setting: Setting) -> str:
    value = f"<value>{escape(setting.value)}</value>"
    prop = f'<prop oor:name={quoteattr(setting.name)} oor:op="fuse">{value}</prop>'
    return f"<item oor:path={quoteattr(setting.path)}>{prop}</item>"
