#include "bot/platform/xml.hpp"

#include <expat.h>
#include <fmt/format.h>

#include "bot/base/utf8.hpp"

namespace linli::platform {
namespace {

constexpr std::string_view xml_space = " \t\r\n";

bool is_blank(std::string_view text) {
  return text.find_first_not_of(xml_space) == std::string_view::npos;
}

struct ParserDeleter {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, ParserDeleter>;

}  // namespace

/// Expat's callbacks, building the document. After the first failure the rest of the callbacks do nothing:
/// expat may still deliver one or two after it was told to stop.
class XmlReader {
 public:
  XmlReader(XML_Parser parser, std::size_t bytes, const XmlLimits& limits)
      : parser_(parser), limits_(limits) {
    out_.chars_.reserve(bytes);
    out_.nodes_.reserve(32);
    XML_SetUserData(parser, this);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetStartDoctypeDeclHandler(parser, on_doctype);
  }

  Result<Xml> read(std::string_view document) {
    const auto status = XML_Parse(parser_, document.data(), static_cast<int>(document.size()), XML_TRUE);
    if (failure_) return *failure_;
    if (status == XML_STATUS_OK) return std::move(out_);
    return Error{Errc::bad_input,
                 fmt::format("the XML is not well-formed at line {}, column {}",
                             XML_GetCurrentLineNumber(parser_), XML_GetCurrentColumnNumber(parser_))};
  }

 private:
  static XmlReader& self(void* user) { return *static_cast<XmlReader*>(user); }
  static void on_start(void* user, const XML_Char* name, const XML_Char**) { self(user).start(name); }
  static void on_end(void* user, const XML_Char*) { self(user).end(); }
  static void on_text(void* user, const XML_Char* text, int size) {
    auto& reader = self(user);
    if (!reader.failure_) reader.out_.chars_.append(text, static_cast<std::size_t>(size));
  }
  static void on_doctype(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    self(user).fail(Errc::bad_input, "the XML has a DOCTYPE, which is refused");
  }

  void start(std::string_view name) {
    if (failure_) return;
    if (open_ == none && name != "xml") return fail(Errc::bad_input, "the root of the XML is not <xml>");
    if (out_.nodes_.size() >= limits_.nodes) return fail(Errc::too_large, "the XML has too many elements");
    const auto index = static_cast<std::uint32_t>(out_.nodes_.size());
    const auto parent = open_ == none ? index : open_;
    const auto depth = open_ == none ? 1 : out_.nodes_[open_].depth + 1;
    if (depth > limits_.depth) return fail(Errc::too_large, "the XML is nested too deeply");
    if (open_ != none && !drop_blank_text()) return;
    if (open_ == 0 && out_.find(0, name)) return fail(Errc::bad_input, "the XML has the same field twice");

    if (open_ != none) out_.nodes_[open_].has_children = true;
    Xml::Node node{};
    node.parent = parent;
    node.depth = depth;
    node.name_at = size();
    node.name_size = static_cast<std::uint32_t>(name.size());
    out_.chars_.append(name);
    out_.nodes_.push_back(node);
    open_ = index;
    text_at_ = size();
  }

  void end() {
    if (failure_) return;
    auto& node = out_.nodes_[open_];
    if (node.has_children) {
      if (!drop_blank_text()) return;
    } else {
      node.text_at = text_at_;
      node.text_size = size() - text_at_;
    }
    text_at_ = size();
    open_ = open_ == 0 ? none : node.parent;
  }

  /// Between child elements only white space may stand, and it means nothing.
  bool drop_blank_text() {
    if (!is_blank(std::string_view(out_.chars_).substr(text_at_))) {
      fail(Errc::bad_input, "the XML has text beside child elements");
      return false;
    }
    out_.chars_.resize(text_at_);
    return true;
  }

  void fail(Errc code, const char* text) {
    if (!failure_) failure_ = Error{code, text};
    XML_StopParser(parser_, XML_FALSE);
  }

  std::uint32_t size() const { return static_cast<std::uint32_t>(out_.chars_.size()); }

  static constexpr std::uint32_t none = ~std::uint32_t{0};

