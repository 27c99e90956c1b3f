with segment_days as (

    select
        business_date,
        coalesce(product_line, 'unclassified') as segment,
        coalesce(territory_id, 'unknown') as territory_id,
        {% for measure in segment_measures() %}
        sum(case when measure = '{{ measure }}' then amount else 0 end) as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_credited_days') }}
    where measure in ('{{ segment_measures() | join("', '") }}')
    group by business_date, coalesce(product_line, 'unclassified'), coalesce(territory_id, 'unknown')

)

select * from segment_days
