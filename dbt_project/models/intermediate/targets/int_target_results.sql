{% set window %}
        case when results.business_date >= measures.period_start then 'now' else 'last_year' end as window_name
{%- endset %}
{% set in_window %}
        and (results.business_date >= measures.period_start and results.business_date < measures.period_end
            or results.business_date >= measures.last_year_start and results.business_date < measures.last_year_end)
        and results.business_date <= {{ as_of() }}
{%- endset %}
with measures as (

    select * from {{ ref('int_target_measures') }}

),

of_owners as (

    select measures.target_id, measures.part, results.amount,{{ window }}
    from measures
    inner join {{ ref('int_results_by_owner') }} as results
        on measures.owner_kind = results.owner_kind
        and measures.owner_id = results.owner_id
        and measures.measure = results.measure
        and (measures.product_line is null or measures.product_line = results.product_line)
        {{- in_window }}
    where not measures.is_scoped

),

days as (

    select
        days.*,
        basis.basis
    from {{ ref('int_measured_days') }} as days
    left join {{ source('rulebook', 'sales_basis') }} as basis
        on {{ in_force('basis', 'days.business_date') }}
    where exists (select 1 from measures where is_scoped)

),

-- Where a target is for a territory, a customer or a unit of measure, the results themselves are asked.
scoped as (

    select measures.target_id, measures.part, results.amount,{{ window }}
    from measures
    inner join days as results
        on case when measures.measure = 'sales_amount' then results.basis else measures.measure end = results.measure
        and (measures.product_line is null or measures.product_line = results.product_line)
        and (measures.customer_id is null or measures.customer_id = results.customer_id)
        and (measures.quantity_unit is null or measures.quantity_unit = results.unit_of_measure)
        and (measures.owner_kind <> 'employee' or measures.owner_id = results.employee_id)
        and (measures.owner_kind <> 'customer' or measures.owner_id = results.customer_id)
        and (measures.owner_kind <> 'product_line' or measures.owner_id = results.product_line)
        {{- in_window }}
    left join {{ ref('dim_org_unit_closure') }} as closure
        on measures.owner_kind = 'org_unit'
        and measures.owner_id = closure.ancestor_id
        and results.org_unit_id = closure.descendant_id
        and results.unit_since >= closure.valid_from
        and results.unit_since < closure.valid_to
    left join {{ ref('int_territory_closure') }} as territories
        on coalesce(measures.territory_id, case when measures.owner_kind = 'territory' then measures.owner_id end)
            = territories.ancestor_id
        and results.territory_id = territories.descendant_id
    where measures.is_scoped
        and (measures.territory_id is null and measures.owner_kind <> 'territory' or territories.ancestor_id is not null)
        and (measures.owner_kind <> 'org_unit' or closure.ancestor_id is not null)

),

both_kinds as (

    select * from of_owners
    union all
    select * from scoped

)

select target_id, part, window_name, sum(amount) as amount
from both_kinds
group by target_id, part, window_name
