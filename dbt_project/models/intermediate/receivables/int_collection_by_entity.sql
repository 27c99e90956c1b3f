{% set measures = collection_measures() %}

with amounts as (

    select * from {{ ref('int_collection_amounts') }}

),

by_customer as (

    select 'customer' as entity_kind, customer_id as entity_id, period_type, period_start, measure, amount
    from amounts
    where customer_id is not null

),

-- Credited as the collection rule says; what has no seller stands apart, so that sellers add up to the company.
by_employee as (

    select 'employee' as entity_kind, coalesce(employee_id, 'unassigned') as entity_id, period_type, period_start, measure,
        amount
    from amounts

),

by_org_unit as (

    select
        'org_unit' as entity_kind,
        closure.ancestor_id as entity_id,
        amounts.period_type,
        amounts.period_start,
        amounts.measure,
        amounts.amount
    from amounts
    inner join {{ ref('dim_org_unit_closure') }} as closure
        on amounts.org_unit_id = closure.descendant_id
        and amounts.owned_on >= closure.valid_from
        and amounts.owned_on < closure.valid_to

),

entities as (

    select 'org_unit' as entity_kind, org_unit_id as entity_id from {{ ref('dim_org_unit') }}
    union
    select 'employee', employee_id from {{ ref('stg_employees') }}
    union
    select entity_kind, entity_id from by_employee
    union
    select entity_kind, entity_id from by_customer

),

spine as (

    select
        entities.entity_kind,
        entities.entity_id,
        windows.period_type,
        windows.period_start,
        windows.cutoff,
        windows.last_month_start
    from entities
    cross join {{ ref('int_collection_windows') }} as windows

),

entries as (

    select * from by_customer
    union all
    select * from by_employee
    union all
    select * from by_org_unit

),

measured as (

    select
        entity_kind,
        entity_id,
        period_type,
        period_start,
        {% for measure in measures %}
        sum(case when measure = '{{ measure }}' then amount else 0 end) as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from entries
    group by entity_kind, entity_id, period_type, period_start

),

by_entity as (

    select
        spine.entity_kind,
        spine.entity_id,
        spine.period_type,
        spine.period_start,
        spine.cutoff,
        spine.last_month_start,
        measured.entity_id is not null as has_activity,
        {% for measure in measures %}
        {{ money('coalesce(measured.' ~ measure ~ ', 0)') }} as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from spine
    left join measured
        on spine.entity_kind = measured.entity_kind
        and spine.entity_id = measured.entity_id
        and spine.period_type = measured.period_type
        and spine.period_start = measured.period_start

)

select * from by_entity
