"""Channel gap: a drawn channel that hardly anyone uses, or a channel that many use and nobody drew.

Looked at for everybody and for each segment, which is only told apart when everybody does not show the same. The
channels in the data must be of the same kind as those on the map: when the data knows none of the drawn channels (it
may hold devices, not channels), nothing is said. A drawn channel whose touchpoints have no matcher is never called
unused: see `blind_spot`. With a channel that nobody drew comes how many journeys begin there.

Options: `n_min` journeys with a channel (100); `hardly` is the reach that a drawn channel stays under, at the high end
of its interval (0.02); `many` the reach that a channel nobody drew is above, at the low end (0.05).

Fires: Facebook is drawn, and 3 of 1,240 journeys of 18 to 25 use it; Instagram is not drawn, and 31% use it.
Does not fire: the data says 'mobile' and 'desktop', the map 'web' and 'social'; only 40 journeys have a channel.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klantreis.analyses.channel_mix import FIRST, WHOLE, ChannelMix, Spot, Used
from klantreis.analyses.results import Results
from klantreis.findings import Finding, Place
from klantreis.labels import Label
from klantreis.map.model import JourneyMap
from klantreis.rules.contract import Number, Word, channel_called, counted, estimated, fill, percent, plain_label, spot

name = "channel_gap"


@dataclass(frozen=True, slots=True)
class Options:
    """`n_min` journeys with a channel; `hardly`: under this reach a drawn channel is unused; `many`: above it one that
    nobody drew is missed.
    """

    n_min: int = 100
    hardly: float = 0.02
    many: float = 0.05


UNUSED = Label(
    nl="{channel} staat op je kaart, maar bijna niemand{who} komt er",
    en="{channel} is drawn, but hardly anyone{who} uses it",
)
UNUSED_DETAIL = Label(
    nl="{share} van de {n} klantreizen{who} gebruikt {channel} (hooguit {high}). Op je kaart is het wel getekend.",
    en="{share} of the {n} journeys{who} use {channel} (at most {high}). Your map draws it all the same.",
)
UNUSED_ADVICE = Label(
    nl="Ga na of {channel} nog bij deze klanten past. Zo niet, haal het van de kaart en kijk waar ze wel zijn.",
    en="Ask whether {channel} still suits these customers. If not, take it off the map and look where they are.",
)
MISSED = Label(
    nl="{channel} staat niet op je kaart, maar {share}{who} gebruikt het",
    en="{channel} is not drawn, but {share}{who} use it",
)
MISSED_DETAIL = Label(
    nl="{share} van de {n} klantreizen{who} gebruikt {channel} ({low} tot {high}). {first} begint er.",
    en="{share} of the {n} journeys{who} use {channel} ({low} to {high}). {first} begin there.",
)
MISSED_ADVICE = Label(
    nl="Teken {channel} op je kaart, met de contactmomenten die klanten daar hebben, en zoek uit wat ze er verwachten.",
    en="Draw {channel} on your map, with the touchpoints that customers have there, and find out what they expect.",
)
MISSED_UNSAID = Label(
    nl="{bare} contactmomenten op je kaart noemen geen kanaal. Schrijf 'channel: {id}' bij die waarvoor het klopt, en "
    "teken dan wat er nog mist.",
    en="{bare} touchpoints on your map name no channel. Write 'channel: {id}' at those where it holds, then draw what "
    "is still missing.",
)
WHO = Label(nl=" uit {segment}", en=" of {segment}")
REACH = Label(nl="klantreizen met dit kanaal", en="journeys with this channel")
BEGINS = Label(nl="klantreizen die er beginnen", en="journeys that begin there")
TOUCHES = Label(nl="contacten via dit kanaal", en="touches by this channel")


def check(map_: JourneyMap, results: Results, options: Options = Options()) -> Iterator[Finding]:
    """Yields a finding per channel that is drawn and hardly used, or much used and not drawn."""
    mix = results.more.get("channel_mix")
    if not isinstance(mix, ChannelMix) or not mix.recognised:
        return
    told: set[tuple[str, str]] = set()
    for segment in (None, *(one.id for one in map_.segments)):
        for used, verdict in _gaps(mix, segment, options):
            if (used.channel, verdict) not in told:
                yield _finding(map_, mix, (used, verdict), segment)
            if segment is None:
                told.add((used.channel, verdict))


def _gaps(mix: ChannelMix, segment: str | None, options: Options) -> Iterator[tuple[Used, str]]:
    whole = mix.spot(WHOLE, segment)
    for used in whole.channels if whole is not None else ():
        if used.reach.n < options.n_min or used.reach.low is None or used.reach.high is None:
            continue
        if used.drawn == "drawn" and used.reach.high < options.hardly:
            yield used, "unused"
        if used.drawn == "no" and used.reach.low >= options.many:
            yield used, "missed"


def _finding(map_: JourneyMap, mix: ChannelMix, gap: tuple[Used, str], segment: str | None) -> Finding:
    used, verdict = gap
    label = channel_called(map_, used.channel).each(lambda text: f"'{text}'" if text == used.channel else text)
    whose = next((one.label for one in map_.segments if one.id == segment), None)
    who = fill(WHO, segment=plain_label(whose, segment or "")) if whose is not None else Label(nl="", en="")
    first = _begins(mix.spot(FIRST, segment), used.channel)
    words: dict[str, Word] = {
        "channel": label, "who": who, "share": percent(used.reach.value), "n": Number(used.reach.n),
        "low": percent(used.reach.low), "high": percent(used.reach.high),
        "first": percent(first.reach.value if first else 0.0),
    }  # fmt: skip
    title, detail, advice = TEXTS[verdict]
    bare = sum(touch.matcher is not None and touch.channel is None for touch in map_.touchpoints)
    if verdict == "missed" and bare > 1:
        words |= {"bare": Number(bare), "id": used.channel}
        advice = MISSED_UNSAID
    evidence = [estimated(REACH, used.reach, "share")]
    if first is not None and verdict == "missed":
        evidence.append(estimated(BEGINS, first.reach, "share"))
    return Finding(
        rule=name,
        level="warning" if verdict == "missed" else "insight",
        place=_place(map_, mix, used, segment),
        title=fill(title, **words),
        detail=fill(detail, **words),
        advice=fill(advice, **words),
        people=used.people,
        journeys=used.journeys,
        evidence=(*evidence, counted(TOUCHES, used.touches, "times")),
        part="/".join(part for part in (used.channel, segment) if part),
    )


TEXTS = {"unused": (UNUSED, UNUSED_DETAIL, UNUSED_ADVICE), "missed": (MISSED, MISSED_DETAIL, MISSED_ADVICE)}


def _begins(first: Spot | None, channel: str) -> Used | None:
    return None if first is None else first.used(channel)


def _place(map_: JourneyMap, mix: ChannelMix, used: Used, segment: str | None) -> Place:
    """Returns the first touchpoint that is drawn with the channel; of one that nobody drew, the phase that has most."""
    touch = next((one.id for one in map_.touchpoints if one.channel == used.channel), None)
    if touch is not None:
        return spot(map_, touch)
    phases = [(mix.spot(phase.id, segment), phase.id) for phase in map_.phases]
    found = [(one.used(used.channel), id_) for one, id_ in phases if one is not None]
    most = max(((one.journeys, id_) for one, id_ in found if one is not None), default=None, key=lambda pair: pair[0])
    return spot(map_, most[1]) if most is not None else map_.place()
