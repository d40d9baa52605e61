#include "bot/http/routes.hpp"

#include <gtest/gtest.h>
#include <stdexcept>

#include "tests/http/peers.hpp"

namespace linli::http {
namespace {

Route route(std::string method, std::string path) {
  return {std::move(method), std::move(path), {}, test::echo};
}

class Routes : public testing::Test {
 protected:
  std::string found(std::string_view method, std::string_view path) const {
    const Route* const it = table_.find(method, path);
    return it ? it->method + " " + it->path : "";
  }

  RouteTable table_{{route("GET", "/"), route("GET", "/console/"), route("POST", "/console/login"),
                     route("GET", "/console/tasks/{id}"), route("GET", "/console/tasks/new"),
                     route("POST", "/wechat/{account}"), route("GET", "/wechat/{account}"),
                     route("*", "/any"), route("POST", "/a/{x}/b/{y}"), route("GET", "/files/{set}/")}};
};

TEST_F(Routes, TheMostSpecificWins) {
  EXPECT_EQ(found("GET", "/console/tasks/new"), "GET /console/tasks/new");
  EXPECT_EQ(found("GET", "/console/tasks/12"), "GET /console/tasks/{id}");
  EXPECT_EQ(found("GET", "/console/tasks/12/x"), "GET /console/");
  EXPECT_EQ(found("GET", "/elsewhere"), "GET /");
  EXPECT_EQ(found("POST", "/wechat/main"), "POST /wechat/{account}");
  EXPECT_EQ(found("POST", "/a/1/b/2"), "POST /a/{x}/b/{y}");
  EXPECT_EQ(found("GET", "/files/one/deep/x.css"), "GET /files/{set}/");
  EXPECT_EQ(found("GET", "/files//x.css"), "GET /");
}

TEST_F(Routes, TheMethodMustFitAndALessSpecificPathMayHaveIt) {
  EXPECT_EQ(found("GET", "/console/login"), "GET /console/");
  EXPECT_EQ(found("DELETE", "/wechat/main"), "");
  EXPECT_EQ(found("PUT", "/any"), "* /any");
  EXPECT_EQ(found("HEAD", "/wechat/main"), "GET /wechat/{account}");
  EXPECT_EQ(found("get", "/wechat/main"), "");
}

TEST_F(Routes, NamesStandForOneSegmentThatIsNotEmpty) {
  EXPECT_EQ(found("POST", "/wechat/"), "");
  EXPECT_EQ(found("POST", "/wechat"), "");
  EXPECT_EQ(found("POST", "/wechat/main/"), "");
  EXPECT_EQ(found("POST", "/a//b/2"), "");
}

TEST_F(Routes, AllowedListsTheMethodsOfAllThatMatch) {
  EXPECT_EQ(table_.allowed("/wechat/main"), "GET, HEAD, POST");
  const RouteTable few({route("POST", "/only")});
  EXPECT_EQ(few.allowed("/only"), "POST");
  EXPECT_EQ(few.allowed("/other"), "");
  EXPECT_EQ(few.find("GET", "/only"), nullptr);
}

TEST(RouteTable, RefusesMistakesAtStart) {
  const auto make = [](Route wrong) { return RouteTable({std::move(wrong)}); };
  EXPECT_THROW(make(route("GET", "wechat")), std::logic_error);
  EXPECT_THROW(make(route("GET", "")), std::logic_error);
  EXPECT_THROW(make(route("", "/x")), std::logic_error);
  EXPECT_THROW(make(route("GET", "/a{b}")), std::logic_error);
  EXPECT_THROW(make(route("GET", "/{b}c")), std::logic_error);
  EXPECT_THROW(make(route("GET", "/{}")), std::logic_error);
  EXPECT_THROW(make(route("GET", "/{open")), std::logic_error);
  EXPECT_THROW(make({"GET", "/x", {}, nullptr}), std::logic_error);
  EXPECT_THROW(RouteTable({route("GET", "/x"), route("GET", "/x")}), std::logic_error);
}

}  // namespace
}  // namespace linli::http
