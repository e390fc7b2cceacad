"""The figures as tables a person can read."""

from rich.console import Console
from rich.table import Table

from marchante.entrypoints.bench.figures import Ceiling, Figures, Scenario, Spread, Surroundings, WebhookCost

_WIDTH = 150


def show(figures: Figures) -> None:
    out = Console(width=_WIDTH)
    _surroundings(figures.surroundings, out)
    out.print(_throughput(figures))
    out.print(_latency(figures.scenarios))
    out.print(_costs(figures))
    _arithmetic(figures, out)
    if figures.ceiling is not None:
        _ceiling(figures, figures.ceiling, out)
    if figures.webhook_cost is not None:
        _webhook(figures.webhook_cost, out)


def _surroundings(here: Surroundings, out: Console) -> None:
    promised = ", ".join(f"{name} {value}" for name, value in here.durability.items())
    cores = (
        f"{here.cores} cores shared by load, stub, server ({', '.join(here.processes)}) and PostgreSQL {here.postgres}"
    )
    flush = f"a flush of 8 kB takes {here.flush.p50} ms (median), {here.flush.p99} ms (p99)"
    measured = "one company" if here.companies == 1 else f"{here.companies} companies"
    shop = f"{measured} with {here.customers} customers on {here.numbers} numbers of HIGH throughput"
    mix = "half texts, half taps, every fourth message confirms an order"
    lines = (
        f"{cores}; load average at the start {here.load_average[0]:.1f}, yardstick {here.yardstick.p50} ms",
        f"Durable: {promised}; {flush}",
        f"{shop}, {here.products} products each, and another company beside",
        f"Messages: {mix}; Graph answers after {here.graph_ms:g} ms",
    )
    out.print("", *lines, "", sep="\n", highlight=False, soft_wrap=True)


def _throughput(figures: Figures) -> Table:
    table = Table(
        "run", "written/s", "replied/s", "texts", "orders", "statuses", "drained in", "lost", title="Throughput"
    )
    for each in figures.scenarios:
        result = each.result
        table.add_row(
            each.name,
            f"{result.sent / (result.seconds + each.load.lead_in):.0f}",
            f"{result.replies_per_second:.0f}",
            f"{100 * result.texts / max(1, result.sent):.0f} %",
            str(each.orders),
            str(each.statuses),
            f"{result.drain_seconds:.1f} s",
            str(result.unanswered + result.refused),
        )
    sustained = "none was" if figures.sustained_rate is None else f"{figures.sustained_rate:.0f} messages/s was"
    table.caption = f"Of the open loops, {sustained} sustained: all answered, nothing piled up."
    return table


def _latency(scenarios: list[Scenario]) -> Table:
    table = Table("run", "what", "p50", "p95", "p99", "worst", title="Latency in milliseconds, as the caller sees it")
    for each in scenarios:
        if each.load.rate is None:
            continue
        table.add_row(each.name, "answer to the webhook", *_spread(each.result.webhook))
        table.add_row("", "reply to a tap (POST to Graph's receipt)", *_spread(each.result.tap_reply))
        table.add_row("", "reply to a text (waits 800 ms for more)", *_spread(each.result.text_reply))
    return table


def _spread(spread: Spread) -> tuple[str, ...]:
    return tuple(f"{value:.1f}" for value in (spread.p50, spread.p95, spread.p99, spread.worst))


def _costs(figures: Figures) -> Table:
    names = list(figures.scenarios[0].costs.server) if figures.scenarios else []
    legs = ("load", "stub", *(f"server {name}" for name in names), "PostgreSQL", "all")
    table = Table("run", *legs, "commits", "flushes", "statements", "WAL kB", "elsewhere", "yardstick", title="Cost")
    for each in figures.scenarios:
        costs, database = each.costs, each.database
        table.add_row(
            each.name,
            *(
                f"{value:.2f}"
                for value in (costs.load, costs.stub, *costs.server.values(), costs.postgres, costs.total)
            ),
            f"{database.commits:.2f}",
            "" if database.wal_flushes is None else f"{database.wal_flushes:.2f}",
            "" if database.statements is None else f"{database.statements:.1f}",
            f"{database.wal_kilobytes:.1f}",
            "" if costs.elsewhere is None else f"{costs.elsewhere:.1f} cores",
            f"{each.yardstick_ms:.1f} ms",
        )
    table.caption = (
        "CPU seconds per 1,000 messages by leg; the database's counts are per message. Elsewhere: cores that others "
        "kept busy. Yardstick: how long a fixed piece of Python took."
    )
    return table


def _arithmetic(figures: Figures, out: Console) -> None:
    """What the CPU alone would allow, for whoever measures on a machine that others use too."""
    cores = figures.surroundings.cores
    for each in figures.scenarios:
        if each.load.rate is None and each.costs.total:
            out.print(
                f"{each.name}: {each.costs.total:.2f} s of CPU per 1,000 messages; {cores} cores with nothing else to "
                f"do would be full at {1000 * cores / each.costs.total:.0f} messages/s.",
                highlight=False,
                soft_wrap=True,
            )


def _ceiling(figures: Figures, ceiling: Ceiling, out: Console) -> None:
    out.print(
        f"\npgbench, the same writes message by message: {ceiling.messages_per_second:.0f} messages/s with "
        f"{ceiling.clients} clients; {ceiling.commits:.2f} commits and {ceiling.wal_kilobytes:.1f} kB of WAL a "
        f"message; CPU {ceiling.postgres_cpu:.2f} s PostgreSQL + {ceiling.pgbench_cpu:.2f} s pgbench per 1,000.",
        highlight=False,
        soft_wrap=True,
    )
    best = figures.best(statuses=False) or figures.best(statuses=True)
    if best is not None:
        share = best.result.replies_per_second / ceiling.messages_per_second
        out.print(f"Marchante, {best.name}: {share:.0%} of that.", highlight=False)


def _webhook(cost: WebhookCost, out: Console) -> None:
    out.print(
        f"One webhook before the database: {cost.verify} µs to verify, {cost.parse} µs to parse, {cost.rows} µs for "
        f"its rows; {cost.batch_per_update} µs a message in a body of 100.",
        highlight=False,
        soft_wrap=True,
    )
