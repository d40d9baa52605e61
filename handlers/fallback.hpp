// Menu, help, welcome, and the answer to what nobody understood: short and useful, never silence.
#pragma once

#include "bot/dialog/handler.hpp"

namespace linli::handlers {

class FallbackHandler final : public dialog::Handler {
 public:
  std::string_view topic() const override { return "fallback"; }
  std::vector<dialog::TextId> texts() const override;
  std::vector<std::string_view> commands() const override { return {"menu", "help"}; }
  bool fits(dialog::Turn&) override { return true; }
  void start(dialog::Turn& turn) override;
  std::vector<std::string_view> intents() const override { return {"greeting_other"}; }
  bool wish(dialog::Turn& turn, std::string_view intent) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
};

}  // namespace linli::handlers
