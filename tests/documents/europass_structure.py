"""The structure of a Europass CV after the schema V3.4, as far as we write it.

Names, order and numbers of elements are put down here by hand, as the published schema (V3.4.1) has them; the schema
itself does not travel with us, so this finds our slips, and not ours in reading it.
"""

import re
from xml.etree.ElementTree import Element, fromstring

NAMESPACE = "{http://europass.cedefop.europa.eu/Europass}"
ANY = r"(?s).*"
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
# what may stand in an element, in this order; "*" for any number, "!" for exactly one, else at most one
CHILDREN = {
    "SkillsPassport": ["DocumentInfo!", "PrintingPreferences", "LearnerInfo!", "AttachmentList", "CoverLetter"],
    "DocumentInfo": [
        "DocumentType!", "Bundle", "CreationDate!", "LastUpdateDate!", "XSDVersion!", "Generator!", "Comment",
        "Copyright", "EuropassLogo",
    ],
    "LearnerInfo": [
        "Identification", "Headline", "WorkExperienceList", "EducationList", "Skills", "AchievementList", "Documentation",
    ],
    "Headline": ["Type", "Description"],
    "Headline/Type": ["Code", "Label"],
    "Headline/Description": ["Code", "Label"],
    "WorkExperienceList": ["WorkExperience*"],
    "WorkExperience": ["Period", "Description", "Documentation", "Position", "Activities", "Employer"],
    "Position": ["Code", "Label"],
    "Period": ["From", "To", "Current", "Duration", "DurationEquivalent"],
    "EducationList": ["Education*"],
    "Education": ["Period", "Description", "Documentation", "Title", "Activities", "Organisation", "Level", "Field"],
    "Skills": ["Linguistic", "Communication", "Organisational", "JobRelated", "Computer", "Driving", "Other"],
    "Other": ["Description", "Documentation"],
    "AchievementList": ["Achievement*"],
    "Achievement": ["Title", "Description", "Documentation"],
    "Achievement/Title": ["Code", "Label"],
}  # fmt: skip
TEXTS = {
    "DocumentType": "ECV_ESP|ESP|ECV|ELP|ECL", "CreationDate": MOMENT, "LastUpdateDate": MOMENT, "XSDVersion": r"V3\.4",
    "EuropassLogo": "true|false", "Headline/Type/Code": "preferred_job|job_applied_for|studies_applied_for|position|personal_statement",
    "Generator": ANY, "Comment": ANY, "Label": ANY, "Activities": ANY, "Description": ANY, "Title": ANY,
}  # fmt: skip
ATTRIBUTES = {
    "SkillsPassport": {"locale": "[a-zA-Z]{2}"},
    "From": {"year": r"\d{4}"},
    "To": {"year": r"\d{4}"},
}


def breaches(file: bytes) -> list[str]:
    """Return where a file is not as the schema wants it."""
    root = fromstring(file)
    if root.tag != f"{NAMESPACE}SkillsPassport":
        return [f"the root is {root.tag}"]
    return list(_breaches(root, ""))


def _breaches(element: Element, above: str):
    name = element.tag.removeprefix(NAMESPACE)
    path = f"{above}/{name}".strip("/")
    for attribute, form in ATTRIBUTES.get(name, {}).items():
        if not re.fullmatch(form, element.get(attribute, "")):
            yield f"{path}@{attribute}"
    if set(element.attrib) - set(ATTRIBUTES.get(name, {})):
        yield f"{path}: an attribute that it has not"
    kids = [kid.tag.removeprefix(NAMESPACE) for kid in element]
    allowed = _of(CHILDREN, path)
    if allowed is None or (name == "Title" and not kids):
        form = _of(TEXTS, path)
        if name not in {"From", "To"} and (
            form is None or not re.fullmatch(form, element.text or "")
        ):
            yield f"{path}: its text"
        if kids:
            yield f"{path}: elements within a text"
        return
    shape = "".join(
        f"(?:{one.rstrip('*!')} )" + {"*": "*", "!": "{1}"}.get(one[-1], "?") for one in allowed
    )
    if not re.fullmatch(shape, "".join(f"{kid} " for kid in kids)):
        yield f"{path}: {kids}"
    for kid in element:
        yield from _breaches(kid, path)


def _of(table, path):
    """What a table says of a path: of as much of its end as it names."""
    parts = path.split("/")
    names = ("/".join(parts[at:]) for at in range(len(parts)))
    return next((table[name] for name in names if name in table), None)
