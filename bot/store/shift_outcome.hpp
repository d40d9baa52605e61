// What became of a shift, as one SQL expression over its row: stood, late, excused, declined, missing, or
// NULL while it is not known. Found missing and then there after all is late; with a reason is excused,
// whenever it was given.
#pragma once

namespace linli::store {

inline constexpr const char* shift_outcome =
    "case when state in ('on_post', 'left') and corrected_at is null and cover_of is null "
    "  and (missed_at is not null or in_at > starts_at + 300) then 'late' "
    "when state in ('on_post', 'left') then 'stood' "
    "when excuse_sealed <> '' then 'excused' "
    "when state = 'declined' then 'declined' "
    "when state = 'cancelled' then null "
    "when missed_at is not null then 'missing' end";

}  // namespace linli::store
