"""Links that open published notebooks at Binder and Colab, made from the public address of the published folder.

The forms of the links: https://mybinder.readthedocs.io (``gh``, ``gl`` and ``git``), and the badge that
https://colab.research.google.com offers for a notebook on GitHub.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from autograder.model.errors import CourseError

_ADDRESS = re.compile(
    r"https://(?P<host>[\w.-]+\.[a-z]+(:\d+)?)/(?P<project>[\w.~-]+(/[\w.~-]+)+?)((/-)?/tree/(?P<branch>[\w./-]+))?",
    re.ASCII | re.IGNORECASE,
)
_BRANCH = "main"


@dataclass(frozen=True)
class Repository:
    """A public repository that holds the published folder, and nothing else.

    Attributes:
        host: for example ``github.com``.
        project: owner and name, with groups if there are any.
        branch: "" for the one that the host shows first.
    """

    host: str
    project: str
    branch: str

    @property
    def url(self) -> str:
        """What `git clone` takes."""
        return f"https://{self.host}/{self.project}"

    def binder(self, notebook: str) -> str:
        """Address that opens a notebook, a path in the repository, at Binder."""
        if self.host == "github.com":
            where = f"gh/{self.project}/{quote(self.branch or _BRANCH, safe='')}"
        elif self.host == "gitlab.com":
            where = f"gl/{quote(self.project, safe='')}/{quote(self.branch or _BRANCH, safe='')}"
        else:
            where = f"git/{quote(self.url, safe='')}/{quote(self.branch or 'HEAD', safe='')}"
        return f"https://mybinder.org/v2/{where}?urlpath={quote(f'lab/tree/{notebook}', safe='')}"

    def colab(self, notebook: str) -> str:
        """The same for Colab; "" if it cannot read from this host."""
        if self.host != "github.com":
            return ""
        return (
            f"https://colab.research.google.com/github/{self.project}/blob/{self.branch or _BRANCH}/{quote(notebook)}"
        )


def read_address(address: str) -> Repository:
    """The repository that `c.Publish.address` names.

    Raises:
        CourseError: it names none.
    """
    found = _ADDRESS.fullmatch(address.rstrip("/").removesuffix(".git"))
    owned = found is not None and (found["host"] != "github.com" or found["project"].count("/") == 1)
    if found is None or not owned or ".." in address:
        raise CourseError(
            f"c.Publish.address is {address!r}, which is no address of a public repository: give it as in "
            "https://github.com/OWNER/REPOSITORY, with /tree/BRANCH behind it if the branch is not main."
        )
    return Repository(found["host"].lower(), found["project"], found["branch"] or "")


def without_installing(repository: Repository, notebooks: Sequence[str]) -> list[str]:
    """Lines of the students' page: each notebook with its badges, and what to do there."""
    lines = ["## Without installing anything", ""]
    for notebook in notebooks:
        name = notebook.rpartition("/")[2].removesuffix(".ipynb")
        links = [("Binder", "https://mybinder.org/badge_logo.svg", repository.binder(notebook))]
        if colab := repository.colab(notebook):
            links.append(("Colab", "https://colab.research.google.com/assets/colab-badge.svg", colab))
        badges = " ".join(f"[![Open {name} in {service}]({badge})]({url})" for service, badge, url in links)
        lines.append(f"- `{name}`: {badges}")
    lines += [
        "",
        "**Binder** starts a notebook with all that it needs, which takes some minutes, and forgets your work when\n"
        "you leave: download the notebook first.",
    ]
    if notebooks and repository.colab(notebooks[0]):
        clone = f"!git clone --depth 1{f' -b {repository.branch}' if repository.branch else ''} {repository.url} course"
        lines += [
            "**Colab** opens the notebook alone: to bring what lies beside it, first run these two lines in a new\n"
            f"cell at the top, here for `{notebooks[0].rpartition('/')[2]}`, and delete that cell before you hand in:\n"
            f"`{clone}` and `%cd course/{notebooks[0].rpartition('/')[0]}`.",
        ]
    return [*lines, ""]
