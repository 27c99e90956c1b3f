with acts as (

    select * from {{ source('closings', 'acts') }}

),

in_force as (

    select number, subject from {{ ref('int_closings') }}

),

final as (

    select
        acts.number as closing_number,
        acts.subject,
        acts.act,
        'month' as period_type,
        acts.period_start,
        acts.period_end,
        acts.period_label,
        acts.made_at,
        acts.made_by,
        acts.reason,
        acts.as_of as data_up_to,
        acts.snapshot_id,
        acts.rulebook_version,
        in_force.number is not null as is_in_force,
        row_number() over (partition by acts.subject, acts.period_start, acts.act order by acts.number) as version
    from acts
    left join in_force
        on acts.number = in_force.number
        and acts.subject = in_force.subject

)

select * from final
