// Reading and writing the platform's XML: a flat <xml> document of short fields. Read with expat, because the
// alternatives accept invalid UTF-8, a second root and cut CDATA; a DOCTYPE ends the reading at once, and
// with it every entity attack. Called by Callback (the envelope), parse_inbound and encode_reply. Nothing
// durable.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/result.hpp"

namespace linli::platform {

struct XmlLimits {
  std::size_t bytes = 64 * 1024;
  std::size_t depth = 8;
  std::size_t nodes = 256;
};

/// One document, immutable. Names and texts lie in one buffer: two allocations a message, not two an element.
class Xml {
 public:
  /// Errc::too_large over a limit; Errc::bad_input for anything not well-formed, a DOCTYPE, a root that is
  /// not <xml>, an element directly under it that is there twice, or text beside child elements. The text of
  /// the error names the place and never quotes the document.
  static Result<Xml> read(std::string_view document, const XmlLimits& limits = {});

  /// The text of an element directly under the root, or of `child` in the first such element; "" if it is
  /// missing. Views live as long as this object stays where it is.
  std::string_view text(std::string_view name) const;
  std::string_view text(std::string_view name, std::string_view child) const;
  bool has(std::string_view name) const;

  /// The names of the elements directly under the root, in order.
  std::vector<std::string_view> fields() const;

  /// The same bytes for documents that differ only in layout, in CDATA or entities, or in attributes.
  std::string canonical() const;

 private:
  friend class XmlReader;
  struct Node {
    std::uint32_t parent;  // its own index for the root
    std::uint32_t depth;
    std::uint32_t name_at, name_size;
    std::uint32_t text_at, text_size;
    bool has_children;
  };

  std::string_view name_of(const Node& node) const { return view(node.name_at, node.name_size); }
  std::string_view text_of(const Node& node) const { return view(node.text_at, node.text_size); }
  std::string_view view(std::uint32_t at, std::uint32_t size) const {
    return std::string_view(chars_).substr(at, size);
  }
  const Node* find(std::uint32_t parent, std::string_view name) const;

  std::string chars_;
  std::vector<Node> nodes_;
};

/// `text` without XML's white space at both ends.
std::string_view trim_xml_space(std::string_view text);

/// Appends <name><![CDATA[text]]></name>. "]]>" is split over two sections; characters that XML cannot hold
/// (control characters, U+FFFE, U+FFFF, broken UTF-8) are left out, since one of them would void the whole
/// reply.
void append_text_element(std::string& out, std::string_view name, std::string_view text);
void append_number_element(std::string& out, std::string_view name, std::int64_t number);

}  // namespace linli::platform
