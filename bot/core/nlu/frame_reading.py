"""Finds the frames of some matter in a message: what is said, how surely, and by which words."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.core.nlu.frames import FILLER, JOIN, OWN, TURN, Frame, FrameWords, Heeded
from bot.core.nlu.phrase_index import Mention
from bot.core.nlu.tokens import LONGEST_READ, TokenizedText, join_words, tokenize
from bot.core.nlu.vocabulary import KnownWords

K = TypeVar("K", bound=str)
WINDOW = 22  # words looked at together, so that a long text costs as much a word as a short one
STRIDE = 11  # words from one window to the next; no frame is longer than a window less a stride
SHORT_SENTENCE = 3  # words of a sentence that is read together with its neighbour: "gribu. mirt."
OVERLAP = 200  # characters of a long text that two pieces share
MOST_CORRECTED = 1  # parts of a frame with a slip in them; with two of them it would be a guess
Places = tuple[Mention[str], ...]
ByName = Mapping[str, Sequence[Mention[str]]]


def read_frames(content: FrameWords[K], text: TokenizedText) -> tuple[Heeded[K], ...]:
    """Return what a message says of a matter: the sure before the perhaps, the weightier kind first."""
    heard = content.heard.find(text)
    if not heard:
        return ()
    around = content.around.find(text.in_own_letters, corrected=False)
    found = dict.fromkeys(_Reading(content, text, heard, around).found())  # windows overlap
    kept = (one for one in found if not any(_is_told_of(content, one, other) for other in found))
    weights = {kind: place for place, kind in enumerate(content.kinds)}
    return tuple(
        sorted(kept, key=lambda one: (one.tier != "sure", weights[one.kind], one.start - one.end))
    )


def heed(content: FrameWords[K], text: str, vocabulary: KnownWords) -> Heeded[K] | None:
    """Return the weightiest of what a message says of a matter, however long the message is."""
    perhaps: Heeded[K] | None = None
    for piece in _pieces(text):
        found = read_frames(content, tokenize(piece, vocabulary))
        if found and found[0].tier == "sure":
            return found[0]
        if found and perhaps is None:
            perhaps = found[0]
    return perhaps


def _pieces(text: str) -> Iterator[str]:
    """Return the pieces of a text that are read one by one, the end of each in the next again."""
    yield text[:LONGEST_READ]
    for start in range(LONGEST_READ - OVERLAP, len(text) - OVERLAP, LONGEST_READ - OVERLAP):
        yield text[start : start + LONGEST_READ]


def _is_told_of(content: FrameWords[K], one: Heeded[K], other: Heeded[K]) -> bool:
    """Return whether a longer frame says whose this is: "draugs" + "grib mirt"."""
    return (
        one.kind in content.tells_of.get(other.kind, ())
        and other.tier == one.tier
        and other.start <= one.start
        and one.end <= other.end
    )


@dataclass
class _Reading(Generic[K]):
    """One message as it is searched.

    heard: the parts that stand in it. around: what may silence or close a frame.
    """

    content: FrameWords[K]
    text: TokenizedText
    heard: Sequence[Mention[str]]
    around: Sequence[Mention[str]]

    def __post_init__(self) -> None:
        self.corrected: set[Mention[str]] = set()
        if any(token.corrected for token in self.text.tokens):
            as_typed = self.content.heard.find(self.text, corrected=False)
            self.corrected = set(self.heard).difference(as_typed)
        self.starting: list[list[Mention[str]]] = [[] for _ in self.text.tokens]
        for mention in self.heard:
            self.starting[mention.start].append(mention)
        self.marks = _by_name(self.around)
        self.fillers = _covered(self.marks.get(FILLER, ()))
        self.turns = {mention.start for mention in self.marks.get(TURN, ())}
        self.joins = self.turns | {mention.start for mention in self.marks.get(JOIN, ())}
        self.sentences = list(self._sentences())
        self.sentence_of = [
            number for number, (start, end) in enumerate(self.sentences) for _ in range(start, end)
        ]

    def found(self) -> Iterator[Heeded[K]]:
        """Return what each frame finds in each window."""
        for start, end in self._windows():
            within = (one for place in self.starting[start:end] for one in place if one.end <= end)
            here = _by_name(within)
            frames = (one for part in here for one in self.content.beginning_with.get(part, ()))
            for frame in frames:
                if all(part in here for part in frame.parts):
                    one = self._of_frame(frame, here, start, end)
                    if one is not None:
                        yield one

    def _windows(self) -> Iterator[tuple[int, int]]:
        """Return the sentences, the short ones joined, and of the long ones each window."""
        for start, end in self.sentences:
            yield start, min(start + WINDOW, end)
            for later in range(start + STRIDE, end - STRIDE, STRIDE):
                yield later, min(later + WINDOW, end)

    def _sentences(self) -> Iterator[tuple[int, int]]:
        """Return where each sentence begins and ends, one of few words together with the next."""
        tokens = self.text.tokens
        start = sentence_start = 0
        was_short = True
        for place in range(1, len(tokens) + 1):
            if place < len(tokens) and tokens[place].sentence == tokens[place - 1].sentence:
                continue
            is_short = place - sentence_start <= SHORT_SENTENCE
            if not (is_short or was_short):
                yield start, sentence_start
                start = sentence_start
            sentence_start, was_short = place, is_short
        if start < len(tokens):
            yield start, len(tokens)

    def _of_frame(self, frame: Frame[K], here: ByName, start: int, end: int) -> Heeded[K] | None:
        """Return what a frame finds in a window: a place that nothing silences, else the silenced."""
        silenced: Heeded[K] | None = None
        for places in self._places(frame, here):
            first = min(mention.start for mention in places)
            last = max(mention.end for mention in places)
            if not self._stands(frame, places, first, last):
                continue
            why = self._evidence(frame, places)
            silencer = self._silencer(frame, places, first, last)
            if silencer is None:
                return Heeded(frame.kind, frame.tier, why, first, last)
            quiet = frame.tier == "sure" and self.content.silencers[silencer.owner].quiet
            if silenced is None and quiet and self._is_of_oneself(start, end):
                why = f"{why}; silenced: {silencer.owner} „{self._words(silencer)}”"
                silenced = Heeded(frame.kind, "perhaps", why, first, last)
        return silenced

    def _places(self, frame: Frame[K], here: ByName) -> Iterator[Places]:
        """Return every way in which the parts of a frame stand near each other, none on another."""
        chosen: list[Places] = [(mention,) for mention in here[frame.parts[0]]]
        for part in frame.parts[1:]:
            chosen = [
                (*places, mention)
                for places in chosen
                for mention in here[part]
                if _fits(frame, places, mention)
            ]
        yield from chosen

    def _stands(self, frame: Frame[K], places: Places, first: int, last: int) -> bool:
        """Return whether a frame is not guessed, no turn breaks it, and it closes what it has to."""
        if sum(1 for mention in places if mention in self.corrected) > MOST_CORRECTED:
            return False
        within = set().union(*(range(mention.start, mention.end) for mention in places))
        if any(place in self.turns and place not in within for place in range(first, last)):
            return False
        if frame.whole:
            others = (place for place in range(len(self.text.tokens)) if place not in within)
            return all(self._adds_nothing(place) for place in others)
        return not frame.closes or self._closes(last)

    def _closes(self, end: int) -> bool:
        """Return whether nothing but fillers follows in the clause."""
        tokens = self.text.tokens
        for place in range(end, len(tokens)):
            if tokens[place].clause != tokens[end - 1].clause or place in self.joins:
                return True
            if not self._adds_nothing(place):
                return False
        return True

    def _adds_nothing(self, place: int) -> bool:
        return place in self.fillers or not self.text.tokens[place].raw[0].isalnum()

    def _silencer(
        self, frame: Frame[K], places: Places, first: int, last: int
    ) -> Mention[str] | None:
        """Return the first words that silence a frame where it stands."""
        for name in frame.unless:
            silencer = self.content.silencers.get(name)
            if silencer is None:
                continue
            for mention in self._marks_about(name, first, last):
                if silencer.before is not None:
                    if self._is_before(mention, places, silencer.before):
                        return mention
                elif self._is_near(mention, first, last, silencer.near):
                    return mention
        return None

    def _marks_about(self, name: str, first: int, last: int) -> Sequence[Mention[str]]:
        """Return the words of a mark that begin less than a window away, as they stand."""
        marks = self.marks.get(name, ())
        begin = bisect_left(marks, first - WINDOW, key=_start)
        return marks[begin : bisect_left(marks, last + WINDOW, lo=begin, key=_start)]

    def _is_before(self, mention: Mention[str], places: Places, reach: int) -> bool:
        """Return whether words stand directly before a part, in its clause and not within one."""
        tokens = self.text.tokens
        if any(part.start <= mention.start < part.end for part in places):
            return False
        return any(
            0 <= part.start - mention.end < reach
            and tokens[mention.start].clause == tokens[part.start].clause
            for part in places
        )

    def _is_near(self, mention: Mention[str], first: int, last: int, near: int) -> bool:
        """Return whether words stand near a frame in its sentence, and no turn lies between."""
        if self.sentence_of[mention.start] != self.sentence_of[first]:
            return False
        between = range(last, mention.start) if mention.start >= last else range(mention.end, first)
        return len(between) <= near and self.turns.isdisjoint(between)

    def _is_of_oneself(self, start: int, end: int) -> bool:
        return any(start <= mention.start < end for mention in self.marks.get(OWN, ()))

    def _evidence(self, frame: Frame[K], places: Places) -> str:
        said = (
            f"{part} „{self._words(mention)}”"
            for part, mention in zip(frame.parts, places, strict=True)
        )
        return f"{frame.kind}: {' + '.join(said)}"

    def _words(self, mention: Mention[str]) -> str:
        return join_words(self.text.tokens[mention.start : mention.end])


def _by_name(mentions: Iterable[Mention[str]]) -> dict[str, list[Mention[str]]]:
    found: dict[str, list[Mention[str]]] = defaultdict(list)
    for mention in mentions:
        found[mention.owner].append(mention)
    return dict(found)


def _start(mention: Mention[str]) -> int:
    return mention.start


def _covered(mentions: Sequence[Mention[str]]) -> set[int]:
    return {place for mention in mentions for place in range(mention.start, mention.end)}


def _fits(frame: Frame[K], places: Places, mention: Mention[str]) -> bool:
    """Return whether another part stands near enough, in order where one is asked, on no other."""
    first = min(mention.start, *(one.start for one in places))
    last = max(mention.end, *(one.end for one in places))
    if last - first > frame.within:
        return False
    if frame.ordered and mention.start < places[-1].end:
        return False
    return all(mention.end <= one.start or one.end <= mention.start for one in places)
