with cohorts as (

    select
        closure.ancestor_id as org_unit_id,
        periods.period_type,
        periods.period_start,
        count(*) as created_count,
        sum(case when opportunities.status = 'won' then 1 else 0 end) as created_won_count,
        sum(case when opportunities.status = 'lost' then 1 else 0 end) as created_lost_count,
        sum(case when opportunities.status = 'open' then 1 else 0 end) as created_open_count
    from {{ ref('int_opportunities') }} as opportunities
    inner join {{ ref('dim_period') }} as periods
        on opportunities.created_on >= periods.period_start
        and opportunities.created_on < periods.cutoff
        and periods.has_begun
    {{ join_units_above('opportunities') }}
    where opportunities.status in ('open', 'won', 'lost')
    group by closure.ancestor_id, periods.period_type, periods.period_start

)

select * from cohorts
