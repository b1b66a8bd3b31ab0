"""Settings: every number that changes a result is a field of :class:`Settings`.

A field is at once the key in ``claimkit.toml`` (``max-file-size`` or ``max_file_size``), the variable
(``CLAIMKIT_MAX_FILE_SIZE``) and the flag (``--max-file-size``); ``setting_sources`` gathers them.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

Positive = Annotated[int, msgspec.Meta(ge=1)]
Share = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a run can be told; immutable.

    Attributes:
        glob: file name patterns that are read inside folders and archives.
        follow: whether symbolic links are followed.
        encoding: the encoding of every input; found out for each where ``None``.
        encoding_floor: share of a detector's text that must look like text of that encoding's script.
        max_file_size: bytes; a larger file is skipped.
        max_archive_size: bytes; an archive is read up to this much unpacked text.
        max_archive_ratio: unpacked to packed bytes; a member beyond it is skipped.
        max_archive_members: how many members of an archive are looked at.
        metadata: file with publication date, outlet, title, url by document.
        published: publication date (ISO 8601) of documents that give none themselves.
        stdin_filename: name under which standard input is reported.
        text_column: column of the texts in a corpus (JSON Lines, CSV, TSV, Parquet); ``None``: no file is one.
        id_column: column of what a row's document is called; its number where ``None``.
        date_column: column of publication dates.
        title_column: column of titles.
        outlet_column: column of publishers.
        url_column: column of addresses.
        header_paragraphs: how many paragraphs of sentences may stand before the last line of an article's head.
        header_lines: how many lines from the top can belong to the head at all.
        title_characters: code points; a longer first paragraph is no title.
        heading_characters: code points; a longer line is no section heading.
        wrapped_share: share of line breaks followed by a lower-case word from which a text counts as hard-wrapped.
        menu_lines: how many short lines in a row, without a sentence, are a menu or a list of tags.
        menu_characters: code points; how long a line of a menu can be.
        max_block: code points; a longer paragraph is cut at a sentence or word border.
        symbol_run: code points; a longer run of signs without a letter or digit is left out of the sentences.
        thorough: parse every paragraph, also those whose words tell of no conflict.
        relevance_floor: chance of a claim, by the words of paragraph and article, from which a paragraph is parsed.
        relevance_whole: mean chance of an article's paragraphs, by their length, from which it is parsed whole.
        relevance_characters: code points; a shorter article is parsed whole.
        predicate_floor: chance from which a predicate of the model counts as a claim.
        off_topic_events: from so many events on, none counts if the model is sure of none ...
        on_topic: ... with this probability.
        lexicon_weight: how much the lexicon's score counts beside the logarithm of the model's probability of a class.
        other_penalty: by how much the class "other" must be likelier than one that says what happened.
        here_floor: chance from which a place of the sentence is the event's.
        back_floor: chance from which the likeliest place named before the sentence is.
        unknown_floor: chance from which words that name no party are taken for one; below, the party is unknown.
        actor_floor: the same for who acts, where words point to somebody.
        absent_actor_floor: the same where none do.
        nobody_ceiling: chance of there being no one side that acts ("both armies agreed") from which none is named.
        stance_floor: probability from which the model's stance stands where cue and negation tell of none.
        negation_floor: probability from which the model's "assert" stands against a negation inside the content.
        passing_days: days before an article's date within which an event without a date of its own lies.
        lasting_days: the same for events that leave a state behind (``data/contradictions.yaml``).
        reference_characters: code points back to the claim whose place a claim without one can mean.
        shingle_words: words in a row that are compared to find copies.
        copy_share: share of those of the shorter text that the longer one has, from which it is a copy.
        report_claims: claims that a report holds; of more, those of the propositions that were spoken of last.
        gazetteer: YAML files of places, layered over the shipped one, the last on top.
        actors: YAML files of parties, layered over the shipped one, the last on top.
        pipeline: name or folder of the spaCy pipeline to parse with; the packaged one where ``None``.
    """

    glob: tuple[str, ...] = ("*.txt", "*.md")
    follow: bool = False
    encoding: str | None = None
    encoding_floor: Share = 0.8
    max_file_size: Positive = 10_000_000
    max_archive_size: Positive = 500_000_000
    max_archive_ratio: Positive = 200
    max_archive_members: Positive = 50_000
    metadata: str | None = None
    published: str | None = None
    stdin_filename: str | None = None
    text_column: str | None = None
    id_column: str | None = None
    date_column: str | None = None
    title_column: str | None = None
    outlet_column: str | None = None
    url_column: str | None = None
    header_paragraphs: Positive = 2
    header_lines: Positive = 300
    title_characters: Positive = 180
    heading_characters: Positive = 90
    wrapped_share: Share = 0.4
    menu_lines: Positive = 4
    menu_characters: Positive = 40
    max_block: Positive = 20_000
    symbol_run: Positive = 100
    thorough: bool = False
    relevance_floor: Share = 0.45
    relevance_whole: Share = 0.5
    relevance_characters: Positive = 600
    predicate_floor: Share = 0.4
    off_topic_events: Positive = 4
    on_topic: Share = 0.2
    lexicon_weight: Annotated[float, msgspec.Meta(ge=0.0)] = 2.0
    other_penalty: Annotated[float, msgspec.Meta(ge=0.0)] = 0.3
    here_floor: Share = 0.45
    back_floor: Share = 0.4
    unknown_floor: Share = 0.05
    actor_floor: Share = 0.3
    absent_actor_floor: Share = 0.4
    nobody_ceiling: Share = 0.6
    stance_floor: Share = 0.9
    negation_floor: Share = 0.9
    passing_days: Positive = 3
    lasting_days: Positive = 45
    reference_characters: Positive = 1500
    shingle_words: Positive = 5
    copy_share: Share = 0.6
    report_claims: Positive = 10_000
    gazetteer: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    pipeline: str | None = None
