#include "bot/base/file.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace linli {
namespace {

TEST(ReadFile, WholeOrRefused) {
  std::string path = testing::TempDir() + "/linli_file_test";
  const std::string bytes = std::string(200'000, 'x') + std::string("\0\n", 2);
  std::ofstream(path, std::ios::binary) << bytes;
  EXPECT_EQ(*read_file(path), bytes);
  EXPECT_EQ(read_file(path, 1000).error().code, Errc::too_large);
  EXPECT_EQ(*read_file(path, bytes.size()), bytes);
  std::ofstream(path, std::ios::trunc) << "";
  EXPECT_EQ(*read_file(path), "");
  std::filesystem::remove(path);
  EXPECT_EQ(read_file(path).error().code, Errc::not_found);
  EXPECT_EQ(read_file(testing::TempDir()).error().code, Errc::bad_input);
}

}  // namespace
}  // namespace linli
