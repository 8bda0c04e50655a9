"""The operators: each takes a place in an answer and yields the changes of one kind that can be made there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from autograder.error_model.code import Edit, Place
from autograder.error_model.operators import (
    arguments,
    arithmetic,
    brackets,
    calls,
    curves,
    figures,
    members,
    memory,
    randomness,
    results,
    sampling,
    statements,
    values,
    variables,
)

Operator = Callable[[Place], Iterator[Edit]]

INSIDE: tuple[Operator, ...] = (
    figures.points_changed,
    figures.drawing_changed,
    figures.all_curves_changed,
    variables.index_changed,
    variables.element_for_whole,
    calls.constants_in_array,
    arithmetic.sign_turned,
    arithmetic.operator_changed,
    arithmetic.slope_kept,
    arithmetic.small_left_out,
    arithmetic.operand_lost,
    arithmetic.operands_swapped,
    brackets.brackets_moved,
    brackets.moved_out_of_call,
    arithmetic.square_for_other,
    arithmetic.scaled,
    arithmetic.constant_changed,
    arithmetic.comparison_changed,
    variables.name_for_another,
    calls.call_lost,
    calls.call_moved_in,
    calls.arrays_changed,
    calls.call_doubled,
    calls.call_replaced,
    calls.call_added,
    calls.arguments_changed,
    calls.decided_or_reshaped,
    calls.divided_mean,
    calls.base_changed,
    calls.constant_result,
    statements.statement_lost,
    statements.step_changed,
    statements.return_lost,
    statements.loop_changed,
    statements.hoisted,
    statements.length_divided,
    statements.old_value_used,
    statements.members_not_updated,
    randomness.seed_misused,
    randomness.draw_changed,
    randomness.drawn_again,
    randomness.shuffled_alone,
    randomness.batches_split,
    randomness.in_turn,
    randomness.shuffled_apart,
    sampling.chosen_from_few,
    sampling.all_for_one,
    sampling.one_after_another,
    sampling.computed_between_steps,
    sampling.batches_drawn,
    sampling.turns_counted,
    sampling.drawn_from_generator,
    memory.kept_between_calls,
    memory.seed_left_out,
)
"""Changes somewhere in the text."""
OUTSIDE: tuple[Operator, ...] = (
    curves.another_curve,
    arguments.argument_misused,
    results.result_misshaped,
    members.results_rearranged,
    values.value_changed,
    values.values_exchanged,
    values.data_exchanged,
    figures.figure_lost,
)
"""Changes of what goes in or comes out: seen from outside, they are the same whatever the text is."""
