with named as (

    select distinct opportunity_id, trim(value) as competitor_id
    from (
        {{ split_cell('opportunity_id', 'competitor_id', ref('int_opportunities')) }}
    ) as cells
    where trim(value) <> ''

),

counts as (

    select opportunity_id, count(*) as competitor_count
    from named
    group by opportunity_id

),

-- Each competitor, and one row that counts the opportunity once: any, or none.
competitors as (

    select named.opportunity_id, named.competitor_id, counts.competitor_count > 1 as is_shared
    from named
    inner join counts
        on named.opportunity_id = counts.opportunity_id
    union all
    select
        opportunities.opportunity_id,
        case when counts.opportunity_id is null then 'none' else 'any' end,
        coalesce(counts.competitor_count > 1, false)
    from {{ ref('int_opportunities') }} as opportunities
    left join counts
        on opportunities.opportunity_id = counts.opportunity_id

)

select * from competitors
