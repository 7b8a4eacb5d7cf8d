"""Acts of the survey by SBAR (*Kartläggning enligt SBAR*)."""

from samordna.casework.documents.commands.writing import fingerprint
from samordna.demo.stories.planning import open_version
from samordna.demo.stories.story import LEAD, Story
from samordna.demo.texts import any_need
from samordna.sip.sbar import commands
from samordna.sip.sbar.queries import sbar_of
from samordna.sip.states import Part


def write_sbar(story: Story, by: str = LEAD) -> None:
    """Begun and saved, but not signed: only the unit that writes sees it."""
    actor = story.actor(by)
    story.told_facts = commands.open_sbar(actor=actor, case_id=story.case_id, at=story.at)
    version = sbar_of(open_version(story, Part.SBAR).id).written.version
    texts = {field: story.words(said) for field, said in any_need.SBAR.items()}
    story.told_facts = commands.save_sbar(
        actor=actor, case_id=story.case_id, version=version, texts=texts, at=story.at
    )


def sign_sbar(story: Story, by: str = LEAD) -> None:
    seen = fingerprint(commands.said(story.facts, open_version(story, Part.SBAR), story.at))
    story.told_facts = commands.sign_sbar(
        actor=story.actor(by), case_id=story.case_id, seen=seen, at=story.at
    )
