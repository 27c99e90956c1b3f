{% set told = ['stage', 'status', 'amount', 'expected_close_on'] %}
with ordered as (

    select
        *,
        row_number() over (
            partition by opportunity_id order by changed_on, source_rank, source_order
        ) as change_number
    from {{ ref('int_opportunity_changes') }}

),

-- What a change does not tell stays as it was.
states as (

    select
        opportunity_id,
        change_number,
        changed_on,
        {% for name in told %}
        last_value({{ name }} ignore nulls) over (
            partition by opportunity_id order by change_number rows between unbounded preceding and current row
        ) as to_{{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from ordered

),

beside_the_last as (

    select
        *,
        {% for name in told %}
        lag(to_{{ name }}) over (partition by opportunity_id order by change_number) as from_{{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from states

),

steps as (

    select
        *,
        row_number() over (partition by opportunity_id order by change_number) as step_number,
        lead(changed_on, 1, {{ far_day() }}) over (partition by opportunity_id order by change_number) as next_changed_on
    from beside_the_last
    where {% for name in told %}to_{{ name }} is distinct from from_{{ name }}{{ ' or ' if not loop.last }}{% endfor %}

)

select * from steps
