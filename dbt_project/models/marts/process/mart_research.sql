with research as (

    select *, coalesce(nullif(trim(product_line), ''), 'all') as segment
    from {{ ref('stg_research_log') }}
    where research_on <= {{ as_of() }}

),

segments as (

    select distinct segment from research

),

periods as (

    select period_type, period_start, period_label, period_state, cutoff
    from {{ ref('dim_period') }}
    where has_begun

),

sums as (

    select
        segments.segment,
        periods.period_type,
        periods.period_start,
        periods.period_label,
        periods.period_state,
        periods.cutoff,
        sum(case when research.research_on >= periods.period_start then 1 else 0 end) as research_count,
        count(distinct case when research.research_on >= periods.period_start then research.topic end) as topic_count,
        max(research.research_on) as last_research_on
    from segments
    cross join periods
    left join research
        on segments.segment = research.segment
        and research.research_on < periods.cutoff
    group by segments.segment, periods.period_type, periods.period_start, periods.period_label, periods.period_state, periods.cutoff

)

select
    segment,
    period_type,
    period_start,
    period_label,
    period_state,
    cast(research_count as bigint) as research_count,
    cast(topic_count as bigint) as topic_count,
    last_research_on,
    cast({{ dbt.datediff('last_research_on', day_before('cutoff'), 'day') }} as integer) as days_since_research
from sums
