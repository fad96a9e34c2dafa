"""Store: what was read of each document, kept with Sphinx's environment.

One attribute of the environment, of plain data, with a version of its own.  A domain
would do the same, but the XML builders name every domain on each page, and the search
index every extension whose environment has a version.
"""

from __future__ import annotations

import io
import marshal
import os
import pickle
from collections.abc import Iterable, Iterator, Mapping, Set
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from .records import Figure, Page
    from .skeleton import Item

#: When a doctree was written (nanoseconds), its size (bytes), a digest of its skeleton
#: (empty where that has elements of extensions), and the skeleton.
Kept: TypeAlias = "tuple[int, int, str, tuple[Item, ...]]"

_ATTRIBUTE: Final = "figlist_store"
#: Raised when the shape of the data, or of the records in them, changes.
_VERSION: Final = 8
#: What is kept by document.
_PARTS: Final = ("pages", "below", "requests", "reads", "skeletons")


class _Unpickler(pickle.Unpickler):
    """Looks each class up once: pages are many, and name the same few.

    As safe as the environment that holds the pages, itself a pickle.
    """

    #: Those that are known, by module and name.
    classes: dict[tuple[str, str], Any]

    def find_class(self, module: str, name: str) -> Any:
        """The class *name* of *module*."""
        place = module, name
        if place not in self.classes:
            self.classes[place] = super().find_class(module, name)
        return self.classes[place]


class Pages(Mapping[str, "Page"]):
    """All pages, in the docnames' order; each is unpickled when it is asked for."""

    def __init__(
        self, blobs: Mapping[str, bytes], below: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._blobs = blobs
        self._below = below
        self._loaded: dict[str, Page] = {}
        self._classes: dict[tuple[str, str], Any] = {}
        self._figures: dict[str, dict[str, Figure]] = {}

    def __getitem__(self, docname: str) -> Page:
        if docname not in self._loaded:
            unpickler = _Unpickler(io.BytesIO(self._blobs[docname]))
            unpickler.classes = self._classes
            self._loaded[docname] = unpickler.load()
        return self._loaded[docname]

    def get(self, docname: str, default: Any = None) -> Any:
        """The page of a document, *default* where it has none."""
        if docname in self._loaded:
            return self._loaded[docname]
        return self[docname] if docname in self._blobs else default

    def __contains__(self, docname: object) -> bool:
        return docname in self._blobs

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._blobs))

    def __len__(self) -> int:
        return len(self._blobs)

    def figure(self, docname: str, id_: str) -> Figure | None:
        """The figure of a document that has this id."""
        if docname not in self._figures:
            page = self.get(docname)
            self._figures[docname] = {
                id_: figure
                for figure in (page.figures() if page else ())
                for id_ in figure.ids
            }
        return self._figures[docname].get(id_)

    def figures(self) -> dict[tuple[str, str], Figure]:
        """All figures by document and each of their ids; :meth:`figure` finds one."""
        return {
            (figure.docname, id_): figure
            for page in self.values()
            for figure in page.figures()
            for id_ in figure.ids
        }

    def below(self, docname: str) -> tuple[str, ...]:
        """The documents in the toctrees of *docname*, in their order."""
        return self._below.get(docname, ())


