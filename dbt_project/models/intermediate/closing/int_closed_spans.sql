with last_closings as (

    select *
    from {{ ref('int_closings') }}
    qualify row_number() over (partition by subject order by period_start desc) = 1

),

spans as (

    select
        closings.subject,
        min(closings.period_start) as closed_from,
        max(last_closings.period_end) as closed_until,
        max(last_closings.next_label) as next_label
    from {{ ref('int_closings') }} as closings
    inner join last_closings
        on closings.subject = last_closings.subject
    group by closings.subject

)

select * from spans
