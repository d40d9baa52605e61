#include "bot/sandbox/reply_document.hpp"

#include <algorithm>
#include <expat.h>
#include <memory>

namespace linli::sandbox {

namespace {

constexpr std::size_t deepest = 8;

struct Reading {
  XML_Parser parser{};
  std::vector<std::string> path;
  std::string text;
  bool leaf{};
  bool refused{};
  std::vector<std::pair<std::string, std::string>> leaves;

  void refuse() {
    refused = true;
    XML_StopParser(parser, XML_FALSE);
  }
};

Reading& reading_of(void* user) {
  return *static_cast<Reading*>(user);
}

std::string below_root(const std::vector<std::string>& path) {
  std::string joined;
  for (std::size_t i = 1; i < path.size(); ++i) joined += (i > 1 ? "/" : "") + path[i];
  return joined;
}

void start_element(void* user, const char* name, const char**) {
  Reading& reading = reading_of(user);
  bool wrong_root = reading.path.empty() && std::string_view(name) != "xml";
  if (wrong_root || reading.path.size() >= deepest) return reading.refuse();
  reading.path.emplace_back(name);
  reading.text.clear();
  reading.leaf = true;
}

void end_element(void* user, const char*) {
  Reading& reading = reading_of(user);
  if (reading.leaf) reading.leaves.emplace_back(below_root(reading.path), reading.text);
  reading.leaf = false;
  reading.path.pop_back();
}

void characters(void* user, const char* text, int length) {
  reading_of(user).text.append(text, static_cast<std::size_t>(length));
}

void doctype(void* user, const char*, const char*, const char*, int) {
  reading_of(user).refuse();
}

}  // namespace

Result<ReplyDocument> ReplyDocument::read(std::string_view xml) {
  std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreate("UTF-8"),
                                                                      &XML_ParserFree);
  Reading reading;
  reading.parser = parser.get();
  XML_SetUserData(parser.get(), &reading);
  XML_SetElementHandler(parser.get(), start_element, end_element);
  XML_SetCharacterDataHandler(parser.get(), characters);
  XML_SetStartDoctypeDeclHandler(parser.get(), doctype);
  bool whole = XML_Parse(parser.get(), xml.data(), static_cast<int>(xml.size()), XML_TRUE) == XML_STATUS_OK;
  if (!whole || reading.refused)
    return Error{Errc::bad_input, "unusable reply: not an XML document of <xml>"};
  ReplyDocument document;
  document.leaves_ = std::move(reading.leaves);
  return document;
}

std::string ReplyDocument::text(std::string_view path) const {
  auto found =
      std::find_if(leaves_.begin(), leaves_.end(), [path](const auto& leaf) { return leaf.first == path; });
  return found == leaves_.end() ? std::string() : found->second;
}

std::vector<std::string> ReplyDocument::all(std::string_view path) const {
  std::vector<std::string> texts;
  for (const auto& [where, text] : leaves_) {
    if (where == path) texts.push_back(text);
  }
  return texts;
}

}  // namespace linli::sandbox
