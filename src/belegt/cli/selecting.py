"""From the options that choose claims to the claims."""

from pathlib import Path

import click

from belegt.cli.options import check_folder
from belegt.model import Claim, KnowledgeBase
from belegt.search import ClaimIndex, Selection, build_index, find_claims, fold_text
from belegt.store import load_knowledge_base
from belegt.vocabulary import STATUSES, SUPPORTS


def load_folder(folder: Path) -> KnowledgeBase:
    """Load a knowledge base and say on standard error how many problems it has.

    Raises:
        click.UsageError: When there is no such folder (exit status 2).
    """
    check_folder(folder)
    kb = load_knowledge_base(folder)
    if kb.problems:
        click.echo(
            f"{len(kb.problems)} Fundstellen beim Laden, siehe „belegt check“. · "
            f"{len(kb.problems)} problems while loading, see “belegt check”.",
            err=True,
        )
    return kb


def check_known(name: str, value: str, known: set[str]) -> None:
    """Make sure that a value occurs: a slip must not pass for an empty result.

    Raises:
        click.UsageError: When it does not (exit status 2); the message names some that do.
    """
    if value not in known:
        raise click.UsageError(_explain(name, value, known))


def select_claims(
    kb: KnowledgeBase,
    *,
    search: str,
    mechanism: tuple[str, ...],
    document: tuple[str, ...],
    kind: tuple[str, ...],
    status: tuple[str, ...],
    support: tuple[str, ...],
    claim: tuple[str, ...],
) -> tuple[Claim, ...]:
    """Return the claims that the options choose, in file order.

    Args:
        kb: The knowledge base.
        search: Words that must occur.
        mechanism: Keys or labels of mechanisms.
        document: Keys of articles.
        kind: Kinds of claims.
        status: Source statuses.
        support: What the cited sources say.
        claim: Ids of claims; given, nothing else is returned.

    Returns:
        The claims.

    Raises:
        click.UsageError: When a value occurs nowhere: a slip must not pass for an empty result.
    """
    index = build_index(kb)
    mechanism = tuple(find_mechanism(kb, value) for value in mechanism)
    chosen = {
        "mechanism": (mechanism, list_mechanisms(index)),
        "document": (document, {*index.facets["document"].values, *kb.document_by_id}),
        "kind": (kind, set(index.facets["kind"].values)),
        "status": (status, set(STATUSES)),
        "support": (support, set(SUPPORTS)),
        "claim": (claim, set(kb.claim_by_id)),
    }
    for name, (values, known) in chosen.items():
        for value in values:
            check_known(name, value, known)
    selection = Selection(
        text=search,
        mechanism=frozenset(mechanism),
        document=frozenset(document),
        kind=frozenset(kind),
        status=frozenset(status),
        support=frozenset(support),
    )
    found = find_claims(index, selection)
    return tuple(record for record in found if not claim or record.id in claim)


def list_mechanisms(index: ClaimIndex) -> set[str]:
    """Return the keys of all mechanisms that a file or a claim names."""
    return {*index.facets["mechanism"].values, *index.kb.mechanism_by_id}


def find_mechanism(kb: KnowledgeBase, value: str) -> str:
    """Return the key of a mechanism that is named by its label, else the value itself."""
    if value in kb.mechanism_by_id:
        return value
    wanted = fold_text(value)
    for record in kb.mechanisms:
        if wanted in {fold_text(record.label_de), fold_text(record.label_en)}:
            return record.id
    return value


def _explain(name: str, value: str, known: set[str]) -> str:
    some = ", ".join(sorted(known)[:12])
    more = " …" if len(known) > 12 else ""
    return f"--{name}: „{value}“ kommt nicht vor. · “{value}” does not occur. ({some}{more})"
