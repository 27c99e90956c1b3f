with targets as (

    select * from {{ ref('stg_targets') }}

),

placed as (

    select
        targets.level,
        targets.owner_id,
        targets.metric,
        targets.product_line,
        targets.territory_id,
        targets.customer_id,
        targets.quantity_unit,
        targets.stage,
        targets.target_value,
        targets.unit,
        targets.version,
        targets.submitted_on,
        targets.approved_on,
        targets.approved_by,
        targets.owner_person,
        targets.parent_owner_id,
        targets.method,
        targets.basis,
        targets.reason,
        targets.known_on,
        targets._file,
        targets._line,
        coalesce(targets.period_start, periods.period_start) as period_start,
        coalesce(targets.period_end, case when targets.period_start is null then periods.period_end end) as given_end
    from targets
    left join {{ ref('dim_period') }} as periods
        on targets.period_label = periods.period_label

),

starts as (

    select distinct {{ target_key() }}, stage, period_start
    from placed

),

followed as (

    select
        *,
        lead(period_start) over (partition by {{ target_key() }}, stage order by period_start) as next_start
    from starts

),

-- A target without an end lasts until the next one of the same owner and metric.
ended as (

    select
        placed.*,
        coalesce(placed.given_end, followed.next_start, {{ far_day() }}) as period_end
    from placed
    inner join followed
        on placed.level = followed.level
        and placed.owner_id = followed.owner_id
        and {{ same_scope('placed', 'followed') }}
        and placed.stage is not distinct from followed.stage
        and placed.period_start = followed.period_start

),

final as (

    select
        ended.level || '/' || ended.owner_id || '/' || ended.metric
            {%- for column in target_scope() %} || '/' || coalesce(ended.{{ column }}, ''){% endfor %}
            || '/' || cast(ended.period_start as varchar) || '/' || cast(ended.period_end as varchar) as target_id,
        ended.level,
        ended.metric,
        ended.product_line,
        ended.territory_id,
        ended.customer_id,
        ended.quantity_unit,
        ended.stage,
        ended.period_start,
        ended.period_end,
        ended.target_value,
        ended.unit,
        ended.version,
        ended.submitted_on,
        ended.approved_on,
        ended.approved_by,
        ended.owner_person,
        ended.parent_owner_id,
        ended.method,
        ended.basis,
        ended.reason,
        ended.known_on,
        ended._file,
        ended._line,
        case when ended.level = 'company' then root.org_unit_id else ended.owner_id end as owner_id,
        case when ended.level in ('company', 'org_unit') then 'org_unit' else ended.level end as owner_kind,
        coalesce(periods.period_type, 'custom') as period_type,
        periods.period_label
    from ended
    cross join (select org_unit_id from {{ ref('dim_org_unit') }} where parent_org_unit_id is null) as root
    left join {{ ref('dim_period') }} as periods
        on ended.period_start = periods.period_start
        and ended.period_end = periods.period_end

)

select * from final
