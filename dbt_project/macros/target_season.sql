{# A target split over a tree of owners and over months; the command `salesops targets split` renders the same text.

   owners: plan, owner_id, parent_id (null of the one at the top), place, weight, step · totals: plan, value of the one
   at the top · locks: plan, owner_id, value · profile: plan, month, share. One row per plan, owner and month.

   Years: what is left after the locked children is dealt to the others by weight in whole steps, the largest remainders
   first; what is less than a step goes to the next. Where locked children do not fit their parent, none is given.
   Months: the running total of the owners at the end of the tree is dealt to the months step by step, always to the month
   that is furthest behind its share (Sainte-Laguë), and an owner's months are what its turn adds. So an owner's months are
   its year, children are their parent in every month, and nothing is ever taken back below zero. #}
{% macro split_targets(owners, totals, locks, profile) %}
with recursive siblings as (

    select
        owners.plan,
        owners.owner_id,
        owners.parent_id,
        owners.place,
        owners.step,
        owners.weight,
        locks.value as locked_value,
        sum(coalesce(locks.value, 0)) over family as locked_sum,
        sum(case when locks.value is null then owners.weight else 0 end) over family as open_weight,
        sum(case when locks.value is null then 1 else 0 end) over family as open_count
    from {{ owners }} as owners
    left join {{ locks }} as locks
        on owners.plan = locks.plan and owners.owner_id = locks.owner_id
    window family as (partition by owners.plan, owners.parent_id)

),

-- Where nobody has a weight, all have the same.
shares as (

    select
        *,
        case when locked_value is not null then 0 when open_weight > 0 then weight / open_weight else 1.0 / open_count end
            as share
    from siblings

),

tree (plan, owner_id, parent_id, depth, path, step, is_locked, value) as (

    select
        shares.plan, shares.owner_id, shares.parent_id, 0, '/', shares.step, false,
        cast(totals.value as decimal(18, 2))
    from shares
    inner join {{ totals }} as totals on shares.plan = totals.plan
    where shares.parent_id is null

    union all

    select
        plan, owner_id, parent_id, depth, path, step, locked_value is not null,
        cast(case
            when locked_value is not null then locked_value
            else (whole_steps + case when turn <= steps_left then 1 else 0 end) * step
                + case when turn = least(steps_left + 1, open_count) then rest else 0 end
        end as decimal(18, 2))
    from (
        select
            *,
            steps - sum(whole_steps) over (partition by plan, parent_id) as steps_left,
            row_number() over (
                partition by plan, parent_id
                order by locked_value is not null, steps * share - whole_steps desc, place, owner_id
            ) as turn
        from (
            select
                shares.*,
                tree.depth + 1 as depth,
                tree.path || lpad(cast(shares.place as varchar), 9, '0') || ' ' || shares.owner_id || '/' as path,
                floor(round((tree.value - locked_sum) / shares.step, 6)) as steps,
                tree.value - locked_sum
                    - cast(floor(round((tree.value - locked_sum) / shares.step, 6)) as decimal(18, 0)) * shares.step as rest,
                cast(floor(floor(round((tree.value - locked_sum) / shares.step, 6)) * share) as decimal(18, 0)) as whole_steps
            from tree
            inner join shares on tree.plan = shares.plan and tree.owner_id = shares.parent_id
            where locked_sum = tree.value or (locked_sum < tree.value and open_count > 0)
        ) as floored
    ) as ranked

),

ends as (

    select tree.*, cast(floor(round(value / step, 6)) as bigint) as steps
    from tree
    left join (select distinct plan, parent_id from tree) as parents
        on tree.plan = parents.plan and tree.owner_id = parents.parent_id
    where parents.parent_id is null

),

runs as (

    select *, cast(sum(steps) over (partition by plan order by path) as bigint) as steps_to
    from ends

),

marks as (

    select plan, steps_to as mark from runs
    union
    select plan, steps_to - steps from runs

),

months as (

    select plan, month, share / sum(share) over (partition by plan) as share
    from {{ profile }}

),

-- Of each mark the months surely have all but their last three steps; who has those is decided by whose turn is earlier.
sure as (

    select marks.plan, marks.mark, months.month, months.share,
        greatest(cast(floor(marks.mark * months.share) as bigint) - 3, 0) as steps
    from marks
    inner join months on marks.plan = months.plan

),

turns as (

    select
        sure.plan, sure.mark, sure.month,
        row_number() over (
            partition by sure.plan, sure.mark order by (sure.steps + next.number - 0.5) / sure.share, sure.month
        ) as turn,
        sure.mark - sum(case when next.number = 1 then sure.steps else 0 end) over (partition by sure.plan, sure.mark) as steps_left
    from sure
    cross join (select unnest(generate_series(1, 7)) as number) as next
    where sure.share > 0

),

dealt as (

    select sure.plan, sure.mark, sure.month, sure.share, sure.steps + count(turns.turn) as steps
    from sure
    left join turns
        on sure.plan = turns.plan and sure.mark = turns.mark and sure.month = turns.month
        and turns.turn <= turns.steps_left
    group by sure.plan, sure.mark, sure.month, sure.share, sure.steps

),

end_months as (

    select
        runs.plan, runs.path, upto.month,
        (upto.steps - before.steps) * runs.step
            + case when upto.month = max(case when upto.share > 0 then upto.month end) over (partition by runs.plan, runs.path)
                then runs.value - runs.steps * runs.step else 0 end as value
    from runs
    inner join dealt as upto on runs.plan = upto.plan and runs.steps_to = upto.mark
    inner join dealt as before
        on runs.plan = before.plan and runs.steps_to - runs.steps = before.mark and upto.month = before.month

)

select
    tree.plan,
    tree.owner_id,
    tree.parent_id,
    tree.depth,
    tree.path,
    tree.is_locked,
    tree.value as year_value,
    end_months.month,
    cast(sum(end_months.value) as decimal(18, 2)) as value
from tree
inner join end_months
    on tree.plan = end_months.plan and left(end_months.path, length(tree.path)) = tree.path
group by tree.plan, tree.owner_id, tree.parent_id, tree.depth, tree.path, tree.is_locked, tree.value, end_months.month
{% endmacro %}

{# The metrics of a target season. #}
{% macro season_metrics() -%}
    {{ return(['booked_amount', 'invoiced_amount', 'gross_margin_amount', 'collected_amount', 'new_customer_count']) }}
{%- endmacro %}

{# The same day some years before. #}
{% macro years_before(day, years) -%}
    cast({{ dbt.dateadd('year', '-(' ~ years ~ ')', day) }} as date)
{%- endmacro %}

{# A number, and a rate, as a note tells them in both languages. #}
{% macro told_number(value) -%}
    format('{:,}', cast(round({{ value }}) as bigint))
{%- endmacro %}

{% macro told_rate(value) -%}
    cast(cast(({{ value }}) * 100 as decimal(9, 1)) as varchar) || '%'
{%- endmacro %}

{# What an amount is multiplied by, with room for the product. #}
{% macro factor(expression) -%}
    cast({{ expression }} as decimal(18, 6))
{%- endmacro %}
