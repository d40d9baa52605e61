#include "bot/platform/errcodes.hpp"

#include <algorithm>

namespace linli::platform {
namespace {

constexpr ErrcodeRow table[] = {
    {-1, SendClass::in_doubt, "system error of the platform; it may have acted"},
    {0, SendClass::accepted, "ok"},
    {40001, SendClass::refresh_token, "access token invalid or not the latest, or a wrong AppSecret"},
    {40002, SendClass::final_refusal, "invalid grant_type"},
    {40003, SendClass::final_refusal, "invalid openid"},
    {40004, SendClass::final_refusal, "invalid media type"},
    {40005, SendClass::final_refusal, "invalid file type"},
    {40006, SendClass::final_refusal, "invalid file size"},
    {40007, SendClass::final_refusal, "invalid media_id"},
    {40008, SendClass::final_refusal, "invalid message type"},
    {40009, SendClass::final_refusal, "invalid image size"},
    {40010, SendClass::final_refusal, "invalid voice size"},
    {40011, SendClass::final_refusal, "invalid video size"},
    {40012, SendClass::final_refusal, "invalid thumb size"},
    {40013, SendClass::stop_all, "invalid AppID"},
    {40014, SendClass::refresh_token, "invalid access token"},
    {40015, SendClass::final_refusal, "invalid menu type"},
    {40016, SendClass::final_refusal, "invalid number of menu buttons"},
    {40017, SendClass::final_refusal, "invalid menu button type"},
    {40018, SendClass::final_refusal, "invalid menu button name size"},
    {40019, SendClass::final_refusal, "invalid menu button key size"},
    {40020, SendClass::final_refusal, "invalid menu button url size"},
    {40022, SendClass::final_refusal, "invalid sub-menu level"},
    {40023, SendClass::final_refusal, "invalid number of sub-menu buttons"},
    {40024, SendClass::final_refusal, "invalid sub-menu button type"},
    {40025, SendClass::final_refusal, "invalid sub-menu button name size"},
    {40026, SendClass::final_refusal, "invalid sub-menu button key size"},
    {40027, SendClass::final_refusal, "invalid sub-menu button url size"},
    {40029, SendClass::final_refusal, "invalid oauth code"},
    {40032, SendClass::final_refusal, "invalid size of the openid list"},
    {40033, SendClass::final_refusal, "invalid characters: escaped instead of raw UTF-8"},
    {40035, SendClass::final_refusal, "invalid parameter"},
    {40036, SendClass::final_refusal, "invalid template_id size"},
    {40037, SendClass::final_refusal, "invalid template_id"},
    {40048, SendClass::final_refusal, "invalid url domain"},
    {40053, SendClass::final_refusal, "invalid action info, or permanent QR codes used up"},
    {40054, SendClass::final_refusal, "invalid url domain of a sub-menu button"},
    {40055, SendClass::final_refusal, "invalid url domain of a menu button"},
    {40066, SendClass::final_refusal, "invalid url"},
    {40125, SendClass::stop_all, "invalid AppSecret"},
    {40129, SendClass::final_refusal, "invalid QR scene"},
    {40163, SendClass::final_refusal, "oauth code has been used"},
    {40164, SendClass::stop_all, "this machine's address is not in the account's allow list"},
    {40200, SendClass::final_refusal, "the type of this account does not allow it"},
    {40201, SendClass::final_refusal, "callback check: invalid url"},
    {40202, SendClass::final_refusal, "callback check: invalid action"},
    {40203, SendClass::final_refusal, "callback check: invalid operator"},
    {40243, SendClass::stop_all, "AppSecret is frozen"},
    {41001, SendClass::refresh_token, "access token missing"},
    {41002, SendClass::stop_all, "AppID missing"},
    {41004, SendClass::stop_all, "AppSecret missing"},
    {41005, SendClass::final_refusal, "media data missing"},
    {41006, SendClass::final_refusal, "media_id missing"},
    {41009, SendClass::final_refusal, "openid missing"},
    {41030, SendClass::final_refusal, "invalid page"},
    {42001, SendClass::refresh_token, "access token expired"},
    {42002, SendClass::final_refusal, "refresh_token expired"},
    {42003, SendClass::final_refusal, "oauth code expired"},
    {42007, SendClass::final_refusal, "the person's authorization is void"},
    {43001, SendClass::final_refusal, "GET required"},
    {43002, SendClass::final_refusal, "POST required"},
    {43003, SendClass::final_refusal, "https required"},
    {43004, SendClass::final_refusal, "the person does not follow the account"},
    {43019, SendClass::final_refusal, "the person is on the account's block list"},
    {43101, SendClass::final_refusal, "the person refused the message, or the allowance is used up"},
    {43104, SendClass::final_refusal, "AppID does not match the openid"},
    {43107, SendClass::final_refusal, "the account's subscribe messages are banned"},
    {43108, SendClass::retry_later, "concurrent sends to one person"},
    {44001, SendClass::final_refusal, "empty media data"},
    {44002, SendClass::final_refusal, "empty request body"},
    {44003, SendClass::final_refusal, "empty news data"},
    {44004, SendClass::final_refusal, "empty content"},
    {45001, SendClass::final_refusal, "media too large"},
    {45002, SendClass::final_refusal, "content too long"},
    {45003, SendClass::final_refusal, "title too long"},
    {45004, SendClass::final_refusal, "description too long"},
    {45005, SendClass::final_refusal, "url too long"},
    {45006, SendClass::final_refusal, "picture url too long"},
    {45007, SendClass::final_refusal, "playing time too long"},
    {45008, SendClass::final_refusal, "too many articles"},
    {45009, SendClass::retry_later, "the API's daily quota is used up"},
    {45010, SendClass::final_refusal, "too many menus"},
    {45011, SendClass::retry_later, "the API's quota a minute is used up"},
    {45015, SendClass::final_refusal, "the person's window is closed, or the person has left the account"},
    {45026, SendClass::final_refusal, "too many templates"},
    {45027, SendClass::final_refusal, "template does not fit the industry"},
    {45047, SendClass::final_refusal, "the messages of the person's window are used up"},
    {45056, SendClass::final_refusal, "too many tags"},
    {45057, SendClass::final_refusal, "tag has too many people to be deleted"},
    {45058, SendClass::final_refusal, "reserved tag"},
    {45059, SendClass::final_refusal, "too many tags on one person"},
    {45064, SendClass::final_refusal, "mini program of the menu is not linked"},
    {45065, SendClass::accepted, "a message with this client id was accepted before"},
    {45066, SendClass::retry_later, "repeated too fast under one client id"},
    {45067, SendClass::final_refusal, "client id too long"},
    {45072, SendClass::final_refusal, "invalid typing command"},
    {45080, SendClass::final_refusal, "typing needs a message exchange in the last 30 s"},
    {45081, SendClass::final_refusal, "typing is shown already"},
    {45157, SendClass::final_refusal, "tag name exists"},
    {45158, SendClass::final_refusal, "tag name too long"},
    {45159, SendClass::final_refusal, "invalid tag"},
    {45168, SendClass::final_refusal, "sensitive words in the message"},
    {46001, SendClass::final_refusal, "media data not found"},
    {46002, SendClass::final_refusal, "menu version not found"},
    {46003, SendClass::final_refusal, "menu not found"},
    {46004, SendClass::final_refusal, "user not found"},
    {47001, SendClass::final_refusal, "request body cannot be parsed"},
    {47003, SendClass::final_refusal, "a template field has an invalid value"},
    {48001, SendClass::final_refusal, "the account has no permission for this API"},
    {48002, SendClass::final_refusal, "the person has switched off receiving"},
    {48003, SendClass::final_refusal, "the account has not agreed to the terms of mass sending"},
    {48004, SendClass::stop_all, "the API is forbidden for this account after a violation"},
    {48005, SendClass::final_refusal, "material in use by a reply rule or menu"},
    {48006, SendClass::final_refusal, "clearing the quota is used up for this month"},
    {48008, SendClass::final_refusal, "no permission for this message type"},
    {49003, SendClass::final_refusal, "the openid is not of this AppID"},
    {50001, SendClass::final_refusal, "user unauthorized"},
    {50002, SendClass::final_refusal, "the person's account is limited"},
    {50004, SendClass::stop_all, "the token API is forbidden for this account"},
    {50005, SendClass::final_refusal, "the person has left the account"},
    {50007, SendClass::stop_all, "the account is frozen"},
    {61004, SendClass::stop_all, "this machine's address is not registered"},
    {61007, SendClass::final_refusal, "the API is not authorized to the component"},
    {61450, SendClass::final_refusal, "system error of the customer-service accounts"},
    {61451, SendClass::final_refusal, "invalid parameter of a customer-service account"},
    {61452, SendClass::final_refusal, "invalid customer-service account"},
    {61453, SendClass::final_refusal, "customer-service account exists"},
    {61454, SendClass::final_refusal, "customer-service account name too long"},
    {61455, SendClass::final_refusal, "invalid character in a customer-service account"},
    {61456, SendClass::final_refusal, "too many customer-service accounts"},
    {61457, SendClass::final_refusal, "invalid picture type of a customer-service account"},
    {65301, SendClass::final_refusal, "personalised menu: no such menu"},
    {65302, SendClass::final_refusal, "personalised menu: no such user for a menu"},
    {65303, SendClass::final_refusal, "personalised menu: no default menu"},
    {65304, SendClass::final_refusal, "personalised menu: empty match rule"},
    {65305, SendClass::final_refusal, "personalised menu: too many menus"},
    {65306, SendClass::final_refusal, "personalised menu: menus are not supported"},
    {65307, SendClass::final_refusal, "personalised menu: empty menu"},
    {65308, SendClass::final_refusal, "personalised menu: button without an action"},
    {65309, SendClass::final_refusal, "personalised menu: menus are switched off"},
    {65310, SendClass::final_refusal, "personalised menu: province or city without its country"},
    {65311, SendClass::final_refusal, "personalised menu: invalid country"},
    {65312, SendClass::final_refusal, "personalised menu: invalid province"},
    {65313, SendClass::final_refusal, "personalised menu: invalid city"},
    {65314, SendClass::final_refusal, "personalised menu: too many domains"},
    {65315, SendClass::final_refusal, "personalised menu: refused"},
    {65316, SendClass::final_refusal, "personalised menu: invalid url"},
    {65317, SendClass::final_refusal, "personalised menu: invalid url"},
    {70000, SendClass::final_refusal, "blocked for the protection of minors"},
    {76001, SendClass::final_refusal, "rid not found"},
    {76002, SendClass::final_refusal, "rid is not of this account"},
    {76003, SendClass::final_refusal, "rid is of another API"},
    {76004, SendClass::final_refusal, "rid has expired"},
    {76021, SendClass::final_refusal, "cgi_path not found"},
    {76022, SendClass::final_refusal, "cgi_path is not of this account"},
    {88000, SendClass::final_refusal, "no permission for comments"},
    {89503, SendClass::stop_all, "this machine's address waits for the administrator's confirmation"},
    {89506, SendClass::stop_all, "this machine's address was refused by the administrator, for 24 h"},
    {89507, SendClass::stop_all, "this machine's address was refused by the administrator, for 1 h"},
};

static_assert(std::is_sorted(std::begin(table), std::end(table),
                             [](const ErrcodeRow& a, const ErrcodeRow& b) { return a.errcode < b.errcode; }));

}  // namespace

std::span<const ErrcodeRow> errcode_table() {
  return table;
}

const ErrcodeRow* find_errcode(int errcode) {
  const auto* found = std::lower_bound(std::begin(table), std::end(table), errcode,
                                       [](const ErrcodeRow& row, int code) { return row.errcode < code; });
  return found != std::end(table) && found->errcode == errcode ? found : nullptr;
}

SendClass classify(int errcode) {
  const auto* row = find_errcode(errcode);
  return row ? row->send_class : SendClass::final_refusal;
}

std::string_view name(SendClass send_class) {
  switch (send_class) {
    case SendClass::accepted:
      return "accepted";
    case SendClass::retry_later:
      return "retry_later";
    case SendClass::refresh_token:
      return "refresh_token";
    case SendClass::final_refusal:
      return "final_refusal";
    case SendClass::stop_all:
      return "stop_all";
    case SendClass::in_doubt:
      return "in_doubt";
  }
  return "unknown";
}

}  // namespace linli::platform
