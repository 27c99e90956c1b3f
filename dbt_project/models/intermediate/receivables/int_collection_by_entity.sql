{% set measures = collection_period_measures() %}
{% set balances = ['receivable_amount', 'overdue_amount', 'overdue_before_amount', 'open_count'] %}
{% set standing = {
    'opening_receivable_amount': 'opening_receivable_amount + opening_amount',
    'current_receivable_amount': 'closing_receivable_amount - closing_overdue_amount',
    'overdue_amount': 'closing_overdue_amount',
    'overdue_opening_amount': 'opening_overdue_before_amount + overdue_opening_amount',
} %}

with amounts as (

    select
        *,
        opening_amount + invoiced_amount - credit_note_amount - applied_amount - written_off_amount as receivable_amount
    from {{ ref('int_collection_amounts') }}

),

-- Credited as the collection rule says; what has no seller stands apart, so that sellers add up to the company.
entries as (

    select 'customer' as entity_kind, customer_id as entity_id, amounts.*
    from amounts
    where customer_id is not null
    union all
    select 'employee', coalesce(employee_id, 'unassigned'), amounts.*
    from amounts
    union all
    select 'org_unit', closure.ancestor_id, amounts.*
    from amounts
    inner join {{ ref('dim_org_unit_closure') }} as closure
        on amounts.org_unit_id = closure.descendant_id
        and amounts.unit_since >= closure.valid_from
        and amounts.unit_since < closure.valid_to

),

measured as (

    select
        entity_kind,
        entity_id,
        period_type,
        period_start,
        sum(receivable_amount) as receivable_amount,
        {% for measure in measures %}
        sum({{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from entries
    group by entity_kind, entity_id, period_type, period_start

),

entities as (

    select 'org_unit' as entity_kind, org_unit_id as entity_id from {{ ref('dim_org_unit') }}
    union
    select 'employee', employee_id from {{ ref('stg_employees') }}
    union
    select entity_kind, entity_id from measured

),

periods as (

    select period_type, period_start, cutoff, last_month_start from {{ ref('int_collection_windows') }}
    union all
    select distinct period_type, {{ first_day() }}, {{ first_day() }}, {{ first_day() }} from {{ ref('int_collection_windows') }}

),

by_period as (

    select
        entities.entity_kind,
        entities.entity_id,
        periods.period_type,
        periods.period_start,
        periods.cutoff,
        periods.last_month_start,
        {% for measure in ['receivable_amount'] + measures %}
        coalesce(measured.{{ measure }}, 0) as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from entities
    cross join periods
    left join measured
        on entities.entity_kind = measured.entity_kind
        and entities.entity_id = measured.entity_id
        and periods.period_type = measured.period_type
        and periods.period_start = measured.period_start

),

-- A balance is what came before the first period and all that moved it since.
with_balances as (

    select
        by_period.*,
        {% for balance in balances %}
        sum({{ balance }}) over to_date as closing_{{ balance }},
        sum({{ balance }}) over to_date - {{ balance }} as opening_{{ balance }}{{ ',' if not loop.last }}
        {% endfor %}
    from by_period
    window to_date as (
        partition by entity_kind, entity_id, period_type order by period_start
        rows between unbounded preceding and current row
    )

),

by_entity as (

    select
        entity_kind,
        entity_id,
        period_type,
        period_start,
        cutoff,
        last_month_start,
        activity_count + opening_open_count + closing_open_count > 0 as has_activity,
        {% for measure in collection_measures() %}
        {{ money(standing.get(measure, measure)) }} as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from with_balances
    where period_start != {{ first_day() }}

)

select * from by_entity
