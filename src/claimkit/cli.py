"""The command line: its commands, loaded when called, and every error turned into one line and an exit status."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from types import FrameType
from typing import NoReturn

import click

from claimkit import __version__
from claimkit.commands.options import Invocation, note_debug, write_examples
from claimkit.errors import BusyError, ClaimkitError, ConfigurationError, UsageError
from claimkit.status import Exit, Stopped
from claimkit.terminal import Color, Level, is_terminal, tell

PROGRAM = "claimkit"
COMPLETION = "_CLAIMKIT_COMPLETE"
LINEAR_ALGEBRA = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""How many threads numpy multiplies with. Its matrices are small here: more than one thread only waits for another and
takes the processor from the workers of ``--jobs``."""
GC_OBJECTS = 50_000
"""New objects after which the garbage collector runs; at Python's 700 it takes a third of a large ledger's time."""

# name -> what it does, as `claimkit --help` says it; the module is claimkit.commands.<name> (or as MODULES says) and
# exports `command`.
COMMANDS = {
    "extract": "Find the claims in articles.",
    "merge": "Join the results of all shards of a run into those of the whole run.",
    "ledger": "Show who holds what since when: propositions, positions, status.",
    "status": "Show how things stand at one place.",
    "diff": "Show what changed between two days, databases or ledgers.",
    "search": "Find claims in a database by words.",
    "report": "Write a report: who claims what, who denies it, on a map, over time, with every sentence.",
    "export": "Write claims in the forms of other programs.",
    "import": "Read claims that people annotated in brat or Label Studio.",
    "evaluate": "Score claims against annotated ones: precision, recall, F1.",
    "nightly": "Do what a nightly job needs: extract what is new, ledger, changes, report.",
    "explain": "Show why: a claim's sentence with every span marked and every reason.",
    "places": "Find the places that articles name.",
    "gazetteer": "Look up, list and check places.",
    "actors": "Look up, list and check parties.",
    "schema": "Print the JSON Schema of the output.",
    "config": "Show the settings and where each came from.",
}
MODULES = {"import": "importing"}  # a keyword of Python is no name of a module

EXAMPLES = (
    ("claimkit extract articles/", "the claims as a table"),
    ("claimkit extract articles/ | jq .claimant.id", "in a pipe: one JSON object a line"),
)
STATUSES = "0 done, 1 failed, 2 usage, 3 done but some inputs skipped, 10 found (with --exit-code)."


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order of a user's need."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"claimkit.commands.{MODULES.get(cmd_name, cmd_name)}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write examples, and what the exit status says."""
        write_examples(EXAMPLES, formatter=formatter)
        with formatter.section("Exit status"):
            formatter.write_text(STATUSES)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, and where the first word is a path say what was meant."""
        word = args[0]
        if word not in COMMANDS and not word.startswith("-") and os.path.lexists(word):
            raise UsageError(f"{word!r} is no command", mend=f"did you mean `{PROGRAM} extract {word}`?")
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name=PROGRAM, message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, expose_value=False, callback=note_debug, help="Show the traceback of an error.")
@click.pass_context
def group(ctx: click.Context) -> None:
    """Who claims what about a place, who denies it, who verified it.

    Reads news articles and gives the claims in them: source, stance, event, place and date of each, with the sentence
    that shows it.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(Exit.USAGE)


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and end the process with its exit status."""
    gc.set_threshold(GC_OBJECTS)
    for name in LINEAR_ALGEBRA:
        os.environ.setdefault(name, "1")  # before numpy is imported, and for the workers too
    signal.signal(signal.SIGTERM, _stop)  # so that what is half written is cleared away; a run has its own
    args = list(sys.argv[1:] if args is None else args)
    sys.exit(status(args))


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped(Exit.TERM)


def status(args: Sequence[str]) -> int:
    """Run the command line; give its exit status (``behaviour.md``), after one line for an error."""
    invocation = Invocation()
    try:
        result = _invoke(args, invocation=invocation)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except BrokenPipeError:
        _abandon_stdout()
        return Exit.PIPE
    except Stopped as stop:
        return stop.status
    except (KeyboardInterrupt, click.Abort):
        tell("interrupted")
        return Exit.INT
    except Exception as error:
        if invocation.debug:
            raise
        return _report(error, color=invocation.color)
    return result if isinstance(result, int) else Exit.DONE


def _invoke(args: Sequence[str], *, invocation: Invocation) -> object:
    if COMPLETION in os.environ:
        return group.main(list(args), prog_name=PROGRAM, complete_var=COMPLETION)
    # Not `group.main`: it would end the process itself at a closed pipe, with 1.
    with group.make_context(PROGRAM, list(args), obj=invocation) as ctx:
        return group.invoke(ctx)


def _report(error: Exception, *, color: Color) -> int:
    text, result = _explained(error)
    if isinstance(error, OSError):
        _abandon_stdout()
    # A data file's error has a line for each problem; any other message is one line, whatever stands in it.
    for line in text.split("\n") if isinstance(error, ConfigurationError) else [text]:
        tell(line, level=Level.ERROR, color=color)
    return result


def _explained(error: Exception) -> tuple[str, int]:
    match error:
        case click.UsageError():
            name = error.ctx.command_path if error.ctx else PROGRAM
            return f"{error.format_message().rstrip('.')}; see `{name} --help`", Exit.USAGE
        case click.ClickException():
            return error.format_message(), error.exit_code
        case UsageError() | ConfigurationError():
            return str(error), Exit.USAGE
        case BusyError():
            return str(error), Exit.LOCKED
        case ClaimkitError():
            return str(error), Exit.FAILED
        case OSError():
            where = f"{os.fsdecode(error.filename)}: " if error.filename else ""
            return f"{where}{error.strerror or error}; nothing trustworthy was written", Exit.FAILED
        case _:
            kind = type(error).__name__
            return f"{kind}: {error}; this is a fault in claimkit: report it with what `--debug` shows", Exit.FAILED


def _abandon_stdout() -> None:
    """Let the interpreter's last flush of standard output go nowhere, so that it cannot fail a second time."""
    if sys.stdout is None or is_terminal(sys.stdout):
        return
    try:
        descriptor = sys.stdout.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
    except (OSError, ValueError):
        return
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
