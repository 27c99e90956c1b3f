with periods as (

    {{ market_periods() }}

),

-- A size is compared with the sales of a whole period, and counts once it is published.
given as (

    select
        periods.period_type,
        periods.period_start,
        periods.period_end,
        sizes.segment,
        coalesce(sizes.territory_id, 'all') as territory_id,
        sizes.amount,
        sizes.quantity,
        sizes.largest_competitor_amount,
        sizes.source,
        sizes.published_on
    from {{ ref('stg_market_size') }} as sizes
    inner join periods
        on sizes.period_label = periods.period_label
        and periods.cutoff = periods.period_end
    where coalesce(sizes.published_on <= {{ as_of() }}, true)

),

-- Sizes of one length that together cover a longer period wholly: the year's two halves are the year.
summed as (

    select
        periods.period_type,
        periods.period_start,
        given.segment,
        given.territory_id,
        given.period_type as part_type,
        count(*) as parts,
        sum(given.amount) as amount,
        case when count(given.quantity) = count(*) then sum(given.quantity) end as quantity,
        case when count(*) = 1 then max(given.largest_competitor_amount) end as largest_competitor_amount,
        min(given.source) as source,
        max(given.published_on) as published_on
    from given
    inner join periods
        on given.period_start >= periods.period_start
        and given.period_end <= periods.period_end
    group by periods.period_type, periods.period_start, periods.total_days, given.segment, given.territory_id, given.period_type
    having sum({{ dbt.datediff('given.period_start', 'given.period_end', 'day') }}) = periods.total_days

),

largest_parts as (

    select *
    from summed
    qualify row_number() over (
        partition by period_type, period_start, segment, territory_id order by parts, part_type
    ) = 1

)

select * from largest_parts
