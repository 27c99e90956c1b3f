with periods as (

    select
        *,
        {{ add_days(as_of(), 1) }} as after_as_of
    from {{ ref('int_periods') }}

),

years as (

    select
        period_start as year_start,
        period_end as year_end,
        period_start = min(period_start) over () as is_first
    from periods
    where period_type = 'year'

),

cut as (

    select
        periods.*,
        least(period_end, after_as_of) as cutoff,
        greatest({{ dbt.datediff('period_start', 'least(period_end, after_as_of)', 'day') }}, 0) as elapsed_days,
        {{ dbt.datediff('period_start', 'period_end', 'day') }} as total_days
    from periods

),

-- A period that is over is compared with whole periods, one that runs with the same number of days.
compared as (

    select
        cut.*,
        prior.period_label as prior_label,
        prior.period_start as prior_start,
        case when cut.cutoff = cut.period_end then prior.period_end
            else least({{ add_days('prior.period_start', 'cut.elapsed_days') }}, prior.period_end)
        end as prior_cutoff,
        prior_year.period_label as prior_year_label,
        prior_year.period_start as prior_year_start,
        case when cut.cutoff = cut.period_end then prior_year.period_end
            else least({{ add_days('prior_year.period_start', 'cut.elapsed_days') }}, prior_year.period_end)
        end as prior_year_cutoff
    from cut
    left join cut as prior
        on cut.period_type = prior.period_type and cut.period_start = prior.period_end
    left join cut as prior_year
        on cut.period_type = prior_year.period_type
        and cut.business_year = prior_year.business_year + 1
        and cut.ordinal = prior_year.ordinal

),

-- The first week may begin before the first year; it counts for that year.
to_date as (

    select
        compared.*,
        years.year_start as ytd_start,
        years.year_end,
        prior_years.year_start as prior_year_ytd_start
    from compared
    left join years
        on compared.period_start < years.year_end
        and (compared.period_start >= years.year_start or years.is_first)
    left join years as prior_years
        on compared.prior_year_start < prior_years.year_end
        and (compared.prior_year_start >= prior_years.year_start or prior_years.is_first)

),

-- A period is closed in a subject when all its days lie in closed months.
stated as (

    select
        to_date.*,
        {% for subject in ['sales', 'receivables', 'pay'] %}
        {{ period_state(subject, 'to_date.period_start', 'to_date.period_end') }} as {{ subject }}_state{{ ',' if not loop.last }}
        {% endfor %}
    from to_date
    {% for subject in ['sales', 'receivables', 'pay'] %}
    left join {{ ref('int_closed_spans') }} as {{ subject }}
        on {{ subject }}.subject = '{{ subject }}'
    {% endfor %}

),

final as (

    select
        period_type || ':' || period_label as period_id,
        period_type,
        period_start,
        period_end,
        period_label,
        period_label_zh,
        period_label_en,
        cutoff,
        ytd_start,
        year_end,
        prior_label,
        prior_start,
        prior_cutoff,
        prior_year_label,
        prior_year_start,
        prior_year_cutoff,
        prior_year_ytd_start,
        cast(elapsed_days as integer) as elapsed_days,
        cast(total_days as integer) as total_days,
        period_start < after_as_of as has_begun,
        sales_state as period_state,
        sales_state,
        receivables_state,
        pay_state
    from stated

)

select * from final
