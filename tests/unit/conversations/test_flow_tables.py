"""A table that does not hold together fails when it is imported."""

from dataclasses import replace

import pytest

from marchante.conversations.actions import KINDS, OpenMenu
from marchante.conversations.dispatch import HANDLERS, STATES
from marchante.conversations.table import FlowTableError, StateName, assemble, combine


def test_every_state_has_a_flow_and_is_in_the_table_once():
    assert set(STATES) == set(StateName)
    assert all(state.name == name for name, state in STATES.items())


def test_a_doubled_state_is_refused():
    with pytest.raises(FlowTableError, match="two states are called menu"):
        assemble([*STATES.values(), STATES[StateName.MENU]])


def test_a_missing_state_is_refused():
    with pytest.raises(FlowTableError, match="no flow has"):
        assemble([state for state in STATES.values() if state.name is not StateName.HELP])


def test_an_exit_to_nowhere_is_refused():
    broken = replace(STATES[StateName.HELP], exits=("nowhere",))  # type: ignore[arg-type]
    with pytest.raises(FlowTableError, match="help leads to unknown states"):
        assemble([broken if state.name is StateName.HELP else state for state in STATES.values()])


def test_every_button_has_exactly_one_handler():
    assert set(HANDLERS) == set(KINDS.values())
    with pytest.raises(FlowTableError, match="two handlers"):
        combine([HANDLERS, {OpenMenu: HANDLERS[OpenMenu]}])
    with pytest.raises(FlowTableError, match="no handler"):
        combine([{kind: handler for kind, handler in HANDLERS.items() if kind is not OpenMenu}])


def test_every_state_leads_back_to_the_menu():
    for state in STATES.values():
        name, steps = state.name, 0
        while name is not StateName.MENU:
            name, steps = STATES[name].back, steps + 1
            assert steps < len(STATES)
