"""Click in Danish: help, usage errors and our own errors, with honest exit codes."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.errors import TilsynError, UnreadableFile

EXIT_REFUSED = 1
EXIT_UNREADABLE = 2
_USAGE_WORDS = {"[OPTIONS]": "[VALG]...", "COMMAND [ARGS]...": "KOMMANDO [VALG]..."}


class DanishCommand(click.Command):
    """A command whose help is Danish."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """“Brug:” in front of the usage line."""
        pieces = [_USAGE_WORDS.get(piece, piece) for piece in self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Brug: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options under a Danish heading."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        with formatter.section("Valg"):
            formatter.write_dl([(name, text.replace("[required]", "[skal angives]")) for name, text in records])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help` says in Danish what it does."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Vis denne hjælp."
        return option


class DanishGroup(DanishCommand, click.Group):
    """A group of commands whose help is Danish."""

    command_class = DanishCommand

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then the commands under a Danish heading."""
        DanishCommand.format_options(self, ctx, formatter)
        rows = [(name, self.commands[name].get_short_help_str(80)) for name in self.list_commands(ctx)]
        with formatter.section("Kommandoer"):
            formatter.write_dl(rows)


DanishGroup.group_class = DanishGroup


def run(command: click.Command, arguments: Sequence[str] | None = None) -> int:
    """Run the command; every error becomes a Danish line on stderr and an exit code.

    Returns:
        0 done, 1 refused or failed, 2 unreadable file or wrong use.
    """
    try:
        result = command.main(args=arguments, prog_name="tilsyn", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except UnreadableFile as error:
        return _say(str(error), EXIT_UNREADABLE)
    except TilsynError as error:
        return _say(str(error), EXIT_REFUSED)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return EXIT_UNREADABLE
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "tilsyn"
        return _say(f"{_usage_in_danish(error)} Se “{path} --help”.", EXIT_UNREADABLE)
    except (click.Abort, KeyboardInterrupt):
        return _say("Afbrudt. Intet er skrevet færdigt.", EXIT_REFUSED)
    except BrokenPipeError:
        sys.stderr.close()
        return EXIT_REFUSED
    except OSError as error:
        place = f"“{Path(error.filename).name}”" if error.filename else "disken"
        return _say(f"{place} kan ikke læses eller skrives. Se, om stedet findes, og om du har lov.", EXIT_REFUSED)


def _say(message: str, code: int) -> int:
    click.echo(f"Fejl: {message}", err=True)
    return code


def _usage_in_danish(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            return f"Valget {error.option_name} findes ikke."
        case click.MissingParameter():
            return f"{_name(error)} mangler."
        case click.BadParameter():
            return f"Værdien for {_name(error)} kan ikke bruges."
        case click.BadOptionUsage():
            return (
                f"Valget {error.option_name} er ikke skrevet rigtigt: mangler det en værdi, eller har det en for meget?"
            )
        case click.exceptions.NoSuchCommand():
            return "Den kommando findes ikke."
        case _:
            return "Kommandoen er ikke skrevet rigtigt."


def _name(error: click.BadParameter) -> str:
    """What the person typed or should have typed: an option as `--out`, an argument as `SVAR.json`."""
    if isinstance(error.param, click.Option):
        return error.param.opts[0]
    return error.param.make_metavar(error.ctx) if error.param and error.ctx else "en værdi"
