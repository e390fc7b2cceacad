"""marchante …: the command line. Each group of commands is a file in `commands/`, imported when it is named."""

import importlib
from pathlib import Path
from typing import Annotated, Literal

import typer

app = typer.Typer(add_completion=False, no_args_is_help=True, help="WhatsApp ordering for Mexico's corner shops.")

for _group in (
    "company",
    "catalog",
    "orders",
    "numbers",
    "handoffs",
    "payments",
    "invoices",
    "reviews",
    "dead_letters",
    "templates",
    "news",
    "alerts",
):
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
    port: Annotated[int, typer.Option(envvar="PORT", help="The simulator takes the next one")] = 8000,
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
def bench(
    seconds: Annotated[float, typer.Option(min=1, max=600, help="Length of each run")] = 15,
    rate: Annotated[float | None, typer.Option(min=1, help="Messages a second of the open loop; else found")] = None,
    processes: Annotated[int, typer.Option(min=1, max=64, help="Of the server")] = 1,
    apart: Annotated[
        bool, typer.Option("--apart", help="The webhook in a process of its own, workers in others")
    ] = False,
    statuses: Annotated[
        bool | None, typer.Option("--with-statuses/--without-statuses", help="Sent, delivered and read come back")
    ] = None,
    customers: Annotated[int, typer.Option(min=100, max=100_000)] = 2_000,
    companies: Annotated[int, typer.Option(min=1, max=200, help="That share the customers")] = 1,
    graph_ms: Annotated[float, typer.Option(min=0, help="How long the stub takes to accept a message")] = 50,
    count_statements: Annotated[bool, typer.Option("--count-statements", help="By pg_stat_statements")] = False,
    folder: Annotated[Path | None, typer.Option(exists=True, file_okay=False, help="On the disk to measure")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", dir_okay=False)] = None,
) -> None:
    """Messages a second from webhook to Graph, durable, and what each leg costs."""
    from marchante.entrypoints.bench.command import Options, run

    run(
        Options(
            seconds=seconds,
            rate=rate,
            processes=processes,
            apart=apart,
            statuses=statuses,
            customers=customers,
            companies=companies,
            graph_ms=graph_ms,
            count_statements=count_statements,
            folder=folder,
            json_file=json_file,
        )
    )


@app.command()
def understand(catalog: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Read JSON lines {"id","text"} on stdin; write what each asks for."""
    import sys

    from marchante.understanding.command import run

    run(catalog, sys.stdin, sys.stdout)


if __name__ == "__main__":
    app()
