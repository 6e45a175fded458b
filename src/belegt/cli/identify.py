"""``belegt identify``."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from belegt.cli.options import explain_file_error, folder_argument, language_option

if TYPE_CHECKING:
    from belegt.exchange.accept import Acceptance
    from belegt.exchange.answers import Candidate
    from belegt.exchange.identify import Failure, Proposal
    from belegt.exchange.services import Services
    from belegt.model import KnowledgeBase, Reference
    from belegt.vocabulary import Language


@click.command()
@folder_argument
@click.option("--key", "keys", multiple=True, help="Nur dieser Eintrag. · This entry only.")
@click.option(
    "--service",
    type=click.Choice(["crossref", "openalex", "both"]),
    default="both",
    show_default=True,
    help="Wer gefragt wird. · Who is asked.",
)
@click.option(
    "--contact",
    envvar="BELEGT_CONTACT",
    metavar="EMAIL",
    help="Kontaktadresse, die mitgeschickt wird. · Contact address that is sent along.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, 20),
    default=5,
    show_default=True,
    help="Höchstens so viele Arbeiten je Eintrag. · At most so many works per entry.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option(
    "--accept",
    "accepted",
    multiple=True,
    metavar="CITEKEY=DOI",
    help="Diese Arbeit annehmen, auch mehrmals. · Accept this work, may be repeated.",
)
@click.option(
    "--as",
    "level",
    type=click.Choice(["confirmed", "probable"]),
    default="confirmed",
    show_default=True,
    help="Wie sicher Sie beim Annehmen sind. · How sure you are when accepting.",
)
@click.option("--dry-run", is_flag=True, help="Änderung nur zeigen. · Only show the change.")
@language_option
def identify(
    folder: Path,
    keys: tuple[str, ...],
    service: str,
    contact: str | None,
    limit: int,
    form: str,
    accepted: tuple[str, ...],
    level: str,
    dry_run: bool,
    language: "Language",
) -> None:
    """Schlägt Veröffentlichungen vor. · Proposes publications for unclear entries.

    Fragt Crossref und OpenAlex nach mehrdeutigen und nicht gefundenen Quellen und nach ungeprüften
    Feldern. Geschickt werden Namen, Jahre, Titel und DOIs der Einträge, sonst nichts. Geschrieben
    wird nur, was mit --accept angenommen wird. · Asks Crossref and OpenAlex about ambiguous and
    unresolved entries and unverified fields. Names, years, titles and DOIs of entries are sent,
    nothing else. Only what is accepted with --accept is written.

    Beispiel · Example: belegt identify . --key Zheng2024 --contact name@example.org
    """
    from belegt.cli.selecting import load_folder
    from belegt.exchange.services import Services
    from belegt.exchange.settings import SettingsError, load_access

    kb = load_folder(folder)
    wanted = _choose_entries(kb, keys)
    choices = [_split_choice(text) for text in accepted]
    try:
        access = load_access(contact)
    except SettingsError as error:
        raise _Refusal(str(error)) from error
    names = ("crossref", "openalex") if service == "both" else (service,)
    if not accepted and not wanted:
        click.echo("Nichts ist offen. · Nothing is open.", err=True)
    with Services(access) as services:
        if accepted:
            _accept(kb, folder, choices, services, names, level, dry_run, language)
        else:
            _propose(kb, folder, wanted, services, names, limit, form, language)


class _Refusal(click.ClickException):
    """An error of usage that is one line, without the usage itself."""

    exit_code = 2


def _choose_entries(kb: "KnowledgeBase", keys: Iterable[str]) -> "tuple[Reference, ...]":
    from belegt.cli.selecting import check_known
    from belegt.exchange.identify import find_open

    if not keys:
        return find_open(kb.references)
    for key in keys:
        check_known("key", key, set(kb.reference_by_key))
    return tuple(kb.reference_by_key[key] for key in dict.fromkeys(keys))


def _split_choice(text: str) -> tuple[str, str]:
    """Take ``CITEKEY=DOI`` apart; a citekey holds no equals sign."""
    key, sign, doi = text.partition("=")
    if not sign or not key or not doi:
        message = f"--accept: CITEKEY=DOI, nicht · not {text!r}"
        raise _Refusal(message)
    return key.strip(), doi.strip()


def _propose(
    kb: "KnowledgeBase",
    folder: Path,
    wanted: "tuple[Reference, ...]",
    services: "Services",
    names: tuple[str, ...],
    limit: int,
    form: str,
    language: "Language",
) -> None:
    """Show proposals, each as soon as it is there; failures at the end, with exit status 1."""
    from belegt.exchange.identify import find_proposals
    from belegt.exchange.proposals import render_caution, render_json, render_proposal

    found: list[Proposal] = []
    for proposal in find_proposals(wanted, kb.references, services.ask, services=names, most=limit):
        found.append(proposal)
        if form == "text":
            click.echo(render_proposal(proposal, folder, language), nl=False)
    if form == "json":
        click.echo(render_json(found), nl=False)
    elif any(proposal.ranked for proposal in found):
        click.echo(render_caution(language))
    _report(
        (proposal.reference.citekey, failure) for proposal in found for failure in proposal.failures
    )


def _report(failures: "Iterator[tuple[str, Failure]]") -> None:
    """Say what failed, a line each.

    Raises:
        SystemExit: With status 1, when something did.
    """
    from belegt.exchange.proposals import render_failures

    lines = tuple(render_failures(failures))
    for line in lines:
        click.echo(line, err=True)
    if lines:
        raise SystemExit(1)


def _accept(
    kb: "KnowledgeBase",
    folder: Path,
    choices: list[tuple[str, str]],
    services: "Services",
    names: tuple[str, ...],
    level: str,
    dry_run: bool,
    language: "Language",
) -> None:
    """Accept works: all that were named, or none when one of them cannot be."""
    from belegt.exchange.accept import AcceptError, render_change, replace_references
    from belegt.exchange.proposals import render_acceptance, render_refusal
    from belegt.store import StaleFolderError, save_knowledge_base
    from belegt.store.folder import REFERENCES_PATH

    failures: list[tuple[str, Failure]] = []
    try:
        done = _look_up(kb, choices, services, names, level, failures)
    except AcceptError as error:
        click.echo(f"{render_refusal(error)} Nichts geschrieben. · Nothing written.", err=True)
        _report(iter(failures))
        raise SystemExit(1) from error
    for item in done:
        click.echo(render_acceptance(item, language), nl=False)
    changed = replace_references(kb, done)
    try:
        if dry_run:
            before = (folder / REFERENCES_PATH).read_bytes()
            click.echo(render_change(before, changed), nl=False)
        else:
            written = save_knowledge_base(changed, folder)
            click.echo(" ".join(written) or "Nichts zu schreiben. · Nothing to write.")
    except StaleFolderError as error:
        message = f"Die Datei wurde inzwischen geändert; noch einmal. · {error}"
        raise click.ClickException(message) from error
    except OSError as error:
        raise explain_file_error(folder, error) from error
    _report(iter(failures))


def _look_up(
    kb: "KnowledgeBase",
    choices: list[tuple[str, str]],
    services: "Services",
    names: tuple[str, ...],
    level: str,
    failures: "list[tuple[str, Failure]]",
) -> "list[Acceptance]":
    """Ask for each DOI that was named, and work out what accepting it means.

    Raises:
        AcceptError: When one of them cannot be accepted.
    """
    from belegt.exchange.accept import AcceptError, build_acceptance, check_acceptable
    from belegt.exchange.identify import Failure, find_by_doi, merge_candidates
    from belegt.exchange.questions import parse_doi
    from belegt.exchange.services import ServiceError

    for part in zip(*choices, strict=True):  # an entry named twice, or a work named twice
        twice = next((text for text in part if part.count(text) > 1), "")
        if twice:
            raise AcceptError("twice", twice)
    entries = [(check_acceptable(kb, key, doi), parse_doi(doi)) for key, doi in choices]
    done = []
    for reference, doi in entries:
        found: list[Candidate] = []
        silent = 0
        for name in names:
            try:
                work = find_by_doi(name, doi, services.ask)
                found += [work] if work is not None else []
            except ServiceError as error:
                silent += 1
                failure = Failure(service=name, kind=error.kind, status=error.status)
                failures.append((reference.citekey, failure))
        if not found:
            code = "unanswered" if silent else "not-found"
            raise AcceptError(code, reference.citekey)
        (first, *_others) = merge_candidates(found)
        done.append(build_acceptance(reference, first, doi, level=level))
    return done
