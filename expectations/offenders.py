"""Where the first row stands that does not pass an expectation: a line to look up, never a cell of somebody's data."""

from expectations.suite import Expectation


def first_line(rule: Expectation) -> str | None:
    """The query for the least `_line` among the rows of `batch` that the rule does not pass; None for whole tables."""
    given = rule.kwargs
    match rule.type:
        case "unexpected_rows_expectation":
            query = given["unexpected_rows_query"].replace("{batch}", "batch")
            return f"select min(_line) from ({query})" if "select _line" in query else None
        case "expect_column_values_to_not_be_null":
            return _where(f"{_name(given['column'])} is null")
        case "expect_column_values_to_be_in_set":
            return _where(f"{_name(given['column'])} not in ({', '.join(map(_text, given['value_set']))})")
        case "expect_column_values_to_be_between":
            column, low, high = _name(given["column"]), given.get("min_value"), given.get("max_value")
            edges = [f"{column} {sign} {edge}" for sign, edge in (("<", low), (">", high)) if edge is not None]
            return _where(" or ".join(edges))
        case "expect_column_pair_values_a_to_be_greater_than_b":
            sign = "<" if given.get("or_equal") else "<="
            return _where(f"{_name(given['column_A'])} {sign} {_name(given['column_B'])}")
        case "expect_column_values_to_be_unique":
            return _repeated([given["column"]])
        case "expect_compound_columns_to_be_unique":
            return _repeated(given["column_list"])
        case _:
            return None


def _where(condition: str) -> str:
    return f"select min(_line) from batch where {condition}"


def _repeated(columns: list[str]) -> str:
    """The second row of the first key that stands there twice."""
    key = ", ".join(map(_name, columns))
    return (
        "select min(_line) from"
        f" (select _line from batch qualify row_number() over (partition by {key} order by _line) = 2)"
    )


def _name(column: str) -> str:
    return f'"{column}"'


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
