{% set answers = [('assigned', 'assign', 'assign_days'), ('first_touch', 'touch', 'first_touch_days')] %}
with work_days as (

    select day, sum(case when is_workday then 1 else 0 end) over (order by day) as work_day_number
    from {{ ref('dim_date') }}

),

leads as (

    select
        leads.*,
        coalesce(nullif(leads.validity, ''), 'valid') = 'valid' as is_valid,
        process.assign_days,
        process.first_touch_days,
        process.lead_days
    from {{ ref('stg_leads') }} as leads
    left join {{ source('rulebook', 'process') }} as process
        on {{ in_force('process', 'leads.created_on') }}
    where leads.created_on <= {{ as_of() }}

),

-- Until when it has been waiting; an answer before the creation is a typing error, and takes no time.
waiting as (

    select
        *,
        {% for answer, name, limit in answers %}
        {{ answer }}_on <= {{ as_of() }} as is_{{ answer }},
        coalesce({{ answer }}_on < created_on, false) as is_{{ answer }}_before,
        case when {{ answer }}_on <= {{ as_of() }} then {{ answer }}_on else {{ as_of() }} end as {{ answer }}_until,
        {% endfor %}
        greatest(created_on, coalesce(case when assigned_on <= {{ as_of() }} then assigned_on end, created_on)) as owned_on
    from leads

),

timed as (

    select
        waiting.*,
        {% for answer, name, limit in answers %}
        case
            when is_{{ answer }}_before then null
            when lead_days = 'work_days' then {{ answer }}_day.work_day_number - created_day.work_day_number
            else {{ dbt.datediff('created_on', answer ~ '_until', 'day') }}
        end as waited_to_{{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from waiting
    left join work_days as created_day
        on waiting.created_on = created_day.day
    {% for answer, name, limit in answers %}
    left join work_days as {{ answer }}_day
        on waiting.{{ answer }}_until = {{ answer }}_day.day
    {% endfor %}

),

final as (

    select
        timed.lead_id,
        timed.name,
        coalesce(nullif(trim(timed.lead_source), ''), 'unknown') as lead_source,
        timed.campaign,
        timed.created_on,
        timed.owned_on,
        timed.employee_id,
        coalesce(sellers.org_unit_id, 'unassigned') as org_unit_id,
        timed.product_line,
        timed.status,
        coalesce(nullif(timed.validity, ''), 'valid') as validity,
        timed.is_valid,
        timed.assigned_on,
        timed.first_touch_on,
        -- An owner without a day is an owner all the same.
        coalesce(timed.is_assigned, timed.employee_id is not null) as is_assigned,
        coalesce(timed.is_first_touch, false) as is_touched,
        case when timed.is_assigned then timed.waited_to_assign end as days_to_assign,
        case when timed.is_first_touch then timed.waited_to_touch end as days_to_touch,
        timed.assign_days as assign_limit_days,
        timed.first_touch_days as touch_limit_days,
        coalesce(timed.is_valid and timed.waited_to_assign > timed.assign_days
            and (timed.assigned_on is not null or timed.employee_id is null), false) as is_assign_breach,
        coalesce(timed.is_valid and timed.waited_to_touch > timed.first_touch_days, false) as is_touch_breach,
        timed.is_assigned_before or timed.is_first_touch_before as is_answered_before,
        case when timed.converted_on <= {{ as_of() }} or timed.converted_on is null then timed.converted_opportunity_id end
            as opportunity_id,
        case when timed.converted_on <= {{ as_of() }} then timed.converted_on end as converted_on,
        coalesce(timed.converted_on <= {{ as_of() }}, timed.converted_opportunity_id is not null) as is_converted,
        coalesce(opportunities.status = 'won', false) as is_won,
        {{ converted('timed.cost_amount', 'rates.rate') }} as cost_amount,
        timed._file,
        timed._line
    from timed
    left join {{ ref('int_seller_units') }} as sellers
        on timed.employee_id = sellers.employee_id
        and timed.owned_on >= sellers.valid_from
        and timed.owned_on < sellers.valid_to
    left join {{ ref('int_opportunities') }} as opportunities
        on timed.converted_opportunity_id = opportunities.opportunity_id
    left join {{ ref('int_exchange_rates') }} as rates
        on timed.currency = rates.currency
        and timed.created_on >= rates.valid_from
        and timed.created_on < rates.valid_to

)

select * from final
