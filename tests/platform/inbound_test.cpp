#include "bot/platform/inbound.hpp"

#include <gtest/gtest.h>
#include <set>

namespace linli::platform {
namespace {

/// A push as the platform writes it around the fields of one type.
std::string push(std::string_view type, std::string_view fields) {
  return fmt::format(
      "<xml><ToUserName><![CDATA[gh_97417a04a28d]]></ToUserName>\n"
      "<FromUserName><![CDATA[o9AgO5Kd5ggOC-bXrbNODIiE3bGY]]></FromUserName>\n"
      "<CreateTime>1714112445</CreateTime>\n<MsgType><![CDATA[{}]]></MsgType>\n{}</xml>",
      type, fields);
}

std::string event(std::string_view name, std::string_view fields = "") {
  return push("event", fmt::format("<Event><![CDATA[{}]]></Event>{}", name, fields));
}

Inbound parse(const std::string& xml) {
  return parse_inbound("district", xml).value();
}

using Check = void (*)(const Inbound&);

struct Row {
  const char* name;
  std::string xml;
  InboundKind kind;
  Check check = [](const Inbound&) {};
};

void expect_all_read(std::span<const Row> rows) {
  for (const auto& row : rows) {
    SCOPED_TRACE(row.name);
    const auto parsed = parse_inbound("district", row.xml);
    ASSERT_TRUE(parsed) << parsed.error().text;
    EXPECT_EQ(parsed->kind, row.kind) << name(parsed->kind);
    EXPECT_EQ(parsed->account, "district");
    EXPECT_EQ(parsed->to_user, "gh_97417a04a28d");
    EXPECT_FALSE(parsed->dedupe_key.empty());
    row.check(*parsed);
  }
}

const Row messages[] = {
    {"text", push("text", "<Content><![CDATA[我妈胸口疼]]></Content><MsgId>6054768590064713728</MsgId>"),
     InboundKind::text,
     [](const Inbound& in) {
       EXPECT_EQ(in.text, "我妈胸口疼");
       EXPECT_EQ(in.msg_id, "6054768590064713728");
       EXPECT_EQ(in.dedupe_key, "m:6054768590064713728");
       EXPECT_EQ(in.openid, "o9AgO5Kd5ggOC-bXrbNODIiE3bGY");
       EXPECT_EQ(in.created, Time{Seconds{1714112445}});
       EXPECT_EQ(in.menu_id, "");
     }},
    {"text_of_a_menu_entry",
     push("text", "<Content>已解决</Content><MsgId>1</MsgId><bizmsgmenuid>101</bizmsgmenuid>"),
     InboundKind::text,
     [](const Inbound& in) {
       EXPECT_EQ(in.text, "已解决");
       EXPECT_EQ(in.menu_id, "101");
     }},
    {"text_from_an_article",
     push("text", "<Content>a</Content><MsgId>7</MsgId><MsgDataId>9</MsgDataId><Idx>2</Idx>"),
     InboundKind::text, [](const Inbound& in) { EXPECT_EQ(in.dedupe_key, "m:7:2"); }},
    {"text_empty", push("text", "<Content></Content><MsgId>7</MsgId>"), InboundKind::text,
     [](const Inbound& in) { EXPECT_EQ(in.text, ""); }},
    {"text_keeps_its_space", push("text", "<Content><![CDATA[ a\n ]]></Content><MsgId>7</MsgId>"),
     InboundKind::text, [](const Inbound& in) { EXPECT_EQ(in.text, " a\n "); }},
    {"text_of_odd_characters",
     push("text", "<Content><![CDATA[{{x}} \u202E\u200B👵🏽 <b>]]></Content><MsgId>7</MsgId>"),
     InboundKind::text, [](const Inbound& in) { EXPECT_EQ(in.text, "{{x}} \u202E\u200B👵🏽 <b>"); }},
    {"image",
     push("image",
          "<PicUrl><![CDATA[http://mmbiz.qpic.cn/x?a=1&b=2]]></PicUrl><MediaId>M1</MediaId><MsgId>8</MsgId>"),
     InboundKind::image,
     [](const Inbound& in) {
       EXPECT_EQ(in.pic_url, "http://mmbiz.qpic.cn/x?a=1&b=2");
       EXPECT_EQ(in.media_id, "M1");
     }},
    {"voice",
     push("voice",
          "<MediaId>M2</MediaId><Format><![CDATA[amr]]></Format><MediaId16K>M3</MediaId16K>"
          "<Recognition><![CDATA[]]></Recognition><MsgId>9</MsgId>"),
     InboundKind::voice,
     [](const Inbound& in) {
       EXPECT_EQ(in.media_id, "M2");
       EXPECT_EQ(in.format, "amr");
       EXPECT_EQ(in.text, "");
     }},
    {"voice_recognised",
     push("voice", "<MediaId>M2</MediaId><Recognition>打卡</Recognition><MsgId>9</MsgId>"),
     InboundKind::voice, [](const Inbound& in) { EXPECT_EQ(in.text, "打卡"); }},
    {"video", push("video", "<MediaId>M4</MediaId><ThumbMediaId>T</ThumbMediaId><MsgId>10</MsgId>"),
     InboundKind::video, [](const Inbound& in) { EXPECT_EQ(in.media_id, "M4"); }},
    {"shortvideo", push("shortvideo", "<MediaId>M5</MediaId><ThumbMediaId>T</ThumbMediaId><MsgId>11</MsgId>"),
     InboundKind::video, [](const Inbound& in) { EXPECT_EQ(in.media_id, "M5"); }},
    {"location",
     push("location",
          "<Location_X>37.870123</Location_X><Location_Y>112.480456</Location_Y><Scale>15</Scale>"
          "<Label><![CDATA[和平苑北门]]></Label><MsgId>12</MsgId>"),
     InboundKind::location,
     [](const Inbound& in) {
       EXPECT_DOUBLE_EQ(in.latitude, 37.870123);
       EXPECT_DOUBLE_EQ(in.longitude, 112.480456);
       EXPECT_EQ(in.label, "和平苑北门");
     }},
    {"location_without_place",
     push("location", "<Location_X></Location_X><Location_Y>1</Location_Y><MsgId>12</MsgId>"),
     InboundKind::other,
     [](const Inbound& in) {
       EXPECT_EQ(in.dedupe_key, "m:12");
       EXPECT_EQ(in.longitude, 0);
     }},
    {"location_nowhere",
     push("location", "<Location_X>91</Location_X><Location_Y>1</Location_Y><MsgId>12</MsgId>"),
     InboundKind::other},
    {"location_not_a_number",
     push("location", "<Location_X>nan</Location_X><Location_Y>1</Location_Y><MsgId>1</MsgId>"),
     InboundKind::other},
    {"link",
     push("link",
          "<Title>头条</Title><Description>听说</Description><Url>https://mp.weixin.qq.com/s/1</"
          "Url><MsgId>13</MsgId>"),
     InboundKind::link,
     [](const Inbound& in) {
       EXPECT_EQ(in.title, "头条");
       EXPECT_EQ(in.description, "听说");
       EXPECT_EQ(in.url, "https://mp.weixin.qq.com/s/1");
     }},
    {"file",
     push("file",
          "<Title><![CDATA[test.zip]]></Title><Description><![CDATA[]]></Description>"
          "<FileKey><![CDATA[BAAAAAAAAACJHA0y]]></"
          "FileKey><FileMd5><![CDATA[95d98d3bf1b251a9e4a40f3bd88eef29]]>"
          "</FileMd5><FileTotalLen>222</FileTotalLen><MsgId>6526133992738756795</MsgId>"),
     InboundKind::file, [](const Inbound& in) { EXPECT_EQ(in.title, "test.zip"); }},
    {"miniprogrampage",
     push("miniprogrampage", "<Title>t</Title><AppId>wx1</AppId><PagePath>p</PagePath><MsgId>14</MsgId>"),
     InboundKind::other, [](const Inbound& in) { EXPECT_EQ(in.dedupe_key, "m:14"); }},
    {"of_next_year", push("hologram", "<Content>x</Content><MsgId>15</MsgId>"), InboundKind::other},
    {"without_an_id", push("text", "<Content>x</Content>"), InboundKind::text,
     [](const Inbound& in) { EXPECT_TRUE(in.dedupe_key.starts_with("b:")); }},
    {"with_an_odd_id", push("text", "<Content>x</Content><MsgId>49d7_155</MsgId>"), InboundKind::text,
     [](const Inbound& in) { EXPECT_TRUE(in.dedupe_key.starts_with("b:")); }},
};

TEST(Inbound, MessagesAreRead) {
  expect_all_read(messages);
}

const Row events[] = {
    {"subscribe", event("subscribe", "<EventKey><![CDATA[]]></EventKey>"), InboundKind::subscribe,
     [](const Inbound& in) { EXPECT_EQ(in.event_key, ""); }},
    {"subscribe_by_code",
     event("subscribe", "<EventKey><![CDATA[qrscene_post-3]]></EventKey><Ticket>gQH</Ticket>"),
     InboundKind::subscribe,
     [](const Inbound& in) {
       EXPECT_EQ(in.event_key, "post-3");
       EXPECT_EQ(in.ticket, "gQH");
       EXPECT_EQ(in.event, "subscribe");
     }},
    {"unsubscribe", event("unsubscribe", "<EventKey></EventKey>"), InboundKind::unsubscribe},
    {"scan", event("SCAN", "<EventKey><![CDATA[qrscene_x]]></EventKey><Ticket>gQH</Ticket>"),
     InboundKind::scan, [](const Inbound& in) { EXPECT_EQ(in.event_key, "qrscene_x"); }},
    {"location_report",
     event(
         "LOCATION",
         "<Latitude>23.137466</Latitude><Longitude>113.352425</Longitude><Precision>119.385040</Precision>"),
     InboundKind::location_report,
     [](const Inbound& in) {
       EXPECT_DOUBLE_EQ(in.latitude, 23.137466);
       EXPECT_DOUBLE_EQ(in.longitude, 113.352425);
       EXPECT_DOUBLE_EQ(in.precision, 119.38504);
     }},
    {"location_report_without_place", event("LOCATION", "<Latitude>x</Latitude>"), InboundKind::other_event},
    {"click", event("CLICK", "<EventKey><![CDATA[CHECKIN]]></EventKey>"), InboundKind::click,
     [](const Inbound& in) { EXPECT_EQ(in.event_key, "CHECKIN"); }},
    {"view", event("VIEW", "<EventKey><![CDATA[https://a.b/?c=1&d=2]]></EventKey><MenuId>425</MenuId>"),
     InboundKind::view,
     [](const Inbound& in) {
       EXPECT_EQ(in.event_key, "https://a.b/?c=1&d=2");
       EXPECT_EQ(in.menu_id, "425");
     }},
    {"template_result",
     event("TEMPLATESENDJOBFINISH",
           "<MsgID>1338144854257483781</MsgID><Status><![CDATA[failed:user block]]></Status>"),
     InboundKind::template_result,
     [](const Inbound& in) {
       EXPECT_EQ(in.msg_id, "1338144854257483781");
       EXPECT_EQ(in.status, "failed:user block");
     }},
    {"view_miniprogram", event("view_miniprogram", "<EventKey>pages/a</EventKey><MenuId>1</MenuId>"),
     InboundKind::other_event},
    {"scancode_push",
     event("scancode_push",
           "<EventKey>k</EventKey><ScanCodeInfo><ScanType>qrcode</ScanType>"
           "<ScanResult><![CDATA[https://x/post-3]]></ScanResult></ScanCodeInfo>"),
     InboundKind::other_event,
     [](const Inbound& in) {
       EXPECT_EQ(in.event, "scancode_push");
       EXPECT_EQ(in.text, "https://x/post-3");
     }},
    {"scancode_waitmsg",
     event("scancode_waitmsg",
           "<EventKey>k</EventKey><ScanCodeInfo><ScanType>barcode</ScanType>"
           "<ScanResult>CODE_128,1</ScanResult></ScanCodeInfo>"),
     InboundKind::other_event, [](const Inbound& in) { EXPECT_EQ(in.text, "CODE_128,1"); }},
    {"pic_sysphoto",
     event("pic_sysphoto",
           "<EventKey>k</EventKey><SendPicsInfo><Count>2</Count><PicList><item><PicMd5Sum>a</PicMd5Sum>"
           "</item><item><PicMd5Sum>b</PicMd5Sum></item></PicList></SendPicsInfo>"),
     InboundKind::other_event},
    {"pic_photo_or_album",
     event("pic_photo_or_album", "<EventKey>k</EventKey><SendPicsInfo><Count>0</Count></SendPicsInfo>"),
     InboundKind::other_event},
    {"pic_weixin", event("pic_weixin", "<EventKey>k</EventKey><SendPicsInfo><Count>0</Count></SendPicsInfo>"),
     InboundKind::other_event},
    {"location_select",
     event("location_select",
           "<EventKey>k</EventKey><SendLocationInfo><Location_X><![CDATA[23]]></"
           "Location_X><Location_Y><![CDATA[113]]>"
           "</Location_Y><Scale><![CDATA[15]]></Scale><Label><![CDATA[广州]]></Label><Poiname></Poiname></"
           "SendLocationInfo>"),
     InboundKind::other_event,
     [](const Inbound& in) {
       EXPECT_EQ(in.latitude, 23);
       EXPECT_EQ(in.label, "广州");
     }},
    {"masssendjobfinish",
     event("MASSSENDJOBFINISH",
           "<MsgID>1000001625</MsgID><Status>err(30003)</Status><TotalCount>0</TotalCount><FilterCount>0</"
           "FilterCount>"
           "<SentCount>0</SentCount><ErrorCount>0</ErrorCount><CopyrightCheckResult><Count>2</"
           "Count><ResultList><item>"
           "<ArticleIdx>1</ArticleIdx></item><item><ArticleIdx>2</ArticleIdx></item></"
           "ResultList><CheckState>2</CheckState>"
           "</CopyrightCheckResult><ArticleUrlResult><Count>0</Count></ArticleUrlResult>"),
     InboundKind::other_event},
    {"publishjobfinish",
     event("PUBLISHJOBFINISH",
           "<PublishEventInfo><publish_id>2</publish_id><publish_status>0</publish_status><fail_idx>1"
           "</fail_idx><fail_idx>2</fail_idx></PublishEventInfo>"),
     InboundKind::other_event},
    {"subscribe_msg_popup_event",
     event(
         "subscribe_msg_popup_event",
         "<SubscribeMsgPopupEvent><List><TemplateId>a</TemplateId><SubscribeStatusString>accept</"
         "SubscribeStatusString>"
         "<PopupScene>2</PopupScene></List><List><TemplateId>b</TemplateId></List></SubscribeMsgPopupEvent>"),
     InboundKind::other_event},
    {"subscribe_msg_change_event",
     event("subscribe_msg_change_event",
           "<SubscribeMsgChangeEvent><List><TemplateId>a</TemplateId></List>"
           "</SubscribeMsgChangeEvent>"),
     InboundKind::other_event},
    {"subscribe_msg_sent_event",
     event("subscribe_msg_sent_event",
           "<SubscribeMsgSentEvent><List><TemplateId>a</TemplateId><MsgID>1</MsgID><ErrorCode>0"
           "</ErrorCode></List></SubscribeMsgSentEvent>"),
     InboundKind::other_event},
    {"user_info_modified", event("user_info_modified", "<OpenID>oPERSON</OpenID><AppID>wx1</AppID>"),
     InboundKind::other_event, [](const Inbound& in) { EXPECT_EQ(in.openid, "oPERSON"); }},
    {"user_authorization_revoke",
     event("user_authorization_revoke", "<OpenID>oPERSON</OpenID><RevokeInfo>8</RevokeInfo>"),
     InboundKind::other_event},
    {"user_authorization_cancellation", event("user_authorization_cancellation", "<OpenID>oPERSON</OpenID>"),
     InboundKind::other_event},
    {"qualification_verify_success", event("qualification_verify_success", "<ExpiredTime>1</ExpiredTime>"),
     InboundKind::other_event},
    {"naming_verify_success", event("naming_verify_success", "<ExpiredTime>1</ExpiredTime>"),
     InboundKind::other_event},
    {"annual_renew", event("annual_renew", "<ExpiredTime>1</ExpiredTime>"), InboundKind::other_event},
    {"verify_expired", event("verify_expired", "<ExpiredTime>1</ExpiredTime>"), InboundKind::other_event},
    {"qualification_verify_fail",
     event("qualification_verify_fail", "<FailTime>1</FailTime><FailReason>x</FailReason>"),
     InboundKind::other_event},
    {"naming_verify_fail", event("naming_verify_fail", "<FailTime>1</FailTime><FailReason>x</FailReason>"),
     InboundKind::other_event},
    {"kf_create_session", event("kf_create_session", "<KfAccount>a@b</KfAccount>"), InboundKind::other_event},
    {"kf_close_session", event("kf_close_session", "<KfAccount>a@b</KfAccount>"), InboundKind::other_event},
    {"kf_switch_session",
     event("kf_switch_session", "<FromKfAccount>a</FromKfAccount><ToKfAccount>b</ToKfAccount>"),
     InboundKind::other_event},
    {"user_enter_tempsession", event("user_enter_tempsession", "<SessionFrom>x</SessionFrom>"),
     InboundKind::other_event},
    {"debug_demo", event("debug_demo", "<debug_str><![CDATA[hello world]]></debug_str>"),
     InboundKind::other_event},
    {"of_next_year", event("teleport", "<Where>x</Where>"), InboundKind::other_event},
};

TEST(Inbound, EventsAreRead) {
  expect_all_read(events);
}

TEST(InboundRefused, WithoutSenderTimeOrType) {
  const auto refuse = [](const std::string& xml) {
    const auto parsed = parse_inbound("district", xml);
    ASSERT_FALSE(parsed) << xml;
    EXPECT_EQ(parsed.error().code, Errc::bad_input);
  };
  refuse("<xml><CreateTime>1</CreateTime><MsgType>text</MsgType></xml>");
  refuse("<xml><FromUserName>o</FromUserName><MsgType>text</MsgType></xml>");
  refuse("<xml><FromUserName>o</FromUserName><CreateTime>soon</CreateTime><MsgType>text</MsgType></xml>");
  refuse("<xml><FromUserName>o</FromUserName><CreateTime>-1</CreateTime><MsgType>text</MsgType></xml>");
  refuse("<xml><FromUserName>o</FromUserName><CreateTime>1</CreateTime></xml>");
  refuse("<xml><FromUserName>" + std::string(129, 'o') +
         "</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType></xml>");
  refuse(
      "<xml><FromUserName>a</FromUserName><FromUserName>b</FromUserName><CreateTime>1</"
      "CreateTime><MsgType>t</MsgType></xml>");
  refuse("{\"FromUserName\":\"o\"}");
  refuse("");
}

TEST(InboundRefused, TakesTenThousandCharacters) {
  std::string words;
  for (int i = 0; i < 10'000; ++i) words.append("长");
  EXPECT_EQ(parse(push("text", "<Content><![CDATA[" + words + "]]></Content><MsgId>1</MsgId>")).text, words);
}

TEST(DedupeKey, IsTheSameForThePlatformsNextTry) {
  for (const auto& row : messages)
    EXPECT_EQ(parse(row.xml).dedupe_key, parse(row.xml).dedupe_key) << row.name;
  for (const auto& row : events) EXPECT_EQ(parse(row.xml).dedupe_key, parse(row.xml).dedupe_key) << row.name;
  EXPECT_EQ(parse(event("LOCATION", "<Latitude>1</Latitude>")).dedupe_key,
            parse(event("LOCATION", "\n<Latitude><![CDATA[1]]></Latitude> ")).dedupe_key);
}

TEST(DedupeKey, TellsEventsOfOneSecondApart) {
  const std::string pushes[] = {
      event("CLICK", "<EventKey>A</EventKey>"),
      event("CLICK", "<EventKey>B</EventKey>"),
      event("VIEW", "<EventKey>A</EventKey>"),
      event("SCAN", "<EventKey>A</EventKey><Ticket>1</Ticket>"),
      event("SCAN", "<EventKey>A</EventKey><Ticket>2</Ticket>"),
      event("subscribe", "<EventKey></EventKey>"),
      event("unsubscribe", "<EventKey></EventKey>"),
      event("LOCATION", "<Latitude>1</Latitude><Longitude>1</Longitude>"),
      event("LOCATION", "<Latitude>1</Latitude><Longitude>2</Longitude>"),
      event("TEMPLATESENDJOBFINISH", "<MsgID>1</MsgID><Status>success</Status>"),
      event("TEMPLATESENDJOBFINISH", "<MsgID>2</MsgID><Status>success</Status>"),
      event("TEMPLATESENDJOBFINISH", "<MsgID>0</MsgID><Status>success</Status>"),
      event("TEMPLATESENDJOBFINISH", "<MsgID>0</MsgID><Status>failed:user block</Status>"),
      event("CLICK", "<EventKey>A</EventKey>"),
  };
  std::set<std::string> keys;
  for (const auto& xml : pushes) keys.insert(parse(xml).dedupe_key);
  EXPECT_EQ(keys.size(), std::size(pushes) - 1);  // the last repeats the first
}

TEST(DedupeKey, TellsPeopleTimesAndAccountsApart) {
  const auto key = [](std::string_view account, std::string_view from, int created) {
    const auto xml = fmt::format(
        "<xml><FromUserName>{}</FromUserName><CreateTime>{}</CreateTime><MsgType>event</MsgType>"
        "<Event>CLICK</Event><EventKey>A</EventKey></xml>",
        from, created);
    return parse_inbound(account, xml).value().dedupe_key;
  };
  const std::set<std::string> keys = {key("a", "sys", 1), key("b", "sys", 1), key("a", "sys2", 1),
                                      key("a", "sys", 2), key("as", "ys", 1)};
  EXPECT_EQ(keys.size(), 5U);
  for (const auto& k : keys) EXPECT_EQ(k.find("sys"), std::string::npos);  // an OpenID is personal data
}

}  // namespace
}  // namespace linli::platform