  XML_Parser parser_;
  XmlLimits limits_;
  Xml out_;
  std::optional<Error> failure_;
  std::uint32_t open_ = none;  // the innermost element that has not ended
  std::uint32_t text_at_ = 0;  // where its latest run of text begins
};

Result<Xml> Xml::read(std::string_view document, const XmlLimits& limits) {
  if (document.size() > limits.bytes) return Error{Errc::too_large, "the XML is longer than is accepted"};
  // The encoding named here overrules what the document declares, but not a UTF-16 mark; that has NULs all
  // over.
  if (document.find('\0') != document.npos) return Error{Errc::bad_input, "the XML holds a NUL byte"};
  const Parser parser(XML_ParserCreate("UTF-8"));
  if (!parser) throw std::bad_alloc();
  return XmlReader(parser.get(), document.size(), limits).read(document);
}

const Xml::Node* Xml::find(std::uint32_t parent, std::string_view name) const {
  for (std::uint32_t i = parent + 1; i < nodes_.size(); ++i) {
    if (nodes_[i].parent == parent && name_of(nodes_[i]) == name) return &nodes_[i];
  }
  return nullptr;
}

std::string_view Xml::text(std::string_view name) const {
  const auto* node = find(0, name);
  return node ? text_of(*node) : std::string_view();
}

std::string_view Xml::text(std::string_view name, std::string_view child) const {
  const auto* node = find(0, name);
  if (!node) return {};
  const auto* inner = find(static_cast<std::uint32_t>(node - nodes_.data()), child);
  return inner ? text_of(*inner) : std::string_view();
}

bool Xml::has(std::string_view name) const {
  return find(0, name) != nullptr;
}

std::vector<std::string_view> Xml::fields() const {
  std::vector<std::string_view> names;
  for (std::size_t i = 1; i < nodes_.size(); ++i) {
    if (nodes_[i].parent == 0) names.push_back(name_of(nodes_[i]));
  }
  return names;
}

std::string Xml::canonical() const {
  // Sizes before the characters, so that no two documents run together into the same bytes.
  std::string bytes;
  bytes.reserve(chars_.size() + nodes_.size() * 12);
  for (const auto& node : nodes_) {
    const auto text = node.has_children ? std::string_view() : text_of(node);
    fmt::format_to(std::back_inserter(bytes), "{},{},{}:", node.depth, node.name_size, text.size());
    bytes.append(name_of(node)).append(text);
  }
  return bytes;
}

std::string_view trim_xml_space(std::string_view text) {
  const auto first = text.find_first_not_of(xml_space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(xml_space) - first + 1);
}

namespace {

bool is_xml_character(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (first < 0x20) return first == '\t' || first == '\n' || first == '\r';
  return character != "\xEF\xBF\xBE" && character != "\xEF\xBF\xBF";
}

std::size_t character_size(unsigned char first) {
  if (first < 0x80) return 1;
  if (first < 0xE0) return 2;
  return first < 0xF0 ? 3 : 4;
}

/// Copies what XML can hold, character by character: only for texts that hold something it cannot.
std::string only_xml_characters(std::string_view text) {
  std::string kept;
  kept.reserve(text.size());
  while (!text.empty()) {
    const auto size = std::min(character_size(static_cast<unsigned char>(text[0])), text.size());
    const auto character = text.substr(0, size);
    if (!is_utf8(character)) {
      text.remove_prefix(1);
      continue;
    }
    if (is_xml_character(character)) kept.append(character);
    text.remove_prefix(size);
  }
  return kept;
}

bool needs_filter(std::string_view text) {
  unsigned char seen = 0;
  bool has_control = false;
  for (const char c : text) {  // without a branch, so that the compiler takes many at a time
    const auto byte = static_cast<unsigned char>(c);
    seen |= byte;
    has_control |= (byte < 0x20) & (byte != '\n') & (byte != '\t') & (byte != '\r');
  }
  if (has_control || seen < 0x80) return has_control;
  return text.find("\xEF\xBF\xBE") != text.npos || text.find("\xEF\xBF\xBF") != text.npos || !is_utf8(text);
}

void append_split_cdata(std::string& out, std::string_view text) {
  out.append("<![CDATA[");
  for (auto end = text.find("]]>"); end != std::string_view::npos; end = text.find("]]>")) {
    out.append(text.substr(0, end + 2)).append("]]><![CDATA[");
    text.remove_prefix(end + 2);
  }
  out.append(text).append("]]>");
}

void append_tag(std::string& out, std::string_view open, std::string_view name) {
  out.append(open).append(name).push_back('>');
}

}  // namespace

void append_text_element(std::string& out, std::string_view name, std::string_view text) {
  append_tag(out, "<", name);
  if (needs_filter(text)) {
    append_split_cdata(out, only_xml_characters(text));
  } else {
    append_split_cdata(out, text);
  }
  append_tag(out, "</", name);
}

void append_number_element(std::string& out, std::string_view name, std::int64_t number) {
  append_tag(out, "<", name);
  fmt::format_to(std::back_inserter(out), "{}", number);
  append_tag(out, "</", name);
}

}  // namespace linli::platform