class Store:
    """The pages by docname, each pickled apart.

    A build that reads nothing then unpickles nothing: the environment holds one
    byte string a document.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data

    def add(self, docname: str, page: Page) -> None:
        """Keep *page* as what *docname* contributes."""
        self._touch()
        self._data["reads"][docname] = os.urandom(8).hex()
        if page:
            self._data["pages"][docname] = pickle.dumps(page, pickle.HIGHEST_PROTOCOL)
        if below := [name for toctree in page.toctrees() for name in toctree.docnames]:
            self._data["below"][docname] = tuple(below)
        if requests := list(page.requests()):
            searchable = any(request.searchable for request in requests)
            self._data["requests"][docname] = searchable

    def clear_doc(self, docname: str) -> None:
        """Forget what *docname* contributed."""
        self._touch()
        for part in _PARTS:
            self._data[part].pop(docname, None)

    def merge(self, docnames: Set[str], other: Store) -> None:
        """Take over what *other*, of a reading process, has of *docnames*."""
        self._touch()
        for part in _PARTS:
            mine, theirs = self._data[part], other._data[part]
            mine.update({name: theirs[name] for name in docnames if name in theirs})

    def pages(self) -> Pages:
        """All pages by docname."""
        return Pages(self._data["pages"], self._data["below"])

    def page(self, docname: str) -> Page | None:
        """What *docname* contributed, None where that is nothing."""
        blob = self._data["pages"].get(docname)
        return pickle.loads(blob) if blob else None  # noqa: S301

    def readings(self, docnames: Iterable[str]) -> dict[str, str]:
        """A token of the last reading of each of *docnames*, ``""`` without one."""
        reads: dict[str, str] = self._data["reads"]
        return {docname: reads.get(docname, "") for docname in docnames}

    @property
    def read_docs(self) -> Set[str]:
        """The documents that were read."""
        reads: dict[str, str] = self._data["reads"]
        return reads.keys()

    @property
    def list_pages(self) -> frozenset[str]:
        """The documents that hold a list."""
        return frozenset(self._data["requests"])

    @property
    def searchable_pages(self) -> frozenset[str]:
        """Those among them with a list that can be searched."""
        requests = self._data["requests"]
        return frozenset(name for name, searchable in requests.items() if searchable)

    @property
    def volume_ids(self) -> list[str]:
        """The ids of the volumes of which the documents that were read could know."""
        ids: list[str] = self._data["volumes"]
        return ids

    @volume_ids.setter
    def volume_ids(self, ids: list[str]) -> None:
        self._data["volumes"] = ids

    @property
    def touched(self) -> bool:
        """Whether anything was read or forgotten since :attr:`generation` was asked."""
        return not self._data["generation"]

    @property
    def generation(self) -> str:
        """A token that changes whenever what is stored may have changed."""
        if self.touched:
            self._data["generation"] = os.urandom(16).hex()
        return str(self._data["generation"])

    @property
    def keeps_numbers(self) -> bool:
        """Whether tables of contents may show numbers that Sphinx gives no more."""
        return bool(self._data.get("keeps_numbers", True))

    @keeps_numbers.setter
    def keeps_numbers(self, keeps: bool) -> None:
        self._data["keeps_numbers"] = keeps

    @property
    def skeletons(self) -> dict[str, Kept]:
        """The skeletons of the documents that can be numbered from them."""
        skeletons: dict[str, Kept] = self._data["skeletons"]
        return skeletons

    @property
    def rules(self) -> str:
        """By what rules the skeletons were made; empty where there are to be none."""
        return str(self._data["rules"])

    @rules.setter
    def rules(self, rules: str) -> None:
        if self.rules != rules:
            self._data["rules"] = rules
            self.skeletons.clear()

    @property
    def numbered(self) -> str:
        """A digest of what was numbered last, and of the numbers."""
        return str(self._data["numbered"])

    @numbered.setter
    def numbered(self, digest: str) -> None:
        self._data["numbered"] = digest

    def _touch(self) -> None:
        self._data["generation"] = ""


def store_of(env: BuildEnvironment) -> Store:
    """The store of *env*, empty where that has none of this version."""
    data = getattr(env, _ATTRIBUTE, None)
    if not isinstance(data, dict) or data.get("version") != _VERSION:
        data = {"version": _VERSION, "volumes": []}
        data |= dict.fromkeys(("generation", "rules", "numbered"), "")
        data |= {part: {} for part in _PARTS}
        setattr(env, _ATTRIBUTE, data)
    return Store(data)


def digest(*parts: object) -> str:
    """A digest of *parts* that is the same in every process and on every day."""
    return bytes_digest(repr(parts).encode(errors="surrogatepass"))


def plain_digest(*parts: Any) -> str:
    """A digest of *parts*, of which there are some for each document of the book.

    It takes a quarter of the time of :func:`digest`, which digests what is no plain
    data, as an extension may have put there.
    """
    try:
        return bytes_digest(marshal.dumps(parts, 0))  # later versions note identity
    except ValueError:
        return digest(*parts)


def bytes_digest(content: bytes) -> str:
    """A digest of a file's bytes."""
    return blake2b(content, digest_size=16).hexdigest()
