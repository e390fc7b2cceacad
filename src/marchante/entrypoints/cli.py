"""marchante …: the command line. Each group of commands is a file in `commands/`, imported when it is named."""

import importlib
from pathlib import Path
from typing import Annotated, Literal

import typer

app = typer.Typer(add_completion=False, no_args_is_help=True, help="WhatsApp ordering for Mexico's corner shops.")

for _group in ("company", "catalog", "handoffs", "dead_letters"):
    _module = importlib.import_module(f"marchante.entrypoints.commands.{_group}")
    app.add_typer(_module.app, name=_group.replace("_", "-"))


@app.command()
def serve(
    role: Annotated[Literal["all", "web", "worker"], typer.Option()] = "all",
    processes: Annotated[int, typer.Option(min=1, max=64, help="Processes that share the port")] = 1,
    fd: Annotated[int | None, typer.Option(hidden=True)] = None,
) -> None:
    """Receive webhooks, answer customers, send: until Ctrl-C."""
    from marchante.entrypoints.commands.serving import serve as run

    run(role, processes, fd)


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="The simulator takes the next one")] = 8000,
    host: Annotated[str, typer.Option()] = "127.0.0.1",
) -> None:
    """Shops to chat with in the browser: every part real except Meta."""
    from marchante.entrypoints.demo import run

    run(host, port)


@app.command()
def check(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Are the surroundings fit to serve? Exit status 1 when something required is not."""
    from marchante.entrypoints.commands.checking import check as run

    run(as_json=as_json)


@app.command()
def migrate(company: Annotated[str | None, typer.Option(help="Only this one")] = None) -> None:
    """Bring the shared schemas and every company's schema to the newest release."""
    from marchante.entrypoints.commands.checking import migrate as run

    run(company)


@app.command()
def understand(catalog: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Read JSON lines {"id","text"} on stdin; write what each asks for."""
    import sys

    from marchante.understanding.command import run

    run(catalog, sys.stdin, sys.stdout)


if __name__ == "__main__":
    app()
