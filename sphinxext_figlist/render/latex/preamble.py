"""The macros that our LaTeX needs, in the preamble of the documents that need them."""

from __future__ import annotations

from typing import Any, Final

#: The number of an element, for as long as it is being set.  Global, so that no group
#: on the way loses it; without stepping a counter, since tables are set twice.
NUMBERS: Final = r"""
% figlist: the numbers of the HTML
\makeatletter
\newcount\figlist@depth
\newcommand*\figlistnumber[2]{%
  \global\advance\figlist@depth\@ne
  \expandafter\global\expandafter\let
    \csname figlist@the\the\figlist@depth\expandafter\endcsname\csname the#1\endcsname
  \expandafter\gdef\csname the#1\endcsname{#2}}
\newcommand*\figlistendnumber[1]{%
  \expandafter\global\expandafter\let
    \csname the#1\expandafter\endcsname\csname figlist@the\the\figlist@depth\endcsname
  \global\advance\figlist@depth\m@ne}
\makeatother
"""

#: Captions without a number, where the HTML has none.  The caption package, where it is
#: loaded, makes captions by itself; a long table makes its own.
UNNUMBERED: Final = r"""
% figlist: captions without a number
\makeatletter
\newcommand\figlist@plaincaption[2]{%
  \vskip\abovecaptionskip
  \sbox\@tempboxa{#2}%
  \ifdim\wd\@tempboxa>\hsize #2\par
  \else\global\@minipagefalse\hb@xt@\hsize{\hfil\box\@tempboxa\hfil}\fi
  \vskip\belowcaptionskip}
\newcommand\figlist@plainlongcaption[3]{\LT@mcol\LT@cols c{%
  \hbox to\z@{\hss\parbox[t]\LTcapwidth{\centering#3\endgraf\vskip\baselineskip}\hss}}}
\newcommand*\figlist@swap[2]{%
  \expandafter\global\expandafter\let
    \csname figlist@#1\expandafter\endcsname\csname#1\endcsname
  \expandafter\global\expandafter\let\csname#1\expandafter\endcsname\csname#2\endcsname}
\newcommand*\figlist@back[1]{%
  \expandafter\global\expandafter\let
    \csname#1\expandafter\endcsname\csname figlist@#1\endcsname}
\newcommand*\figlistunnumbered[1]{%
  \figlist@swap{the#1}{@empty}%
  \@ifundefined{captionsetup}%
    {\figlist@swap{@makecaption}{figlist@plaincaption}%
     \figlist@swap{LT@makecaption}{figlist@plainlongcaption}}%
    {\figlist@swap{caption@labelformat}{@gobbletwo}%
     \figlist@swap{caption@opt@#1}{caption@opt@#1}%
     \expandafter\ifx\csname caption@opt@#1\endcsname\relax
       \expandafter\gdef\csname caption@opt@#1\endcsname{labelformat=empty}%
     \else
       \expandafter\g@addto@macro\csname caption@opt@#1\endcsname{,labelformat=empty}%
     \fi}}
\newcommand*\figlistendunnumbered[1]{%
  \figlist@back{the#1}%
  \@ifundefined{captionsetup}%
    {\figlist@back{@makecaption}\figlist@back{LT@makecaption}}%
    {\figlist@back{caption@labelformat}\figlist@back{caption@opt@#1}}}
\makeatother
"""

#: The caption package, where it is loaded, sees to captions without text itself.
NUMBER_ALONE: Final = r"""
% figlist: captions that are a number alone
\makeatletter
\newcommand*\figlistnumberalone{\@ifundefined{captionsetup}{%
  \long\def\@makecaption##1##2{%
    \vskip\abovecaptionskip\hb@xt@\hsize{\hfil##1##2\hfil}\vskip\belowcaptionskip}}{}}
\makeatother
"""

