// The texts of the assessment topic.
#pragma once

#include "bot/dialog/texts.hpp"

namespace linli::handlers::assessment {

using dialog::TextId;

inline constexpr TextId told{"assessment.told"};
inline constexpr TextId mine{"assessment.mine"};
inline constexpr TextId mine_none{"assessment.mine_none"};
inline constexpr TextId person{"assessment.person"};
inline constexpr TextId person_none{"assessment.person_none"};
inline constexpr TextId area{"assessment.area"};
inline constexpr TextId area_none{"assessment.area_none"};
inline constexpr TextId who_how{"assessment.who_how"};
inline constexpr TextId several{"assessment.several"};
inline constexpr TextId refused{"assessment.refused"};
inline constexpr TextId refused_there{"assessment.refused_there"};
inline constexpr TextId object_how{"assessment.object_how"};
inline constexpr TextId object_no_such{"assessment.object_no_such"};
inline constexpr TextId object_too_late{"assessment.object_too_late"};
inline constexpr TextId object_already{"assessment.object_already"};
inline constexpr TextId objected{"assessment.objected"};
inline constexpr TextId staff_offer{"assessment.staff_offer"};
inline constexpr TextId upheld_staff{"assessment.upheld_staff"};
inline constexpr TextId kept_staff{"assessment.kept_staff"};
inline constexpr TextId upheld{"assessment.upheld"};
inline constexpr TextId kept{"assessment.kept"};
inline constexpr TextId not_yours{"assessment.not_yours"};
inline constexpr TextId decide_how{"assessment.decide_how"};
inline constexpr TextId decided{"assessment.decided"};
inline constexpr TextId praised{"assessment.praised"};
inline constexpr TextId criticised{"assessment.criticised"};
inline constexpr TextId adjusted{"assessment.adjusted"};

inline constexpr TextId all[] = {
    told,           mine,       mine_none,   person,        person_none, area,           area_none,
    who_how,        several,    refused,     refused_there, object_how,  object_no_such, object_too_late,
    object_already, objected,   staff_offer, upheld_staff,  kept_staff,  upheld,         kept,
    not_yours,      decide_how, decided,     praised,       criticised,  adjusted};

}  // namespace linli::handlers::assessment
