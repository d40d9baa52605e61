// Ids that cannot be mixed up: a PersonId never goes where a TaskId is wanted. 0 means "none".
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace linli {

template <class Tag>
struct Id {
  std::int64_t value{};
  explicit operator bool() const { return value != 0; }
  auto operator<=>(const Id&) const = default;
};

using PersonId = Id<struct PersonTag>;
using ContactId = Id<struct ContactTag>;
using AreaId = Id<struct AreaTag>;
using AppointmentId = Id<struct AppointmentTag>;
using TaskId = Id<struct TaskTag>;
using PostId = Id<struct PostTag>;
using ShiftId = Id<struct ShiftTag>;
using CheckinId = Id<struct CheckinTag>;
using ClaimId = Id<struct ClaimTag>;
using QuestionId = Id<struct QuestionTag>;
using AskedId = Id<struct AskedTag>;
using DeliveryId = Id<struct DeliveryTag>;
using OrganisationId = Id<struct OrganisationTag>;
using PictureId = Id<struct PictureTag>;

}  // namespace linli

template <class Tag>
struct std::hash<linli::Id<Tag>> {
  std::size_t operator()(linli::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
