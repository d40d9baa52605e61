// What has been learned from config/ at start and is the same for everybody who listens in this process.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "bot/app/house.hpp"
#include "bot/understanding/listener.hpp"

namespace linli::app {

struct Trained {
  std::shared_ptr<const understanding::Understanding> understanding;
  std::shared_ptr<const understanding::Storyteller> teller;
  understanding::Thresholds thresholds;
};

/// Reads and trains; Errc::bad_config names the file.
Result<Trained> train(const Settings& settings);

/// A listener that knows what the house knows, and hears of what changes there: `hand_over` runs a piece of
/// work on the listener's thread (at once, if there is only one thread). Both outlive the house's pipeline.
std::unique_ptr<understanding::Listener> make_listener(
    const Trained& trained, House& house,
    std::function<void(std::function<void()>)> hand_over = [](const std::function<void()>& work) { work(); });

}  // namespace linli::app
