"""Texts that machines like to lose: markup, formulas, other scripts, marks, and far too much of everything."""

LEFT_TO_RIGHT = {
    "danish": "Æblegrød på øen, ÆØÅ æøå é ü § – “citat” ‘enkelt’ … € ½ °C №",
    "markup": "Hansen & Søn <b>fed</b> &amp; </w:t></w:r></w:p> ]]> <!-- --> <?x ?>",
    "templates": "{{ 7*7 }} {% for x in y %} {%p if %} {# note #} {{r x }} {_{ }_} ${x} %s {0}",
    "formulas": '=1+1 +45 -5 @SUM(A1) #REF! "\'` \\n =HYPERLINK("a")',
    "lines": "første\n\n\ntredje\n\tindrykket\n- punkt",
    "greek": "Καλημέρα, ἄνθρωπος ὕδωρ",
    "cyrillic": "Привет, мир! Ґанок їжак ё Җ",
    "vietnamese": "Nguyễn Thị Hằng, đường phố Ưu tiên",
    "turkish and polish": "İstanbul ığdır şöğ Zażółć gęślą jaźń ąčęėįšųūž",
    "combining": "e\u0301 a\u030a o\u0308 Z\u0335\u0322\u0327 x\u0304\u0323 H\u0338\u0321\u032a",
    "ligatures": "ﬁ ﬂ office affluent fjord ffi",
    "emoji": "👍 😀 👩‍👩‍👧 👋🏽 ❤️ ✓ ✗ ☑",
    "mathematics": "∑ ∫ √ ≤ ≥ ≠ ∞ x² → ⇒ 𝒜 𝔸 ℝ",
    "caucasus and ethiopia": "გამარჯობა Բարև ሰላም ኣበይ",
    "east asia": "你好 世界 こんにちは 안녕하세요",
    "india and thailand": "नमस्ते क्षत्रिय வணக்கம் สวัสดี",
    "burma and cambodia": "မင်္ဂလာပါ សួស្តី",
    "private and unassigned": "\ue000 \uf0b7 \U0010fffd \U0001fbff",
    "spaces and joiners": "a\u00a0b\u2009c\u3000d\u200be\u00adf\u2060g\ufeffh",
    "address": "https://example.dk/" + "a/b?c=d&e=" * 60,
    "long words": "x" * 1500 + " " + "ord-" * 300,
    "many lines": "\n".join(f"linje {number}" for number in range(120)),
}
"""Read back in the order in which they were written."""

DRAWN_WITH_ONE_FONT = (
    *("danish", "markup", "templates", "formulas", "lines", "greek", "cyrillic", "vietnamese"),
    *("turkish and polish", "ligatures", "spaces and joiners", "address", "long words", "many lines"),
)
"""Those of them that need no other font than the templates' own."""

RIGHT_TO_LEFT = {
    "hebrew": "שלום עולם, זה ילד טוב (5 שנים).",
    "hebrew with points": "בְּרֵאשִׁית",
    "arabic": "السلام عليكم، هذا طفل جيد (5 سنوات).",
    "arabic with marks": "مُحَمَّد لا إله",
    "persian": "می\u200cخواهم کتاب\u200cها",
    "both ways": "abc \u202eגרש\u202c def \u2066שלום\u2069 (x)",
}
"""pdftotext gives every character of these back, but not in the order of reading."""

LONG = " ".join(f"ord{number:04}" for number in range(2500))
"""20,000 characters in which a word that is lost, doubled or moved is noticed."""
