with periods as (

    select period_type, period_start, cutoff
    from {{ ref('dim_period') }}
    where has_begun and period_type <> 'week'

),

stays as (

    select * from {{ ref('int_unit_stays') }}

),

roots as (

    select org_unit_id from {{ ref('dim_org_unit') }}
    where parent_org_unit_id is null

),

in_company as (

    select stays.* from stays
    inner join roots
        on stays.org_unit_id = roots.org_unit_id
    where stays.role = 'all'

),

-- Whoever begins in a unit on another day than in the company has come from elsewhere in it.
told as (

    select
        stays.*,
        joins.employee_id is not null as has_joined,
        exits.employee_id is not null as has_left
    from stays
    left join in_company as joins
        on stays.employee_id = joins.employee_id
        and stays.valid_from = joins.valid_from
    left join in_company as exits
        on stays.employee_id = exits.employee_id
        and stays.valid_to = exits.valid_to

),

quotas as (

    select owner_id, period_type, period_start, target_sales_amount
    from {{ ref('int_targets_by_period') }}
    where owner_kind = 'employee'

),

final as (

    select
        told.org_unit_id,
        told.role,
        periods.period_type,
        periods.period_start,
        count(case when told.valid_from < periods.period_start then 1 end) as opening_count,
        count(case when told.valid_from >= periods.period_start and told.has_joined then 1 end) as joiner_count,
        count(case when told.valid_from >= periods.period_start and not told.has_joined then 1 end) as moved_in_count,
        count(case when told.valid_to < periods.cutoff and told.has_left then 1 end) as leaver_count,
        count(case when told.valid_to < periods.cutoff and not told.has_left then 1 end) as moved_out_count,
        count(case when told.valid_to >= periods.cutoff then 1 end) as actual_count,
        sum(case when told.valid_to >= periods.cutoff then quotas.target_sales_amount end) as quota_capacity_amount
    from told
    inner join periods
        on told.valid_from < periods.cutoff
        and told.valid_to >= periods.period_start
    left join quotas
        on told.employee_id = quotas.owner_id
        and periods.period_type = quotas.period_type
        and periods.period_start = quotas.period_start
    group by told.org_unit_id, told.role, periods.period_type, periods.period_start

)

select * from final
