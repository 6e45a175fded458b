"""Damage the citations of the gold texts as hands do, and see what the engine still links.

    python benchmarks/damage.py --gold FOLDER

Each damage is made to every citation of the author-year texts. A slip of form (a comma, an
accent, a bracket, a blank) should cost nothing; a changed letter or year must never be linked: the
work meant should then stand among the near misses.
"""

import argparse
import random
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from belegt.cite.engine import link_text
from belegt.cite.records import Ambiguous, Linked, Unresolved
from gold import Gold, GoldText, load_gold

Damage = Callable[[str, random.Random], str]


def drop_commas(text: str, _: random.Random) -> str:
    """(Müller 2018; Klein et al. 2020)."""
    return re.sub(r",(?=\s*\d{4})", "", text)


def drop_all_commas(text: str, _: random.Random) -> str:
    """No comma at all, also between names."""
    return re.sub(r",(?=\s)", "", text)


def join_by_commas(text: str, _: random.Random) -> str:
    """Commas where semicolons belong."""
    return text.replace(";", ",")


def drop_accents(text: str, _: random.Random) -> str:
    """Muller for Müller."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def spell_umlauts(text: str, _: random.Random) -> str:
    """Mueller for Müller."""
    for umlaut, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.replace(umlaut, written).replace(umlaut.upper(), written.capitalize())
    return text


def drop_opening(text: str, _: random.Random) -> str:
    """Müller, 2018)."""
    return text.replace("(", "", 1)


def drop_closing(text: str, _: random.Random) -> str:
    """(Müller, 2018."""
    return text.removesuffix(")")


def drop_stop(text: str, _: random.Random) -> str:
    """Et al without its stop, u a."""
    return text.replace("et al.", "et al").replace("u. a.", "u.a.")


def break_lines(text: str, rng: random.Random) -> str:
    """A line break at some blank."""
    places = [match.start() for match in re.finditer(" ", text)]
    if not places:
        return text
    place = rng.choice(places)
    return text[:place] + "\n" + text[place + 1 :]


def widen_blanks(text: str, _: random.Random) -> str:
    """Blanks doubled, and no-break ones."""
    return text.replace(" ", "\u00a0 ", 1).replace(", ", " , ")


def narrow_blanks(text: str, _: random.Random) -> str:
    """(Müller,2018;Klein,2020)."""
    return text.replace("; ", ";").replace(", ", ",")


def curl_quotes(text: str, _: random.Random) -> str:
    """Typewriter signs: straight apostrophes, plain hyphens."""
    return text.replace("’", "'").replace("–", "-")


def change_letter(text: str, rng: random.Random) -> str:
    """One letter of the first name changed."""
    match = re.search(r"[^\W\d_]{4,}", text)
    if match is None:
        return text
    place = rng.randrange(match.start() + 1, match.end())
    letter = rng.choice([sign for sign in "bcdfghklmnprstvw" if sign != text[place].lower()])
    return text[:place] + letter + text[place + 1 :]


def shift_year(text: str, rng: random.Random) -> str:
    """The first year off by one."""
    return re.sub(
        r"(?:1[5-9]|20)\d\d",
        lambda match: str(int(match.group()) + rng.choice((-1, 1))),
        text,
        count=1,
    )


#: Slips of form: the link should stay.
HARMLESS: dict[str, Damage] = {
    "nothing": lambda text, _: text,
    "no comma before the year": drop_commas,
    "no comma at all": drop_all_commas,
    "commas for semicolons": join_by_commas,
    "no accents": drop_accents,
    "umlauts written out": spell_umlauts,
    "no opening bracket": drop_opening,
    "no closing bracket": drop_closing,
    "et al without stop": drop_stop,
    "a line break": break_lines,
    "odd blanks": widen_blanks,
    "no blanks": narrow_blanks,
    "plain signs": curl_quotes,
}
#: Slips of substance: no link may be made.
HARMFUL: dict[str, Damage] = {"one letter changed": change_letter, "year off by one": shift_year}


def damage_text(one: GoldText, damage: Damage, rng: random.Random) -> tuple[str, list[Gold]]:
    """Damage every citation of a text; return the text and the citations at their new places."""
    parts, cites, place, length = [], [], 0, 0
    for cite in one.gold["citations"]:
        before = one.text[place : cite["start"]]
        # The words in front ("see", "based on") are not the citation's own.
        own = cite["items"][0]["start"] - cite["start"] if cite["items"] else 0
        own = 0 if damage in HARMLESS.values() else own
        printed = cite["text"][:own] + damage(cite["text"][own:], rng)
        parts += [before, printed]
        start = length + len(before)
        length = start + len(printed)
        cites.append({**cite, "start": start, "end": length, "printed": printed})
        place = cite["end"]
    return "".join([*parts, one.text[place:]]), cites


def count_harmless(texts: list[GoldText], damage: Damage) -> tuple[float, float]:
    """Return precision and recall of the clear items under a slip of form."""
    right = wrong = items = 0
    for one in texts:
        text, cites = damage_text(one, damage, random.Random(1))
        linked = link_text(text, one.library)
        same = one.same
        for cite in cites:
            keys = {same.get(key, key) for key in cite["keys"]}
            clear = keys - {same.get(key, key) for key in cite["ambiguous"]}
            given = {
                same.get(out.reference, out.reference)
                for link in linked.links
                if link.citation.start < cite["end"] and cite["start"] < link.citation.end
                for out in link.outcomes
                if isinstance(out, Linked)
            }
            right += len(given & clear)
            items += len(clear)
            wrong += len(given - keys)
    return right / max(1, right + wrong), right / max(1, items)


def count_harmful(texts: list[GoldText], damage: Damage) -> tuple[int, int, int]:
    """Return how many were damaged, linked to the work all the same, and offered as near."""
    total = linked_anyway = offered = 0
    for one in texts:
        text, cites = damage_text(one, damage, random.Random(2))
        linked = link_text(text, one.library)
        for cite in cites:
            if len(cite["keys"]) != 1 or cite["printed"] == cite["text"] or cite["ambiguous"]:
                continue
            total += 1
            key = one.same.get(cite["keys"][0], cite["keys"][0])
            outs = [
                out
                for link in linked.links
                if link.citation.start < cite["end"] and cite["start"] < link.citation.end
                for out in link.outcomes
            ]
            linked_anyway += any(
                isinstance(out, Linked) and one.same.get(out.reference, out.reference) == key
                for out in outs
            )
            offered += any(
                (
                    isinstance(out, Unresolved)
                    and any(
                        one.same.get(near.reference, near.reference) == key for near in out.near
                    )
                )
                or (isinstance(out, Ambiguous) and key in out.candidates)
                for out in outs
            )
    return total, linked_anyway, offered


def main() -> None:
    """Print a line per damage and language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    arguments = parser.parse_args()
    texts = [one for one in load_gold(arguments.gold) if not one.gold["numeric"]]
    print(f"{'slip of form':28}{'language':10}{'precision':>10}{'recall':>8}")
    for name, damage in HARMLESS.items():
        for language in ("de", "en"):
            chosen = [one for one in texts if one.gold["lang"] == language]
            precision, recall = count_harmless(chosen, damage)
            print(f"{name:28}{language:10}{precision:10.3f}{recall:8.3f}")
    print(f"\n{'slip of substance':28}{'language':10}{'citations':>10}{'linked':>8}{'offered':>9}")
    for name, damage in HARMFUL.items():
        for language in ("de", "en"):
            chosen = [one for one in texts if one.gold["lang"] == language]
            total, linked, offered = count_harmful(chosen, damage)
            print(f"{name:28}{language:10}{total:10}{linked:8}{offered / max(1, total):9.3f}")


if __name__ == "__main__":
    main()
