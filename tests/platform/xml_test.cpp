#include "bot/platform/xml.hpp"

#include <chrono>
#include <gtest/gtest.h>

namespace linli::platform {
namespace {

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out.append(text);
  return out;
}

TEST(Xml, ReadsTextCdataAndEntitiesAlike) {
  const auto xml = Xml::read("<xml><A>a &amp; b</A><B><![CDATA[a & b]]></B><C>1</C>\n<D></D></xml>").value();
  EXPECT_EQ(xml.text("A"), "a & b");
  EXPECT_EQ(xml.text("B"), "a & b");
  EXPECT_EQ(xml.text("C"), "1");
  EXPECT_EQ(xml.text("D"), "");
  EXPECT_TRUE(xml.has("D"));
  EXPECT_FALSE(xml.has("E"));
  EXPECT_EQ(xml.text("E"), "");
  EXPECT_EQ(xml.fields(), (std::vector<std::string_view>{"A", "B", "C", "D"}));
}

TEST(Xml, JoinsCdataThatWasSplit) {
  EXPECT_EQ(Xml::read("<xml><A><![CDATA[a]]]]><![CDATA[>b]]></A></xml>").value().text("A"), "a]]>b");
  EXPECT_EQ(Xml::read("<xml><A>x<!-- y --><![CDATA[z]]></A></xml>").value().text("A"), "xz");
}

TEST(Xml, ReadsWhatIsInside) {
  const auto xml = Xml::read("<xml><A>1</A><S><A>2</A><B>3</B></S><B>4</B></xml>").value();
  EXPECT_EQ(xml.text("A"), "1");
  EXPECT_EQ(xml.text("B"), "4");
  EXPECT_EQ(xml.text("S", "A"), "2");
  EXPECT_EQ(xml.text("S", "B"), "3");
  EXPECT_EQ(xml.text("S", "C"), "");
  EXPECT_EQ(xml.text("A", "A"), "");
}

TEST(Xml, TakesADeclarationAndAMark) {
  EXPECT_EQ(Xml::read("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xml><A>邻</A></xml>\n").value().text("A"),
            "邻");
  EXPECT_EQ(Xml::read("\xEF\xBB\xBF<xml><A>邻</A></xml>").value().text("A"), "邻");
}

TEST(Xml, KeepsItsTextsWhenItMoves) {
  auto first = Xml::read("<xml><A>x</A></xml>").value();
  const Xml second = std::move(first);
  EXPECT_EQ(second.text("A"), "x");
}

struct Refused {
  const char* name;
  std::string document;
  Errc code = Errc::bad_input;
};

const std::string bomb =
    "<!DOCTYPE xml [<!ENTITY a \"secret\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
    "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">"
    "<!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\">]><xml><A>&e;</A></xml>";

const Refused bad_input[] = {
    {"empty", ""},
    {"blank", " \n"},
    {"not_xml", "secret"},
    {"json", "{\"secret\":1}"},
    {"cut", "<xml><A>secret"},
    {"cut_tag", "<xml><A"},
    {"wrong_end", "<xml><A>1</B></xml>"},
    {"other_root", "<html><A>secret</A></html>"},
    {"two_roots", "<xml><A>1</A></xml><xml></xml>"},
    {"trailing_junk", "<xml><A>1</A></xml>secret"},
    {"leading_junk", "x<xml><A>1</A></xml>"},
    {"nul", std::string("<xml><A>a\0b</A></xml>", 21)},
    {"nul_after", std::string("<xml><A>a</A></xml>\0", 20)},
    {"nul_entity", "<xml><A>&#0;</A></xml>"},
    {"control", "<xml><A>\x01</A></xml>"},
    {"control_entity", "<xml><A>&#1;</A></xml>"},
    {"broken_utf8", "<xml><A>\xE9\x82</A></xml>"},
    {"overlong_utf8", "<xml><A>\xC0\xAF</A></xml>"},
    {"surrogate", "<xml><A>\xED\xA0\x80</A></xml>"},
    {"utf16", std::string("\xFF\xFE<\0x\0m\0l\0/\0>\0", 14)},
    {"gbk_as_declared", "<?xml version=\"1.0\" encoding=\"GBK\"?><xml><A>\xC1\xDA</A></xml>"},
    {"external_entity",
     "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><xml><A>&f;</A></xml>"},
    {"external_dtd", "<!DOCTYPE xml SYSTEM \"http://127.0.0.1/secret.dtd\"><xml><A>1</A></xml>"},
    {"empty_doctype", "<!DOCTYPE xml><xml><A>1</A></xml>"},
    {"billion_laughs", bomb},
    {"unknown_entity", "<xml><A>&secret;</A></xml>"},
    {"same_field_twice", "<xml><A>1</A><B>2</B><A>3</A></xml>"},
    {"text_between", "<xml>secret<A>1</A></xml>"},
    {"text_behind", "<xml><S><A>1</A>secret</S></xml>"},
    {"same_attribute_twice", "<xml a='1' a='2'></xml>"},
    {"unclosed_cdata", "<xml><A><![CDATA[secret]]</A></xml>"},
    {"too_long", "<xml><A>" + std::string(64 * 1024, 'a') + "</A></xml>", Errc::too_large},
    {"fifty_thousand_attributes", "<xml" + repeat(" a='1'", 50'000) + "></xml>", Errc::too_large},
    {"too_deep", repeat("<xml>", 9) + repeat("</xml>", 9), Errc::too_large},
    {"much_too_deep", repeat("<xml>", 13'000), Errc::too_large},
    {"too_many", "<xml><S>" + repeat("<i/>", 256) + "</S></xml>", Errc::too_large}};

TEST(Xml, RefusesBadInputWithoutQuotingIt) {
  for (const auto& row : bad_input) {
    SCOPED_TRACE(row.name);
    const auto xml = Xml::read(row.document);
    ASSERT_FALSE(xml);
    EXPECT_EQ(xml.error().code, row.code);
    EXPECT_EQ(xml.error().text.find("secret"), std::string::npos);
  }
}

TEST(Xml, TakesWhatIsJustInsideTheLimits) {
  EXPECT_TRUE(Xml::read(repeat("<xml>", 8) + repeat("</xml>", 8)));
  EXPECT_TRUE(Xml::read("<xml><S>" + repeat("<i/>", 254) + "</S></xml>"));
  const std::string envelope = "<xml><A></A></xml>";
  EXPECT_TRUE(Xml::read("<xml><A>" + std::string(64 * 1024 - envelope.size(), 'a') + "</A></xml>"));
}

TEST(Xml, NeedsNoTimeForWhatFitsIntoTheLimit) {
  std::string attributes;
  for (int i = 0; attributes.size() < 60 * 1024; ++i) attributes.append(" a" + std::to_string(i) + "=''");
  const std::string many_attributes = "<xml" + attributes + "></xml>";
  const std::string many_names = "<xml>" + repeat("<" + std::string(230, 'n') + "/>", 250);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_TRUE(Xml::read(many_attributes));
  EXPECT_FALSE(Xml::read(many_names));
  EXPECT_LT(std::chrono::steady_clock::now() - begin,
            std::chrono::seconds(1));  // 2 ms; sanitizers and a busy machine
}

TEST(Xml, IsCanonicalWhateverTheLayout) {
  const auto plain = Xml::read("<xml><A>a&lt;</A><S><B>2</B></S></xml>").value().canonical();
  EXPECT_EQ(Xml::read("<xml>\n <A><![CDATA[a<]]></A>\n<S> <B>2</B> </S>\n</xml>").value().canonical(), plain);
  EXPECT_NE(Xml::read("<xml><A>a</A><S><B>2</B></S></xml>").value().canonical(), plain);
  EXPECT_NE(Xml::read("<xml><A>a&lt;</A><S></S><B>2</B></xml>").value().canonical(), plain);
  EXPECT_NE(Xml::read("<xml><A>a&lt;</A><S>B2</S></xml>").value().canonical(), plain);
}

TEST(Xml, WritesWhatItReads) {
  for (const std::string text :
       {"", "你好，吃了吗？", "a]]>b", "]]>]]>", "]]]]>>", "<&>\"'", "a\nb\tc", "👵🏽", "\u202Eabc"}) {
    std::string document = "<xml>";
    append_text_element(document, "A", text);
    append_number_element(document, "N", -5);
    document.append("</xml>");
    const auto xml = Xml::read(document);
    ASSERT_TRUE(xml) << document;
    EXPECT_EQ(xml->text("A"), text);
    EXPECT_EQ(xml->text("N"), "-5");
  }
}

TEST(Xml, LeavesOutWhatXmlCannotHold) {
  std::string document;
  append_text_element(document, "xml",
                      std::string("a\0b\x01"
                                  "c\x1B"
                                  "d\xEF\xBF\xBE"
                                  "e\xEF\xBF\xBF"
                                  "f\xFF"
                                  "g\xE9\x82",
                                  19));
  EXPECT_EQ(document, "<xml><![CDATA[abcdefg]]></xml>");
  document.clear();
  append_text_element(document, "xml", "\xED\xA0\x80全部\xF0\x9F");
  EXPECT_EQ(document, "<xml><![CDATA[全部]]></xml>");
}

TEST(Xml, TrimsSpace) {
  EXPECT_EQ(trim_xml_space(" \r\n\ta b\n"), "a b");
  EXPECT_EQ(trim_xml_space(" \n"), "");
  EXPECT_EQ(trim_xml_space(""), "");
}

}  // namespace
}  // namespace linli::platform
