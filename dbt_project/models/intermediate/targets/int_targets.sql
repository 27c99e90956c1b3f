with versions as (

    select * from {{ ref('int_target_versions') }}
    where stage is null

),

-- A version that is not yet approved on the day that counts does not count.
known as (

    select
        *,
        first_value(target_value) over (
            partition by target_id order by version, _file, _line
            rows between unbounded preceding and unbounded following
        ) as original_target_value
    from versions
    where approved_on is null or approved_on <= {{ as_of() }}

),

final as (

    select *
    from known
    qualify row_number() over (partition by target_id order by version desc, _file desc, _line desc) = 1

)

select * from final
