"""Signatures as text, as they cross: parameters without annotations, each default as ``...``."""

from __future__ import annotations

import ast
import inspect

from autograder.protocol.kinds import MAX_TEXT


def parse_signature(text: str) -> inspect.Signature | None:
    """The signature that `Function.signature` tells, each default as `...`; None if there is none or it is odd."""
    if not text or len(text) > 5 * MAX_TEXT:
        return None
    try:
        (definition,) = ast.parse(f"def f{text}: ...").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if not isinstance(definition, ast.FunctionDef):
        return None
    given, kinds = definition.args, inspect.Parameter
    positional = given.posonlyargs + given.args
    first_default = len(positional) - len(given.defaults)
    parameters = [
        kinds(
            argument.arg,
            kinds.POSITIONAL_ONLY if i < len(given.posonlyargs) else kinds.POSITIONAL_OR_KEYWORD,
            default=... if i >= first_default else kinds.empty,
        )
        for i, argument in enumerate(positional)
    ]
    if given.vararg:
        parameters.append(kinds(given.vararg.arg, kinds.VAR_POSITIONAL))
    parameters += [
        kinds(argument.arg, kinds.KEYWORD_ONLY, default=kinds.empty if default is None else ...)
        for argument, default in zip(given.kwonlyargs, given.kw_defaults, strict=True)
    ]
    if given.kwarg:
        parameters.append(kinds(given.kwarg.arg, kinds.VAR_KEYWORD))
    return inspect.Signature(parameters)
