"""What may come after a signature: another signature, a document timestamp or validation data, nothing else.

Metadata, unused objects and rewritten copies, which pyHanko's own default lets pass, are refused too:
nobody needs them, and each is a place to prepare something in.
"""

from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DSSCompareRule,
    FormUpdatingRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    XrefStreamRule,
)

_CATALOG_KEYS = frozenset({"/AcroForm", "/DSS", "/Extensions", "/Version"})

SIGNATURES_ONLY = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(ignored_keys=_CATALOG_KEYS),  # type: ignore[no-untyped-call]  # pyHanko leaves it so
        XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        DSSCompareRule().as_qualified(ModificationLevel.LTA_UPDATES),
    ],
    form_rule=FormUpdatingRule(
        field_rules=[
            SigFieldCreationRule(),  # type: ignore[no-untyped-call]  # pyHanko leaves it so
            SigFieldModificationRule(),
        ]
    ),
    ignore_orphaned_objects=False,
    ignore_identical_objects=False,
)