#: For captions that Sphinx's templates write: the entry in LaTeX's own list is changed
#: as it is made.  Once, since a table may hold others.
SHORT: Final = r"""
% figlist: short captions of tables and code blocks
\makeatletter
\newcommand\figlistshort[2]{%
  \gdef\figlist@shorttype{#1}\gdef\figlist@shorttext{#2}%
  \ifx\addcontentsline\figlist@addshort\else
    \global\let\figlist@addcontentsline\addcontentsline
    \global\let\addcontentsline\figlist@addshort
  \fi}
\newcommand*\figlistendshort{\gdef\figlist@shorttype{}}
\long\def\figlist@addshort#1#2#3{%
  \edef\figlist@type{#2}%
  \ifx\figlist@type\figlist@shorttype
    \gdef\figlist@shorttype{}%
    \figlist@addcontentsline{#1}{#2}{%
      \protect\numberline{\csname the#2\endcsname}{\ignorespaces\figlist@shorttext}}%
  \else
    \figlist@addcontentsline{#1}{#2}{#3}%
  \fi}
\makeatother
"""

LINES: Final = r"""
% figlist: lists of figures
\makeatletter
\newlength\figlistindent
\newenvironment{figlistlines}[1]{%
  \par\vskip\smallskipamount
  \parindent\z@\parskip\z@\@plus\p@\interlinepenalty\@M
  \settowidth\figlistindent{#1\enspace\enspace}%
  \ifdim\figlistindent>.4\linewidth\setlength\figlistindent{2em}\fi
  \advance\leftskip\figlistindent
  \rightskip2.55em\@plus4em\parfillskip-2.55em\relax}{\par\vskip\smallskipamount}
\newcommand*\figlistgap{\par\addvspace{.5\baselineskip}}
\newcommand*\figlistline{\par\leavevmode\null\nobreak\hskip-\figlistindent}
\newcommand*\figlistlabel[1]{\sbox\z@{#1}%
  \ifdim\wd\z@>\figlistindent\unhbox\z@\enspace
  \else\hb@xt@\figlistindent{\unhbox\z@\hfil}\fi\nobreak}
\newcommand*\figlistpage[1]{\nobreak
  \leaders\hbox{$\m@th\mkern4.5mu\hbox{.}\mkern4.5mu$}\hfill\nobreak
  \hb@xt@1.55em{\hss\normalfont\normalcolor#1}\par}
\newcommand*\figlistnopage{\hfill\null\par}
\makeatother
"""

#: Entries of several paragraphs: what is below the head stands in from it.
ITEMS: Final = r"""
% figlist: lists of figures with their captions
\newenvironment{figlistitem}{\par\addvspace{.75\baselineskip}%
  \setlength\parindent{0pt}\setlength\parskip{.2\baselineskip}%
  \interlinepenalty150\clubpenalty10000\relax}{\par}
\newcommand\figlistbelow{\par\nobreak\advance\leftskip1.5em\relax}
"""

#: Where LaTeX tags the PDF, the picture's own key has the text.  For XeTeX accsupp
#: saves and restores the state of the page between its marks.
ALT: Final = r"""
% figlist: alt texts of pictures
\makeatletter
\ifdefined\XeTeXversion
  \newcommand*\figlist@mark[1]{\special{pdf:code /Span <</Alt <FEFF#1>>> BDC}}
  \newcommand*\figlist@endmark{\special{pdf:code EMC}}
\else
  \usepackage{accsupp}
  \newcommand*\figlist@mark[1]{\BeginAccSupp{method=hex,unicode,Alt=#1}}
  \newcommand*\figlist@endmark{\EndAccSupp{}}
\fi
\newcommand\figlistalt[2]{\begingroup
  \@ifundefined{tag_if_active:TF}{\@secondoftwo}{\csname tag_if_active:TF\endcsname}%
    {\setkeys{Gin}{alt={#2}}\let\figlist@endalt\relax}%
    {\leavevmode\figlist@mark{#1}\let\figlist@endalt\figlist@endmark}}
\newcommand*\figlistendalt{\figlist@endalt\endgroup}
\makeatother
"""


def need(translator: Any, macros: str) -> None:
    """See to it that the document that *translator* writes has *macros*."""
    preamble = translator.elements.get("preamble", "")
    if macros not in preamble:
        translator.elements["preamble"] = preamble + macros
